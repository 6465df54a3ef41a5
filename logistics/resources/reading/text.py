"""Read a text table: which encoding, which separator, which cells. Runs in the limited child only."""

import csv
import io
import re

from logistics.resources.reading import limits
from logistics.resources.reading.contents import Row, Sheet, Unreadable
from logistics.resources.reading.contents import gettext_noop as _
from logistics.resources.words.headers import score

SEPARATORS = ",;\t|"
LOOK_AT = 60  # rows, to find out the separator
# The control characters that no text table holds (tab, line feed, form feed and carriage return may be there).
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f]")

SIGNATURES = {
    b"%PDF": _("This is a PDF. Save the table itself as XLSX or CSV."),
    b"\xd0\xcf\x11\xe0": _("This is an old Excel file (.xls) or one with a password. Save it as XLSX, without a password."),
    b"\x89PNG": _("This is a picture. Send the table itself, as XLSX or CSV."),
    b"\xff\xd8\xff": _("This is a picture. Send the table itself, as XLSX or CSV."),
    b"\x1f\x8b": _("This is a packed file. Unpack it first."),
    b"Rar!": _("This is a packed file. Unpack it first."),
    b"7z\xbc\xaf": _("This is a packed file. Unpack it first."),
    b"{\\rtf": _("This is a text document. Save the table itself as XLSX or CSV."),
}


def read(data: bytes) -> list[Sheet]:
    """The one sheet of a text table. Raises Unreadable."""
    for signature, sentence in SIGNATURES.items():
        if data.startswith(signature):
            raise Unreadable("not_a_spreadsheet", sentence)
    text = decoded(data).lstrip("\ufeff")
    _refuse_what_is_no_table(text)
    sheets = [Sheet("", _rows(text))]
    refuse_too_much_text(sheets)
    return sheets


def decoded(data: bytes) -> str:
    """The text, from UTF-8, UTF-16 or UTF-32 (with a byte order mark or without), or Windows-1252."""
    coding = _coding(data)
    try:
        return data.decode(coding)
    except UnicodeDecodeError as error:
        if coding != "utf-8":
            raise _encoding_refused() from error
    if _is_spoilt_utf8(data):
        raise _encoding_refused()
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise _encoding_refused() from error


def _coding(data: bytes) -> str:
    marks = {b"\xef\xbb\xbf": "utf-8", b"\xff\xfe\0\0": "utf-32", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
    for mark, coding in marks.items():
        if data.startswith(mark):
            return coding
    head = data[:2000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > len(head) // 5 and even * 10 < odd:
        return "utf-16-le"
    if even > len(head) // 5 and odd * 10 < even:
        return "utf-16-be"
    return "utf-8"


def _is_spoilt_utf8(data: bytes) -> bool:
    """Whether it was UTF-8 and a few bytes were damaged: then Windows-1252 would read every accent wrongly."""
    text = data.decode("utf-8", errors="replace")
    good = sum(1 for character in text if ord(character) > 127 and character != "\ufffd")
    return good > 2 * text.count("\ufffd")


def _encoding_refused() -> Unreadable:
    return Unreadable("encoding", _("The letters of this file cannot be read. Save it as CSV in UTF-8, or as XLSX."))


def _refuse_what_is_no_table(text: str) -> None:
    if not text.strip():
        raise Unreadable("empty_file", _("This file is empty. Send the file with the table in it."))
    if CONTROL.search(text):
        raise Unreadable("not_a_spreadsheet", _("This is not a table of text. Save the sheet as XLSX or CSV."))
    head = text[:4000].lstrip()
    if head.startswith("<"):
        if "<!doctype" in head.lower():
            raise Unreadable("doctype", _("This is a web page or XML, not a table. Save the sheet as XLSX or CSV."))
        raise Unreadable("not_a_spreadsheet", _("This is a web page or XML, not a table. Save it as XLSX or CSV."))


def _rows(text: str) -> list[Row]:
    told = re.match(r"sep=(.)\r?\n", text)
    separator = told[1] if told else _separator(text)
    first = 2 if told else 1
    rows = []
    for number, cells in enumerate(_records(text[told.end() :] if told else text, separator), first):
        if len(cells) > limits.MAX_COLUMNS:
            raise Unreadable(
                "too_many_columns", _("Row %(row)s has %(n)s columns; %(most)s are read at most."),
                row=str(number), n=len(cells), most=limits.MAX_COLUMNS,
            )  # fmt: skip
        if any(cell.strip() for cell in cells):
            rows.append(Row(number, list(cells)))
        if len(rows) > limits.MAX_ROWS:
            raise too_many_rows()
    return rows


def _records(text: str, separator: str):
    csv.field_size_limit(limits.MAX_CELL_CHARACTERS)
    number = 0
    try:
        for number, record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), 1):
            yield [as_written(cell) for cell in record]
    except csv.Error as error:
        raise Unreadable(
            "too_large",
            _("A cell after row %(row)s is far too long; perhaps a quotation mark is not closed there."),
            row=str(number),
        ) from error
    _refuse_an_open_quotation(text, separator)


GUARDED = re.compile(r"'+[=+\-@\t\r]")
"""As `reports.sheets.neutral` writes it."""


def as_written(cell: str) -> str:
    """A cell without the apostrophe that our own files put before what a spreadsheet would take for a formula."""
    return cell[1:] if GUARDED.match(cell) else cell


def _refuse_an_open_quotation(text: str, separator: str) -> None:
    number = 0
    try:
        for number, _record in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), 1):
            pass
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            raise Unreadable(
                "unreadable", _("A quotation mark is not closed after row %(row)s. Close it, or remove it."), row=str(number)
            ) from error


def _separator(text: str) -> str:
    """The separator under which most headers are recognised; if none is, the one that cuts most evenly."""
    head = text[:200_000]
    return max(SEPARATORS, key=lambda separator: _fits(head, separator))


def _fits(head: str, separator: str) -> tuple[int, int]:
    best, widths = 0, []
    try:
        for number, record in enumerate(csv.reader(io.StringIO(head, newline=""), delimiter=separator)):
            if number >= LOOK_AT:
                break
            cells = record[: limits.MAX_COLUMNS]
            widths.append(len(record))
            best = max(best, score(cells))
    except csv.Error:
        return (best, 0)
    several = [width for width in widths if width > 1]
    return (best, len(several))


def too_many_rows() -> Unreadable:
    sentence = _("This file has more than %(most)s rows. Split it and send the parts.")
    return Unreadable("too_large", sentence, most=limits.MAX_ROWS)


def refuse_too_much_text(sheets: list[Sheet]) -> None:
    """Refuse (`too_large`, `empty_file`) what no return needs, or what holds nothing at all."""
    rows = [row for sheet in sheets for row in sheet.rows]
    if len(rows) > limits.MAX_ROWS:
        raise too_many_rows()
    total = 0
    for row in rows:
        lengths = [len(cell) for cell in row.cells if isinstance(cell, str)]
        total += sum(lengths)
        if total > limits.MAX_TEXT_CHARACTERS or max(lengths, default=0) > limits.MAX_CELL_CHARACTERS:
            sentence = _("Row %(row)s holds a text that is far too long. Shorten it.")
            raise Unreadable("too_large", sentence, row=str(row.number))
