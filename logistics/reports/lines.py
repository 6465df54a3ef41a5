"""Collections as a table that can be imported again, here or elsewhere: a row for each figure."""

from datetime import date

import tablib
from django.db.models import QuerySet
from django.utils.translation import override

from logistics.models import Collection, Tally
from logistics.words import Precision, Qualifier

HEADS = (
    "Country", "Office", "Place", "Event", "Venue", "Date", "Events", "Case", "Kind", "Purpose", "How many", "Method",
    "Spent", "Currency",
)  # fmt: skip
"""Words that an import knows (`resources.words.headers`). No organiser: a person's name is not for passing on."""
FORMATS = {Precision.DAY: "%Y-%m-%d", Precision.MONTH: "%B %Y", Precision.YEAR: "%Y"}


def lines(collections: QuerySet[Collection]) -> tablib.Dataset:
    """What the collections declare, in the order of their rows. Two queries."""
    with override("en"):  # which every import knows, whatever the language of the page is
        return _in_english(collections)


def _in_english(collections: QuerySet[Collection]) -> tablib.Dataset:
    table = tablib.Dataset(headers=HEADS)
    tallies = Tally.objects.filter(collection__in=collections.order_by().values("pk")).order_by("collection", "pk")
    for tally in tallies.select_related("collection").prefetch_related("cases"):
        one = tally.collection
        about = (one.country, one.office, one.place, one.event, one.venue, _day(one.day, one.precision), one.events)
        codes = ", ".join(sorted(case.code for case in tally.cases.all()))
        money = ("", "") if one.spent is None else (f"{one.spent:f}", one.currency)
        kind = tally.get_kind_display()
        table.append([*about, codes, kind, tally.purpose, _count(tally), tally.get_method_display(), *money])
    return table


def _day(day: date | None, precision: str) -> str:
    return day.strftime(FORMATS[precision]) if day else ""


def _count(tally: Tally) -> int | str:
    return tally.count if tally.qualifier == Qualifier.EXACT else f"{tally.get_qualifier_display()} {tally.count}"
