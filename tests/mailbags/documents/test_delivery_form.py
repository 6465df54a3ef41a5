"""The delivery form: its bundles are printed, its parts stand in the order of the page, and it names nobody."""

import random

import pytest

from logistics import codes
from logistics.actions.following import Part
from logistics.documents.language import speaking
from logistics.documents.page import PAPERS
from logistics.errors import Refused
from logistics.forms import recording
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from mailbags.documents import delivery_form
from mailbags.documents.kinds import DeliveryForms
from mailbags.queries.delivery_facts import DeliveryFacts, Sheet, facts
from tests.logistics.documents.reading import missing_glyphs, page_count, page_texts, paper, reader, symbols, text
from tests.world import World

SIZES = {"a4": (210, 297), "letter": (216, 279)}


def form(*bundles: int, languages: tuple[str, ...] = ("en",)) -> DeliveryFacts:
    with codes.drawing_from(random.Random(8)):
        sheets = tuple(Sheet(languages, tuple((codes.new("B"), 3 + at) for at in range(count))) for count in bundles)
    return DeliveryFacts("SV3SNRWTH36B", True, sheets)


@pytest.mark.parametrize("name", PAPERS)
def test_it_is_one_page_for_a_usual_handover(name, caplog):
    told = form(6 if name == "letter" else 8)
    made = delivery_form.delivery_form(told, paper=name)
    assert (page_count(made), paper(made)) == (1, SIZES[name])
    said = text(made)
    for code, pieces in told.sheets[0].bundles:
        assert f"{codes.grouped(code)} {pieces}" in said
    assert [each.text for each in symbols(made)] == ["SV3SNRWTH36B"]
    assert "Page 1 of 1" in said and "Constructed for demonstration" in said
    assert dict(reader(made).metadata) == {"/Title": "SV3SNRWTH36B"}
    assert missing_glyphs(caplog) == []


def test_its_parts_stand_in_the_order_of_the_page_and_in_its_words():
    page = recording.Deliver(bundles=[])
    said = text(delivery_form.delivery_form(form(3)))
    parts = ["What did you hand over?", str(page.fields["who"].label), str(page.fields["reason"].label), "When", "Their words"]
    places = [said.index(part) for part in parts]
    assert places == sorted(places)
    assert delivery_form.handed() == [str(words) for words, *_ in recording.HANDED.values()]
    assert delivery_form.not_handed() == [str(words) for words in recording.NOT_HANDED.values()]
    assert delivery_form.WHY == recording.WHY
    assert len(delivery_form.consents()) == len(page.fields["consent"].choices)
    for each in (*delivery_form.handed(), *delivery_form.not_handed(), *delivery_form.consents(), "no names"):
        assert each in said
    for each in delivery_form.reasons():
        assert each[0].upper() + each[1:] in said


def test_many_bundles_take_more_pages_and_none_is_lost():
    told = form(40)
    made = delivery_form.delivery_form(told)
    said = text(made)
    assert all(codes.grouped(code) in said for code, _ in told.sheets[0].bundles)
    assert ["SV3S NRWT H36B" in each for each in page_texts(made)] == [True] * page_count(made)


def test_each_case_has_a_form_of_its_own_in_its_own_language():
    told = DeliveryFacts("SV3SNRWTH36B", False, (form(2).sheets[0], form(3, languages=("tr",)).sheets[0]))
    made = delivery_form.delivery_form(told)
    assert page_count(made) == 2
    assert ["1/2" in page_texts(made)[0], "2/2" in page_texts(made)[1]] == [True, True]
    assert "1/1" not in text(delivery_form.delivery_form(form(3)))
    with speaking("tr"):
        from django.utils.translation import gettext

        assert gettext("Bundle") in page_texts(made)[1]
    assert page_count(delivery_form.delivery_form(told, language="ar")) == 2


def test_the_same_facts_are_the_same_bytes():
    assert delivery_form.delivery_form(form(3)) == delivery_form.delivery_form(form(3))


@pytest.fixture
def world(db) -> World:
    return World(public_name="Somebody", country="TR", languages=["tr", "en"])


def test_it_holds_what_is_still_to_be_handed_over_in_the_order_of_the_page(world):
    first, second = world.ready(60), world.ready(28)
    planned = world.plan()
    bag = world.bag(planned, second, first)
    expected = ((first.label.code, 60), (second.label.code, 28))
    assert [sheet.bundles for sheet in facts(planned.number, world.volunteer).sheets] == [expected]
    world.seal(bag)
    world.dispatch(planned)
    planned.refresh_from_db()
    assert [sheet.bundles for sheet in facts(planned.number, world.worker).sheets] == [expected]
    world.tell(arriving.take_over, planned, opened=[BagFound(bag)], found=[Part(first)], by=world.worker)
    assert [code for code, _ in facts(planned.number, world.worker).sheets[0].bundles] == [first.label.code, second.label.code]
    assert DeliveryForms().codes(world.worker) == DeliveryForms().codes(world.volunteer) == [planned.number]


def test_it_names_nobody(world):
    planned, _ = world.send(world.ready(10))
    made = DeliveryForms().render(planned.number, world.worker, "a4", "en")
    for told in ("Somebody", world.case.code, "Türkiye", "Turkey", "Norway", world.campaign.name, world.hub.name):
        assert told not in text(made)


def test_a_shipment_to_a_hub_has_no_form(world):
    planned = world.plan(to_hub=world.next_hub)
    world.bag(planned, world.ready(10))
    with pytest.raises(Refused) as refusal:
        facts(planned.number, world.volunteer)
    assert refusal.value.code == "unknown_shipment"
    with pytest.raises(Refused) as refusal:
        facts(world.plan().number, world.volunteer)
    assert refusal.value.code == "nothing_to_hand_over"


@pytest.mark.django_db
def test_a_case_worker_is_offered_it_only_once_the_shipment_has_left():
    world = World()
    shipment = world.plan()
    world.seal(world.bag(shipment, world.ready(12)))
    kind = DeliveryForms()
    assert (kind.codes(world.volunteer), kind.codes(world.worker)) == ([shipment.number], [])
    world.dispatch(shipment)
    assert (kind.codes(world.volunteer), kind.codes(world.worker)) == ([shipment.number], [shipment.number])
