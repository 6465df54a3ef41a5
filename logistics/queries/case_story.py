"""What came when for a case, from where, and what is expected: the letters and cards to its people."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from logistics import steps
from logistics.models import Case, Consent, ConsentWaiver, Discrepancy, Entry, Holding, User
from logistics.queries.received import standing_at
from logistics.queries.waiting import unconfirmed_deliveries
from logistics.steps import Step
from logistics.words import CaseStatus, ConsentPurpose, Purpose

TOLD = (
    Step.COUNTED, Step.RECOUNTED, Step.WITHHELD, Step.RELEASED, Step.DISPATCHED, Step.ARRIVED, Step.HANDED, Step.RAISED,
    Step.SEIZED, Step.GIVEN_BACK, Step.REFUSED, Step.DEFERRED, Step.RETURNED, Step.LOST, Step.FOUND, Step.DESTROYED,
)  # fmt: skip
"""The steps that the page of a case tells, earlier ones first."""
RUN = 3
"""So many days in a row on which nothing but counting happened are told as one."""


@dataclass(frozen=True)
class Moment:
    """What happened on a day: so many pieces, with the number of the shipment or the delivery where there is one."""

    day: date
    step: Step
    pieces: int
    shipment: str = ""
    delivery: str = ""
    fewer: bool = False
    days: tuple["Moment", ...] = ()

    @property
    def since(self) -> date:
        """The first of the days that are told as one."""
        return self.days[-1].day if self.days else self.day


@dataclass(frozen=True)
class Story:
    """Newest first: what came when; and by country of origin the pieces counted, most first."""

    moments: list[Moment]
    origins: list[tuple[str, int]]


def story(case: Case) -> Story:
    """One query."""
    at_border = Q(from_border=steps.OUTSIDE) | Q(to_border=steps.OUTSIDE)
    rows = Entry.objects.filter(standing_at(None), bundle__case=case, bundle__purpose=Purpose.SOLIDARITY, pieces__gt=0)
    rows = rows.filter(Q(step__in=TOLD) | at_border).exclude(Q(from_border=steps.REBUNDLED) | Q(to_border=steps.REBUNDLED))
    columns = ("day", "step", "act__shipment__number", "act__delivery__number", "from_border", "to_border", "bundle__country")
    told: dict[tuple, int] = defaultdict(int)
    origins: dict[str, int] = defaultdict(int)
    for day, step, shipment, delivery, start, end, country, moved in (
        rows.order_by().values_list(*columns).annotate(moved=Sum("pieces"))
    ):  # fmt: skip
        if start or end:
            origins[country] += moved if start else -moved
        told[day, step, shipment or "", delivery or "", bool(end)] += moved
    found = [Moment(day, Step(step), pieces, ship, to, fewer) for (day, step, ship, to, fewer), pieces in told.items()]
    found.sort(key=lambda each: (each.day, TOLD.index(each.step), each.delivery, each.shipment), reverse=True)
    ranked = sorted(((country, pieces) for country, pieces in origins.items() if pieces), key=lambda pair: (-pair[1], pair[0]))
    return Story(_in_runs(found), ranked)


def _in_runs(found: list[Moment]) -> list[Moment]:
    """Days of nothing but counting, where there are RUN or more after one another, as one moment."""
    busy = {each.day for each in found if each.step is not Step.COUNTED}
    told: list[Moment] = []
    run: list[Moment] = []
    for each in [*found, None]:
        if each is not None and each.step is Step.COUNTED and each.day not in busy:
            run.append(each)
            continue
        told += [_one(run)] if len(run) >= RUN else run
        run = []
        if each is not None:
            told.append(each)
    return told


def _one(run: list[Moment]) -> Moment:
    return Moment(run[0].day, Step.COUNTED, sum(each.pieces for each in run), days=tuple(run))


def expected(case: Case) -> list[dict[str, Any]]:
    """Shipments that are on their way with letters and cards of the case: number, days, pieces. Latest first. One query."""
    rows = Holding.objects.filter(bundle__case=case, bundle__purpose=Purpose.SOLIDARITY, place__kind=steps.TRANSIT, pieces__gt=0)
    of = "place__shipment__"
    columns = {name: F(of + name) for name in ("number", "expected_on", "dispatched_on")}
    found = rows.order_by().values(**columns).annotate(moved=Sum("pieces"))
    return sorted(found, key=lambda row: (row["expected_on"] is None, row["expected_on"] or date.min), reverse=True)


def with_what_waits(rows: QuerySet[Case], user: User, discrepancies: QuerySet[Discrepancy]) -> QuerySet[Case]:
    """Each with what its case team has to do: `flags`, `differences`, `deliveries_open` (numbers), `may_be_sent`.

    `discrepancies`: those that this person may know of.
    """
    consent = Consent.objects.filter(recipient__case=OuterRef("pk"), purpose=ConsentPurpose.RECEIVE, taken_back_on=None)
    waiver = ConsentWaiver.objects.filter(case=OuterRef("pk"), ended_at=None)
    return rows.annotate(
        flags=Count("situations__flags", filter=Q(situations__flags__decision="")),
        differences=_number(discrepancies.filter(closed_at=None)),
        deliveries_open=_number(unconfirmed_deliveries(user)),
        may_be_sent=Exists(consent) | Exists(waiver) | Q(status=CaseStatus.CLOSED),
    )


def _number(rows: QuerySet) -> Coalesce:
    """How many of these are of the case."""
    counted = rows.filter(case=OuterRef("pk")).order_by().values("case").annotate(found=Count("pk")).values("found")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def joined(origins: Iterable[tuple[str, int]], most: int) -> tuple[list[tuple[str, int]], tuple[int, int]]:
    """The first so many countries, and of the rest how many there are and how many pieces."""
    every = list(origins)
    rest = every[most:]
    return every[:most], (len(rest), sum(pieces for _country, pieces in rest))
