"""Sheets of 24 labels: on each its QR symbol, its code and the letter of its sort in a shape; nothing else.

63.5 by 33.9 mm, three beside each other and eight below: a common sheet of A4, and the same cells on Letter.
"""

from collections.abc import Sequence
from typing import Any

from logistics import codes
from logistics.documents import page, pdf, qr

COLUMNS, ROWS = 3, 8
CELLS = COLUMNS * ROWS
WIDTH, HEIGHT, GUTTER = 63.5, 33.9, 2.54
"""Millimetres: a cell, and what lies between two columns."""
MODULE = 0.75
"""Millimetres of one module of the symbol; a scanner wants 0.5 at least."""
AT_ONCE = 10
"""Sheets that are laid out together; in between it is told how far it is."""

SHAPES = {
    codes.BUNDLE: "M50 4A46 46 0 0 1 50 96A46 46 0 0 1 50 4Z",
    codes.BATCH: "M5 5H95V95H5Z",
    codes.MAILBAG: "M50 2L96 36L79 96H21L4 36Z",
}
"""A circle, a square and a pentagon, as paths in a square of 100."""


def label_sheets(
    labels: Sequence[str], *, number: str, start_at: int = 1, copies: int = 1, paper: str = "a4", report: Any = None
) -> bytes:
    """The PDF. `labels`: codes; `number`: that of the document; `start_at`: the first free cell, 1 to CELLS.

    Copies of one label lie beside each other. `report` is told how far it is. Raises pdf.DocumentFailed.
    """
    cells = [None] * (start_at - 1) + [code for code in labels for _ in range(copies)]
    sheets = [_sheet(cells[at : at + CELLS], at // CELLS + 1) for at in range(0, len(cells), CELLS)]
    fixed = {"module": MODULE, "cut_marks": _cut_marks(), "pages": len(sheets)}
    parts = [
        page.to_html("labels", code=number, paper=paper, is_constructed=False, context=fixed | {"sheets": sheets[at : at + AT_ONCE]})
        for at in range(0, len(sheets), AT_ONCE)
    ]
    return pdf.render(parts, report)


def _sheet(labels: Sequence[str | None], number: int) -> dict[str, Any]:
    cells = [_cell(code, at) if code else {} for at, code in enumerate(labels)]
    columns = [cells[at::COLUMNS] for at in range(COLUMNS)]
    return {"number": number, "cells": [cell for cell in cells if cell], "columns": columns}


def _cell(code: str, at: int) -> dict[str, str]:
    """What is drawn in a cell, and where: the symbol's quiet zone begins 4 mm from the left and 1.6 mm from the top."""
    left, top = (at % COLUMNS) * (WIDTH + GUTTER), (at // COLUMNS) * HEIGHT
    return {
        "x": f"{left + 4:.2f}",
        "y": f"{top + 1.6:.2f}",
        "symbol": qr.path(code),
        "shape_x": f"{left + 38.6:.2f}",
        "shape_y": f"{top + 4.6:.2f}",
        "shape": SHAPES[code[0]],
        "sort": code[0],
        "grouped": codes.grouped(code),
    }


def _cut_marks() -> str:
    """Short lines in the margins where a knife goes: the cells themselves stay clean."""
    width, height = COLUMNS * WIDTH + (COLUMNS - 1) * GUTTER, ROWS * HEIGHT
    rows = [HEIGHT * row for row in range(ROWS + 1)]
    edges = [left + at for left in (column * (WIDTH + GUTTER) for column in range(COLUMNS)) for at in (0, WIDTH)]
    across = [f"M{x:.2f} {y:.2f}h3.4" for y in rows for x in (-5.2, width + 1.8)]
    down = [f"M{x:.2f} {y:.2f}v3.4" for x in edges for y in (-5, height + 1.6)]
    return "".join(across + down)
