"""QR symbols as SVG paths. Level Q; a code of twelve characters fits version 1 (ISO/IEC 18004: 16 characters)."""

import zxingcpp

QUIET = 4
"""White modules on each side that a reader needs (ISO/IEC 18004)."""


def modules(code: str) -> list[list[bool]]:
    """The symbol of `code`, row by row, True where it is black: 21 by 21 for a Lightpost code."""
    barcode = zxingcpp.create_barcode(code, zxingcpp.BarcodeFormat.QRCode, ec_level="Q")
    image = memoryview(barcode.to_image(scale=1, add_quiet_zones=False, add_hrt=False))
    height, width = image.shape[:2]
    return [[image[row, column] == 0 for column in range(width)] for row in range(height)]


def side(code: str) -> int:
    """Modules along one side, quiet zones included."""
    return len(modules(code)) + 2 * QUIET


def path(code: str) -> str:
    """The `d` of an SVG path, one module wide strokes through the middle of each row, quiet zone left free."""
    return "".join(
        f"M{start + QUIET} {number + QUIET}.5h{end - start}"
        for number, row in enumerate(modules(code))
        for start, end in _runs(row)
    )


def _runs(row: list[bool]) -> list[tuple[int, int]]:
    """Where black begins and where it ends, for each stretch of a row."""
    edges = [column for column in range(len(row) + 1) if _black(row, column) != _black(row, column - 1)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _black(row: list[bool], column: int) -> bool:
    return 0 <= column < len(row) and row[column]
