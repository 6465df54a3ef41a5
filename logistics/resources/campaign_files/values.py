"""What stands in a cell of a campaign's file, as a value; or the sentence that says what is wrong with it."""

import calendar
import re
from datetime import date

from babel import Locale, UnknownLocaleError

from logistics.resources.campaign_files.tables import Line
from logistics.words import Precision, Qualifier

TERRITORIES = {code for code in Locale("en").territories if len(code) == 2 and code.isalpha()}
"""ISO 3166-1 alpha-2, as CLDR has it."""

TAG = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|\d{3}))?")
"""The BCP 47 tags in use for what people read: language, script, region."""


def day(line: Line, column: str) -> tuple[date, str] | tuple[None, str]:
    """A day with how exactly it is known: 2013-12-19, 2014-02 or 2019; (None, "") for an empty cell."""
    text = line[column]
    if not text:
        return None, ""
    try:
        match [int(part) for part in text.split("-")]:
            case [year, month, number]:
                return date(year, month, number), Precision.DAY.value
            case [year, month]:
                return date(year, month, 1), Precision.MONTH.value
            case [year]:
                return date(year, 1, 1), Precision.YEAR.value
    except ValueError:
        pass
    raise line.refuse(column, "is no day. Write 2013-12-19, or 2013-12, or 2013.")


def exact_day(line: Line, column: str) -> date | None:
    found, precision = day(line, column)
    if found and precision != Precision.DAY:
        raise line.refuse(column, "is no whole day. Write it as 2013-12-19.")
    return found


def last_day(found: date, precision: str) -> date:
    """The last day that a month or a year has."""
    if precision == Precision.YEAR:
        return date(found.year, 12, 31)
    if precision == Precision.MONTH:
        return found.replace(day=calendar.monthrange(found.year, found.month)[1])
    return found


def number(line: Line, column: str) -> int | None:
    """A whole number, perhaps grouped; None for an empty cell."""
    text = re.sub(r"[\s,.'\u202f\u00a0]", "", line[column])
    if not text:
        return None
    if not text.isascii() or not text.isdigit() or int(text) > 2**53:
        raise line.refuse(column, "is no whole number.")
    return int(text)


def country(line: Line, column: str) -> str:
    text = line[column].upper()
    if text and text not in TERRITORIES:
        raise line.refuse(column, "is no country. Write two letters as in ISO 3166-1, for example NO.")
    return text


def languages(line: Line, column: str) -> list[str]:
    tags = [tag.strip().replace("_", "-") for tag in re.split(r"[|,;/ ]+", line[column]) if tag.strip()]
    for tag in tags:
        try:
            known = TAG.fullmatch(tag) and Locale.parse(tag.split("-")[0])
        except (UnknownLocaleError, ValueError):
            known = TAG.fullmatch(tag)
        if not known:
            raise line.refuse(column, "is no language. Write tags as in BCP 47, divided by a bar: ar|fr.")
    return tags


def choice(line: Line, column: str, allowed: list[str], *, empty: bool = False) -> str:
    text = line[column].lower().replace(" ", "_").replace("-", "_")
    if text in allowed or (empty and not text):
        return text
    raise line.refuse(column, f"is not one of {', '.join(allowed)}.")


def qualifier(line: Line, column: str) -> str:
    return choice(line, column, list(Qualifier.values), empty=True)


def yes_or_no(line: Line, column: str) -> bool | None:
    text = line[column].lower()
    if text in ("", "yes", "no", "true", "false", "1", "0"):
        return {"": None}.get(text, text in ("yes", "true", "1"))
    raise line.refuse(column, "is neither yes nor no.")
