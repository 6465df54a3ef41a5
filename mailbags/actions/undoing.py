"""What the mailbags mend when an act about them is reversed. Registered by step; runs in the reversal's transaction."""

from django.utils.translation import gettext as _

from logistics.errors import Refused
from logistics.models import Act, Shipment
from mailbags.models import Content, Mailbag, Seal
from mailbags.queries.bags import seal_on

NOT_FOUND = {
    "found": "", "found_number": "", "found_by": None, "found_on": None, "found_act": None, "removed_at": None,
}  # fmt: skip


def undo_put_in(act: Act, reversal: Act) -> None:
    """Refused: `bag_sealed`."""
    rows = Content.objects.filter(put_in=act, taken_out=None).select_related("bag")
    for bag in {content.bag for content in rows}:
        _refuse_sealed(bag)
    rows.update(taken_out=reversal)


def undo_take_out(act: Act, reversal: Act) -> None:
    """Refused: `bag_sealed`, `shipment_gone`."""
    for bag in Mailbag.objects.filter(contents__taken_out=act).distinct().select_related("shipment"):
        _refuse_sealed(bag)
        if bag.shipment.is_dispatched and bag.hub_id == bag.shipment.from_hub_id:
            raise Refused("shipment_gone", _("The bag's shipment has been dispatched since. Pack another bag."))
    _put_back(act)


def _refuse_sealed(bag: Mailbag) -> None:
    if seal_on(bag):
        raise Refused("bag_sealed", _("The bag has been sealed since; its contents do not change. Open the seal first."))


def _put_back(act: Act) -> None:
    Content.objects.filter(taken_out=act).update(taken_out=None)
    Seal.objects.filter(found_act=act).update(**NOT_FOUND)


def undo_seal(act: Act, reversal: Act) -> None:
    """Refused: `shipment_gone`, `moved_on`."""
    seal = Seal.objects.select_related("bag__shipment").get(act=act)
    if seal.removed_at is not None:
        raise Refused("moved_on", _("This seal has been taken off since. There is nothing to reverse."))
    if seal.bag.shipment.is_dispatched:
        raise Refused("shipment_gone", _("The bag has been dispatched under this seal. Reverse the dispatch first."))
    seal.removed_at, seal.found_by, seal.found_on = reversal.recorded_at, reversal.by, reversal.day
    seal.save(update_fields=["removed_at", "found_by", "found_on"])


def undo_dispatch(act: Act, reversal: Act) -> None:
    Shipment.objects.filter(pk=act.shipment_id).update(dispatched_on=None)


def undo_arrival(act: Act, reversal: Act) -> None:
    """Refused: `moved_on` where a bag that passed through has been put onto its next shipment."""
    passed = Mailbag.objects.filter(label__places__in_entries__act=act).distinct()
    if passed.exclude(shipment=act.shipment).exists():
        raise Refused("moved_on", _("A bag that came with it is on another shipment now. Put it back first."))
    opened = Mailbag.objects.filter(contents__taken_out=act) | Mailbag.objects.filter(seals__found_act=act)
    keys = {bag.pk for bag in opened} | {bag.pk for bag in passed}
    Mailbag.objects.filter(pk__in=keys).update(emptied_at=None, hub=act.shipment.from_hub_id)
    _put_back(act)
