"""The QR symbol of a code."""

import random

import pytest

from logistics import codes
from logistics.documents import qr


@pytest.mark.parametrize("sort", codes.SORTS)
def test_every_code_fits_version_1(sort):
    with codes.drawing_from(random.Random(1)):
        for _ in range(50):
            modules = qr.modules(codes.new(sort))
            assert {len(modules), *map(len, modules)} == {21}


def test_the_path_draws_exactly_the_black_modules():
    code = "MYP8VYRZAYFF"
    drawn = set()
    for run in qr.path(code).split("M")[1:]:
        start, _, length = run.partition("h")
        column, row = start.split()
        drawn |= {(int(float(row)), int(column) + at) for at in range(int(length))}

    black = {(r + 4, c + 4) for r, row in enumerate(qr.modules(code)) for c, is_black in enumerate(row) if is_black}
    assert drawn == black
    assert qr.side(code) == 29


def test_the_corners_are_the_finder_patterns():
    modules = qr.modules("CSM5FX8KWZK4")
    for row, column in ((0, 0), (0, 14), (14, 0)):
        assert all(modules[row][column + at] and modules[row + at][column] for at in range(7))
        assert not modules[row + 1][column + 1]
