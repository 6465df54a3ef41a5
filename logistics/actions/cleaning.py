"""Saving what was typed: each field holds what it may hold, and two who add the same thing do not both succeed."""

from collections.abc import Collection as Several
from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Model
from django.utils.translation import gettext as _

from logistics.actions.things import thing
from logistics.errors import Refused

Row = TypeVar("Row", bound=Model)


def clean(row: Model, what: str, *, beside: Several[str] = ()) -> None:
    """Refused: `bad_<what>` where a field (but for those `beside`) holds too much or something that it may not."""
    relations = {field.name for field in row._meta.fields if field.is_relation}
    try:
        row.clean_fields(exclude=relations | set(beside))
    except ValidationError as fault:
        told = " ".join(f"{name}: {' '.join(said)}" for name, said in fault.message_dict.items())
        sentence = _("This %(thing)s cannot be saved. %(told)s") % {"thing": thing(what), "told": told}
        raise Refused(f"bad_{what}", sentence) from fault
    if any("\0" in value for value in vars(row).values() if isinstance(value, str)):
        sentence = _("This %(thing)s cannot be saved. Take the invisible character out of its text.")
        raise Refused(f"bad_{what}", sentence % {"thing": thing(what)})


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
