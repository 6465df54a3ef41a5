"""Reading the CSV files of a campaign: tolerant of how they were saved, exact about what they say."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from logistics.errors import Refused

ENCODINGS = ("utf-8-sig", "cp1252")
LARGEST = 10_000_000
"""Bytes: a campaign has a few dozen cases."""


@dataclass(frozen=True)
class Line:
    """One line of a file, by column; knows where it stands, for errors."""

    file: str
    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")

    def refuse(self, column: str, what: str) -> Refused:
        """What is wrong with the value in this column, ready to be raised."""
        return Refused(
            "bad_value", f"{self.file}, line {self.number}, column {column}: “{self[column]}” {what}"
        )


def read(folder: Path, name: str, columns: Sequence[str], *, required: bool) -> list[Line] | None:
    """The lines of a file; None if it is missing and not required.

    Refused: `no_folder`, `file_missing`, `column_missing`, `unreadable`, `too_large`.
    """
    path = folder / name
    if not path.is_file():
        if required:
            raise Refused("file_missing", f"{folder.name} has no {name}. Put it there, with the columns {', '.join(columns)}.")
        return None
    if path.stat().st_size > LARGEST:
        raise Refused("too_large", f"{name} is too large for a campaign's own file. Returns are imported, not loaded.")
    rows = _rows(path)
    header = [cell.strip().lower().replace(" ", "_").replace("-", "_") for cell in (rows[0][1] if rows else [])]
    if missing := [column for column in columns if column not in header]:
        raise Refused("column_missing", f"{name} has no column {', '.join(missing)}. Its first line names the columns.")
    return [
        Line(name, number, dict(zip(header, (cell.strip() for cell in cells), strict=False))) for number, cells in rows[1:]
    ]


def _rows(path: Path) -> list[tuple[int, list[str]]]:
    """The rows that are not blank, with the number of their line."""
    text = _text(path.read_bytes(), path.name)
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        return [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as fault:
        raise Refused("unreadable", f"{path.name} is not a CSV file that can be read: {fault}.") from fault


def _text(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\0" in data:
        raise Refused("unreadable", f"{name} is no text. Save it as CSV (UTF-8).")
    for encoding in ENCODINGS:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Refused("unreadable", f"{name} is no text that can be read. Save it as CSV (UTF-8).")


def _delimiter(text: str) -> str:
    """What divides the first line: the commonest of comma, semicolon and tab."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=first.count)
