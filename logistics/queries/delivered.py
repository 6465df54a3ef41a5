"""Of a delivery: what went another way and where it is now, what the recipient said, and what is with a case worker."""

from django.db.models import OuterRef, QuerySet, Subquery

from logistics import permissions, steps
from logistics.models import Delivery, Entry, Holding, RecipientWords, User
from logistics.queries import scope
from logistics.queries.standing import standing_entries

READS_WORDS = frozenset({permissions.CASE_WORKER, permissions.CASE_TEAM})
OTHER_WAYS = (steps.REFUSED, steps.SEIZED, steps.DEFERRED, steps.RETURNED)


def kept_words(user: User) -> QuerySet[RecipientWords]:
    """The words that this person may read: of the deliveries that they see as a case worker or as a case team."""
    seen = scope.deliveries(user) if user.roles & READS_WORDS else Delivery.objects.none()
    return RecipientWords.objects.filter(delivery__in=seen.values("pk"))


def went_another_way(delivery: Delivery) -> list[Entry]:
    """What this delivery told as refused, seized, kept or sent back; each has `still`, the pieces of its bundle that
    are there now. One query."""
    there = Holding.objects.filter(bundle=OuterRef("bundle"), place=OuterRef("to_place")).values("pieces")[:1]
    rows = standing_entries().filter(act__delivery=delivery, to_place__kind__in=OTHER_WAYS)
    return list(rows.annotate(still=Subquery(there)).select_related("bundle__label__replaced_by", "to_place").order_by("pk"))
