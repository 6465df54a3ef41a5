"""Open the zip that a workbook is, without trusting anything it says about itself.

Sizes are checked as declared and again as they come out. What passes is packed anew, so that the reader of the
workbook sees the very bytes that were checked and no second directory, hidden entry or overlap.
"""

import io
import re
import zipfile
import zlib

from logistics.resources.reading import limits
from logistics.resources.reading.contents import Unreadable
from logistics.resources.reading.contents import gettext_noop as _

FORMULA = re.compile(rb"<f[ >/]")
NEEDED = ("[content_types].xml", "_rels/", "xl/workbook.xml", "xl/_rels/", "xl/sharedstrings.xml", "xl/styles.xml")
NOT_NEEDED = ("drawings/", "charts/", "media/", "comments", "pivot", "theme/", "externallinks/", "printersettings/")
DOCTYPES = [text.encode(coding) for text in ("<!DOCTYPE", "<!ENTITY") for coding in ("ascii", "utf-16-le", "utf-16-be")]

BOMB = Unreadable("zip_bomb", _("This file unpacks to far more than it should. Save the sheet anew as XLSX or CSV."))
DOCTYPE = Unreadable(
    "doctype", _("This workbook contains a document type declaration, which no spreadsheet needs. Save it anew as XLSX.")
)
BROKEN = Unreadable(
    "unreadable", _("This workbook is damaged. Open it in a spreadsheet program and save it anew as XLSX.")
)
OTHER_ZIP = Unreadable(
    "not_a_spreadsheet",
    _("This is a packed file but not an XLSX workbook. Unpack it, or save the sheet as XLSX or CSV."),
)


def checked(data: bytes) -> tuple[bytes, bool]:
    """The workbook packed anew from its checked parts, and whether any sheet holds formulas.

    Raises Unreadable: `zip_bomb`, `doctype`, `unreadable`, `not_a_spreadsheet`.
    """
    try:
        parts = _parts(data)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, NotImplementedError, RuntimeError, OSError) as error:
        raise BROKEN from error
    if not any(name.lower() == "xl/workbook.xml" for name in parts):
        raise OTHER_ZIP
    if any(mark in part for part in parts.values() for mark in DOCTYPES):
        raise DOCTYPE
    formulas = any(FORMULA.search(part) for name, part in parts.items() if "worksheets/" in name.lower())
    return _packed(parts), formulas


def _parts(data: bytes) -> dict[str, bytes]:
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if len(entries) > limits.MAX_PARTS or sum(e.file_size for e in entries) > limits.MAX_INFLATED_BYTES:
            raise BOMB
        left = limits.MAX_INFLATED_BYTES
        for entry in entries:
            if not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            if entry.filename in parts:
                raise BROKEN
            with archive.open(entry) as stream:
                part = stream.read(left + 1)
            left -= len(part)
            if left < 0:
                raise BOMB
            parts[entry.filename] = part
    return parts


def _packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, part in parts.items():
            if _is_needed(name.lower()):
                archive.writestr(zipfile.ZipInfo(name), part)
    return out.getvalue()


def _is_needed(name: str) -> bool:
    if name.startswith(NEEDED):
        return True
    return name.startswith("xl/") and not name.startswith(tuple("xl/" + part for part in NOT_NEEDED))
