"""What a confirmation can name, what it said, and what has changed since."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q, Sum

from logistics.models import Confirmation, Delivery, Entry, Holding
from logistics.words import Purpose


def pieces_at(deliveries: Iterable[Delivery]) -> dict[int, dict[str, int]]:
    """By delivery and purpose, the pieces that are known to have been handed over there. One query."""
    rows = Holding.objects.filter(place__delivery__in=[row.pk for row in deliveries], pieces__gt=0).order_by()
    found: dict[int, dict[str, int]] = defaultdict(dict)
    for delivery, purpose, pieces in rows.values_list("place__delivery", "bundle__purpose").annotate(all=Sum("pieces")):
        found[delivery][purpose] = pieces
    return found


def open_deliveries(
    deliveries: Iterable[Delivery], pieces: dict[int, dict[str, int]], replaced: Confirmation | None
) -> list[Delivery]:
    """Those with pieces of a purpose for which no confirmation that holds names them, but for the one replaced. One query."""
    rows = Confirmation.objects.filter(deliveries__in=list(deliveries), replaced_by=None)
    if replaced is not None:
        rows = rows.exclude(pk=replaced.pk)
    named = set(rows.values_list("deliveries", "purpose"))
    known = {(key, purpose) for key, of in pieces.items() for purpose in of if purpose in Purpose.values}
    still = {key for key, _purpose in known - named}
    return [row for row in deliveries if row.pk in still]


def changed_since(confirmation: Confirmation) -> list[dict[str, Any]]:
    """Newest first: what moved to or from its deliveries since it was issued. One query."""
    named = confirmation.deliveries.values("pk")
    touched = Q(from_place__delivery__in=named) | Q(to_place__delivery__in=named)
    later = Entry.objects.filter(touched, act__gt=confirmation.last_act, bundle__purpose=confirmation.purpose, pieces__gt=0)
    columns = ("act", "step", "day", "act__reason", "act__delivery__number")
    return list(later.order_by().values(*columns).annotate(moved=Sum("pieces")).order_by("-act"))
