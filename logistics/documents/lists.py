"""How a long list is set: in blocks of ten lines, five beside five (documents.md, Lists)."""

from collections.abc import Mapping, Sequence

from django.utils.translation import get_language_bidi

HALF = 5
BOX = "\u25a1"
"""To be ticked."""


def in_blocks(lines: Sequence[Mapping[str, str]]) -> list[list[str]]:
    """Each block as its one or two halves; a half is five lines of one text, to be set in a font of one width.

    A text for five lines, in place of three cells for each, is what makes a thousand lines quick to lay out; a line
    stays whole for whoever searches the file. `lines` have a number, a code in groups and pieces (fewer than 1,000).
    """
    line = _from_the_right if get_language_bidi() else _from_the_left
    halves = ["\n".join(map(line, lines[at : at + HALF])) for at in range(0, len(lines), HALF)]
    return [halves[at : at + 2] for at in range(0, len(halves), 2)]


def _from_the_left(line: Mapping[str, str]) -> str:
    return f"{line['number']:>5}  {line['code']}       {line['pieces']:>3}   {BOX}"


def _from_the_right(line: Mapping[str, str]) -> str:
    return f"{BOX}   {line['pieces']:>3}       {line['code']}  {line['number']:>5}"
