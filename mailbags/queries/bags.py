"""Bags that a person may see, and what lies in them."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from logistics import permissions
from logistics.models import Bundle, User
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
    rows = Content.objects.filter(bag__in=[bag.pk for bag in bags], taken_out=None)
    return list(rows.select_related("bundle__label", "bundle__case__campaign").order_by("pk"))


def bundles_in(bags: Iterable[Mailbag]) -> list[Bundle]:
    """The bundles that lie in these bags now. One query."""
    return [content.bundle for content in contents(bags)]


def seal_on(bag: Mailbag) -> Seal | None:
    """The seal that is on the bag now."""
    return Seal.objects.filter(bag=bag, removed_at=None).first()


def bags_of(shipment_key: int) -> QuerySet[Mailbag]:
    """The bags of a shipment."""
    return Mailbag.objects.filter(shipment=shipment_key).select_related("label").order_by("pk")
