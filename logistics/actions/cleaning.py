"""Saving what was typed: each field holds what it may hold, and two who add the same thing do not both succeed."""

from collections.abc import Collection as Several
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model

from logistics.errors import Refused

Row = TypeVar("Row", bound=Model)


def clean(row: Model, what: str, *, beside: Several[str] = ()) -> None:
    """Refused: `bad_<what>` where a field (but for those `beside`) holds too much or something that it may not."""
    relations = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=relations | set(beside))
    except ValidationError as fault:
        told = " ".join(f"{name}: {' '.join(said)}" for name, said in fault.message_dict.items())
        raise Refused(f"bad_{what}", f"This {what} cannot be saved. {told}") from fault
    if any("\0" in value for value in vars(row).values() if isinstance(value, str)):
        raise Refused(f"bad_{what}", f"This {what} cannot be saved. Take the invisible character out of its text.")


def save_new(row: Row, *, taken: Refused) -> Row:
    """Save a row that was not there; where somebody else has just added the same, refuse as `taken` says."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as fault:
        raise taken from fault
    return row


def save_changed(row: Row, *fields: str, taken: Refused) -> Row:
    """Save these fields of a row that was there; where somebody else has just taken the same, refuse as `taken` says."""
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as fault:
        raise taken from fault
    return row
