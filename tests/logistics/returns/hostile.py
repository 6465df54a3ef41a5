"""Files that are meant to hurt, or are none at all. Each builder writes one and returns its path."""

import io
import random
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/>{}'
    "</Relationships>"
)
STRINGS_REL = (
    '<Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"'
    ' Target="sharedStrings.xml"/>'
)
BOOK = (
    '<?xml version="1.0"?>{}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
    '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>'
)
MAIN = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
HEAD = '<row r="1"><c r="A1" t="inlineStr"><is><t>Country</t></is></c><c r="B1" t="inlineStr"><is><t>Count</t></is></c></row>'


def parts(path: Path, sheet: bytes, *, doctype: str = "", strings: bytes = b"", extra: dict[str, bytes] | None = None) -> str:
    """A workbook of one sheet, given as the very bytes of its parts."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", RELS.format("officeDocument", "xl/workbook.xml", ""))
        archive.writestr("xl/workbook.xml", BOOK.format(doctype))
        archive.writestr("xl/_rels/workbook.xml.rels", RELS.format("worksheet", "worksheets/sheet1.xml", STRINGS_REL if strings else ""))
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
        if strings:
            archive.writestr("xl/sharedStrings.xml", strings)
        for name, data in (extra or {}).items():
            archive.writestr(name, data)
    return str(path)


def sheet(rows: str, dimension: str = "") -> bytes:
    where = f'<dimension ref="{dimension}"/>' if dimension else ""
    return f"{MAIN}{where}<sheetData>{rows}</sheetData></worksheet>".encode()


def zip_bomb(folder: Path) -> str:
    return parts(folder / "bomb.xlsx", MAIN.encode() + b"<sheetData>" + b" " * 100_000_000 + b"</sheetData></worksheet>")


def lying_zip_bomb(folder: Path) -> str:
    """The directory says that the sheet is small; it is not."""
    path = folder / "lying.xlsx"
    parts(path, MAIN.encode() + b"<sheetData>" + b" " * 20_000_000 + b"</sheetData></worksheet>")
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", 20_000_000 + len(MAIN) + 35)
    at = data.find(size[1:])
    while at > 0:
        data[at - 1 : at + 3] = struct.pack("<I", 500)
        at = data.find(size[1:])
    path.write_bytes(data)
    return str(path)


def many_strings(folder: Path) -> str:
    strings = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' + b"<si><t>aaaaaaaa</t></si>" * 2_500_000
    rows = HEAD + '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="B2"><v>5</v></c></row>'
    return parts(folder / "strings.xlsx", sheet(rows), strings=strings + b"</sst>")


def many_columns_xlsx(folder: Path) -> str:
    cells = "".join(f'<c r="{name}1"><v>1</v></c>' for name in _columns(300_000))
    return parts(folder / "wide.xlsx", sheet(f'<row r="1">{cells}</row>'))


def _columns(count: int) -> list[str]:
    names = []
    for number in range(1, count + 1):
        name = ""
        while number:
            number, rest = divmod(number - 1, 26)
            name = chr(65 + rest) + name
        names.append(name)
    return names


def far_cell(folder: Path) -> str:
    return parts(folder / "far.xlsx", sheet(HEAD + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def lying_dimension(folder: Path) -> str:
    rows = HEAD + '<row r="2"><c r="A2" t="inlineStr"><is><t>Peru</t></is></c><c r="B2"><v>5</v></c></row>'
    return parts(folder / "dimension.xlsx", sheet(rows, "A1:XFD1048576"))


def many_merges(folder: Path) -> str:
    merges = "".join(f'<mergeCell ref="A{n}:Z{n + 1_000_000 // 50}"/>' for n in range(2, 40_000))
    body = f"{MAIN}<sheetData>{HEAD}</sheetData><mergeCells>{merges}</mergeCells></worksheet>"
    return parts(folder / "merges.xlsx", body.encode())


def with_doctype(folder: Path) -> str:
    entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
    return parts(folder / "doctype.xlsx", sheet(HEAD), doctype=entities)


def deep_xml(folder: Path) -> str:
    return parts(folder / "deep.xlsx", sheet("<row>" * 1_000_000))


def only_formulas(folder: Path) -> str:
    book = openpyxl.Workbook()
    for _ in range(3):
        book.active.append(['="Country"', "=1+1", "=cmd|' /c calc'!A0"])
    book.save(folder / "formulas.xlsx")
    return str(folder / "formulas.xlsx")


def header_alone(folder: Path) -> str:
    book = openpyxl.Workbook()
    book.active.append(["Country", "Date", "Case", "Kind", "Purpose", "How many"])
    book.save(folder / "header.xlsx")
    return str(folder / "header.xlsx")


def many_rows_xlsx(folder: Path) -> str:
    row = '<row><c t="inlineStr"><is><t>Peru</t></is></c><c><v>5</v></c></row>'
    return parts(folder / "long.xlsx", sheet(HEAD + row * 200_000))


def encrypted_xlsx(folder: Path) -> str:
    """As Excel saves it: an OLE container; and, below, a zip whose entries are marked as encrypted."""
    return _bytes(folder, "password.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000))


def encrypted_zip(folder: Path) -> str:
    path = Path(parts(folder / "marked.xlsx", sheet(HEAD)))
    data = bytearray(path.read_bytes())
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(mark, at + 4)
    return _bytes(folder, "marked.xlsx", bytes(data))


def zip_in_a_zip(folder: Path) -> str:
    inner = Path(parts(folder / "inner.xlsx", sheet(HEAD))).read_bytes()
    with zipfile.ZipFile(folder / "outer.zip", "w") as archive:
        archive.writestr("return.xlsx", inner)
    return str(folder / "outer.zip")


def cut_off(folder: Path) -> str:
    whole = Path(parts(folder / "whole.xlsx", sheet(HEAD))).read_bytes()
    return _bytes(folder, "cut.xlsx", whole[: len(whole) * 2 // 3])


def _bytes(folder: Path, name: str, data: bytes) -> str:
    (folder / name).write_bytes(data)
    return str(folder / name)


def noise(folder: Path) -> str:
    return _bytes(folder, "noise.xlsx", b"PK\x03\x04" + random.Random(1).randbytes(200_000))


def binary_csv(folder: Path) -> str:
    return _bytes(folder, "noise.csv", random.Random(2).randbytes(200_000))


def docx(folder: Path) -> str:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("word/document.xml", "<w/>")
    return _bytes(folder, "letter.xlsx", stream.getvalue())


def many_parts(folder: Path) -> str:
    return parts(folder / "parts.xlsx", sheet(HEAD), extra={f"xl/worksheets/s{n}.xml": b"<a/>" for n in range(20_000)})


TEXTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty.csv": ("empty_file", lambda: b""),
    "spaces.csv": ("empty_file", lambda: b" \r\n\r\n\t\n"),
    "mark.csv": ("empty_file", lambda: b"\xef\xbb\xbf"),
    "pdf.csv": ("not_a_spreadsheet", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n" + bytes(5_000)),
    "pdf.xlsx": ("not_a_spreadsheet", lambda: b"%PDF-1.7\n" + bytes(5_000)),
    "old.xls": ("not_a_spreadsheet", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5_000)),
    "page.csv": ("doctype", lambda: b"<!DOCTYPE html><table><tr><td>Country</td></tr></table>"),
    "xml.csv": ("not_a_spreadsheet", lambda: b'<?xml version="1.0"?><returns/>'),
    "nul.csv": ("not_a_spreadsheet", lambda: b"Country,Count\nPe\0ru,5\n"),
    "header.csv": ("no_rows", lambda: b"Country,Date,Case,Kind,Purpose,How many\r\n"),
    "prose.csv": ("no_table", lambda: b"Dear all,\nhere are our figures: 500 letters.\nBest, Amnesty Peru\n"),
    "wide.csv": ("too_many_columns", lambda: b"Country,Count" + b",x" * 1_000_000 + b"\nPeru,5\n"),
    "commas.csv": ("too_many_columns", lambda: b"Country,Count\nPeru,5" + b"," * 1_000_000 + b"\n"),
    "long.csv": ("too_large", lambda: b"Country,Count\n" + b"Peru,5\n" * 200_000),
    "cell.csv": ("too_large", lambda: b"Country,Count\nPeru," + b"5" * 5_000_000 + b"\n"),
    "quote.csv": ("unreadable", lambda: b'Country,Count\nPeru,5\nChile,"6\nKenya,7\n'),
    "huge.csv": ("too_large", lambda: b"Country,Count\n" + b"Peru,5\n" * 2_000_000),
    "latin.csv": ("encoding", lambda: "Country,Count\nPérou ñandú çà,5\n".encode() + b"\xff\xfe\x81\n"),
}
FILES: dict[str, tuple[Callable[[Path], str], set[str]]] = {
    "zip_bomb": (zip_bomb, {"zip_bomb"}),
    "lying_zip_bomb": (lying_zip_bomb, {"zip_bomb", "unreadable"}),
    "many_strings": (many_strings, {"zip_bomb"}),
    "many_columns": (many_columns_xlsx, {"too_many_columns", "too_large"}),
    "far_cell": (far_cell, {"too_large", "too_many_columns"}),
    "many_merges": (many_merges, {"too_large", "no_rows"}),
    "with_doctype": (with_doctype, {"doctype"}),
    "deep_xml": (deep_xml, {"unreadable", "too_large", "empty_file", "no_table"}),
    "only_formulas": (only_formulas, {"only_formulas"}),
    "header_alone": (header_alone, {"no_rows"}),
    "many_rows": (many_rows_xlsx, {"too_large"}),
    "encrypted_xlsx": (encrypted_xlsx, {"not_a_spreadsheet", "encrypted"}),
    "encrypted_zip": (encrypted_zip, {"encrypted", "unreadable"}),
    "zip_in_a_zip": (zip_in_a_zip, {"not_a_spreadsheet"}),
    "cut_off": (cut_off, {"unreadable"}),
    "noise": (noise, {"unreadable"}),
    "binary_csv": (binary_csv, {"not_a_spreadsheet", "encoding"}),
    "docx": (docx, {"not_a_spreadsheet"}),
    "many_parts": (many_parts, {"zip_bomb"}),
}
