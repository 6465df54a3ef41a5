"""What organisers declare: of a campaign, and of each of its cases."""

from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, Count, Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from logistics.models import Batch, Campaign, Collection, PublishedFigure, Return, Tally, User
from logistics.queries.cases import SEES_ALL_CASES, campaigns, cases
from logistics.words import Purpose

PURPOSES = (Purpose.SOLIDARITY.value, Purpose.APPEAL.value, "")


def collections(user: User) -> QuerySet[Collection]:
    """All, for whoever sees all cases; nobody else any: a collection is of many cases."""
    seen = bool(user.roles & SEES_ALL_CASES)
    return Collection.objects.all() if seen else Collection.objects.none()


def returns(user: User) -> QuerySet[Return]:
    """All, for whoever sees all cases; nobody else any."""
    seen = bool(user.roles & SEES_ALL_CASES)
    return Return.objects.all() if seen else Return.objects.none()


def figures(user: User, campaign: Campaign) -> QuerySet[PublishedFigure]:
    """What was published about this campaign's cases that this person may see."""
    of_cases = PublishedFigure.objects.filter(case__in=cases(user).filter(campaign=campaign).values("pk"))
    return of_cases.select_related("case").order_by("case__code", "as_of", "pk")


def yearly_figures(user: User) -> QuerySet[PublishedFigure]:
    """What was published about whole years, for whoever sees all cases."""
    rows = PublishedFigure.objects.filter(case=None)
    return (rows if user.roles & SEES_ALL_CASES else rows.none()).order_by("year", "as_of", "pk")


def with_sums(rows: QuerySet[Collection]) -> QuerySet[Collection]:
    """Each collection with `declared`, the messages that it declares."""
    sums = Tally.objects.filter(collection=OuterRef("pk")).order_by().values("collection").annotate(all=Sum("count"))
    return rows.annotate(declared=Coalesce(Subquery(sums.values("all")), 0, output_field=BigIntegerField()))


def with_mail(rows: QuerySet, of: str) -> QuerySet:
    """Each with `has_come`: whether mail of it has come to a mailroom, so that it is taken back no more. `of`: how a batch
    leads to it, `collection` or `collection__source`."""
    return rows.annotate(has_come=Exists(Batch.objects.filter(**{of: OuterRef("pk")})))


@dataclass(frozen=True)
class Declared:
    """The sums of a campaign's standing collections: `cases` by code, then `together` (several cases named in one
    figure) and `unnamed` (none), each by purpose. They add up to `messages`."""

    cases: dict[str, dict[str, int]]
    together: dict[str, int]
    unnamed: dict[str, int]
    collections: int
    countries: int

    @property
    def messages(self) -> int:
        return sum(sum(part.values()) for part in (*self.cases.values(), self.together, self.unnamed))

    def of_purpose(self, purpose: str) -> int:
        return sum(part.get(purpose, 0) for part in (*self.cases.values(), self.together, self.unnamed))


def declared(campaign: Campaign, *, user: User) -> Declared:
    """What stands declared for a campaign. Three queries."""
    seen = campaigns(user).filter(pk=campaign.pk).values("pk")
    standing = collections(user).filter(campaign__in=seen, withdrawn_at=None).order_by()
    links = Tally.cases.through.objects.filter(tally=OuterRef("pk")).order_by().values("tally")
    named = Coalesce(Subquery(links.annotate(all=Count("pk")).values("all")), 0)
    tallies = Tally.objects.filter(collection__in=standing.values("pk")).annotate(named=named).order_by()
    found: dict[str, dict[str, int]] = {}
    for code, purpose, told in tallies.filter(named=1).values_list("cases__code", "purpose").annotate(told=Sum("count")):
        found.setdefault(code, {})[purpose] = told
    rest: dict[bool, dict[str, int]] = {True: {}, False: {}}
    for several, purpose, told in (
        tallies.exclude(named=1).values_list("named", "purpose").annotate(told=Sum("count"))
    ):
        rest[several > 1][purpose] = rest[several > 1].get(purpose, 0) + told
    about: dict[str, Any] = standing.aggregate(all=Count("pk"), countries=Count("country", distinct=True))
    return Declared(found, rest[True], rest[False], about["all"], about["countries"])
