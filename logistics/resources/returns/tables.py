"""The tables in a sheet: where each begins, what stands above it, and what its merged cells mean for its rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from logistics.resources.reading.contents import Cell, Row, Sheet
from logistics.resources.returns.casebook import Casebook
from logistics.resources.returns.columns import FIELDS, Columns, columns_of
from logistics.resources.words.headers import meaning, score
from logistics.resources.words.normal import tidy

LOOK_AT = 200  # filled rows at the top, in which the first header is sought


@dataclass
class Line:
    """A row of a table. `continues`: column → row in which its merged cell begins, above this one."""

    number: int
    cells: list[Cell]
    continues: dict[int, int] = field(default_factory=dict)
    is_wide: bool = False  # a cell is merged across: a title


@dataclass
class Table:
    """The rows under one header; `above` are the texts over it, `told_above` what these say as "Country: Peru"."""

    sheet: str
    columns: Columns
    lines: list[Line]
    above: list[str] = field(default_factory=list)
    told_above: dict[str, Cell] = field(default_factory=dict)


def tables_in(sheet: Sheet, cases: Casebook) -> list[Table]:
    """All tables of a sheet: none if no header is recognised, as on a sheet of notes."""
    lines = list(_unmerged(sheet))
    starts = list(_headers(lines, cases))
    tables = []
    ends = [first for first, _ in starts[1:]] + [len(lines)]
    for (first, below), following in zip(starts, ends[: len(starts)], strict=True):
        header = _header(lines[first:below])
        body = [line for line in lines[below:following] if _is_below(line, lines[below - 1].number)]
        columns = columns_of(header, [line.cells for line in body], cases)
        if columns:
            above = lines[: first if not tables else 0][-20:]
            texts = [" ".join(filter(None, map(tidy, line.cells))) for line in above]
            tables.append(Table(sheet.name, columns, body, texts, _told_above(above)))
    return tables


def _is_below(line: Line, header: int) -> bool:
    """Take out what only reaches down from the header or above it; whether anything is left."""
    for column in [column for column, top in line.continues.items() if top <= header]:
        line.cells[column] = ""
        del line.continues[column]
    return any(tidy(cell) for cell in line.cells)


def _told_above(lines: list[Line]) -> dict[str, Cell]:
    """What lines over the table say for all its rows: two cells, or one with a colon ("Country: Peru")."""
    told: dict[str, Cell] = {}
    for line in lines:
        cells = [cell for cell in line.cells if tidy(cell)]
        if len(cells) == 1 and isinstance(cells[0], str):
            cells = [part for part in cells[0].split(":", 1) if tidy(part)]
        if len(cells) == 2 and meaning(tidy(cells[0]).rstrip(": ")) in FIELDS:
            told.setdefault(meaning(tidy(cells[0]).rstrip(": ")), cells[1])
    return told


def _unmerged(sheet: Sheet) -> Iterator[Line]:
    """The rows, with every value that was merged downwards in each of its rows."""
    rows = {row.number: row for row in sheet.rows}
    continues: dict[int, dict[int, int]] = {}
    wide = set()
    for top, left, bottom, right in sheet.merges:
        if right > left:
            wide.add(top)
        source = rows.get(top)
        value = source.cells[left] if source and left < len(source.cells) else ""
        if bottom > top and tidy(value):
            for number in range(top + 1, bottom + 1):
                if number in rows:
                    _put(rows[number], left, value)
                    continues.setdefault(number, {})[left] = top
    for row in sheet.rows:
        yield Line(row.number, row.cells, continues.get(row.number, {}), row.number in wide)


def _put(row: Row, column: int, value: Cell) -> None:
    row.cells.extend([""] * (column + 1 - len(row.cells)))
    row.cells[column] = value


def _headers(lines: list[Line], cases: Casebook) -> Iterator[tuple[int, int]]:
    """For each header: its first line, and the first line below it."""
    at, found_one = 0, False
    while at < len(lines):
        limit_reached = not found_one and at >= LOOK_AT
        if limit_reached:
            return
        if _is_header(lines[at], cases, again=found_one):
            best = max(range(at, min(at + 3, len(lines))), key=lambda n: (score(lines[n].cells, cases.knows), -n))
            below = best + 1
            while below < len(lines) and below < best + 3 and _is_second_line(lines[best], lines[below]):
                below += 1
            yield best, below
            at, found_one = below, True
        else:
            at += 1


def _is_header(line: Line, cases: Casebook, again: bool) -> bool:
    points = score(line.cells, cases.knows)
    texts = [tidy(cell) for cell in line.cells if tidy(cell)]
    if points < 2 or len(texts) > 1 and len(set(texts)) == 1:
        return False
    meant = [meaning(text) for text in texts]
    named = sum(1 for word in meant if word and word != "kind_count")
    if not again:
        return 3 * sum(map(bool, meant)) >= len(texts) or any(cases.knows(text) for text in texts)
    return named >= 2 and 5 * named >= 3 * len(texts) and not any(c.isdecimal() for text in texts for c in text)


def _is_second_line(first: Line, second: Line) -> bool:
    """Whether a header goes on below ("Number sent" over "Letters", "Cards"): only kinds, where the first has room."""
    filled = [column for column, cell in enumerate(second.cells) if tidy(cell) and column not in second.continues]
    if len(filled) < 2 or not all(isinstance(second.cells[column], str) for column in filled):
        return False
    over = [tidy(first.cells[column]) if column < len(first.cells) else "" for column in filled]
    kinds = all(meaning(tidy(second.cells[column])) == "kind_count" for column in filled)
    return kinds and all(not text or meaning(text) in ("count", "number", "total", "kind", "kind_count") for text in over)


def _header(lines: list[Line]) -> list[str]:
    """The header's texts, column by column: the lowest line that says something."""
    width = max(len(line.cells) for line in lines)
    header = [""] * width
    for line in lines:
        for column, cell in enumerate(line.cells):
            if tidy(cell) and column not in line.continues or not header[column]:
                header[column] = tidy(cell)
    return header
