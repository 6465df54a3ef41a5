"""Reading the CSV files of a campaign: tolerant of how they were saved, exact about what they say."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from logistics.errors import Refused
from logistics.resources.reading import text as texts
from logistics.resources.reading.contents import Unreadable

LARGEST = 10_000_000
"""Bytes: a campaign has a few dozen cases."""
SEPARATORS = ",;\t"


@dataclass(frozen=True)
class Line:
    """One line of a file, by column; knows where it stands, for errors."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, column: str, what: str, code: str = "bad_value") -> Refused:
        """What is wrong with the value in this column and what to write instead, ready to be raised."""
        return Refused(code, f"{self.file}, line {self.number}, column {column}: “{self[column][:60]}” {what}")

    def place(self, refusal: Refused, column: str = "") -> Refused:
        """A refusal of an action, with the line, and the column if one is named, that was refused."""
        where = f"{self.file}, line {self.number}"
        if column:
            said = "" if self[column] in refusal.sentence else f"“{self[column][:60]}”: "
            return Refused(refusal.code, f"{where}, column {column}: {said}{refusal.sentence}")
        return Refused(refusal.code, f"{where}: {refusal.sentence}")


@dataclass(frozen=True)
class Columns:
    """The columns of a file: those that must be there, and those that may be missing. All others are passed over."""

    needed: tuple[str, ...]
    optional: tuple[str, ...] = ()


def read(folder: Path, name: str, columns: Columns, *, required: bool) -> list[Line] | None:
    """The lines of a file; None if it is missing and not required.

    Refused: `file_missing`, `column_missing`, `column_twice`, `too_many_cells`, `empty_file`, `unreadable`, `too_large`.
    """
    path = folder / name
    if not path.is_file():
        if required:
            told = ", ".join(columns.needed + columns.optional)
            raise Refused("file_missing", f"There is no {name} in {folder}. Put it there, with the columns {told}.")
        return None
    text = _text(path)
    rows = list(_rows(text, _separator(text, columns), name))
    if not rows:
        raise Refused("empty_file", f"{name} is empty. Its first line names the columns: {', '.join(columns.needed)}.")
    header = _header(name, rows[0][1], columns)
    return [_line(name, number, header, cells) for number, cells in rows[1:]]


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise Refused(
                "too_large", f"{path.name} is too large for a campaign's own file. Returns are imported: import_returns."
            )
        text = texts.decoded(path.read_bytes()).lstrip("\ufeff")
    except OSError as fault:
        raise Refused("unreadable", f"{path.name} cannot be opened: {fault.strerror}. Look at its permissions.") from fault
    except Unreadable as fault:
        raise Refused("unreadable", f"{path.name}: {fault.sentence}") from fault
    if texts.CONTROL.search(text):
        raise Refused("unreadable", f"{path.name} is no table of text. Save it as CSV in UTF-8.")
    told = text.partition("\n")
    return f"\n{told[2]}" if told[0].strip().lower() in {"sep=,", "sep=;"} else text


def _separator(text: str, columns: Columns) -> str:
    """What divides the first line that says something: that by which most columns are known."""
    known = columns.needed + columns.optional
    first = next((line for line in text.splitlines() if line.strip()), "")

    def fits(separator: str) -> tuple[int, int]:
        cells = [_plain(cell.strip('" ')) for cell in first.split(separator)]
        return sum(cell in known for cell in cells), len(cells)

    return max(SEPARATORS, key=fits)


def _rows(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, with the number of the line on which they begin."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    begins = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield begins, [_tidy(cell) for cell in cells]
            begins = reader.line_num + 1
    except csv.Error as fault:
        raise Refused(
            "unreadable", f"{name}, line {begins}: the quotation marks do not match ({fault}). Correct them there."
        ) from fault


def _tidy(cell: str) -> str:
    return " ".join(unicodedata.normalize("NFC", cell.replace("\ufeff", "")).split())


def _plain(column: str) -> str:
    return "_".join(column.casefold().replace("-", " ").replace("_", " ").split())


def _header(name: str, cells: Sequence[str], columns: Columns) -> list[str]:
    header = [_plain(cell) for cell in cells]
    if missing := [column for column in columns.needed if column not in header]:
        raise Refused(
            "column_missing",
            f"{name} has no column {', '.join(missing)}. Its first line must name {', '.join(columns.needed)}; "
            f"it says {', '.join(cell for cell in cells if cell)[:200]}.",
        )
    for column in columns.needed + columns.optional:
        if header.count(column) > 1:
            raise Refused("column_twice", f"{name} has two columns {column}. Take one of them out.")
    return header


def _line(name: str, number: int, header: list[str], cells: list[str]) -> Line:
    if any(cells[len(header) :]):
        raise Refused(
            "too_many_cells",
            f"{name}, line {number} has {len(cells)} cells, but there are {len(header)} columns. Put a text that has the "
            "separator in it between quotation marks.",
        )
    return Line(name, number, dict(zip(header, cells, strict=False)))
