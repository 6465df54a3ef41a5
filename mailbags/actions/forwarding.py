"""Forwarding: a bag that lies at a hub goes onto another shipment, sealed as it is."""

from django.db import transaction
from django.utils.translation import gettext as _

from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from mailbags.actions.packing import locked_bag, refuse_gone, refuse_wrong_consignee
from mailbags.models import Mailbag
from mailbags.queries.bags import bundles_in


@transaction.atomic
def forward(bag: Mailbag, *, onto: Shipment, by: User) -> Mailbag:
    """Put a bag that is at this hub onto another shipment from it: the next leg, or another day.

    Refused: `not_permitted`, `unknown_mailbag`, `not_your_hub`, `unknown_shipment`, `shipment_gone`, `other_hub`,
    `bag_empty`, `not_for_this_consignee`.
    """
    require(by, "mailbags.pack")
    bag = locked_bag(bag, by=by)
    onto = locked(scope.shipments(by).select_related("to_worker"), onto.pk, "shipment")
    refuse_gone(onto)
    if onto.from_hub_id != bag.hub_id:
        raise Refused("other_hub", _("That shipment leaves from another hub. Choose one that leaves from here."))
    bundles = bundles_in([bag])
    if not bundles:
        raise Refused("bag_empty", _("There is nothing in this bag here. Receive its shipment first, or pack it."))
    refuse_wrong_consignee(onto, bundles)
    bag.shipment = onto
    bag.save(update_fields=["shipment"])
    note(by, "bag_forwarded", bag.label.code)
    return bag
