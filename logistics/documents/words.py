"""Figures, days, places and reasons as they are printed, in the language that is active."""

from datetime import date
from unicodedata import combining, normalize

from babel import Locale, UnknownLocaleError
from babel.numbers import format_decimal
from django.utils.formats import date_format
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from logistics import words

NONE = "–"

# Where the name in the CLDR is too long for a column or says more than where something was written.
_SHORTER = {
    "CD": lambda: _("Congo (DRC)"),
    "CG": lambda: _("Congo (Brazzaville)"),
    "HK": lambda: _("Hong Kong"),
    "MM": lambda: _("Myanmar"),
    "MO": lambda: _("Macao"),
    "PS": lambda: _("Palestine"),
}


def figure(number: int) -> str:
    """A count as printed: digits 0–9, grouped as the language does it; none is a dash."""
    return total(number) if number else NONE


def total(number: int) -> str:
    """As `figure`, but none is 0: for a figure that stands alone."""
    return format_decimal(number, locale=_locale(), numbering_system="latn")


def day(value: date) -> str:
    """14 January 2014"""
    return date_format(value, pgettext("date format: a day", "j F Y"))


def months(values: tuple[str, ...]) -> str:
    """The months of a sentence: "January 2014", "January and February 2014", "January to April 2014"."""
    days = [date.fromisoformat(f"{value}-01") for value in values]
    if not days:
        return ""
    if len(days) == 1:
        return _month(days[0])
    first = date_format(days[0], "F") if days[0].year == days[-1].year else _month(days[0])
    pattern = _("%(first)s and %(last)s") if len(days) == 2 else _("%(first)s to %(last)s")
    return pattern % {"first": first, "last": _month(days[-1])}


def _month(value: date) -> str:
    return date_format(value, pgettext("date format: a month", "F Y"))


def country(code: str) -> str:
    """A country (ISO 3166-1 alpha-2) by its name; the code itself where it has none."""
    if code in _SHORTER:
        return _SHORTER[code]()
    return _locale().territories.get(code, code)


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
    if len(items) < 2:
        return "".join(items)
    return _("%(first)s and %(last)s") % {"first": ", ".join(items[:-1]), "last": items[-1]}


def _locale() -> Locale:
    return Locale.parse(get_language() or "en", sep="-")
