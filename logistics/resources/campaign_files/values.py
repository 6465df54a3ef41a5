"""What stands in a cell of a campaign's file, as a value; or the sentence that says what is wrong with it."""

import re
from collections.abc import Sequence
from datetime import date

from logistics.actions.standards import language_tag, refuse_unknown_country
from logistics.errors import Refused
from logistics.resources.campaign_files.tables import Line
from logistics.words import Precision, Qualifier

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", re.ASCII)
YEARS = range(1900, 2201)
NUMBER = re.compile(r"\d+|\d{1,3}(?:([\s,.'’])\d{3})(?:\1\d{3})*", re.ASCII)
LARGEST = 2_000_000_000
YES_AND_NO = {"": None, "yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def text(line: Line, column: str) -> str:
    """What must not be left open."""
    if not line[column]:
        raise line.refuse(column, "is empty. Write something there.")
    return line[column]


def day(line: Line, column: str) -> tuple[date, str] | tuple[None, str]:
    """A day with how exactly it is known: 2013-12-19, 2014-02 or 2019; (None, "") for an empty cell."""
    if not line[column]:
        return None, ""
    found = DAY.fullmatch(line[column])
    if found and int(found[1]) in YEARS:
        precision = Precision.DAY if found[3] else Precision.MONTH if found[2] else Precision.YEAR
        try:
            return date(int(found[1]), int(found[2] or 1), int(found[3] or 1)), precision.value
        except ValueError:
            raise line.refuse(column, "is no day of the calendar. Correct it.", "bad_date") from None
    raise line.refuse(column, "is no day. Write 2013-12-19, or 2013-12, or 2013.", "bad_date")


def exact_day(line: Line, column: str) -> date | None:
    """A whole day, or None for an empty cell."""
    found, precision = day(line, column)
    if found and precision != Precision.DAY:
        raise line.refuse(column, "is no whole day. Write it as 2013-12-19.", "bad_date")
    return found


def day_as_told(line: Line, column: str, precision_column: str) -> tuple[date, str]:
    """A day, no more exact than the other column says it is known."""
    text(line, column)
    found, written = day(line, column)
    told = choice(line, precision_column, Precision.values, empty=True) or written
    order: list[str] = [Precision.YEAR, Precision.MONTH, Precision.DAY]
    if order.index(told) > order.index(written):
        raise line.refuse(precision_column, f"is more exact than “{line[column]}” is. Write {written}, or the whole date.")
    return found, told


def number(line: Line, column: str) -> int | None:
    """A whole number, perhaps in groups of three; None for an empty cell."""
    if not line[column]:
        return None
    if not NUMBER.fullmatch(line[column]):
        raise line.refuse(column, "is no whole number. Write only its digits.", "bad_number")
    found = int(re.sub(r"\D", "", line[column])[:20])
    if found > LARGEST:
        raise line.refuse(column, "is too large to be true. Correct it.", "bad_number")
    return found


def year(line: Line, column: str) -> int:
    if not re.fullmatch(r"\d{4}", line[column], re.ASCII) or int(line[column]) not in YEARS:
        raise line.refuse(column, "is no year. Write four digits.", "bad_date")
    return int(line[column])


def country(line: Line, column: str) -> str:
    """Two letters of ISO 3166-1, or nothing."""
    code = line[column].upper()
    try:
        refuse_unknown_country(code, empty=True)
    except Refused as refusal:
        raise line.refuse(column, f"is no country. {refusal.sentence.partition('. ')[2]}", refusal.code) from refusal
    return code


def languages(line: Line, column: str) -> list[str]:
    """BCP 47 tags, none twice, in their order."""
    try:
        return list(dict.fromkeys(language_tag(tag) for tag in re.split(r"[|,;/\s]+", line[column]) if tag))
    except Refused as refusal:
        raise line.refuse(column, f"cannot be read: {refusal.sentence}", refusal.code) from refusal


def several(line: Line, column: str) -> list[str]:
    """Texts divided by a bar."""
    return [part.strip() for part in line[column].split("|") if part.strip()]


def choice(line: Line, column: str, allowed: Sequence[str], *, empty: bool = False) -> str:
    """One of the words allowed, however it is capitalised."""
    word = re.sub(r"[\s_-]+", "_", line[column].casefold())
    if word in allowed or (empty and not word):
        return word
    raise line.refuse(column, f"is not known. Write one of: {', '.join(allowed)}.", f"unknown_{column}")


def qualifier(line: Line, column: str) -> str:
    return choice(line, column, Qualifier.values, empty=True)


def yes_or_no(line: Line, column: str) -> bool | None:
    word = line[column].casefold()
    if word not in YES_AND_NO:
        raise line.refuse(column, "is neither yes nor no. Write one of them, or nothing.")
    return YES_AND_NO[word]
