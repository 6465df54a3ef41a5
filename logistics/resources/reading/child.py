"""The process that opens a file which somebody sent: little memory, little time, nothing to steal.

It reads the file's bytes from standard input and writes its cells, as JSON, to standard output.
"""

import datetime
import json
import resource
import sys

from logistics.resources.reading import limits, text, workbook
from logistics.resources.reading.contents import Sheet, Unreadable
from logistics.resources.reading.contents import gettext_noop as _

TOO_LARGE = Unreadable("too_large", _("This file needs more memory than a return may. Split it, or save it anew as CSV."))
DAMAGED = Unreadable("unreadable", _("This file cannot be read. Open it in a spreadsheet program and save it anew."))


def main() -> None:
    for what, most in (
        (resource.RLIMIT_AS, limits.CHILD_ADDRESS_SPACE),
        (resource.RLIMIT_CPU, limits.CHILD_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, limits.CHILD_ANSWER_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        answer = [_told(sheet) for sheet in sheets_of(sys.stdin.buffer.read())]
    except Unreadable as refusal:
        answer = _refused(refusal)
    except MemoryError:
        answer = _refused(TOO_LARGE)
    except BaseException:  # a panic of the reader in Rust is not an Exception
        answer = _refused(DAMAGED)
    json.dump(answer, sys.stdout, ensure_ascii=True)


def sheets_of(data: bytes) -> list[Sheet]:
    """What the file holds, whatever its name says it is. Raises Unreadable."""
    if data.startswith(b"PK"):
        return workbook.read(data)
    return text.read(data)


def _told(sheet: Sheet) -> dict:
    rows = [[row.number, [_plain(cell) for cell in row.cells]] for row in sheet.rows]
    return {
        "name": sheet.name,
        "rows": rows,
        "merges": sheet.merges,
        "is_hidden": sheet.is_hidden,
        "has_formulas": sheet.has_formulas,
    }


def _plain(cell: object) -> object:
    if isinstance(cell, datetime.date):
        return {"date": cell.isoformat()}
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode()  # half of a surrogate pair is no letter
    return cell


def _refused(refusal: Unreadable) -> dict:
    return {"code": refusal.code, "sentence": refusal.sentence, "values": refusal.values}


if __name__ == "__main__":
    main()
