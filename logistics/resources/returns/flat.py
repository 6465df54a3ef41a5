"""Tables as one flat list of rows with known columns, one figure a row: what the resource imports."""

import re

import tablib

from logistics.resources.returns.casebook import Casebook
from logistics.resources.returns.columns import Columns, Counted
from logistics.resources.returns.sums import Reported, is_open, value_at
from logistics.resources.returns.tables import Line, Table
from logistics.resources.words.countries import countries_meant, country_in_name, country_name
from logistics.resources.words.normal import normal, tidy
from logistics.resources.words.numbers import is_left_open
from logistics.resources.words.spans import events_said, span_of
from logistics.resources.returns.total_words import total_in, total_of

HEADERS = ("sheet", "row", "country", "office", "organiser", "office_or_organiser", "place", "event", "venue", "date",
           "case", "kind", "purpose", "count", "method", "spent", "currency", "events", "hint", "order")  # fmt: skip
TEXTS = ("country", "office", "organiser", "office_or_organiser", "place", "event", "venue", "currency", "method")
SAYS_COUNTRY = re.compile(r"\b(country|pays|land|pais|amnesty|section|sektion|seccion|secao|seccao|office|bureau|oficina)\b")

Flat = dict[str, object]


def dataset_of(rows: list[Flat]) -> tablib.Dataset:
    """The rows as django-import-export takes them."""
    return tablib.Dataset(*([row[name] for name in HEADERS] for row in rows), headers=list(HEADERS))


def flat_rows(table: Table, entry: Reported, cases: Casebook) -> list[Flat]:
    """The rows for one entry of a table: one, or as many as there are filled columns of figures."""
    columns = table.columns
    shared = _together(entry, columns) if entry.together else _alone(entry.line, columns)
    shared |= {"sheet": table.sheet, "row": entry.line.number, "hint": _hint(table), "order": columns.date_order}
    if not shared["country"] and "country" not in columns.fields and len(countries_meant(table.sheet)) == 1:
        shared["country"] = table.sheet
    if "case" not in columns.fields and cases.knows(table.sheet):
        shared["case"] = table.sheet
    shared["currency"] = shared["currency"] or columns.currency
    for name, value in table.told_above.items():
        if name in HEADERS and name not in columns.fields and not tidy(shared[name]):
            shared[name] = value
    rows = [_with_figure(shared, entry.line, counted) for counted in _filled(entry.line, columns)]
    for row in rows[1:]:
        row["spent"] = ""  # the money of one row is told once, however many figures stand in it
    return rows


def _filled(line: Line, columns: Columns) -> list[Counted]:
    if len(columns.counts) == 1:
        only = columns.counts[0]
        if columns.whole is not None and is_left_open(value_at(line, only.column)):
            return [Counted(columns.whole)]
        return [only]
    if is_open(line, columns):
        return [Counted(columns.counts[0].column)]
    filled = [counted for counted in columns.counts if not _is_nil(value_at(line, counted.column))]
    if filled:
        return filled
    return [Counted(columns.whole if columns.whole is not None else columns.counts[0].column)]


def _is_nil(value: object) -> bool:
    return is_left_open(value) or value in (0, "0")


def _with_figure(shared: Flat, line: Line, counted: Counted) -> Flat:
    row = shared | {"count": value_at(line, counted.column)}
    row["kind"] = row["kind"] or counted.kind
    row["purpose"] = row["purpose"] or counted.purpose
    row["case"] = counted.case or row["case"]
    return row


def _alone(line: Line, columns: Columns) -> Flat:
    row: Flat = {name: columns.text(line.cells, name) for name in (*TEXTS, "case", "kind", "purpose")}
    told_above = {name for name in ("spent", "events") if set(columns.fields.get(name, ())) & line.continues.keys()}
    for name in ("spent", "events"):
        row[name] = "" if name in told_above else columns.value(line.cells, name)
    return row | {"date": _date(line, columns)}


def _date(line: Line, columns: Columns) -> object:
    """The date, with the year from a column of its own where it has none."""
    date, year = columns.value(line.cells, "date"), columns.text(line.cells, "year")
    if not tidy(date) or not year:
        return date if tidy(date) else year
    return f"{date} {year}" if isinstance(date, str) and not re.search(r"\d{3}|\d\D+\d+\D+\d", date) else date


def _together(entry: Reported, columns: Columns) -> Flat:
    """Several rows that share one figure: what they agree in, or all that they say."""
    lines, own = entry.together, entry.line
    is_total = own not in lines
    row: Flat = {}
    for name in TEXTS:
        said = _distinct(lines, columns, name)
        row[name] = said[0] if len(said) == 1 else _own(own, columns, name) or "; ".join(said)
    for name, joint in (("case", "; "), ("kind", " + ")):
        row[name] = (_own(own, columns, name) if is_total else "") or joint.join(_distinct(lines, columns, name))
    purposes = {columns.text(line.cells, "purpose") for line in lines}
    row["purpose"] = _own(own, columns, "purpose") if is_total else ""
    row["purpose"] = row["purpose"] or (purposes.pop() if len(purposes) == 1 else "")
    row["spent"] = _own(own, columns, "spent") or next(iter(_distinct(lines, columns, "spent")), "")
    dates = [_date(line, columns) for line in lines]
    dates = [date for date in dict.fromkeys(dates) if tidy(date)]
    row["date"] = dates[0] if len(dates) == 1 else span_of(dates) if dates else _date(own, columns)
    row["events"] = _own(own, columns, "events") or _events(lines, own, columns, is_total)
    return row


def _distinct(lines: list[Line], columns: Columns, name: str) -> list[str]:
    return list(dict.fromkeys(text for line in lines if (text := columns.text(line.cells, name))))


def _own(line: Line, columns: Columns, name: str) -> str:
    """What the row of the figure says itself, but for the word that makes it a total."""
    text = columns.text(line.cells, name)
    return "" if total_in(text) or total_of(text) else text


def _events(lines: list[Line], own: Line, columns: Columns, is_total: bool) -> int:
    """How many events: the rows, or, where they are parts of one figure (by case or kind), the events that differ."""
    said = events_said(columns.text(own.cells, "event"))
    if said > 1:
        return said
    parts = any(len(_distinct(lines, columns, name)) > 1 for name in ("case", "kind", "purpose"))
    if is_total and not parts:
        return len(lines)
    names = ("place", "event", "venue")
    return len({(*(columns.text(line.cells, n) for n in names), str(columns.value(line.cells, "date"))) for line in lines})


def _hint(table: Table) -> str:
    """The country that a title above the table names, for tables without a column for it."""
    if "country" in table.columns.fields:
        return ""
    said = [text for text in table.above if SAYS_COUNTRY.search(normal(text))]
    found = {country for text in said if (country := country_in_name(text))}
    return country_name(found.pop(), "en") if len(found) == 1 else ""

