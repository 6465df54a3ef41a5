"""What is drawn on a page, glyph by glyph: Arabic and Khmer text that is extracted from a PDF is in disorder.

Subsets keep the glyph numbers of the whole font, so the same words in the same font are the same numbers in any PDF.
"""

import io
from collections.abc import Iterator, Sequence
from functools import cache
from html import escape
from itertools import groupby

import pypdf
from fontTools.ttLib import TTFont
from pypdf.generic import ContentStream

from logistics.documents import pdf

Glyph = tuple[str, int]
"""Name of the font (without the tag of the subset) and number of the glyph in it."""

STYLES = (
    "",
    "font-weight:bold",
    "font-family:var(--sans)",
    "font:bold 1em var(--sans)",
    "font-family:var(--figures)",
    "font:bold 1em var(--figures)",
    "font-family:var(--codes)",
    "font-family:Noto Serif Display",
    "font-family:Noto Serif",
)
GAP = -1
"""Stands for a space, and for whatever else parts two words."""


def boxes(page: pypdf.PageObject) -> Iterator[list[Glyph]]:
    """The glyphs of each box of text (a line, or what of it is set apart) in the order in which they are drawn."""
    fonts = {name: font for name, font in page["/Resources"]["/Font"].items()}
    spaces = {name: _spaces(font["/DescendantFonts"][0]["/FontDescriptor"].get_object()) for name, font in fonts.items()}
    font, box = "", []
    for operands, operator in ContentStream(page["/Contents"], page.pdf).operations:
        if operator == b"Tf":
            font = operands[0]
        elif operator == b"Tm":
            yield box
            box = []
        elif operator == b"TJ":
            name = fonts[font]["/BaseFont"].partition("+")[2]
            box += [(name, GAP if number in spaces[font] else number) for number in _numbers(operands[0])]
    yield box


def _numbers(shown: Sequence[object]) -> Iterator[int]:
    drawn = b"".join(part.original_bytes for part in shown if hasattr(part, "original_bytes"))
    return (int.from_bytes(drawn[at : at + 2]) for at in range(0, len(drawn), 2))


def _spaces(descriptor: pypdf.generic.DictionaryObject) -> frozenset[int]:
    """Glyphs that move on and draw nothing. Those that the subset has dropped have no width."""
    return _spaces_of(next(descriptor[key] for key in ("/FontFile2", "/FontFile3") if key in descriptor).get_data())


@cache
def _spaces_of(file: bytes) -> frozenset[int]:
    drawn = TTFont(io.BytesIO(file), lazy=True)
    outlines, widths = drawn["glyf"], drawn["hmtx"]
    names = enumerate(drawn.getGlyphOrder())
    return frozenset(at for at, name in names if at and not outlines[name].numberOfContours and widths[name][0])


def words(box: list[Glyph], *, is_turned: bool) -> list[tuple[Glyph, ...]]:
    """The words of a box in the order in which they are read. Turned: from its right end."""
    apart = [tuple(word) for is_gap, word in groupby(box, key=lambda glyph: glyph[1] == GAP) if not is_gap]
    return apart[::-1] if is_turned else apart


def drawn_alone(sayings: Sequence[str], language: str) -> dict[str, list[list[tuple[Glyph, ...]]]]:
    """For each saying, its words as they are drawn in each of STYLES, on a line of its own."""
    paragraphs = "".join(
        f'<p style="white-space:nowrap;{style}">{escape(saying)}</p>' for saying in sayings for style in STYLES
    )
    turned = ' dir="rtl"' if language == "ar" else ""
    sheet = f'<html lang="{language}"{turned}><style>@page{{size:300cm {5 + len(sayings) * 8}cm}}</style><title>x</title><body>{paragraphs}'
    (page,) = pypdf.PdfReader(io.BytesIO(pdf.render([sheet]))).pages
    alone = [words(box, is_turned=language == "ar") for box in boxes(page) if box]
    count = len(STYLES)
    assert len(alone) == count * len(sayings)
    return {saying: alone[at * count : (at + 1) * count] for at, saying in enumerate(sayings)}


_alone: dict[str, dict[str, list[list[tuple[Glyph, ...]]]]] = {}
"""By language: what was drawn alone already."""


class Reading:
    """A page that is read word by word (or glyph by glyph, where a line may break within a word)."""

    def __init__(self, page: pypdf.PageObject, language: str) -> None:
        self.language = language
        self.is_turned = language == "ar"
        self.read = self._pieces([word for box in boxes(page) for word in words(box, is_turned=self.is_turned)])

    def _pieces(self, found: list[tuple[Glyph, ...]]) -> list:
        return found if self.is_turned else [glyph for word in found for glyph in word]

    def missing(self, rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
        """Of these rows of sayings those that do not stand on the page, one saying right after the other."""
        known = _alone.setdefault(self.language, {})
        if new := sorted({saying for row in rows for saying in row} - set(known)):
            known |= drawn_alone(new, self.language)
        self.alone = {saying: [self._pieces(style) for style in known[saying]] for row in rows for saying in row}
        return [row for row in rows if not any(self._stands(row, at) for at in range(len(self.read)))]

    def _stands(self, row: Sequence[str], at: int) -> bool:
        if not row:
            return True
        here = (style for style in self.alone[row[0]] if style and self.read[at : at + len(style)] == style)
        return any(self._stands(row[1:], at + len(style)) for style in here)
