"""Bag list and letter bill: every fact on the paper, nobody's name, no case, no country, and nothing of their language."""

import random
from dataclasses import replace

import pytest

from logistics import codes
from logistics.actions.labels import replace_label
from logistics.documents.language import LANGUAGES
from logistics.documents.page import PAPERS
from logistics.errors import Refused
from mailbags.actions import packing
from mailbags.documents.kinds import BagLists, DeliveryForms, LetterBills
from mailbags.documents.outer import bag_list, letter_bill
from mailbags.queries.shipment_facts import BagFacts, ShipmentFacts, facts, shipment_of
from tests import factories
from tests.logistics.documents.reading import missing_glyphs, page_count, page_texts, paper, photocopied, picture, read, reader, symbols, text
from tests.world import World

SIZES = {"a4": (210, 297), "letter": (216, 279)}


def shipment(bags: int = 3, bundles: int = 7, **changed: object) -> ShipmentFacts:
    with codes.drawing_from(random.Random(4)):
        made = tuple(
            BagFacts(codes.new("M"), f"0407{at:02}", 620, 620 + 1_250 * (at + 1), tuple((codes.new("B"), 3 + at + n) for n in range(bundles)))
            for at in range(bags)
        )
    return replace(ShipmentFacts("SV3SNRWTH36B", "en", False, made), **changed)


@pytest.mark.parametrize("name", PAPERS)
@pytest.mark.parametrize("printed", [bag_list, letter_bill])
def test_every_bag_stands_on_it_with_its_counts_and_its_weight(printed, name, caplog):
    told = shipment()
    made = printed(told, paper=name)
    said = text(made)
    assert paper(made) == SIZES[name]
    assert [f"Page {at} of {page_count(made)}" in each for at, each in enumerate(page_texts(made), 1)] == [True] * page_count(made)
    assert all("SV3S NRWT H36B" in each for each in page_texts(made))
    for bag in told.bags:
        assert codes.grouped(bag.code) in said
        assert f"{bag.gross / 1000:.2f}" in said and f" {bag.pieces} " in said
    assert "3 mailbags" in said and "21" in said and "147" in said and "9.36" in said
    assert "Lightpost" not in said
    assert "When something is missing" in said and "Tell the hub that sent it on the same day" in said
    assert missing_glyphs(caplog) == []


@pytest.mark.parametrize("name", PAPERS)
def test_the_letter_bill_has_seals_boxes_the_handover_and_what_to_do(name):
    told = shipment()
    said = text(letter_bill(told, paper=name))
    for number, bag in enumerate(told.bags, 1):
        assert f"Mailbag {number} of 3" in said and f"Seal {bag.seal}, found" in said
        assert f"{(bag.gross - bag.tare) / 1000:.2f} 0.62 {bag.gross / 1000:.2f}" in said
        for code, pieces in bag.bundles:
            assert f"{codes.grouped(code)} {pieces}" in said
    for words in ("Handed over", "Taken over", "Differences", "When something is missing", "intact", "broken", "other number"):
        assert words in said


@pytest.mark.parametrize("name", PAPERS)
def test_every_symbol_is_read_also_from_the_copy_of_a_copy(name):
    told = shipment()
    expected = sorted(["SV3SNRWTH36B", *(bag.code for bag in told.bags)])
    for made in (bag_list(told, paper=name), letter_bill(told, paper=name)):
        pages = range(page_count(made))
        assert sorted(each.text for at in pages for each in symbols(made, at)) == expected
        assert sorted(each.text for at in pages for each in read(photocopied(picture(made, at)))) == expected


def test_what_was_not_weighed_or_sealed_is_said_and_not_added_up():
    one, two, three = shipment().bags
    made = shipment(bags=3)
    made = replace(made, bags=(one, replace(two, gross=None, seal=""), three))
    said = text(letter_bill(made))
    assert "Not sealed at the time of printing" in said
    assert "Gross weight –" in said
    assert "3 mailbags 21 147 – 1.86 –" in said


@pytest.mark.parametrize("name", PAPERS)
def test_a_long_letter_bill_is_set_in_tens(name):
    told = shipment(bags=2, bundles=150)
    made = letter_bill(told, paper=name)
    assert page_count(made) < 8
    said = text(made)
    for number, (code, pieces) in enumerate((line for bag in told.bags for line in bag.bundles), 1):
        assert f"{number} {codes.grouped(code)} {pieces} \u25a1" in said
    assert " 300 " in said


def test_from_right_to_left_a_long_list_has_its_numbers_on_the_right():
    told = shipment(bags=1, bundles=201)
    said = text(letter_bill(told, language="ar"))
    for number, (code, pieces) in enumerate(told.bags[0].bundles, 1):
        assert f"\u25a1 {pieces} {codes.grouped(code)} {number}" in said


@pytest.mark.parametrize("printed", [bag_list, letter_bill])
def test_the_same_facts_are_the_same_bytes(printed):
    assert printed(shipment()) == printed(shipment())


@pytest.mark.parametrize("printed", [bag_list, letter_bill])
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_its_number_and_the_language_of_the_hub(printed, language):
    made = printed(shipment(), language=language)
    assert dict(reader(made).metadata) == {"/Title": "SV3SNRWTH36B"}
    assert reader(made).trailer["/Root"]["/Lang"] == language


@pytest.fixture
def world(db) -> World:
    return World(public_name="Somebody", languages=["tr", "en"])


def test_a_shipment_is_told_as_it_will_leave_and_as_it_left(world):
    first, second, third = (world.ready(pieces) for pieces in (60, 28, 5))
    planned = world.plan()
    bag, other = world.bag(planned, first, second), world.bag(planned, third)
    packing.weigh(bag, gross_grams=1_500, tare_grams=200, by=world.volunteer)
    world.seal(bag)
    before = facts(planned)
    assert [(each.code, len(each.bundles), each.pieces, each.gross, each.net) for each in before.bags] == [
        (bag.label.code, 2, 88, 1_500, 1_300), (other.label.code, 1, 5, None, None),
    ]  # fmt: skip
    assert [bool(each.seal) for each in before.bags] == [True, False]
    world.seal(other)
    world.dispatch(planned)
    planned.refresh_from_db()
    after = facts(planned)
    assert [each.bundles for each in after.bags] == [each.bundles for each in before.bags]
    assert all(each.seal for each in after.bags)
    assert before.bags[0].bundles == tuple(sorted([(first.label.code, 60), (second.label.code, 28)]))
    assert facts(planned, only=bag).bags == after.bags[:1]


def test_it_asks_as_often_for_one_bag_as_for_many(world, django_assert_num_queries):
    for count in (1, 5):
        planned = world.plan()
        for _ in range(count):
            world.bag(planned, world.ready(10))
        with django_assert_num_queries(4):
            facts(planned)


def test_replaced_labels_are_printed_as_they_are_now(world):
    bundle = world.ready(10)
    planned = world.plan()
    bag = world.bag(planned, bundle)
    new, newer = (replace_label(label, by=world.volunteer).code for label in (bundle.label, bag.label))
    told = facts(planned)
    assert (told.bags[0].code, told.bags[0].bundles) == (newer, ((new, 10),))


def test_only_whoever_has_the_whole_shipment_in_hand_prints_its_papers(world):
    planned, bag = world.send(world.ready(10))
    number = planned.number
    other = factories.make_user("mailroom", hub=factories.make_hub())
    for user in (world.volunteer, world.worker):
        assert shipment_of(number, user).number == number
        assert LetterBills().codes(user) == [number]
    for user in (other, world.team, world.translator, world.auditor, world.coordinator, factories.make_user("case_worker")):
        assert LetterBills().codes(user) == []
        for kind, code in ((LetterBills, number), (BagLists, number), (BagLists, bag.label.code), (DeliveryForms, number)):
            with pytest.raises(Refused) as refusal:
                kind().render(code, user, "a4", None)
            assert refusal.value.code in ("unknown_shipment", "unknown_mailbag", "not_permitted")


def test_outer_papers_are_never_in_the_language_of_the_case(world):
    planned, bag = world.send(world.ready(10))
    for kind in (LetterBills, BagLists):
        assert kind().languages(planned.number, world.volunteer) == ["en"]
        with pytest.raises(Refused) as refusal:
            kind().render(planned.number, world.volunteer, "a4", "tr")
        assert refusal.value.code == "unknown_language"
    world.hub.language = "fr"
    world.hub.save()
    assert LetterBills().languages(planned.number, world.volunteer) == ["fr", "en"]


def test_an_empty_shipment_has_no_papers(world):
    planned = world.plan()
    world.bag(planned)
    with pytest.raises(Refused) as refusal:
        LetterBills().render(planned.number, world.volunteer, "a4", None)
    assert refusal.value.code == "shipment_empty"
    assert LetterBills().codes(world.volunteer) == []
