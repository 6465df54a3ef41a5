"""One moment: everything that is read within it is as it was when it began, while others go on writing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """To be entered outside any transaction; within one, that transaction is the moment."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "sqlite":
        # A transaction that reads: Django's own would keep others from writing (transaction_mode IMMEDIATE).
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


@contextmanager
def nobody_telling() -> Iterator[None]:
    """Nobody writes an act within it, so that every act up to the last one is there: none is still being written."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("LOCK TABLE logistics_act IN SHARE MODE")
        yield
