"""Bags that a person may see, and what lies in them."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from logistics import permissions, steps
from logistics.models import Bundle, Holding, Shipment, User
from logistics.queries import scope
from mailbags.models import Content, Mailbag, Seal


def bags(user: User) -> QuerySet[Mailbag]:
    """Mailroom: at their hubs or on the way there. Others: on the shipments that they may see."""
    if user.roles & scope.SEES_ALL:
        return Mailbag.objects.all()
    seen = Q(shipment__in=scope.shipments(user).values("pk"))
    if user.holds(permissions.MAILROOM):
        seen |= Q(hub__in=user.hub_ids)
    return Mailbag.objects.filter(seen)


def contents(bags: Iterable[Mailbag]) -> list[Content]:
    """What lies in these bags now, in the order in which it was put in. One query."""
    there = Holding.objects.filter(bundle=OuterRef("bundle"), place__label=OuterRef("bag__label"), pieces__gt=0)
    rows = Content.objects.filter(Exists(there), bag__in=[bag.pk for bag in bags], taken_out=None)
    return list(_with_names(rows))


def travelling(shipment: Shipment) -> list[Content]:
    """What is in transit in the bags of this shipment. One query."""
    there = Holding.objects.filter(
        bundle=OuterRef("bundle"), place__kind=steps.TRANSIT, place__shipment=shipment, pieces__gt=0
    )
    return list(_with_names(Content.objects.filter(Exists(there), taken_out=None)))


def _with_names(rows: QuerySet[Content]) -> QuerySet[Content]:
    return rows.select_related("bag__label", "bundle__label", "bundle__case__campaign").order_by("pk")


def bundles_in(bags: Iterable[Mailbag]) -> list[Bundle]:
    """The bundles that lie in these bags now. One query."""
    return [content.bundle for content in contents(bags)]


def seal_on(bag: Mailbag) -> Seal | None:
    """The seal that is on the bag now."""
    return Seal.objects.filter(bag=bag, removed_at=None).select_related("bag__label").first()


def bags_of(shipment: Shipment) -> QuerySet[Mailbag]:
    """The bags of a shipment that were not put aside or emptied."""
    return Mailbag.objects.filter(shipment=shipment, emptied_at=None).select_related("label__replaced_by").order_by("pk")
