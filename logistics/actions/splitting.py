"""Splitting: part of a bundle gets a label of its own, so that the two can travel apart."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import steps
from logistics.actions.locking import locked_bundle, require_at
from logistics.actions.recording import REBUNDLED, Mark, Move, Spot, record
from logistics.actions.screening import new_part
from logistics.actions.telling import Clock, tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Hub, User
from logistics.permissions import require
from logistics.queries.standing import pieces_at, steps_of
from logistics.steps import Step


@transaction.atomic
def split(
    bundle: Bundle,
    *,
    pieces: int,
    before: int | None = None,
    hub: Hub,
    key: UUID,
    day: date,
    by: User,
    clock: Clock | None = None,
) -> Act:
    """Tie so many pieces of a bundle in this mailroom into a new bundle. What was done for the whole is carried over.

    Refused: `not_permitted`, `unknown_bundle`, `not_your_hub`, `nothing_there`, `nothing_left`, `too_many`,
    `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.split_bundle")
    telling = tell(
        "split", key=key, day=day, by=by, hub=hub, clock=clock, bundle=bundle, pieces=pieces, before=before
    )
    if telling.earlier:
        return telling.earlier
    bundle = locked_bundle(bundle, by=by)
    require_at(by, hub)
    if before is None and pieces == pieces_at(bundle, steps.MAILROOM, hub=hub) or pieces == before:
        raise Refused("nothing_left", _("That is the whole bundle. Split off fewer, so that something stays."))
    mailroom, part = Spot(steps.MAILROOM, hub), new_part(bundle, hub)
    lines: list[Move | Mark] = [
        Move(bundle, Step.REBUNDLED, pieces, mailroom, REBUNDLED, before),
        Move(part, Step.REBUNDLED, pieces, REBUNDLED, mailroom),
    ]
    done = steps_of([bundle])[bundle.pk]
    lines += [Mark(part, step) for step in steps.CARRIED if step in done]
    return record(telling, Step.REBUNDLED, lines, hub=hub, label=bundle.label)
