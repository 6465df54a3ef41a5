"""How much is handed over in a week, beside the largest number of pieces that is safe for the person."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Sum

from logistics import steps
from logistics.models import Case, Entry, User
from logistics.queries.cases import cases_in_charge
from logistics.queries.received import figures_of, standing_at
from logistics.steps import Step
from logistics.words import CaseStatus

WEEK = timedelta(days=7)


def handed_in_week(case: Case, until: date) -> int:
    """The pieces of the case, of every purpose, handed over in the seven days that end with this one. One query."""
    rows = Entry.objects.filter(standing_at(None), bundle__case=case, step=Step.HANDED, day__gt=until - WEEK, day__lte=until)
    return rows.aggregate(all=Sum("pieces"))["all"] or 0


@dataclass(frozen=True)
class TooMuch:
    """A case for which more than its weekly limit is coming, or waits to go: letters and cards to the people."""

    case: Case
    coming: int
    waiting: int


def too_much(user: User) -> list[TooMuch]:
    """Of the active cases that this person decides about, those with more at hubs, on the way and with a case worker than
    is safe in one week. Three queries."""
    rows = cases_in_charge(user).filter(status=CaseStatus.ACTIVE, weekly_limit__isnull=False).select_related("campaign")
    limited = list(rows.order_by("code", "pk"))
    told = [
        TooMuch(case, _at(row, steps.TRANSIT, steps.FIELD), _at(row, steps.MAILROOM, steps.BAG))
        for case, row in zip(limited, figures_of(limited) if limited else [], strict=True)
    ]
    return [each for each in told if each.coming + each.waiting > (each.case.weekly_limit or 0)]


def _at(row: dict[str, Any], *kinds: str) -> int:
    return sum(row["places"].get(kind, 0) for kind in kinds)
