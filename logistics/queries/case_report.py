"""The whole of one case, for its case team: figures, where its letters are, deliveries, confirmations, differences."""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import codes
from logistics.errors import Refused
from logistics.models import Case, Confirmation, Discrepancy, Entry, User
from logistics.queries.case_story import story
from logistics.queries.cases import cases_in_charge
from logistics.queries.received import figures_of, standing_at
from logistics.queries.waiting import with_age
from logistics.steps import DEFERRED, GRADES, REFUSED, RETURNED, SEIZED

SORT = "R"
"""The first letter of a report's number; it is nobody's code and leads nowhere."""
ANOTHER_WAY = (REFUSED, SEIZED, DEFERRED, RETURNED)
FEWEST = 10
"""Countries with fewer pieces are told together."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """One delivery: its day, in what capacity it was taken, its pieces by grade of evidence, and how many were told on
    the same occasion to have gone another way. Without either it was taken back."""

    number: str
    day: date
    capacity: str
    grades: dict[str, int]
    others: dict[str, int]


@dataclass(frozen=True, slots=True)
class Confirmed:
    """One confirmation. `standing`: holds, late or replaced."""

    number: str
    issued_on: date
    purpose: str
    delivered: int
    standing: str


@dataclass(frozen=True, slots=True)
class Differed:
    """What was expected and found to differ (pieces, where there are any); still open where it was not closed."""

    kind: str
    code: str
    expected: int | None
    found: int | None
    opened_on: date
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class Known:
    """A fact about a recipient (their number in a group, 0 for the whole case), as precisely as it was told."""

    day: date
    precision: str
    what: str
    recipient: int


@dataclass(frozen=True, slots=True)
class CaseReport:
    """`figures` are solidarity letters and cards, `appeals` and `not_told` the same of the others. No words of notes."""

    case: str
    name: str
    campaign: str
    country: str
    status: str
    people: int
    is_constructed: bool
    as_of: date
    figures: dict[str, object]
    appeals: dict[str, object]
    not_told: dict[str, object]
    origins: tuple[tuple[str, int], ...]
    deliveries: tuple[Delivered, ...]
    confirmations: tuple[Confirmed, ...]
    differences: tuple[Differed, ...]
    situation: tuple[Known, ...]

    @property
    def number(self) -> str:
        """Opaque, the same for the same facts."""
        facts = json.dumps(asdict(self), default=str, sort_keys=True)
        digits = int.from_bytes(hashlib.sha256(facts.encode()).digest(), "big")
        body = SORT + "".join(codes.ALPHABET[digits >> 5 * at & 31] for at in range(codes.LENGTH - 2))
        return body + codes.check_character(body)


def case_named(text: str, user: User) -> Case:
    """The case with this name: the campaign and its code, as `document --list` shows it. Refused: `unknown_case`."""
    slug, _slash, code = text.strip().partition("/")
    found = cases_in_charge(user).select_related("campaign").filter(campaign__slug=slug, code__iexact=code).first()
    if found is None:
        raise Refused(
            "unknown_case", _("There is no such case here. Give its campaign and its code, for example winter-2013/TR-1.")
        )
    return found


def case_report(case: Case) -> CaseReport:
    """A constant number of queries."""
    (row,) = figures_of([case])
    return CaseReport(
        case=case.code, name=case.shown_name, campaign=case.campaign.name, country=case.country, status=case.status,
        people=case.people, is_constructed=case.campaign.is_constructed, as_of=timezone.localdate(),
        figures={name: value for name, value in row.items() if isinstance(value, int) or name == "places"},
        appeals=row["appeals"], not_told=row["not_told"], origins=joined(story(case).origins),
        deliveries=_deliveries(case), confirmations=_confirmations(case), differences=_differences(case),
        situation=tuple(
            Known(each.day, each.precision, each.what, each.recipient.number if each.recipient else 0)
            for each in case.situations.select_related("recipient").order_by("-day", "-pk")
        ),
    )  # fmt: skip


def joined(origins: list[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    """Those with at least FEWEST pieces; the rest under "", and never one country alone, which could be computed."""
    kept, rest = [each for each in origins if each[1] >= FEWEST], [each for each in origins if each[1] < FEWEST]
    if len(rest) == 1 and kept:
        rest.append(kept.pop())
    return (*kept, *([("", sum(pieces for _country, pieces in rest))] if rest else []))


def _deliveries(case: Case) -> tuple[Delivered, ...]:
    """What stands with each delivery now. Four queries."""
    grades: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    rows = Entry.objects.filter(standing_at(None), bundle__case=case, pieces__gt=0).order_by()
    for end, sign in (("to_place", 1), ("from_place", -1)):
        at = rows.filter(**{f"{end}__kind__in": GRADES}).values_list(f"{end}__delivery__number", f"{end}__kind")
        for number, kind, moved in at.annotate(moved=Sum("pieces")):
            grades[number][kind] += sign * moved
    others: dict[str, dict[str, int]] = defaultdict(dict)
    elsewhere = rows.filter(act__delivery__isnull=False, to_place__kind__in=ANOTHER_WAY)
    for number, kind, moved in elsewhere.values_list("act__delivery__number", "to_place__kind").annotate(moved=Sum("pieces")):
        others[number][kind] = moved
    return tuple(
        Delivered(
            row.number, row.day, row.capacity, {kind: grades[row.number][kind] for kind in GRADES if grades[row.number][kind]},
            others[row.number],
        )  # fmt: skip
        for row in case.deliveries.order_by("day", "pk")
    )


def _confirmations(case: Case) -> tuple[Confirmed, ...]:
    rows: QuerySet[Confirmation] = with_age(case.confirmations.all()).select_related("replaced_by").order_by("pk")
    return tuple(Confirmed(row.number, row.issued_on, row.purpose, _delivered(row), _standing(row)) for row in rows)


def _delivered(row: Confirmation) -> int:
    grades = row.facts.get("grades", {})
    return sum(grades.get(grade, 0) for grade in ("close", "in_person", "acknowledged"))


def _standing(row: Confirmation) -> str:
    if hasattr(row, "replaced_by"):
        return "replaced"
    return "late" if row.is_late else "holds"  # type: ignore[attr-defined]


def _differences(case: Case) -> tuple[Differed, ...]:
    rows = Discrepancy.objects.filter(case=case).select_related("bundle__label", "batch__label", "label", "shipment").order_by("pk")
    return tuple(
        Differed(row.kind, _about(row), row.expected, row.found, _day(row.opened_at), _day(row.closed_at)) for row in rows
    )


def _about(row: Discrepancy) -> str:
    label = next((thing.label for thing in (row.bundle, row.batch) if thing), row.label)
    return label.code if label else row.shipment.number if row.shipment else ""


def _day(moment: datetime | None) -> date | None:
    return timezone.localtime(moment).date() if moment else None
