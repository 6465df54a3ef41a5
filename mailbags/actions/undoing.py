"""What the mailbags mend when an act about them is reversed, and what they look at before: both registered by step.

Both run in the reversal's transaction; `hindrances` says of which acts a check refuses.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from logistics.errors import Refused
from logistics.models import Act, Shipment
from logistics.steps import Step
from mailbags.actions.packing import forget_weight
from mailbags.models import Content, Mailbag, Seal
from mailbags.queries import hindrances

NOT_FOUND = {
    "found": "", "found_number": "", "found_by": None, "found_on": None, "found_act": None, "removed_at": None,
}  # fmt: skip


def _refuse(act: Act, hindrance: Q, code: str, sentence: str) -> None:
    if Act.objects.filter(hindrance, pk=act.pk).exists():
        raise Refused(code, sentence)


def check_contents(act: Act) -> None:
    """Refused: `bag_sealed`, `shipment_gone`."""
    closed = _("The bag has been sealed since; its contents do not change. Open the seal first.")
    _refuse(act, hindrances.sealed_since(), "bag_sealed", closed)
    gone = _("The bag's shipment has been dispatched since. Pack another bag.")
    _refuse(act, hindrances.left_without(), "shipment_gone", gone)


def check_seal(act: Act) -> None:
    """Refused: `moved_on`, `shipment_gone`."""
    off = _("This seal has been taken off since. There is nothing to reverse.")
    _refuse(act, hindrances.seal_is_off(), "moved_on", off)
    gone = _("The bag has been dispatched under this seal. Reverse the dispatch first.")
    _refuse(act, hindrances.left_under_seal(), "shipment_gone", gone)


def check_arrival(act: Act) -> None:
    """Refused: `moved_on` where a bag that passed through has been put onto its next shipment."""
    on_another = _("A bag that came with it is on another shipment now. Put it back first.")
    _refuse(act, hindrances.sent_on(), "moved_on", on_another)


def undo_put_in(act: Act, reversal: Act) -> None:
    forget_weight(Content.objects.filter(put_in=act).values_list("bag", flat=True))
    Content.objects.filter(put_in=act, taken_out=None).update(taken_out=reversal)


def undo_take_out(act: Act, reversal: Act) -> None:
    if act.kind == Step.UNBAGGED:  # an arrival takes out as well; what the bag weighed when it left, it weighed
        forget_weight(Content.objects.filter(taken_out=act).values_list("bag", flat=True))
    Content.objects.filter(taken_out=act).update(taken_out=None)
    Seal.objects.filter(found_act=act).update(**NOT_FOUND)


def undo_seal(act: Act, reversal: Act) -> None:
    off = {"removed_at": reversal.recorded_at, "found_by": reversal.by, "found_on": reversal.day}
    Seal.objects.filter(act=act).update(**off)


def undo_dispatch(act: Act, reversal: Act) -> None:
    Shipment.objects.filter(pk=act.shipment_id).update(dispatched_on=None)


def undo_arrival(act: Act, reversal: Act) -> None:
    passed = Mailbag.objects.filter(label__places__in_entries__act=act).distinct()
    opened = Mailbag.objects.filter(contents__taken_out=act) | Mailbag.objects.filter(seals__found_act=act)
    keys = {bag.pk for bag in opened} | {bag.pk for bag in passed}
    Mailbag.objects.filter(pk__in=keys).update(emptied_at=None, hub=act.shipment.from_hub_id)
    undo_take_out(act, reversal)
