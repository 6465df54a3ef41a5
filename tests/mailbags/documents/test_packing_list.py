"""The packing list: one for each case in the bag, every bundle on it once, and nothing that would betray a writer."""

import random
from datetime import date
from functools import cache

import pytest

from logistics import codes
from mailbags.documents.packing_list import packing_list
from mailbags.queries.packing_facts import CaseList, PackedBundle, PackingFacts
from tests.logistics.documents.reading import page_count, page_texts, paper, symbols, text

CODE = "MYP8VYRZAYFF"
COUNTRIES = ("BR", "BF", "CM", "CD", "HK", "AT", "US")


def bundles(count: int, **fields) -> tuple[PackedBundle, ...]:
    """So many bundles of letters and cards in turn, from several countries, each with a summary in Turkish."""
    with codes.drawing_from(random.Random(count)):
        return tuple(
            PackedBundle(
                **{
                    "code": codes.new(codes.BUNDLE),
                    "country": COUNTRIES[at % len(COUNTRIES)],
                    "kind": ("letter", "card")[at % 2],
                    "pieces": at % 99 + 1,
                    "counted_on": date(2014, 1, 14),
                    "is_summarised": True,
                    "summary_languages": ("tr",),
                }
                | fields
            )
            for at in range(count)
        )


def case(*packed: PackedBundle, name: str = "Hakan Yaman", needs_summaries: bool = True) -> CaseList:
    return CaseList(name, needs_summaries, packed)


def bag(count: int = 0, *lists: CaseList, **fields) -> PackingFacts:
    defaults = {
        "code": CODE,
        "is_constructed": True,
        "packed_on": date(2014, 1, 14),
        "sealed_on": date(2014, 1, 14),
        "is_witnessed": True,
    }
    return PackingFacts(lists=lists or (case(*bundles(count)),), **defaults | fields)


@cache
def sixteen() -> str:
    return text(packing_list(bag(16)))


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (16, 1), (200, 5), (201, 3), (1000, 9)])
def test_it_takes_as_many_pages_as_its_bundles_need(count, pages):
    made = packing_list(bag(count))
    assert page_count(made) == pages
    said = text(made)
    for bundle in bundles(count):
        assert said.count(codes.grouped(bundle.code)) == 1
    assert all("MYP8 VYRZ AYFF" in each and f"of {pages}" in each for each in page_texts(made))


@pytest.mark.parametrize(("size", "millimetres"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_it_is_made_for_both_papers(size, millimetres):
    assert paper(packing_list(bag(1), paper=size)) == millimetres


def test_every_fact_stands_on_it():
    letters = sum(bundle.pieces for bundle in bundles(16) if bundle.kind == "letter")
    cards = sum(bundle.pieces for bundle in bundles(16) if bundle.kind == "card")
    for sentence in (
        "Packing list",
        "For Hakan Yaman. Lies inside the sealed mailbag.",
        f"Bundles 16 Letters {letters} Cards {cards} Pieces together {letters + cards}",
        "No. Bundle Written in Letters Cards Found",
        f"16 bundles {letters} {cards}",
        "Counted one by one on 14 January 2014 by the mailroom.",
        "Packed and sealed before a witness on 14 January 2014.",
        "Every bundle has an approved summary in Turkish.",
        "Tick what you find.",
        "Constructed for demonstration",
        "Page 1 of 1",
    ):
        assert sentence in sixteen(), sentence


def test_bundles_stand_in_the_order_of_their_countries_letters_before_cards():
    ordered = sorted(bundles(16), key=lambda each: (_name(each), each.kind == "card", each.code))
    for number, bundle in enumerate(ordered, 1):
        assert f"{number} {codes.grouped(bundle.code)} {_name(bundle)} {bundle.pieces}" in sixteen()


def _name(bundle: PackedBundle) -> str:
    names = ("Brazil", "Burkina Faso", "Cameroon", "Congo (DRC)", "Hong Kong", "Austria", "United States")
    return dict(zip(COUNTRIES, names, strict=True))[bundle.country]


def test_a_long_list_says_by_its_numbers_where_bundles_were_written():
    said = text(packing_list(bag(201)))
    ordered = sorted(bundles(201), key=lambda each: (_name(each), each.kind == "card", each.code))
    first = [bundle for bundle in ordered if bundle.country == "AT" and bundle.kind == "letter"]
    second = [bundle for bundle in ordered if bundle.country == "AT" and bundle.kind == "card"]
    assert f"1 – {len(first)} Austria {sum(bundle.pieces for bundle in first)} –" in said
    last = len(first) + len(second)
    assert f"{len(first) + 1} – {last} Austria – {sum(bundle.pieces for bundle in second)}" in said
    for number, bundle in enumerate(ordered, 1):
        assert f"{number} {codes.grouped(bundle.code)} {bundle.pieces}" in said


def test_each_case_has_its_own_pages_and_its_own_name():
    made = packing_list(bag(0, case(*bundles(50)), case(*bundles(2, country="FR"), name="CASE-07")))
    first, second, third = page_texts(made)
    assert "Page 1 of 2" in first and "For Hakan Yaman." in first
    assert "Page 2 of 2" in second and "Packing list · Hakan Yaman" in second
    assert "Page 1 of 1" in third and "For CASE-07." in third and "Hakan" not in third
    assert [[each.text for each in symbols(made, page)] for page in (0, 2)] == [[CODE], [CODE]]


def test_the_symbol_holds_the_code_of_the_bag():
    found = symbols(packing_list(bag(16)))
    assert [(each.text, each.ec_level, each.extra["Version"]) for each in found] == [(CODE, "Q", "1")]


def test_the_same_facts_give_the_same_bytes_in_whatever_order_they_come():
    there = bundles(16)
    assert packing_list(bag(0, case(*there))) == packing_list(bag(0, case(*reversed(there))))


def test_what_is_the_same_on_every_line_is_a_sentence():
    said = text(packing_list(bag(0, case(*bundles(3, country="HK", kind="card")))))
    assert "All were written in Hong Kong." in said
    assert "No. Bundle Cards Found" in said
    assert "Written in" not in said.replace("written in", "")


def test_summaries_that_differ_are_a_column():
    both, waived = bundles(4, summary_languages=("ar", "fr")), bundles(5, is_summarised=False, summary_languages=(), is_waived=True)
    none = bundles(6, is_summarised=False, summary_languages=())
    said = text(packing_list(bag(0, case(*both, *waived, *none))))
    assert "No. Bundle Written in Summary Letters Cards Found" in said
    assert said.count("Arabic, French") == 4
    assert said.count("waived") == 5 + 1  # the sentence that explains the column
    for bundle in none:
        assert f"{codes.grouped(bundle.code)} {_name(bundle)} – {bundle.pieces}" in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"is_summarised": False, "summary_languages": (), "is_waived": True}, "The case team let every bundle go without a summary."),
        ({"is_summarised": False, "summary_languages": ()}, "No bundle has a summary yet."),
        ({"summary_languages": ()}, "Every bundle has an approved summary."),
        ({"counted_on": None}, "Packed and sealed before a witness on 14 January 2014."),
    ],
)  # fmt: skip
def test_it_says_how_bundles_were_summarised_and_counted(fields, sentence):
    assert sentence in text(packing_list(bag(0, case(*bundles(2, **fields)))))


def test_a_case_that_needs_no_summary_says_so():
    assert "No summary is needed for this case." in text(packing_list(bag(0, case(*bundles(1), needs_summaries=False))))


def test_days_of_counting_that_differ_are_a_span():
    early, late = bundles(2, counted_on=date(2014, 1, 3)), bundles(3, counted_on=date(2014, 1, 9))
    said = text(packing_list(bag(0, case(*late, *early))))
    assert "Counted one by one between 3 January 2014 and 9 January 2014 by the mailroom." in said


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"sealed_on": None}, "Packed on 14 January 2014. Not yet sealed at the time of printing."),
        ({"sealed_on": date(2014, 1, 15)}, "Packed on 14 January 2014. Sealed before a witness on 15 January 2014."),
        ({"is_witnessed": False}, "Sealed on 14 January 2014 by one person alone; the reason is on record."),
    ],
)
def test_it_says_how_the_bag_was_closed(fields, sentence):
    assert sentence in text(packing_list(bag(1, **fields)))


def test_markup_in_a_name_is_text():
    name = "<script>alert('&amp;')</script> & <img src=http://127.0.0.1/x>"
    assert f"For {name}." in text(packing_list(bag(0, case(*bundles(1), name=name))))
