"""Whose labels a person may print: mailbags, and shipments with all their bags."""

from collections.abc import Iterable

from logistics.models import Shipment, User
from logistics.queries import scope
from logistics.queries.finding import first_label, newest
from logistics.registry import LabelSet
from mailbags.models import Mailbag
from mailbags.queries.bags import bags

LABEL = "label__hub", "label__replaced_by"


def bag_codes(user: User) -> Iterable[str]:
    return (newest(bag.label).code for bag in bags(user).select_related(*LABEL))


def bag_label(code: str, user: User) -> LabelSet | None:
    """The label of one mailbag."""
    bag = bags(user).filter(label=first_label(code), label__isnull=False).select_related(*LABEL).first()
    return bag and _set(newest(bag.label).code, [bag])


def shipment_codes(user: User) -> Iterable[str]:
    with_bags = Mailbag.objects.filter(emptied_at=None).values("shipment")
    return scope.shipments(user).filter(pk__in=with_bags).values_list("number", flat=True)


def has_labels(shipment: Shipment) -> bool:
    """Whether a bag of it still has a label to be printed: an emptied one has none. One query."""
    return Mailbag.objects.filter(shipment=shipment, emptied_at=None).exists()


def shipment_labels(number: str, user: User) -> LabelSet | None:
    """The labels of the bags of a shipment, in the order in which they were opened."""
    shipment = scope.shipments(user).filter(number=number).first()
    if shipment is None:
        return None
    found = list(bags(user).filter(shipment=shipment, emptied_at=None).select_related(*LABEL).order_by("pk"))
    return _set(number, found) if found else None


def _set(number: str, found: list[Mailbag]) -> LabelSet:
    return LabelSet(number, tuple(newest(bag.label).code for bag in found), found[0].label.hub.language)
