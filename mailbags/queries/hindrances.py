"""What has become of a bag since an act about it, so that the act is not taken back now. Each asks of an act."""

from django.db.models import Exists, F, OuterRef, Q

from logistics.steps import Step
from mailbags.models import Content, Mailbag, Seal


def sealed_since() -> Q:
    """A bag into which it put something, or out of which it took something, is sealed."""
    closed = Content.objects.filter(bag__in=Seal.objects.filter(removed_at=None).values("bag"))
    put_in = Exists(closed.filter(put_in=OuterRef("pk"), taken_out=None))
    taken_out = Exists(closed.filter(taken_out=OuterRef("pk")))
    return Q(put_in, kind=Step.BAGGED) | Q(taken_out, kind=Step.UNBAGGED)


def left_without() -> Q:
    """The bag out of which it took something has left with its shipment."""
    gone = Content.objects.filter(bag__shipment__dispatched_on__isnull=False, bag__hub=F("bag__shipment__from_hub"))
    return Q(Exists(gone.filter(taken_out=OuterRef("pk"))), kind=Step.UNBAGGED)


def seal_is_off() -> Q:
    return Q(Exists(Seal.objects.filter(act=OuterRef("pk"), removed_at__isnull=False)), kind=Step.SEALED)


def left_under_seal() -> Q:
    gone = Seal.objects.filter(act=OuterRef("pk"), bag__shipment__dispatched_on__isnull=False)
    return Q(Exists(gone), kind=Step.SEALED)


def sent_on() -> Q:
    """A bag that passed through has been put onto its next shipment."""
    passed = Mailbag.objects.filter(label__places__in_entries__act=OuterRef("pk"))
    return Q(Exists(passed.exclude(shipment=OuterRef("shipment"))), kind=Step.ARRIVED)


def any_of_them() -> Q:
    return sealed_since() | left_without() | seal_is_off() | left_under_seal() | sent_on()
