"""What was built on an act: as long as that stands the act is not taken back."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from logistics import registry, steps
from logistics.models import Act, Entry, Holding
from logistics.queries.standing import standing_entries


def moved_on() -> QuerySet[Entry]:
    """Entries that brought pieces to a place which pieces of the bundle have left since, by another act that stands.

    With their act counting on no day, a past day could show less than nothing at that place.
    """
    later = standing_entries().filter(
        bundle=OuterRef("bundle"), from_place=OuterRef("to_place"), sequence__gt=OuterRef("sequence")
    )
    return Entry.objects.filter(Exists(later.exclude(act=OuterRef("act"))), to_place__isnull=False)


def packed_since() -> QuerySet[Entry]:
    """Entries of marks that a bag may only be sealed with, where the bundle is no longer at a hub alone."""
    elsewhere = Holding.objects.filter(bundle=OuterRef("bundle"), pieces__gt=0).exclude(place__kind__in=steps.AT_HUB)
    return Entry.objects.filter(Exists(elsewhere), act__kind__in=steps.CARRIED)


def built_on(keys: Iterable[int]) -> set[int]:
    """Of the acts with these keys those that cannot be taken back now. One query."""
    since = Q(Exists(moved_on().filter(act=OuterRef("pk")))) | Q(Exists(packed_since().filter(act=OuterRef("pk"))))
    for hindrance in registry.undo_hindrances:
        since |= hindrance()
    return set(Act.objects.filter(since, pk__in=keys).order_by().values_list("pk", flat=True))
