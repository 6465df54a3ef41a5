"""Lost, found, destroyed: what the case team says when searching has ended."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import steps
from logistics.actions.following import Part
from logistics.actions.locking import locked_bundle, require_at, require_second
from logistics.actions.recording import Move, Spot, record
from logistics.actions.screening import refuse_unknown_reason
from logistics.actions.telling import tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Holding, Hub, Shipment, User
from logistics.permissions import CASE_TEAM, require
from logistics.queries.standing import holdings_of
from logistics.steps import Step
from logistics.words import Reason

DESTROYED_FOR = (
    Reason.SHOWS_WRITER, Reason.COULD_HARM, Reason.AGAINST_RULE, Reason.DAMAGED, Reason.PROHIBITED, Reason.DECEASED,
)  # fmt: skip


@transaction.atomic
def declare_lost(part: Part, *, start: str, key: UUID, day: date, by: User) -> Act:
    """Say that pieces which should be at a place of this kind (anywhere of ours) cannot be found.

    Refused: `not_permitted`, `unknown_bundle`, `not_ours`, `nothing_there`, `in_two_places`, `too_many`,
    `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.declare_lost")
    telling = tell(
        "declare_lost", key=key, day=day, by=by, bundle=part.bundle, pieces=part.pieces, before=part.before, start=start
    )
    if telling.earlier:
        return telling.earlier
    bundle = locked_bundle(part.bundle, by=by)
    if start not in steps.OURS:
        raise Refused("not_ours", _("Only what is still with us can be lost. Tell what became of it where it is."))
    origin = _where(bundle, start)
    move = Move(bundle, Step.LOST, part.pieces, origin, Spot(steps.LOST), part.before)
    return record(telling, Step.LOST, [move], reason=Reason.NOT_FOUND, label=bundle.label)


def _where(bundle: Bundle, kind: str) -> Spot:
    """The one place of this kind at which the bundle has pieces."""
    held: list[Holding] = [row for row in holdings_of([bundle])[bundle.pk] if row.place.kind == kind]
    if not held:
        raise Refused(
            "nothing_there", _("Nothing of bundle %(bundle)s is known to be there. Look where it is.") % {"bundle": bundle}
        )
    if len(held) > 1:
        raise Refused(
            "in_two_places", _("Bundle %(bundle)s is at two such places. Recount one of them first.") % {"bundle": bundle}
        )
    return spot_of(held[0])


def spot_of(holding: Holding) -> Spot:
    """The spot at which a holding is."""
    place = holding.place
    return Spot(place.kind, place.hub or place.label or place.shipment or place.delivery)


@transaction.atomic
def declare_found(
    part: Part, *, hub: Hub | None = None, shipment: Shipment | None = None, key: UUID, day: date, by: User
) -> Act:
    """Say that lost pieces have turned up: in a mailroom (`hub`), or with the case worker of a shipment.

    Refused: `not_permitted`, `unknown_bundle`, `one_place`, `nothing_there`, `too_many`, `changed_since`,
    `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.declare_lost")
    telling = tell(
        "declare_found", key=key, day=day, by=by, hub=hub, bundle=part.bundle, pieces=part.pieces, before=part.before,
        shipment=shipment,
    )  # fmt: skip
    if telling.earlier:
        return telling.earlier
    bundle = locked_bundle(part.bundle, by=by)
    if (hub is None) == (shipment is None):
        raise Refused("one_place", _("Say where it turned up: in one mailroom, or with the case worker of one shipment."))
    end = Spot(steps.MAILROOM, hub) if hub else Spot(steps.FIELD, shipment)
    move = Move(bundle, Step.FOUND, part.pieces, Spot(steps.LOST), end, part.before)
    return record(telling, Step.FOUND, [move], hub=hub, reason=Reason.TURNED_UP, shipment=shipment, label=bundle.label)


@transaction.atomic
def destroy(
    part: Part, *, start: str, reason: str, second: User | None, key: UUID, day: date, by: User
) -> Act:
    """Say that withheld, refused or returned pieces were destroyed: two persons. Whoever is not of the case team says it
    of what their own mailroom withholds.

    Refused: `not_permitted`, `second_person_needed`, `same_person`, `second_person_may_not`, `unknown_bundle`,
    `unknown_reason`, `move_not_in_table`, `nothing_there`, `in_two_places`, `not_your_hub`, `too_many`,
    `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.destroy")
    telling = tell(
        "destroy", key=key, day=day, by=by, bundle=part.bundle, pieces=part.pieces, before=part.before, start=start,
        reason=reason, second=second,
    )  # fmt: skip
    if telling.earlier:
        return telling.earlier
    require_second(by, second, "logistics.destroy")
    bundle = locked_bundle(part.bundle, by=by)
    refuse_unknown_reason(reason, DESTROYED_FOR)
    origin = _where(bundle, start)
    if not (by.holds(CASE_TEAM) and bundle.case_id in by.case_ids):
        _require_near(by, origin)
    move = Move(bundle, Step.DESTROYED, part.pieces, origin, Spot(steps.DESTROYED), part.before)
    return record(telling, Step.DESTROYED, [move], second=second, reason=reason, label=bundle.label)


def _require_near(by: User, origin: Spot) -> None:
    """Refused: `not_your_hub` unless it lies in a mailroom of this person."""
    if not isinstance(origin.at, Hub):
        raise Refused("not_your_hub", _("What is not withheld in your mailroom is for the case team to tell. Ask them."))
    require_at(by, origin.at)
