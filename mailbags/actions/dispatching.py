"""Dispatch: the sealed bags of a shipment leave the hub."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import steps
from logistics.actions.locking import locked, require_at
from logistics.actions.recording import Move, Spot, record
from logistics.actions.telling import Clock, tell
from logistics.errors import Refused
from logistics.models import Act, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.steps import Step
from mailbags.actions.packing import hold, refuse_what_waits
from mailbags.models import Content, Mailbag, Seal
from mailbags.queries.bags import bags_of, contents


@transaction.atomic
def dispatch(shipment: Shipment, *, key: UUID, day: date, by: User, clock: Clock | None = None) -> Act:
    """Send all bags of a shipment on their way. Each has to be sealed.

    Refused: `not_permitted`, `unknown_shipment`, `not_your_hub`, `shipment_gone`, `shipment_empty`, `bag_empty`,
    `bag_not_sealed`, and what `put_in` refuses of waiting bundles; `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.dispatch")
    telling = tell("dispatch", key=key, day=day, by=by, clock=clock, shipment=shipment)
    if telling.earlier:
        return telling.earlier
    shipment = locked(scope.shipments(by).select_related("from_hub"), shipment.pk, "shipment")
    require_at(by, shipment.from_hub)
    if shipment.is_dispatched:
        raise Refused("shipment_gone", _("This shipment has been dispatched already."))
    lying = _refuse_unready(list(bags_of(shipment).select_for_update(of=("self",))), shipment)
    end = Spot(steps.TRANSIT, shipment)
    moves = [Move(item.bundle, Step.DISPATCHED, None, Spot(steps.BAG, item.bag.label), end) for item in lying]
    act = record(telling, Step.DISPATCHED, moves, hub=shipment.from_hub, shipment=shipment)
    shipment.dispatched_on = day
    shipment.save(update_fields=["dispatched_on"])
    return act


def _refuse_unready(bags: list[Mailbag], shipment: Shipment) -> list[Content]:
    """What lies in the bags, if every bag is full and sealed and nothing waits."""
    if not bags:
        raise Refused("shipment_empty", _("No bag is packed for this shipment. Open and pack one first."))
    lying = contents(bags)
    sealed = set(Seal.objects.filter(bag__in=bags, removed_at=None).values_list("bag_id", flat=True))
    full = {item.bag_id for item in lying}
    for bag in bags:
        if bag.pk not in full:
            raise Refused("bag_empty", _("Bag %(bag)s is empty. Pack it, or take it off the shipment.") % {"bag": bag})
        if bag.pk not in sealed:
            raise Refused("bag_not_sealed", _("Bag %(bag)s is not sealed. Seal it before it leaves.") % {"bag": bag})
    bundles = [item.bundle for item in lying]
    hold(bundles)
    refuse_what_waits(bundles)
    return lying
