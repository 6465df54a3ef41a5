"""Which rows of a table are figures of their own, which add up others, and which are only words."""

from dataclasses import dataclass, field

from logistics.resources.returns.columns import Columns
from logistics.resources.returns.tables import Line, Table
from logistics.resources.words.countries import countries_in_cell
from logistics.resources.words.normal import normal, tidy
from logistics.resources.words.numbers import Figure, figure_of, is_left_open
from logistics.resources.returns.total_words import total_in, total_of

REGIONS = frozenset(
    "africa afrique afrika america americas ameriques amerika asia asie asien europe europa oceania oceanie pacific mena"
    " ozeanien caribbean caraibes karibik".split()
)


@dataclass
class Reported:
    """One figure that somebody reports: a row, or rows that share one figure (`together`, with the row of the figure)."""

    line: Line
    together: list[Line] = field(default_factory=list)


@dataclass
class Stated:
    """A total that the table states: of which entries (as positions among them), and whether of the whole table."""

    row: int
    figure: Figure
    among: tuple[range, ...]
    is_whole: bool = False


@dataclass
class Sorted:
    entries: list[Reported] = field(default_factory=list)
    totals: list[Stated] = field(default_factory=list)


def sorted_rows(table: Table) -> Sorted:
    """The entries and the totals of a table; titles, notes and blank rows are left out."""
    columns = table.columns
    lines = _without_footer([line for line in table.lines if not _is_words(line, table)], columns)
    sums = [_sum_in(line, columns, after=lines[at - 1] if at else None) for at, line in enumerate(lines)]
    out = Sorted()
    block: list[Line] = []
    starts = [0]
    for at, (line, sort) in enumerate(zip(lines, sums, strict=True)):
        if sort == "of_country":
            sort = sums[at] = "sub" if block and _same_country(block[-1], line, columns) else ""
        if not sort and _adds_up(line, block, out, columns):
            sort = sums[at] = "sub" if any(figure_in(later, columns) for later in lines[at + 1 :]) else "whole"
        if not sort:
            block.append(line)
            continue
        shared = _is_shared(block, line, sort, columns, out)
        out.entries += [Reported(line, block)] if shared else _entries(block, columns)
        block = []
        if not shared:
            _add_total(out, line, columns, starts, is_last=not any(not s for s in sums[at + 1 :]), sort=sort)
    out.entries += _entries(block, columns)
    _name_the_whole(out)
    return out


def figure_in(line: Line, columns: Columns) -> Figure | None:
    """The figure of a row: of its columns together where there are several, or of its total."""
    if len(columns.counts) == 1:
        return figure_of(value_at(line, columns.counts[0].column))
    found = [figure for column in columns.counts if (figure := figure_of(value_at(line, column.column)))]
    exact = all(figure.qualifier == "exact" for figure in found)
    if found:
        return Figure(sum(figure.count for figure in found), "exact" if exact else "about")
    return figure_of(value_at(line, columns.whole)) if columns.whole is not None else None


def value_at(line: Line, column: int) -> object:
    return line.cells[column] if column < len(line.cells) else ""


def is_open(line: Line, columns: Columns) -> bool:
    """Whether a row says nothing in any of its columns of figures."""
    return all(is_left_open(value_at(line, column)) for column in columns.figures)


def _texts(line: Line, columns: Columns) -> list[tuple[int, str]]:
    """The filled cells beside the figures, with their columns."""
    return [(column, tidy(cell)) for column, cell in enumerate(line.cells) if column not in columns.figures and tidy(cell)]


def _is_words(line: Line, table: Table) -> bool:
    """Whether a row is a title or a note: a single text, and no figure."""
    columns = table.columns
    if not is_open(line, columns):
        return False
    if any(tidy(value_at(line, column)) for column in columns.figures):
        return not _texts(line, columns)  # a dash and nothing else
    texts = [(column, text) for column, text in _texts(line, columns) if column not in line.continues]
    if len(texts) != 1:
        return not texts
    column, text = texts[0]
    if line.is_wide or normal(text) in REGIONS or len(text) > 60 or text.endswith(":"):
        return True
    if column in columns.fields.get("country", ()):
        return not countries_in_cell(text) and len(table.columns.fields) > 3
    return column == 0 or column not in {c for where in columns.fields.values() for c in where}


def _without_footer(lines: list[Line], columns: Columns) -> list[Line]:
    """The rows without those at the end that only say a thing or two ("Prepared by | Jane"): no figure, no country."""
    while lines and is_open(lines[-1], columns):
        texts = _texts(lines[-1], columns)
        country = columns.text(lines[-1].cells, "country")
        told = [name for name in ("date", "kind", "purpose") if columns.text(lines[-1].cells, name)]
        if len(texts) > 2 or told or countries_in_cell(country) or lines[-1].continues or (texts and texts[0][0]):
            break
        lines = lines[:-1]
    return lines


def _sum_in(line: Line, columns: Columns, after: Line | None) -> str:
    """`whole`, `grand` or `sub` if the row adds up others; `after` is the row above it."""
    texts = [(column, text) for column, text in _texts(line, columns) if column not in line.continues]
    for at, (_, text) in enumerate(texts):
        if sort := total_in(text):
            return sort if not at or not countries_in_cell(texts[0][1]) else "of_country"
    for column in columns.figures:
        value = value_at(line, column)
        if isinstance(value, str) and any(normal(value).startswith(f"{word} ") for word in ("total", "summe", "gesamt")):
            return "" if texts else "whole"
    said = {name for name in ("date", "case", "kind", "purpose") if columns.text(line.cells, name)}
    if texts and figure_in(line, columns) and (not said or after and is_open(after, columns)):
        return total_of(texts[0][1])
    return ""


def _same_country(one: Line, other: Line, columns: Columns) -> bool:
    """Whether "Togo | Total" follows rows of Togo; if it does not, it is what Togo reports, and not the sum of others."""
    return normal(columns.text(one.cells, "country")) == normal(columns.text(other.cells, "country"))


def _is_shared(block: list[Line], line: Line, sort: str, columns: Columns, out: Sorted) -> bool:
    """Whether the totals row holds the only figure, so that it is the figure of the rows above it together."""
    if not block or not figure_in(line, columns) or not all(is_open(above, columns) for above in block):
        return False
    before = [figure_in(entry.line, columns) for entry in out.entries]
    return sort == "sub" or figure_in(line, columns).count != sum(figure.count for figure in before if figure)


def _entries(block: list[Line], columns: Columns) -> list[Reported]:
    """Each row by itself, but for rows whose figure was merged downwards: they share it."""
    found: list[Reported] = []
    for line in block:
        if found and all(column in line.continues for column in columns.figures):
            found[-1].together = found[-1].together or [found[-1].line]
            found[-1].together.append(line)
        else:
            found.append(Reported(line))
    return found


def _add_total(out: Sorted, line: Line, columns: Columns, starts: list[int], is_last: bool, sort: str) -> None:
    figure = figure_in(line, columns)
    if figure is None:
        return
    end = len(out.entries)
    among = tuple(range(start, end) for start in starts if start < end)
    is_whole = sort == "grand" or not out.entries or (is_last and sort == "whole")
    out.totals.append(Stated(line.number, figure, among, is_whole))
    starts.append(end)


def _adds_up(line: Line, block: list[Line], out: Sorted, columns: Columns) -> bool:
    """Whether a row with nothing but a figure is the sum of those above: a total that lost its word."""
    figure = figure_in(line, columns)
    if figure is None or _texts(line, columns):
        return False
    here = sum(one.count for one in (figure_in(above, columns) for above in block) if one)
    before = sum(one.count for one in (figure_in(entry.line, columns) for entry in out.entries) if one)
    is_all = len(block) + len(out.entries) > 1 and figure.count == here + before
    return is_all or (len(block) > 1 and figure.count == here)


def _name_the_whole(out: Sorted) -> None:
    """The last of several totals that could be of the whole table is; it is compared with every entry."""
    whole = [total for total in out.totals if total.is_whole]
    for total in whole[:-1]:
        total.is_whole = False
    last = out.totals[-1] if out.totals and not whole else None
    if last and len(out.totals) == 1 and any(among.stop == len(out.entries) for among in last.among):
        whole, last.is_whole = [last], True
    if whole:
        whole[-1].among = (range(len(out.entries)),)

