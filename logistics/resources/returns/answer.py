"""What a preview or an import says of one file."""

from collections.abc import Iterable, Iterator
from typing import Any

import tablib
from django.utils.translation import gettext as _
from import_export.results import Result, RowResult

from logistics.queries.returns import Told
from logistics.resources.returns.casebook import grouped
from logistics.resources.returns.reading import Reading, where_told
from logistics.resources.returns.sums import Sorted, Stated, figure_in
from logistics.resources.returns.tables import Table

Answer = dict[str, Any]
Problem = dict[str, Any]


def answer_of(dataset: tablib.Dataset, result: Result, tables: list[tuple[Table, Sorted]]) -> Answer:
    """The counts, the total and the problems of one file, as the command prints them."""
    numbers = dataset["row"]
    weights = _rows_behind(tables)
    states = {"ready": 0, "look": 0, "refused": 0, "already_told": 0}
    problems: list[Problem] = []
    several = len(set(dataset["sheet"])) > 1
    wanted: list[Reading] = []
    for sheet, number, row in zip(dataset["sheet"], numbers, result.rows, strict=True):
        state, found = _judged(row)
        states[state] += weights.get((sheet, number), 1)
        where = f"{sheet}: " if several else ""
        problems += [{"row": number, "code": code, "sentence": where + sentence} for code, sentence in found]
        if state in ("ready", "look"):
            wanted.append(row.instance)
    stated, agrees = _total(tables)
    problems += _differing_totals(tables)
    return {
        "rows": sum(states.values()),
        **states,
        "messages": sum(reading.figure.count for reading in wanted),
        "countries": len({reading.country for reading in wanted}),
        "total_stated": stated,
        "total_agrees": agrees,
        "question": "date_order" if any(reading.could_be_swapped for reading in wanted) else None,
        "problems": problems,
    }


def _rows_behind(tables: list[tuple[Table, Sorted]]) -> dict[tuple[str, int], int]:
    """By sheet and row of a figure that several rows share: how many rows they are, the totals row not being one."""
    return {
        (table.sheet, entry.line.number): len(entry.together)
        for table, rows in tables
        for entry in rows.entries
        if entry.together
    }


def _judged(row: RowResult) -> tuple[str, list[tuple[str, str]]]:
    if row.validation_error is not None:
        errors = [error for errors in row.validation_error.error_dict.values() for error in errors]
        return "refused", [(error.code, error.message) for error in errors]
    told = row.instance.told
    if told is not None:
        return "already_told", [("already_told", _told_already(told))]
    notes = list(row.instance.notes())
    return "look" if notes else "ready", notes


def _told_already(told: Told) -> str:
    return _("This is told already, in %(where)s. It is not imported again.") % {"where": where_told(told)}


def _total(tables: list[tuple[Table, Sorted]]) -> tuple[int | None, bool | None]:
    """The total that the file states, and whether its rows add up to it. None where it states none.

    Where each of several tables states its own, their sum; one that is the sum of all rows is the file's.
    """
    wholes = [(table, rows, total) for table, rows in tables for total in rows.totals if total.is_whole]
    if not wholes:
        return _only_figure(tables)
    everything = sum_of(tables)
    for *_table, total in wholes[-1:]:
        if total.figure.count == everything:
            return total.figure.count, True
    if len(wholes) == 1:
        table, rows, total = wholes[0]
        agrees = _agrees(total, _counts(table, rows))
        covers_all = len(tables) == 1
        return total.figure.count, agrees if covers_all or not agrees else None
    fits = [_agrees(total, _counts(table, rows)) for table, rows, total in wholes]
    agrees = False if False in fits else None if None in fits else True
    return sum(total.figure.count for *_table, total in wholes), agrees


def _only_figure(tables: list[tuple[Table, Sorted]]) -> tuple[int | None, bool | None]:
    """A totals row that holds the only figure of the rows above it states a total, and they are that together."""
    shared = [
        figure_in(entry.line, table.columns)
        for table, rows in tables
        for entry in rows.entries
        if entry.together and entry.line not in entry.together
    ]
    found = [figure.count for figure in shared if figure]
    return (sum(found), True) if found else (None, None)


def sum_of(tables: list[tuple[Table, Sorted]]) -> int:
    """What all rows add up to that have a number, whatever else is wrong with them."""
    return sum(sum(_counts(table, rows)) for table, rows in tables)


def _counts(table: Table, rows: Sorted) -> list[int]:
    figures = [figure_in(entry.line, table.columns) for entry in rows.entries]
    return [figure.count if figure else 0 for figure in figures]


def _agrees(total: Stated, counts: list[int]) -> bool | None:
    """Whether one of the sums that are meant fits; None where the total says "about" and so cannot be held to it."""
    sums = [sum(counts[among.start : among.stop]) for among in total.among]
    stated, qualifier = total.figure.count, total.figure.qualifier
    if stated in sums:
        return True
    if qualifier in ("more_than", "at_least"):
        return any(one > stated for one in sums)
    if qualifier == "fewer_than":
        return any(one < stated for one in sums)
    return False if qualifier == "exact" else None


def _differing_totals(tables: Iterable[tuple[Table, Sorted]]) -> Iterator[Problem]:
    for table, rows in tables:
        counts = _counts(table, rows)
        for total in rows.totals:
            if _agrees(total, counts) is False:
                among = total.among[-1] if total.among else range(0)
                found = sum(counts[among.start : among.stop])
                sentence = _(
                    "This row says %(stated)s, but the rows that it adds up come to %(found)s. "
                    "Look for the row that is wrong."
                ) % {"stated": grouped(total.figure.count), "found": grouped(found)}
                yield {"row": total.row, "code": "total_differs", "sentence": sentence}
