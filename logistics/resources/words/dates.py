"""Days, months and years as people write them."""

import datetime
import math
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale

from logistics.resources.words.normal import is_nothing, normal

LANGUAGES = ("en", "fr", "es", "de", "pt", "it", "nl")
MORE_MONTHS = {"sept": 9, "janv": 1, "fevr": 2, "avr": 4, "juil": 7, "juill": 7, "jänner": 1, "marz": 3, "maerz": 3,
               "setiembre": 9, "okt": 10, "dez": 12, "dic": 12, "out": 10, "mrz": 3}
ORDINALS = re.compile(r"(\d)(?:st|nd|rd|th|er|re|eme|e|o|a|º|ª|ª)\b")
LITTLE_WORDS = {"de", "del", "of", "the", "le", "den", "am", "on", "el", "em", "a", "en", "do", "da", "di", "im", "in"}
_NUMERIC = re.compile(r"(\d{1,4})\s*([./\-\s])\s*(\d{1,2})\s*\2\s*(\d{1,4})\.?")
_TIME = re.compile(r"[T\s,]+\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]\.?m\.?|Z|Uhr|[+-]\d{2}:?\d{2})?$", re.I)


@dataclass(frozen=True)
class Day:
    """A day with its precision (`day`, `month`, `year`). `other` is the second reading where there are two."""

    day: datetime.date
    precision: str = "day"
    other: datetime.date | None = None
    order: str = ""  # dmy or mdy, where only one of them makes a day


class Impossible(Exception):
    """The cell means a date, but there is no such day."""


@lru_cache(maxsize=1)
def _months() -> dict[str, int]:
    months = {normal(name): number for name, number in MORE_MONTHS.items()}
    for language in LANGUAGES:
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                for number, name in Locale(language).months[context][width].items():
                    months.setdefault(normal(name), number)
    return months


@lru_cache(maxsize=1)
def _weekdays() -> frozenset[str]:
    names = set()
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            names |= {normal(name) for name in Locale(language).days["format"][width].values()}
    return frozenset(name for name in names if len(name) > 1)


def day_of(cell: object) -> Day | None:
    """The date in a cell, None where it is left open. Raises Impossible."""
    if isinstance(cell, datetime.date):
        return Day(cell)
    if isinstance(cell, bool):
        raise Impossible
    if isinstance(cell, (int, float)):
        return _from_number(cell)
    return _from_text(cell) if isinstance(cell, str) else None


def _from_number(number: float) -> Day | None:
    """A year, `20131214`, or a day as a spreadsheet counts them (from 30 December 1899)."""
    if not math.isfinite(number):
        raise Impossible
    number = int(number)
    if 1900 <= number <= 2200:
        return Day(datetime.date(int(number), 1, 1), "year")
    if 20_000 <= number <= 80_000:
        return Day(datetime.date(1899, 12, 30) + datetime.timedelta(days=int(number)))
    if 19_000_101 <= number <= 22_001_231:
        return Day(_made(int(number) // 10_000, int(number) // 100 % 100, int(number) % 100))
    raise Impossible


@lru_cache(maxsize=5_000)
def _from_text(text: str) -> Day | None:
    text = _TIME.sub("", " ".join(text.split()))
    if is_nothing(text):
        return None
    if not any(c.isdecimal() for c in text):
        return None  # "the first Sunday of Advent": no day that could be wrong
    if len(text) > 80:
        raise Impossible
    if text.isdecimal():
        return _from_number(int(text)) if len(text) < 10 else _impossible()
    numeric = _NUMERIC.fullmatch(_without_weekday(text))
    if numeric:
        return _numeric(numeric[1], numeric[3], numeric[4])
    two = re.fullmatch(r"(\d{1,4})\s*[./\-]\s*(\d{1,4})\.?", text)
    if two:
        return _month_and_year(two[1], two[2])
    return _range(text) or _with_month_name(text)


def _range(text: str) -> Day | None:
    """Two whole dates ("13/12/2013 to 15/12/2013"): the month, or the year, that both lie in."""
    ends = re.split(r"\s+(?:-|–|to|until|bis|au|al|a|ao|até|hasta|à)\s+", text)
    if len(ends) != 2 or not all(re.search(r"\d{4}|[./]\d\d$", end) for end in ends):
        return None
    first, last = _from_text(ends[0]), _from_text(ends[1])
    if first is None or last is None or first.day.year != last.day.year:
        return None
    if first.other or last.other or first.day.month != last.day.month:
        return Day(first.day.replace(month=1, day=1), "year")
    if first.day > last.day:
        raise Impossible
    return Day(first.day.replace(day=1), "month")


def _impossible() -> Day:
    raise Impossible


def _without_weekday(text: str) -> str:
    words = text.split(maxsplit=1)
    if len(words) == 2 and normal(words[0]) in _weekdays():
        return words[1]
    return text


def _numeric(first: str, second: str, third: str) -> Day:
    if len(first) == 4:
        return Day(_made(int(first), int(second), int(third)))
    if len(first) > 2 or len(third) == 3 or len(third) == 1:
        raise Impossible
    year = _year(third)
    day_first, month_first = _try(year, int(second), int(first)), _try(year, int(first), int(second))
    if day_first and month_first:
        return Day(day_first, other=None if day_first == month_first else month_first)
    if day_first:
        return Day(day_first, order="dmy")
    if month_first:
        return Day(month_first, order="mdy")
    raise Impossible


def _month_and_year(first: str, second: str) -> Day | None:
    if len(first) == 4 and len(second) <= 2:
        return Day(_made(int(first), int(second), 1), "month")
    if len(second) == 4 and len(first) <= 2:
        return Day(_made(int(second), int(first), 1), "month")
    if len(first) <= 2 and len(second) <= 2 and (_try(2000, int(second), int(first)) or _try(2000, int(first), int(second))):
        return None  # a day and a month: no year is told
    raise Impossible


def _with_month_name(text: str) -> Day | None:
    """A month in words with what stands beside it, or a year alone among words ("Advent 2013")."""
    bare = re.sub(r"[(\[].*?[)\]]", " ", text)
    text = bare if re.search(r"\d{2}", bare) else text
    words = [w for w in re.findall(r"[^\W\d_]+|\d+", ORDINALS.sub(r"\1 ", normal(text))) if w not in LITTLE_WORDS]
    months = [_months()[word] for word in words if word in _months()]
    numbers = [word for word in words if word.isdecimal()]
    if not months:
        if len(numbers) == 1 and len(numbers[0]) == 4 and len(words) > 1:
            return Day(_made(int(numbers[0]), 1, 1), "year")
        raise Impossible
    if len(numbers) == 1 and 1 <= int(numbers[0]) <= 31:
        return None  # no year is told
    days, year = _days_and_year(numbers)
    if len(set(months)) > 1:
        return Day(_made(year, 1, 1), "year")
    made = [_made(year, months[0], day) for day in days]
    if len(made) == 1:
        return Day(made[0])
    return Day(_made(year, months[0], 1), "month")


def _days_and_year(numbers: list[str]) -> tuple[list[int], int]:
    long = [number for number in numbers if len(number) == 4]
    if len(long) == 1 and len(numbers) <= 5:
        return [int(number) for number in numbers if len(number) < 4], int(long[0])
    if not long and len(numbers) == 2:
        return [int(numbers[0])], _year(numbers[1])
    raise Impossible


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _try(year: int, month: int, day: int) -> datetime.date | None:
    if 1 <= month <= 12 and 1900 <= year <= 2200 and 1 <= day <= monthrange(year, month)[1]:
        return datetime.date(year, month, day)
    return None


def _made(year: int, month: int, day: int) -> datetime.date:
    made = _try(year, month, day)
    if made is None:
        raise Impossible
    return made


def read_as(day: Day, order: str) -> Day:
    """The reading of a day that could be swapped, under `dmy` or `mdy`."""
    if day.other is None or not order:
        return day
    return Day(day.day if order == "dmy" else day.other)
