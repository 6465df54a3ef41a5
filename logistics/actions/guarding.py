"""Guessing a password takes too long: after so many wrong ones the next is not even looked at, for a while.

Counted in the database, so that it holds for all workers, and counted before the password is looked at, so that two at
once do not get one guess more. Neither names nor addresses are kept, only keyed hashes, and these not for long.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from ipaddress import ip_address
from math import ceil
from typing import TypeVar
from unicodedata import normalize

from django.db import transaction
from django.db.models import Case, F, Q, Value, When
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

from logistics.errors import Refused
from logistics.models import Misses
from logistics.words import figure

Answer = TypeVar("Answer")

SPAN = timedelta(minutes=15)
"""From the first wrong password until counting begins anew. What is refused in between does not make it longer."""
FROM_HERE = 5
"""For one name from one address: whoever guesses shuts out themselves, and not whoever it is elsewhere."""
FOR_A_NAME = 20
"""From all addresses together."""
FROM_AN_ADDRESS = 100
"""For all names together: a church hall has one address, and thirty people who cannot see the keys."""

_address: ContextVar[str] = ContextVar("address", default="")


@contextmanager
def coming_from(address: str) -> Iterator[None]:
    """Within it, passwords come from this address (the empty one: from nowhere that is known)."""
    token = _address.set(_place(address))
    try:
        yield
    finally:
        _address.reset(token)


def guarded(name: str, look: Callable[[], Answer]) -> Answer:
    """What `look` says of a password for this name, if it may be looked at; anything false is a wrong one.

    Refused: `too_many_misses`, for names that there are and names that there are not.
    """
    limits = _limits(name)
    _forget_what_is_over()
    _reserve(limits)
    answer = look()
    if answer:
        here, *wider = limits
        Misses.objects.filter(mark=here).delete()
        for mark in wider:  # one row a statement: nobody waits for one while they hold another
            Misses.objects.filter(mark=mark, number__gt=0).update(number=F("number") - 1)
    return answer


@transaction.atomic
def _forget_what_is_over() -> None:
    over = Misses.objects.filter(since__lte=timezone.now() - SPAN).select_for_update(skip_locked=True)
    Misses.objects.filter(pk__in=[row.pk for row in over]).delete()


def _limits(name: str) -> dict[str, int]:
    who, where = normalize("NFKC", name).casefold(), _address.get()
    limits = {_mark("both", f"{where} {who}"): FROM_HERE, _mark("name", who): FOR_A_NAME}
    return limits | ({_mark("address", where): FROM_AN_ADDRESS} if where else {})


def _mark(sort: str, text: str) -> str:
    return salted_hmac(f"logistics.guarding.{sort}", text, algorithm="sha256").hexdigest()


def _place(address: str) -> str:
    """The address; of IPv6 the network, for whoever has one address there has all of it. Nothing if it is none."""
    try:
        found = ip_address(address.strip())
    except ValueError:
        return ""
    if found.version == 6:
        found = found.ipv4_mapped or found
    return str(found) if found.version == 4 else found.exploded[:19]


@transaction.atomic
def _reserve(limits: dict[str, int]) -> None:
    """Count one miss for every mark, or, where one of them is full, none at all."""
    now = timezone.now()
    full = [mark for mark in sorted(limits) if not _counted(mark, limits[mark], now)]
    if full:
        begun = max(Misses.objects.filter(mark__in=full).values_list("since", flat=True), default=now)
        raise too_many(begun + SPAN - now)


def _counted(mark: str, limit: int, now: datetime) -> bool:
    """Whether there was room for one more, which is counted now; one statement, so that two at once cannot both fit."""
    is_over = Q(since__lte=now - SPAN)
    row = Misses.objects.filter(is_over | Q(number__lt=limit), mark=mark)
    changes = {
        "number": Case(When(is_over, then=Value(1)), default=F("number") + 1),
        "since": Case(When(is_over, then=Value(now)), default=F("since")),
    }
    if row.update(**changes):
        return True
    _row, is_new = Misses.objects.get_or_create(mark=mark, defaults={"number": 1, "since": now})
    return is_new or bool(row.update(**changes))


def too_many(left: timedelta) -> Refused:
    minutes = max(1, ceil(left / timedelta(minutes=1)))
    sentence = ngettext(
        "There were too many wrong passwords for this name or from this place. Try again in %(n)s minute; until then the"
        " right one is not taken either.",
        "There were too many wrong passwords for this name or from this place. Try again in %(n)s minutes; until then the"
        " right one is not taken either.",
        minutes,
    )
    return Refused("too_many_misses", sentence % {"n": figure(minutes)})
