"""Telling an act once: the same key has one effect, however often and from however many workers it arrives."""

import datetime as dt
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from logistics import chain
from logistics.errors import Refused
from logistics.models import Act, User


@dataclass(frozen=True)
class Clock:
    """The time of a mailroom act as its device had it: local time, minutes east of UTC, the device's name."""

    time: dt.time | None = None
    utc_offset: int | None = None
    device: str = ""


@dataclass(frozen=True)
class Telling:
    """One telling of an act. `earlier` is the act, if the same was told before."""

    key: UUID
    told: str
    day: date
    by: User
    clock: Clock = field(default_factory=Clock)
    earlier: Act | None = None


def tell(what: str, *, key: UUID, day: date, by: User, clock: Clock | None = None, **content: object) -> Telling:
    """Begin an act; to be called inside its transaction, before anything is looked at.

    `content` is what was asked for, as it was given: things by their key, never what is derived from them, so that
    the same telling stays the same however far its things have travelled since.

    Workers that tell the same key wait here for each other. Refused: `key_reused` where the key was used
    before with other content or by somebody else.
    """
    _wait_for_others_with(key)
    clock = clock or Clock()
    told = chain.digest([what, by, day, clock.time, clock.utc_offset, clock.device, content])
    earlier = Act.objects.filter(key=key).first()
    if earlier and earlier.told != told:
        raise Refused(
            "key_reused",
            _("This was sent before with other content. What was told first stands; tell the new thing as a new act."),
        )
    return Telling(key=key, told=told, day=day, by=by, clock=clock, earlier=earlier)


def _wait_for_others_with(key: UUID) -> None:
    """On PostgreSQL a lock on the key until the transaction ends; on SQLite writers wait for each other anyway."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [int.from_bytes(key.bytes[:8], signed=True)])
