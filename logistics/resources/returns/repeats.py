"""Whether a row of a return tells what another return has told: one row that stands answers for one new row only."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from os.path import commonprefix

from logistics.queries.returns import Told
from logistics.resources.words.normal import normal
from logistics.words import Kind, Precision

SHORTEST_WORD = 4
STEM = 5
"""Words that begin with so many same letters are one word: debate, debates, débats."""
SEGMENTS = re.compile(r"[,;·]| [–-] ")


@dataclass
class ToldBefore:
    """Lines by what must be the same."""

    lines: defaultdict[tuple[str, int, frozenset[int]], list[Told]] = field(default_factory=lambda: defaultdict(list))

    def add(self, lines: Iterable[Told]) -> None:
        for line in lines:
            self.lines[line.country, line.count, line.cases].append(line)

    def alike(self, line: Told) -> list[Told]:
        """Those of the same country, count and cases that contradict in neither kind nor month."""
        same = self.lines.get((line.country, line.count, line.cases), ())
        return [told for told in same if not _contradict(told, line)]


class Repeats:
    """For the rows of one file, in their order: which line of another return each repeats."""

    def __init__(self, *told: ToldBefore) -> None:
        self.told = told
        self.answered: set[int] = set()

    def find(self, line: Told) -> tuple[Told | None, Told | None]:
        """The line that says the same and answers for no other row yet; else one that only looks alike. Each may be None."""
        alike = [told for before in self.told for told in before.alike(line)]
        same = [told for told in alike if id(told) not in self.answered and not is_other_event(told, line)]
        if not same:
            return None, next(iter(alike), None)
        best = max(same, key=lambda told: _likeness(told, line))
        self.answered.add(id(best))
        return best, None


def _contradict(one: Told, other: Told) -> bool:
    """Whether the kinds or the months differ. What is not known contradicts nothing."""
    kinds = {one.kind, other.kind} - {Kind.NOT_BROKEN_DOWN}
    return len(kinds) > 1 or _are_of_other_months(one, other)


def _are_of_other_months(one: Told, other: Told) -> bool:
    if one.day is None or other.day is None:
        return False
    if Precision.YEAR in (one.precision, other.precision):
        return one.day.year != other.day.year
    return (one.day.year, one.day.month) != (other.day.year, other.day.month)


def is_other_event(one: Told, other: Told) -> bool:
    """Whether both say a day, or both an event or place, and these differ."""
    days = {told.day for told in (one, other) if told.day and told.precision == Precision.DAY}
    return len(days) > 1 or _are_elsewhere(_segments(one), _segments(other))


def _segments(told: Told) -> list[str]:
    parts = [part for text in (told.event, told.place, told.venue) for part in SEGMENTS.split(text)]
    return [words for part in parts if (words := normal(part))]


def _are_elsewhere(one: list[str], other: list[str]) -> bool:
    """Whether the one that says less says something that the other says nowhere."""
    if not one or not other:
        return False
    fewer, more = sorted((one, other), key=len)
    return any(not any(_share_a_word(text, with_) for with_ in more) for text in fewer)


def _share_a_word(one: str, other: str) -> bool:
    if one == other:
        return True
    numbers, others = set(re.findall(r"\d+", one)), set(re.findall(r"\d+", other))
    if numbers and others and not numbers & others:
        return False
    long_ones = [word for word in other.split() if len(word) >= SHORTEST_WORD]
    return any(
        word == with_ or len(commonprefix([word, with_])) >= STEM
        for word in one.split() if len(word) >= SHORTEST_WORD for with_ in long_ones
    )  # fmt: skip


def _likeness(told: Told, line: Told) -> tuple[bool, bool]:
    return set(_segments(told)) == set(_segments(line)), (told.day, told.precision) == (line.day, line.precision)
