"""Figures, days, places and reasons as they are printed, in the language that is active."""

from datetime import date
from unicodedata import combining, normalize

from babel import Locale, UnknownLocaleError
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from logistics import words

NONE = "–"

_UNGROUPED_BELOW = {"es": 10_000}
"""The CLDR's minimumGroupingDigits, which Babel does not know: 4203, but 42.030."""

# Where the name that Babel has of the CLDR is too long for a column or says more than where something was written.
_SHORTER = {
    "AE": lambda: _("United Arab Emirates"),
    "CD": lambda: _("Congo (DRC)"),
    "CF": lambda: _("Central African Rep."),
    "CG": lambda: _("Congo (Brazzaville)"),
    "HK": lambda: _("Hong Kong"),
    "KR": lambda: _("South Korea"),
    "MM": lambda: _("Myanmar"),
    "MO": lambda: _("Macao"),
    "PS": lambda: _("Palestine"),
    "US": lambda: _("United States"),
    "ZA": lambda: _("South Africa"),
}


def figure(number: int) -> str:
    """A count as printed: digits 0–9, grouped as the language does it; none is a dash."""
    return total(number) if number else NONE


def total(number: int) -> str:
    """As `figure`, but none is 0: for a figure that stands alone."""
    locale = _locale()
    is_grouped = number >= _UNGROUPED_BELOW.get(locale.language, 0)
    return format_decimal(number, locale=locale, numbering_system="latn", group_separator=is_grouped)


def kilograms(grams: int | None) -> str:
    """A weight as printed, in kilograms with two decimals; what was not weighed is a dash."""
    if grams is None:
        return NONE
    return format_decimal(grams / 1000, format="#,##0.00", locale=_locale(), numbering_system="latn")


def day(value: date) -> str:
    """14 January 2014"""
    return format_date(value, pgettext("CLDR pattern of a day", "d MMMM y"), locale=_locale())


def months(values: tuple[str, ...]) -> str:
    """The months of a sentence: "January 2014", "January and February 2014", "January to April 2014"."""
    days = [date.fromisoformat(f"{value}-01") for value in values]
    if len(days) < 2:
        return "".join(_month(day) for day in days)
    is_one_year = days[0].year == days[-1].year
    within = pgettext("CLDR pattern of a month before another of the same year", "LLLL")
    first = format_date(days[0], within, locale=_locale()) if is_one_year else _month(days[0])
    pattern = pgettext("two months", "%(first)s and %(last)s") if len(days) == 2 else pgettext("months", "%(first)s to %(last)s")
    return pattern % {"first": first, "last": _month(days[-1])}


def _month(value: date) -> str:
    return format_date(value, pgettext("CLDR pattern of a month", "LLLL y"), locale=_locale())


def country(code: str) -> str:
    """A country (ISO 3166-1 alpha-2) by its name; the code itself where it has none."""
    if code in _SHORTER:
        return _SHORTER[code]()
    return _locale().territories.get(code, code)


def other_countries(count: int) -> str:
    """So many that are not named, beside others that are."""
    return ngettext("%(n)s other country", "%(n)s other countries", count) % {"n": total(count)}


def rank(name: str) -> str:
    """What a name is sorted by: without case and accents, Österreich beside Oman."""
    return "".join(each for each in normalize("NFKD", name.casefold()) if not combining(each))


def language(tag: str) -> str:
    """A language (BCP 47) by its name; the tag itself where it has none."""
    try:
        return Locale.parse(tag, sep="-").get_display_name(_locale()) or tag
    except (UnknownLocaleError, ValueError):
        return tag


def reason(code: str) -> str:
    """A reason code in words, as they stand within a sentence."""
    if code not in words.Reason.values:
        return _("no reason was told")
    return str(words.Reason(code).label)


def listed(items: list[str]) -> str:
    """Words one after the other: "a, b and c"."""
    return format_list(items, locale=_locale())


def _locale() -> Locale:
    """As the CLDR knows the active language. English is British: 14 January; a, b and c."""
    tag = get_language() or "en"
    return Locale.parse("en-GB" if tag == "en" else tag, sep="-")
