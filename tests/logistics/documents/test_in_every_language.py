"""Each document that travels to a recipient, in each language, on each paper: whole, readable, and the same twice."""

from functools import cache

import pytest

from logistics.documents.confirmation import confirmation
from logistics.documents.language import LANGUAGES, speaking
from logistics.documents.letter import letter
from mailbags.documents.delivery_form import delivery_form
from mailbags.documents.packing_list import packing_list
from mailbags.queries.delivery_facts import DeliveryFacts
from tests.logistics.documents import sayings
from tests.logistics.documents.glyphs import Reading, boxes
from tests.logistics.documents.reading import fonts, ink, page_count, paper, reader, symbols, text
from tests.logistics.documents.test_confirmation import facts
from tests.mailbags.documents import test_delivery_form as forms
from tests.mailbags.documents.test_packing_list import bag

SHAPED = ("ar", "km")
"""Written in scripts whose text comes out of a PDF in disorder."""

USUAL = 6
"""Bundles at a usual handover."""


def form() -> DeliveryFacts:
    return forms.form(USUAL)


KINDS = {
    "confirmation": (lambda **how: confirmation(facts(), **how), lambda: sayings.of_confirmation(facts()), "CSM5FX8KWZK4"),
    "delivery-form": (
        lambda **how: delivery_form(form(), **how), lambda: sayings.of_delivery_form(form().sheets[0], form().number), "SV3SNRWTH36B"
    ),
    "letter": (lambda **how: letter(facts(), **how), lambda: sayings.of_letter(facts()), "CSM5FX8KWZK4"),
    "packing-list": (lambda **how: packing_list(bag(16), **how), lambda: sayings.of_packing_list(bag(16)), "MYP8VYRZAYFF"),
}
SIZES = {"a4": (210, 297), "letter": (216, 279)}

every = pytest.mark.parametrize(
    ("kind", "language", "size"),
    [
        pytest.param(kind, language, size, marks=pytest.mark.xdist_group(f"{kind} {language} {size}"))
        for kind in KINDS
        for language in LANGUAGES
        for size in SIZES
    ],
)


@cache
def made(kind: str, language: str, size: str) -> bytes:
    return KINDS[kind][0](paper=size, language=language)


@every
def test_it_is_one_page_of_that_paper_in_that_language(kind, language, size):
    document = made(kind, language, size)
    assert page_count(document) == 1
    assert paper(document) == SIZES[size]
    assert reader(document).trailer["/Root"]["/Lang"] == language


@every
def test_every_fact_stands_on_it(kind, language, size):
    with speaking(language):
        rows = list(KINDS[kind][1]())
    if language in SHAPED:
        missing = Reading(reader(made(kind, language, size)).pages[0], language).missing(rows)
    else:
        said = _whole(text(made(kind, language, size)))
        missing = [row for row in rows if _whole(" ".join(row)) not in said]
    assert missing == []


def _whole(said: str) -> str:
    """With one space for any, and none where a line has ended within a word that has a hyphen."""
    return " ".join(said.split()).replace("- ", "-")


@every
def test_no_letter_is_missing_from_its_fonts(kind, language, size):
    document = made(kind, language, size)
    (page,) = reader(document).pages
    assert [box for box in boxes(page) for glyph in box if glyph[1] == 0] == []
    assert all(font.startswith("Noto-") for font in fonts(document))


@every
def test_nothing_hangs_over_the_edge(kind, language, size):
    """Sides are 20 mm, those of a form 16; the border of a box may stand half in the margin."""
    left, right = ink(made(kind, language, size))
    side = 16 if kind == "delivery-form" else 20
    assert left > side - 0.4 and right < SIZES[size][0] - side + 0.4


@every
def test_its_symbol_can_be_read_from_the_page(kind, language, size):
    assert [each.text for each in symbols(made(kind, language, size))] == [KINDS[kind][2]]


@every
def test_made_again_it_is_the_same_to_the_byte(kind, language, size):
    assert KINDS[kind][0](paper=size, language=language) == made(kind, language, size)


@pytest.mark.parametrize(
    ("language", "serif", "sans"),
    [
        ("fr", "Noto-Serif", "Noto-Sans"),
        ("es", "Noto-Serif", "Noto-Sans"),
        ("ru", "Noto-Serif", "Noto-Sans"),
        ("tr", "Noto-Serif", "Noto-Sans"),
        ("ar", "Noto-Naskh-Arabic", "Noto-Sans-Arabic"),
        ("km", "Noto-Serif-Khmer", "Noto-Sans-Khmer"),
    ],
)
def test_each_script_has_its_own_fonts(language, serif, sans):
    assert {serif, sans} <= fonts(made("confirmation", language, "a4"))


@pytest.mark.parametrize(
    ("language", "title", "delivered"),
    [
        ("fr", "Attestation de remise", ["Remis", "859", "3\u202f344", "4\u202f203"]),
        ("es", "Constancia de entrega", ["Entregado", "859", "3344", "4203"]),
        ("ar", "تأكيد التسليم", ["سُلِّمت", "859", "3,344", "4,203"]),
        ("ru", "Подтверждение вручения", ["Вручено", "859", "3 344", "4 203"]),
        ("tr", "Teslim belgesi", ["Teslim edildi", "859", "3.344", "4.203"]),
        ("km", "លិខិត​បញ្ជាក់​ការ​ប្រគល់", ["បាន​ប្រគល់", "859", "3,344", "4,203"]),
    ],
)
def test_it_says_what_a_reader_of_that_language_expects(language, title, delivered):
    page = reader(made("confirmation", language, "a4")).pages[0]
    assert Reading(page, language).missing([[title], delivered]) == []


def test_what_is_not_there_is_found_missing():
    """The test of the tests: another word, another figure, the same words in another order."""
    with speaking("ar"):
        rows = [["تأكيد الاستلام"], ["سُلِّمت", "860"], ["التسليم تأكيد"], ["تأكيد التسليم"]]
    page = reader(made("confirmation", "ar", "a4")).pages[0]
    assert Reading(page, "ar").missing(rows) == rows[:3]
