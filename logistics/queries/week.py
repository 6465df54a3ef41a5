"""How much is handed over in a week, beside the largest number of pieces that is safe for the person."""

from datetime import date, timedelta

from django.db.models import Sum

from logistics.models import Case, Entry
from logistics.queries.received import standing_at
from logistics.steps import Step

WEEK = timedelta(days=7)


def handed_in_week(case: Case, until: date) -> int:
    """The pieces of the case, of every purpose, handed over in the seven days that end with this one. One query."""
    rows = Entry.objects.filter(standing_at(None), bundle__case=case, step=Step.HANDED, day__gt=until - WEEK, day__lte=until)
    return rows.aggregate(all=Sum("pieces"))["all"] or 0
