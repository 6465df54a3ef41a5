"""Planning a shipment. What travels on it is put in by the mailbags, and leaves with them."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import codes, permissions
from logistics.actions.auditing import note
from logistics.actions.locking import require_at
from logistics.errors import Refused
from logistics.models import Hub, Shipment, User
from logistics.permissions import require


@transaction.atomic
def plan_shipment(
    from_hub: Hub,
    *,
    to_hub: Hub | None = None,
    to_worker: User | None = None,
    carrier: str = "",
    tracking: str = "",
    expected_on: date | None = None,
    key: UUID,
    by: User,
) -> Shipment:
    """A shipment from one hub to a case worker or to another hub. The same key again gives the same shipment.

    Refused: `not_permitted`, `not_your_hub`, `one_consignee`, `same_hub`, `hub_closed`, `not_a_case_worker`,
    `key_reused`.
    """
    require(by, "logistics.plan_shipment")
    if not by.holds(permissions.CASE_TEAM):
        require_at(by, from_hub)
    if earlier := Shipment.objects.filter(key=key).first():
        return _same(earlier, from_hub, to_hub, to_worker)
    _refuse_bad_consignee(from_hub, to_hub, to_worker, by)
    shipment = Shipment.objects.create(
        number=codes.new(codes.SHIPMENT), from_hub=from_hub, to_hub=to_hub, to_worker=to_worker, carrier=carrier,
        tracking=tracking, expected_on=expected_on, planned_by=by, key=key,
    )  # fmt: skip
    note(by, "shipment_planned", shipment.number)
    return shipment


def _same(earlier: Shipment, from_hub: Hub, to_hub: Hub | None, to_worker: User | None) -> Shipment:
    if (earlier.from_hub, earlier.to_hub, earlier.to_worker) != (from_hub, to_hub, to_worker):
        raise Refused("key_reused", _("This was sent before with other content. Plan the other shipment as a new one."))
    return earlier


def _refuse_bad_consignee(from_hub: Hub, to_hub: Hub | None, to_worker: User | None, by: User) -> None:
    if (to_hub is None) == (to_worker is None):
        raise Refused("one_consignee", _("A shipment goes to one case worker or to one hub. Choose one of them."))
    if to_hub == from_hub:
        raise Refused("same_hub", _("A shipment goes somewhere else. Choose another hub."))
    if not from_hub.is_open or (to_hub and not to_hub.is_open):
        raise Refused("hub_closed", _("That hub is closed. Choose one that is open."))
    if to_worker is not None and not _may_take_over(to_worker, by):
        raise Refused("not_a_case_worker", _("That is not a case worker for one of your cases. Choose one who is."))


def _may_take_over(worker: User, by: User) -> bool:
    if not worker.is_active or not worker.holds(permissions.CASE_WORKER):
        return False
    return not by.holds(permissions.CASE_TEAM) or bool(worker.case_ids & by.case_ids)
