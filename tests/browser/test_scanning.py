"""A hand scanner types and presses Enter. What was refused before must not stand in its way."""

from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[2] / "static" / "interface" / "scanner.js"
FIELD = '<form><input id="find"></form><form><input id="{name}" autofocus data-refused="XXXX" aria-invalid="true"></form><p tabindex="-1">beside</p>'


@pytest.fixture
def field(window):
    """field(name): a page with one field for codes after a refused scan, as the server sends it, and our script."""

    def begin(name: str):
        page = window().new_page()
        page.set_content(FIELD.format(name=name))
        page.focus(f"#{name}")
        page.add_script_tag(path=str(SCRIPT), type="module")
        page.wait_for_function(f"document.querySelector('#{name}').value !== ''")
        return page

    return begin


@pytest.mark.parametrize("name", ["id_code", "id_codes"])
def test_the_next_scan_takes_the_place_of_a_refused_one(field, name):
    page = field(name)
    assert page.input_value(f"#{name}") == "XXXX"
    page.keyboard.type("BG34QJ9JK1JY")
    assert page.input_value(f"#{name}") == "BG34QJ9JK1JY"


def test_it_does_where_the_page_gives_the_focus_later(window):
    page = window().new_page()
    page.set_content(FIELD.format(name="id_code").replace(" autofocus", ""))
    page.add_script_tag(path=str(SCRIPT), type="module")
    page.wait_for_function("document.querySelector('#id_code').value !== ''")
    page.focus("#id_code")
    page.keyboard.type("BG34QJ9JK1JY")
    assert page.input_value("#id_code") == "BG34QJ9JK1JY"


def test_it_does_where_the_focus_has_left_the_field(field):
    page = field("id_code")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.type("BG34QJ9JK1JY")
    assert (page.input_value("#id_code"), page.input_value("#find")) == ("BG34QJ9JK1JY", "")


def test_a_refused_code_can_still_be_mended_by_hand(field):
    page = field("id_code")
    page.keyboard.press("End")
    page.keyboard.type("2")
    assert page.input_value("#id_code") == "XXXX2"
