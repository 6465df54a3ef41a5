"""How each column of a return is cleaned. What cannot be is refused with a sentence that says what to do."""

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from import_export.widgets import Widget

from logistics.errors import Refused
from logistics.models import Case
from logistics.resources.returns.casebook import MOST_HINTS, Casebook, shown
from logistics.resources.words import countries
from logistics.resources.words.dates import Day, Impossible, day_of, read_as
from logistics.resources.words.money import currency_in, money_of
from logistics.resources.words.normal import tidy
from logistics.resources.words.numbers import Figure, figure_of, is_left_open

LONGEST_TEXT = 200


class TextWidget(Widget):
    """A text of one line that fits its column."""

    def clean(self, value, row=None, **kwargs) -> str:
        return shown(tidy(value), LONGEST_TEXT)


class CountryWidget(Widget):
    """ISO 3166-1 code, from the country's cell, or else from the place, the office or what stands above the table."""

    hints_left = MOST_HINTS

    def clean(self, value, row=None, **kwargs) -> str:
        text = tidy(value)
        found = country_and_source(row)[0]
        if len(found) == 1:
            return found[0]
        self.hints_left -= 1
        raise ValidationError(_country_sentence(text, found, self.hints_left >= 0), code="unknown_country")


def country_and_source(row: dict) -> tuple[tuple[str, ...], str]:
    """The codes of the countries that a row names, and the column that says so where it is not the country's."""
    if tidy(row["country"]):
        return countries.countries_in_cell(tidy(row["country"])), ""
    if found := countries.country_in_place(tidy(row["place"])):
        return (found,), ""
    for name in ("venue", "office", "office_or_organiser", "hint"):
        if found := countries.country_in_name(tidy(row[name])):
            return (found,), name
    return (), ""


def _country_sentence(text: str, found: tuple[str, ...], with_hint: bool) -> str:
    if found:
        sentence = _("“%(text)s” can mean %(countries)s. Write one country in each row.")
        return sentence % {"text": shown(text), "countries": _or(countries.country_name(code) for code in found)}
    if not text:
        return _("This row names no country. Write the country in it.")
    if near := countries.nearest(text) if with_hint else "":
        sentence = _(
            "No country is known as “%(text)s”. Is it %(near)s? Correct the name, or write its two-letter code."
        )
        return sentence % {"text": shown(text), "near": near}
    sentence = _("No country is known as “%(text)s”. Correct the name, or write its two-letter code.")
    return sentence % {"text": shown(text)}


def _or(names: Iterable[str]) -> str:
    """“Congo (DRC) or Congo (Republic)”."""
    first, *others = names
    for other in others:
        first = _("%(first)s or %(other)s") % {"first": first, "other": other}
    return first


class CasesWidget(Widget):
    """The cases that a cell names."""

    def __init__(self, book: Casebook) -> None:
        super().__init__()
        self.book = book

    def clean(self, value, row=None, **kwargs) -> tuple[Case, ...]:
        try:
            return self.book.named_in(tidy(value))
        except Refused as refusal:
            raise ValidationError(refusal.sentence, code=refusal.code) from None


MOST_DIGITS = 9
"""Of a figure: what the database holds is a little over two thousand million."""


class FigureWidget(Widget):
    """A whole positive number, and how exact it says it is."""

    def clean(self, value, row=None, **kwargs) -> Figure:
        figure = figure_of(value)
        if figure:
            return figure
        if is_left_open(value):
            sentence = _("This row has no figure. Write how many there were, or take the row out.")
        elif len(re.sub(r"\D", "", tidy(value))) > MOST_DIGITS and not re.search(r"[^\d\s.,'\u202f]", tidy(value)):
            sentence = _("“%(text)s” is more than any campaign has counted. Look at the figure again.")
            raise ValidationError(sentence % {"text": shown(tidy(value))}, code="too_large_number")
        else:
            sentence = _("“%(text)s” is no whole positive number. Write how many there were, in figures.")
            sentence %= {"text": shown(tidy(value))}
        raise ValidationError(sentence, code="no_number")


class DayWidget(Widget):
    """A day with its precision, or None; the future has not happened.

    What could be swapped is read in the order that was asked for, or that the header says, or other rows show.
    """

    order_asked = order_shown = ""

    def clean(self, value, row=None, **kwargs) -> Day | None:
        try:
            day = value if isinstance(value, Day) else day_of(_as_text(value))
        except Impossible:
            sentence = _("There is no such date as “%(text)s”. Write the day as 2030-12-31.")
            raise ValidationError(sentence % {"text": shown(tidy(value))}, code="impossible_date") from None
        if day is None:
            return None
        day = read_as(day, self.order_asked or row["order"] or self.order_shown)
        if min(day.day, day.other or day.day) > timezone.localdate():
            sentence = _("“%(text)s” has not come yet. Correct the date.")
            raise ValidationError(sentence % {"text": shown(tidy(value))}, code="impossible_date")
        return day


def _as_text(value: object) -> object:
    return value if isinstance(value, (datetime.date, int, float)) else tidy(value)


@dataclass(frozen=True)
class Money:
    """What was spent; `problem` is a sentence where the cell is filled and says no clear amount."""

    amount: Decimal | None = None
    currency: str = ""
    problem: str = ""


class MoneyWidget(Widget):
    """An amount with its currency, from its own cell or the one beside it."""

    def clean(self, value, row=None, **kwargs) -> Money:
        text = tidy(value)
        if is_left_open(text):
            return Money()
        amount = money_of(value)
        if amount is None:
            sentence = _("“%(text)s” is no clear amount of money, so none is taken over.")
            return Money(problem=sentence % {"text": shown(text)})
        currency = currency_in(tidy(row["currency"])) or currency_in(text)
        if currency or not amount:
            return Money(amount, currency)
        sentence = _("It is not said in which currency %(text)s was spent.")
        return Money(amount, currency, sentence % {"text": shown(text)})


class EventsWidget(Widget):
    """How many events a row stands for: one, where it does not say."""

    def clean(self, value, row=None, **kwargs) -> int:
        figure = figure_of(value)
        return min(figure.count, 1_000_000) if figure else 1
