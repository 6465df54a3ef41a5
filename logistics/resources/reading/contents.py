"""What came out of a file: sheets of cells, or a refusal. Imported in the limited child: standard library only."""

import datetime
from dataclasses import dataclass, field

Cell = str | int | float | bool | datetime.date
Merge = tuple[int, int, int, int]  # first row, first column, last row, last column: rows from 1, columns from 0


def gettext_noop(sentence: str) -> str:
    """The sentence as it is, found by those who translate; it is translated where the child's answer is read."""
    return sentence


class Unreadable(Exception):
    """The file cannot be read: `code` for the machine, `sentence` for the person, with `values` to be put into it."""

    def __init__(self, code: str, sentence: str, **values: int | str) -> None:
        super().__init__(sentence)
        self.code = code
        self.sentence = sentence
        self.values = values


@dataclass
class Row:
    """One row that holds something: its number as a person sees it (from 1), and its cells."""

    number: int
    cells: list[Cell]


@dataclass
class Sheet:
    """The filled rows of one sheet, or of a text file (whose sheet has no name)."""

    name: str
    rows: list[Row]
    merges: list[Merge] = field(default_factory=list)
    is_hidden: bool = False
    has_formulas: bool = False
