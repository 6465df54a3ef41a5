"""Tables as CSV and XLSX for people to keep. Text stays text: nothing in it can become a formula."""

import datetime as dt
import io
from typing import Any

import tablib
from django.http import HttpResponse
from openpyxl import Workbook

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def neutral(value: Any) -> Any:
    """Text that a spreadsheet would take for a formula, with an apostrophe before it; all else as it is.

    Text that looks as if it had one gets another, so that an import (`resources.reading.text`) finds it unchanged.
    """
    if isinstance(value, str) and value.lstrip("'").startswith(FORMULA_STARTS):
        return f"'{value}"
    return value


def plain(value: Any) -> Any:
    """Numbers and days as they are, everything else as text, nothing as an empty cell."""
    if value is None or isinstance(value, int | float | dt.date):
        return value
    return str(value)


def as_csv(data: tablib.Dataset, name: str) -> HttpResponse:
    """A CSV file: UTF-8 with a byte order mark, so that spreadsheets know."""
    safe = tablib.Dataset(headers=[neutral(head) for head in data.headers])
    for row in data:
        safe.append([neutral(plain(cell)) for cell in row])
    return _file("\ufeff" + safe.export("csv"), CSV, f"{name}.csv")


def as_xlsx(data: tablib.Dataset, name: str) -> HttpResponse:
    """An XLSX file in which every text is typed as text."""
    book = Workbook(write_only=False)
    sheet = book.active
    for number, row in enumerate([data.headers, *data], 1):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, None)
            cell.value = plain(value)
            if isinstance(cell.value, str):
                cell.data_type = "s"
    saved = io.BytesIO()
    book.save(saved)
    return _file(saved.getvalue(), XLSX, f"{name}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
