"""What returns have told already, so that nothing is counted twice."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from logistics.models import Campaign, Case, Collection, Return, Tally, User
from logistics.queries.cases import campaigns, cases


@dataclass(frozen=True)
class Told:
    """One line of a return: what it counts, at which event, and where it stands. `day` is exact as far as `precision` says."""

    country: str
    count: int
    cases: frozenset[int]
    kind: str
    day: date | None
    precision: str
    file_name: str
    row: int | None = None
    event: str = ""
    place: str = ""
    venue: str = ""


def told_lines(campaign: Campaign, countries: Iterable[str], *, user: User) -> Iterator[Told]:
    """The lines of all standing returns of this campaign from these countries. Two queries."""
    standing = Tally.objects.filter(
        collection__campaign__in=campaigns(user).filter(pk=campaign.pk),
        collection__country__in=list(countries),
        collection__withdrawn_at=None,
    ).order_by()
    named: defaultdict[int, set[int]] = defaultdict(set)
    for tally, case in standing.filter(cases__isnull=False).values_list("pk", "cases"):
        named[tally].add(case)
    wanted = ("collection__country", "count", "kind", "collection__day", "collection__precision")
    where = ("collection__event", "collection__place", "collection__venue")
    for key, row, name, country, count, kind, day, precision, *said in standing.values_list(
        "pk", "row", "collection__source__file_name", *wanted, *where
    ):
        yield Told(country, count, frozenset(named.get(key, ())), kind, day, precision, name or "", row, *said)


def told_so_far(campaign: Campaign, *, user: User) -> tuple[int, int]:
    """A mark that changes when a collection of this campaign comes or is withdrawn. One query."""
    seen = campaigns(user).filter(pk=campaign.pk)
    standing = Collection.objects.filter(campaign__in=seen, withdrawn_at=None).order_by()
    found = standing.aggregate(number=Count("pk"), last=Max("pk"))
    return found["number"], found["last"] or 0


def standing_return(campaign: Campaign, sha256: str, *, user: User) -> Return | None:
    """The return that was imported from this very file into this campaign and not withdrawn."""
    seen = Return.objects.filter(campaign__in=campaigns(user).filter(pk=campaign.pk))
    return seen.filter(sha256=sha256, withdrawn_at=None).first()


def cases_with_names(campaign: Campaign, *, user: User) -> list[Case]:
    """The cases of this campaign with their other names. Two queries."""
    return list(cases(user).filter(campaign=campaign).prefetch_related("names").order_by("code"))
