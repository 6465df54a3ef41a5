"""What differs, and its explanation."""

import pytest

from logistics.actions import delivering
from logistics.actions.delivering import Outcome
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.following import Part
from logistics.actions.reversing import reverse
from logistics.models import Act, Discrepancy
from logistics.views.discrepancies import address_of
from mailbags.actions import arriving
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def differing(number: int = 1) -> World:
    world = World()
    bundle = world.count(20)
    for _ in range(number):
        open_discrepancy("shortage", case=world.case, bundle=bundle, act=bundle.entries.first().act, expected=20, found=18)
    return world


def test_it_is_closed_by_an_explanation_and_only_once():
    world = differing()
    address, client = address_of(Discrepancy.objects.get()), client_of(world.team)
    assert "<strong>20</strong> expected · <strong>18</strong> found" in text_of(client.get(address))
    assert client.post(address, {"explanation": " "}).status_code == 200
    assert Discrepancy.objects.get().is_open
    assert client.post(address, {"explanation": "Two were counted twice."}).status_code == 302
    again = text_of(client.post(address, {"explanation": "Another reason."}))
    assert Discrepancy.objects.get().explanation == "Two were counted twice." and "Two were counted twice." in again


def test_the_mailroom_of_the_hub_may_and_strangers_find_nothing():
    world = differing()
    address = address_of(Discrepancy.objects.get())
    assert client_of(world.volunteer).get(address).status_code == 200
    stranger = factories.make_user("case_team", cases=[factories.make_case()])
    for other in (stranger, world.translator, world.next_volunteer, world.coordinator):
        assert client_of(other).get(address).status_code == 404
    assert "Nothing differs." in text_of(client_of(stranger).get("/discrepancies/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    client = client_of(differing(number).team)
    with django_assert_num_queries(8):
        assert "Fewer than expected" in text_of(client.get("/discrepancies/?state=open"))


def test_it_says_when_what_opened_it_was_taken_back():
    world = World()
    bundle = world.ready(40)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(bundle)], by=world.worker)
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, "in_person", 45)], by=world.worker)
    address = address_of(Discrepancy.objects.get(kind="overage"))
    assert "was taken back" not in text_of(client_of(world.team).get(address))
    world.tell(reverse, Act.objects.get(kind="handed"), reason="wrong_count", by=world.worker)
    assert "What opened it was taken back" in text_of(client_of(world.team).get(address))


def test_it_says_when_a_missing_bundle_is_no_longer_on_its_way():
    world = World()
    came, missing = world.ready(40), world.ready(12)
    shipment, bag = world.send(came, missing)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(came)], by=world.worker)
    address = address_of(Discrepancy.objects.get(kind="missing_bundle"))
    assert "no longer on its way" not in text_of(client_of(world.team).get(address))
    world.tell(arriving.take_over, shipment, opened=[], found=[Part(missing)], by=world.worker)
    assert "It is no longer on its way" in text_of(client_of(world.team).get(address))
