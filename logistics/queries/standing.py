"""What stands of a bundle's journey: its entries less those that were reversed, and where its pieces are."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from logistics.models import Bundle, Entry, Holding
from logistics.steps import Step

HELD = Holding.objects.filter(bundle=OuterRef("pk")).order_by().values("bundle")
PIECES = Coalesce(Subquery(HELD.annotate(all=Sum("pieces")).values("all")), 0)
"""Of bundles: how many pieces of each are anywhere now."""


def standing_entries() -> QuerySet[Entry]:
    """Entries of acts that were not reversed and are no reversals.

    An act is a reversal where its entries are: asked of the entry, so that the act's column, empty in nearly every row,
    is not what a database begins to search by.
    """
    return Entry.objects.exclude(step=Step.REVERSED).filter(act__reversal=None)


def steps_of(bundles: Iterable[Bundle]) -> dict[int, set[str]]:
    """For each bundle's key the steps that stand, e.g. counted, screened. One query."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = standing_entries().filter(bundle__in=[bundle.pk for bundle in bundles]).order_by()
    for key, step in rows.values_list("bundle_id", "step").distinct():
        found[key].add(step)
    return found


def holdings_of(bundles: Iterable[Bundle]) -> dict[int, list[Holding]]:
    """For each bundle's key its holdings of one piece or more, with their places. One query."""
    found: dict[int, list[Holding]] = defaultdict(list)
    rows = Holding.objects.filter(bundle__in=[bundle.pk for bundle in bundles], pieces__gt=0)
    for holding in rows.select_related("place__shipment", "place__hub").order_by("pk"):
        found[holding.bundle_id].append(holding)
    return found


def pieces_at(bundle: Bundle, kind: str, **where: object) -> int:
    """How many pieces of the bundle are at the places of this kind (and whereabouts)."""
    rows = Holding.objects.filter(bundle=bundle, place__kind=kind, pieces__gt=0)
    rows = rows.filter(**{f"place__{column}": value for column, value in where.items()})
    return sum(rows.values_list("pieces", flat=True))


def has_been_dispatched(bundle: Bundle) -> bool:
    """Whether any of it has ever left a hub."""
    return standing_entries().filter(bundle=bundle, step=Step.DISPATCHED).exists()
