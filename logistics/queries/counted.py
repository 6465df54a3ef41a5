"""What was counted in a batch and, once it is closed, what was declared for its collection."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from logistics.models import Batch, Bundle, Case, Tally, User
from logistics.queries.cases import cases
from logistics.queries.standing import standing_entries
from logistics.steps import OUTSIDE, Step
from logistics.words import LETTERS_AND_CARDS


@dataclass(frozen=True)
class Counted:
    """Pieces and bundles of one case, kind and purpose."""

    case: Case
    kind: str
    purpose: str
    bundles: int
    pieces: int


@dataclass(frozen=True)
class Compared:
    """What was declared and what was counted of one case and purpose. No declaration is None, never 0."""

    case: Case
    purpose: str
    declared: int | None
    counted: int

    @property
    def difference(self) -> int:
        return self.counted - (self.declared or 0)

    @property
    def fewer(self) -> int:
        return -self.difference

    @property
    def agrees(self) -> bool:
        return self.declared == self.counted


def counted_in(batch: Batch) -> list[Counted]:
    """Every case, kind and purpose counted in this batch: all that came over the border. Two queries."""
    rows = list(_sums(standing_entries().filter(bundle__batch=batch)))
    known = Case.objects.in_bulk([row["bundle__case"] for row in rows])
    found: dict[tuple[int, str, str], list[int]] = {}
    for row in rows:
        key = row["bundle__case"], row["bundle__kind"], row["bundle__purpose"]
        bundles, pieces = found.get(key, [0, 0])
        sign = 1 if row["from_border"] == OUTSIDE else -1
        first = row["step"] == Step.COUNTED
        found[key] = [bundles + row["bundles"] * first, pieces + sign * row["pieces"]]
    lines = [Counted(known[case], kind, purpose, *numbers) for (case, kind, purpose), numbers in found.items()]
    return sorted(lines, key=lambda line: (line.case.code, line.purpose, line.kind))


def _sums(rows: QuerySet) -> QuerySet:
    over_the_border = rows.filter(step__in=(Step.COUNTED, Step.RECOUNTED)).exclude(from_border="", to_border="").order_by()
    groups = over_the_border.values("bundle__case", "bundle__kind", "bundle__purpose", "step", "from_border")
    return groups.annotate(bundles=Count("bundle", distinct=True), pieces=Sum("pieces"))


def compared(batch: Batch) -> list[Compared]:
    """Declared against counted, over all batches of its collection; nothing before the batch is closed."""
    if not batch.is_closed:
        return []
    declared: dict[tuple[int, str], int] = {}
    alone = Tally.objects.filter(collection=batch.collection_id, kind__in=LETTERS_AND_CARDS).annotate(named=Count("cases"))
    for case, purpose, count in alone.filter(named=1).order_by().values_list("cases", "purpose", "count"):
        declared[case, purpose] = declared.get((case, purpose), 0) + count
    counted: dict[tuple[int, str], int] = {}
    bundles = Bundle.objects.filter(batch__collection=batch.collection_id)
    for row in _sums(standing_entries().filter(bundle__in=bundles)):
        sign = 1 if row["from_border"] == OUTSIDE else -1
        key = row["bundle__case"], row["bundle__purpose"]
        counted[key] = counted.get(key, 0) + sign * row["pieces"]
    keys = declared.keys() | counted.keys()
    known = Case.objects.in_bulk([case for case, _ in keys])
    lines = [Compared(known[key[0]], key[1], declared.get(key), counted.get(key, 0)) for key in keys]
    return sorted(lines, key=lambda line: (line.case.code, line.purpose))


def cases_to_count(batch: Batch, user: User) -> list[Case]:
    """The cases that a pile of this batch can be for."""
    return list(cases(user).filter(campaign=batch.collection.campaign_id).order_by("code"))


def with_counts(rows: QuerySet[Batch]) -> QuerySet[Batch]:
    """Each batch with its number of bundles."""
    return rows.annotate(tied=Count("bundles", filter=Q(bundles__head_sequence__gt=0), distinct=True))


def bundles_of(act_key: str, batch: Batch) -> Iterable[Bundle]:
    """The bundles that one counting of this batch made, with their pieces as counted."""
    made = standing_entries().filter(act__key=act_key, bundle=OuterRef("pk"), step=Step.COUNTED)
    rows = Bundle.objects.filter(Exists(made), batch=batch).select_related("label", "case")
    return rows.annotate(counted=Sum("entries__pieces", filter=Q(entries__step=Step.COUNTED))).order_by("pk")
