"""What becomes of pieces after a delivery: better evidence, or a turn for the worse that is told later."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import steps
from logistics.actions.delivering import STEP_TO
from logistics.actions.locking import locked, locked_bundle, locked_bundles, require_at
from logistics.actions.recording import Move, Spot, record
from logistics.actions.telling import tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Delivery, Hub, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.steps import Step


@dataclass(frozen=True)
class Part:
    """So many pieces of a bundle; None: all that are there."""

    bundle: Bundle
    pieces: int | None = None
    before: int | None = None


@transaction.atomic
def raise_evidence(
    delivery: Delivery, *, parts: Sequence[Part], start: str, end: str, key: UUID, day: date, by: User
) -> Act:
    """Tell that it is better known now that pieces of this delivery arrived: from one grade up to another.

    Refused: `not_permitted`, `unknown_delivery`, `unknown_bundle`, `nothing_in_it`, `named_twice`,
    `not_higher`, `nothing_there`, `too_many`, `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.raise_evidence")
    told = [(part.bundle, part.pieces, part.before) for part in parts]
    telling = tell("raise", key=key, day=day, by=by, delivery=delivery, parts=told, start=start, end=end)
    if telling.earlier:
        return telling.earlier
    delivery = locked(scope.deliveries(by), delivery.pk, "delivery")
    bundles = locked_bundles([part.bundle for part in parts], by=by)
    if not steps.is_allowed(Step.RAISED, start, end):
        raise Refused(
            "not_higher", _("Evidence is raised to a higher grade only. To correct it downwards, reverse the act.")
        )
    spots = Spot(start, delivery), Spot(end, delivery)
    moves = [
        Move(bundle, Step.RAISED, part.pieces, *spots, part.before) for bundle, part in zip(bundles, parts, strict=True)
    ]
    return record(telling, Step.RAISED, moves, delivery=delivery, shipment=delivery.shipment)


@transaction.atomic
def tell_later(
    part: Part,
    *,
    start: str,
    became: str,
    shipment: Shipment,
    delivery: Delivery | None = None,
    reason: str = "",
    key: UUID,
    day: date,
    by: User,
) -> Act:
    """Tell what became of pieces left with an institution (`delivery` says where), refused, or seized.

    `became`: refused, seized, deferred, returned; or field, for what was seized and given back. Refused:
    `not_permitted`, `unknown_shipment`, `unknown_delivery`, `unknown_bundle`, `unknown_outcome`, `delivery_needed`,
    `move_not_in_table`, `nothing_there`, `too_many`, `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.record_delivery")
    telling = tell(
        "tell_later", key=key, day=day, by=by, bundle=part.bundle, pieces=part.pieces, before=part.before, start=start,
        became=became, shipment=shipment, delivery=delivery, reason=reason,
    )  # fmt: skip
    if telling.earlier:
        return telling.earlier
    shipment = locked(scope.shipments(by).filter(to_worker=by), shipment.pk, "shipment")
    delivery = locked(scope.deliveries(by), delivery.pk, "delivery") if delivery else None
    bundle = locked_bundle(part.bundle, by=by)
    step = Step.GIVEN_BACK if became == steps.FIELD else STEP_TO.get(became)
    if step is None or step is Step.HANDED:
        raise Refused(
            "unknown_outcome", _("Say what became of them: refused, seized, kept for release, returned or given back.")
        )
    if start in steps.AT_DELIVERY and delivery is None:
        raise Refused("delivery_needed", _("Say which delivery left them there."))
    end = Spot(became, shipment if became in steps.OF_SHIPMENT else None)
    origin = Spot(start, delivery if start in steps.AT_DELIVERY else (shipment if start in steps.OF_SHIPMENT else None))
    move = Move(bundle, step, part.pieces, origin, end, part.before)
    return record(telling, step, [move], reason=reason, shipment=shipment, delivery=delivery)


@transaction.atomic
def take_back(bundles: Sequence[Bundle], *, shipment: Shipment, hub: Hub, key: UUID, day: date, by: User) -> Act:
    """Take what was returned of a shipment into this mailroom.

    Refused: `not_permitted`, `unknown_bundle`, `nothing_in_it`, `named_twice`, `not_your_hub`, `nothing_there`,
    `day_not_come`, `key_reused`.
    """
    require(by, "logistics.take_back")
    telling = tell("take_back", key=key, day=day, by=by, hub=hub, bundles=list(bundles), shipment=shipment)
    if telling.earlier:
        return telling.earlier
    rows = locked_bundles(bundles, by=by)
    require_at(by, hub)
    spots = Spot(steps.RETURNED, shipment), Spot(steps.MAILROOM, hub)
    moves = [Move(bundle, Step.ARRIVED, None, *spots) for bundle in rows]
    return record(telling, Step.ARRIVED, moves, hub=hub, shipment=shipment)
