"""How many letters each case received, and where the others are: sums over the journey, never over holdings."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import steps
from logistics.errors import Refused
from logistics.models import Act, Case, Entry, Tally, User
from logistics.queries.cases import campaign_named, cases
from logistics.words import LETTERS_AND_CARDS, Precision, Purpose

FIGURES = ("declared", "counted", "withheld", "on_the_way", "delivered", "unconfirmed", "other")
"""The figures of a case in pieces; the second is the sum of those after it."""

NOT_TOLD = ""

Key = tuple[int, str]
"""A case and a purpose."""


def received(
    user: User,
    *,
    campaign: str | None = None,
    case: str | None = None,
    as_of: date | None = None,
    known_at: datetime | None = None,
) -> list[dict[str, Any]]:
    """One object for each case that this person may see, by campaign and code. All figures are pieces.

    The figures at the top are solidarity letters and cards; `appeals` and `not_told` have the same keys for the other
    purposes: they are never added. `counted` equals `withheld + on_the_way + delivered + unconfirmed + other` on every
    day. `as_of`: what had happened by the end of that day; without it all that has been told, also what is dated
    tomorrow because it is tomorrow there, and the `as_of` that is answered is today. `known_at`: what had been
    recorded by that time. Four queries, one of them for the roles of whoever asks. Refused: `unknown_campaign`, `unknown_case`.
    """
    return figures_of(_chosen(user, campaign, case), as_of=as_of, known_at=known_at)


def figures_of(
    chosen: list[Case], *, as_of: date | None = None, known_at: datetime | None = None
) -> list[dict[str, Any]]:
    """The same for these cases, which whoever asks may see (`select_related("campaign")`). Two queries."""
    keys = [row.pk for row in chosen]
    declared = _declared(keys, as_of, known_at)
    places = _places(keys, as_of, known_at)
    return [
        {
            "case": row.code,
            "name": row.shown_name,
            "campaign": row.campaign.slug,
            "constructed": row.campaign.is_constructed,
            **_figures((row.pk, Purpose.SOLIDARITY.value), declared, places),
            "appeals": _figures((row.pk, Purpose.APPEAL.value), declared, places),
            "not_told": _figures((row.pk, NOT_TOLD), declared, places),
            "as_of": (as_of or timezone.localdate()).isoformat(),
        }
        for row in chosen
    ]


def _chosen(user: User, campaign: str | None, case: str | None) -> list[Case]:
    rows = cases(user).select_related("campaign").order_by("campaign__slug", "code")
    if campaign is not None:
        rows = rows.filter(campaign__slug=campaign)
    if case is not None:
        rows = rows.filter(code__iexact=case)
    found = list(rows)
    if not found and campaign is not None:
        campaign_named(campaign, user)
    if not found and case is not None:
        raise Refused("unknown_case", _("There is no case %(case)s here. Look at its code again.") % {"case": case})
    return found


def standing_at(known_at: datetime | None) -> Q:
    """Entries of acts that were known at that time, not reversed by then, and no reversals."""
    reversals = Act.objects.exclude(reverses=None)
    if known_at is not None:
        reversals = reversals.filter(recorded_at__lte=known_at)
    # Lists and no joins: PostgreSQL guesses that a join leaves one entry, SQLite begins at the acts; both then read all.
    standing = ~Q(act__in=reversals.values("pk")) & ~Q(act__in=reversals.values("reverses"))
    return standing if known_at is None else standing & Q(act__recorded_at__lte=known_at)


def _places(keys: Iterable[int], as_of: date | None, known_at: datetime | None) -> dict[Key, dict[str, int]]:
    """By case and purpose: how many pieces are at each kind of place, and beyond each border (less than nothing)."""
    rows = Entry.objects.filter(standing_at(known_at), bundle__case__in=keys, pieces__gt=0).order_by()
    if as_of is not None:
        rows = rows.filter(day__lte=as_of)
    columns = ("bundle__case", "bundle__purpose", "from_border", "from_place__kind", "to_border", "to_place__kind")
    found: dict[Key, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for case, purpose, from_border, from_place, to_border, to_place, pieces in (
        rows.values_list(*columns).annotate(moved=Sum("pieces"))
    ):  # fmt: skip
        at = found[case, purpose]
        at[from_border or from_place] -= pieces
        at[to_border or to_place] += pieces
    return found


def _declared(keys: Iterable[int], as_of: date | None, known_at: datetime | None) -> dict[Key, int]:
    """By case and purpose: what tallies declare that name this case alone. Several cases are never split by guess."""
    named = Tally.cases.through
    another = named.objects.filter(tally=OuterRef("tally")).exclude(case=OuterRef("case"))
    of_one = named.objects.filter(~Exists(another), case__in=keys, tally__kind__in=LETTERS_AND_CARDS)
    in_force = of_one.filter(_in_force(known_at))
    if as_of is not None:
        in_force = in_force.filter(_gathered_by(as_of))
    sums = in_force.order_by().values_list("case", "tally__purpose").annotate(told=Sum("tally__count"))
    return {(case, purpose): told for case, purpose, told in sums}


def _gathered_by(day: date) -> Q:
    """Tallies of that day or before.

    A month counts when it is over, a year too; a collection without a day counts when its campaign closed, or,
    where that is not known, when it was recorded.
    """
    next_day = min(day, date.max - timedelta(days=1)) + timedelta(days=1)
    midnight = timezone.make_aware(datetime.combine(next_day, time.min), timezone.get_default_timezone())
    of = "tally__collection__"
    return (
        Q(**{f"{of}precision": Precision.DAY, f"{of}day__lte": day})
        | Q(**{f"{of}precision": Precision.MONTH, f"{of}day__lt": next_day.replace(day=1)})
        | Q(**{f"{of}precision": Precision.YEAR, f"{of}day__lt": next_day.replace(month=1, day=1)})
        | Q(**{f"{of}day": None, f"{of}campaign__closes__lte": day})
        | Q(**{f"{of}day": None, f"{of}campaign__closes": None, f"{of}recorded_at__lt": midnight})
    )


def _in_force(known_at: datetime | None) -> Q:
    """Tallies of collections and returns that were recorded by then and not withdrawn by then."""
    fields = ("tally__collection__withdrawn_at", "tally__collection__source__withdrawn_at")
    if known_at is None:
        return Q(**dict.fromkeys(fields))
    standing = Q(tally__collection__recorded_at__lte=known_at)
    for field in fields:
        standing &= Q(**{field: None}) | Q(**{f"{field}__gt": known_at})
    return standing


def _figures(key: Key, declared: dict[Key, int], places: dict[Key, dict[str, int]]) -> dict[str, Any]:
    at = places.get(key, {})

    def together(kinds: Iterable[str]) -> int:
        return sum(at.get(kind, 0) for kind in kinds)

    return {
        "declared": declared.get(key, 0),
        "counted": -at.get(steps.OUTSIDE, 0),
        "withheld": at.get(steps.WITHHELD, 0),
        "on_the_way": together(steps.ON_THE_WAY),
        "delivered": together(steps.DELIVERED),
        "unconfirmed": together(steps.UNCONFIRMED),
        "other": together(steps.OTHER),
        "places": {kind: at.get(kind, 0) for kind in steps.PLACES},
        "grades": {grade: at.get(grade, 0) for grade in steps.GRADES},
    }
