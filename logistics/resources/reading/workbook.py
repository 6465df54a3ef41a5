"""Read an XLSX workbook with calamine. Runs in the limited child only."""

import datetime
import io

import python_calamine as calamine

from logistics.resources.reading import archive, limits
from logistics.resources.reading.contents import Cell, Merge, Row, Sheet, Unreadable
from logistics.resources.reading.contents import gettext_noop as _
from logistics.resources.reading.text import refuse_too_much_text


def read(data: bytes) -> list[Sheet]:
    """The sheets of a workbook. Raises Unreadable."""
    clean, has_formulas = archive.checked(data)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(clean)) as workbook:
            sheets = _sheets(workbook, has_formulas)
    except calamine.PasswordError as error:
        raise Unreadable("encrypted", _("This workbook is protected by a password. Save it without one.")) from error
    except (calamine.CalamineError, OSError, ValueError) as error:
        raise archive.BROKEN from error
    refuse_too_much_text(sheets)
    return sheets


def _sheets(workbook: calamine.CalamineWorkbook, has_formulas: bool) -> list[Sheet]:
    names = [m for m in workbook.sheets_metadata if m.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(names) > limits.MAX_SHEETS:
        raise Unreadable("too_large", _("This workbook has more than %(most)s sheets. Split it."), most=limits.MAX_SHEETS)
    sheets = []
    for meta in names:
        source = workbook.get_sheet_by_name(meta.name)
        hidden = meta.visible != calamine.SheetVisibleEnum.Visible
        sheets.append(Sheet(meta.name, _rows(source), _merges(source), hidden, has_formulas))
    return sheets


def _rows(source: calamine.CalamineSheet) -> list[Row]:
    if source.start is None or source.end is None:
        return []
    if source.width > limits.MAX_COLUMNS:
        raise Unreadable(
            "too_many_columns", _("A sheet has %(n)s columns; %(most)s are read at most."),
            n=source.width, most=limits.MAX_COLUMNS,
        )  # fmt: skip
    if source.height * source.width > limits.MAX_CELLS:
        raise Unreadable("too_large", _("A sheet is too large: cells are filled far below or beside the table."))
    top, left = source.start
    rows = []
    for number, values in enumerate(source.to_python(skip_empty_area=True), top + 1):
        if any(value != "" for value in values):
            rows.append(Row(number, [""] * min(left, limits.MAX_COLUMNS) + [_cell(value) for value in values]))
    return rows


def _cell(value: object) -> Cell:
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, (str, bool, int, float, datetime.date)):
        return value
    return str(value)


def _merges(source: calamine.CalamineSheet) -> list[Merge]:
    merges = source.merged_cell_ranges or []
    bottom = source.end[0] if source.end else 0
    clipped = [(r1 + 1, c1, min(r2, bottom) + 1, c2) for (r1, c1), (r2, c2) in merges if r1 <= bottom]
    if sum(r2 - r1 + 1 for r1, _c1, r2, _c2 in clipped) > limits.MAX_MERGED_CELLS:
        raise Unreadable("too_large", _("A sheet has far too many merged cells. Undo the merging and save it anew."))
    return clipped
