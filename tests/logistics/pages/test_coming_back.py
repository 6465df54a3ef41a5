"""What was sent back is taken in by a mailroom: from home, from the page of the bundle, once."""

import pytest

from logistics.actions import delivering
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Act
from logistics.words import Reason
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests.logistics.pages.mailroom import act, client_of, nobody_else, text_of
from tests.world import World, everything, held, journey

pytestmark = pytest.mark.django_db


def sent_back(*numbers: int) -> tuple:
    """A world in which bundles of so many pieces are on their way back from the case worker."""
    world = World()
    bundles = [world.ready(number) for number in numbers]
    shipment, bag = world.send(*bundles)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(each) for each in bundles], by=world.worker)
    outcomes = [Outcome(each, "returned") for each in bundles]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, reason=Reason.MOVED, by=world.worker)
    return world, shipment, bundles, f"/shipments/{shipment.number}/take-in/"


def test_home_and_the_bundle_lead_to_what_was_sent_back():
    world, _shipment, (bundle,), address = sent_back(48)
    client = client_of(world.volunteer)
    home = text_of(client.get("/"))
    assert "bundle was sent back" in home and address in home
    assert address in text_of(client.get(f"/bundles/{bundle.label.code}/"))
    shown = text_of(client.get(address))
    assert "48 pieces" in shown and world.case.shown_name in shown


def test_home_leads_to_all_that_was_sent_back_where_it_is_of_several_shipments():
    world, *_first = sent_back(48)
    bundle = world.ready(5)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    outcomes = [Outcome(bundle, "returned")]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, reason=Reason.MOVED, by=world.worker)
    client = client_of(world.volunteer)
    assert "/bundles/?at=returned" in text_of(client.get("/"))
    listed = text_of(client.get("/bundles/?at=returned"))
    assert listed.count('class="code">B') == 2 and "on the way back" in listed


def test_what_is_ticked_lies_in_the_mailroom_again_once_however_often_it_is_sent():
    world, _shipment, (one, other), address = sent_back(48, 12)
    client = client_of(world.volunteer)
    typed = act(bundles=[one.label.code], hub=world.hub.code)
    for _ in range(2):
        assert client.post(address, typed)["Location"] == f"/bundles/{one.label.code}/"
        assert (held(one), held(other)) == ({"mailroom": 48}, {"returned": 12})
    assert journey(one)[-1] == ("arrived", "returned", "mailroom", 48)
    told = text_of(client.get(f"/bundles/{one.label.code}/"))
    assert f"1 bundle lies in {world.hub.name} again." in told
    assert f"/acts/{Act.objects.get(kind='arrived', hub=world.hub).key}/reverse/" in told
    assert client.post(address, act(bundles=[other.label.code], hub=world.hub.code)).status_code == 302
    assert client.get(address).status_code == 404


def test_what_is_refused_changes_nothing_and_stays_ticked():
    world, _shipment, (bundle,), address = sent_back(48)
    client, before = client_of(world.volunteer), everything()
    nothing = client.post(address, act(hub=world.hub.code))
    assert "Tick what is here." in text_of(nothing)
    early = client.post(address, act(bundles=[bundle.label.code], hub=world.hub.code) | {"day": "2999-01-01"})
    assert 'role="alert"' in text_of(early) and "checked" in text_of(early)
    elsewhere = client.post(address, act(bundles=[bundle.label.code], hub=world.next_hub.code))
    assert elsewhere.status_code == 200
    assert everything() == before


def test_there_is_no_such_page_for_others_nor_where_nothing_was_sent_back():
    world, shipment, _bundles, address = sent_back(48)
    assert nobody_else(world, address)
    assert client_of(world.volunteer).get(f"/shipments/{world.plan().number}/take-in/").status_code == 404


def test_the_page_asks_as_often_for_thirty_as_for_one(django_assert_num_queries):
    for number in (1, 30):
        world, _shipment, _bundles, address = sent_back(*[3] * number)
        client = client_of(world.volunteer)
        client.get(address)
        with django_assert_num_queries(8):
            client.get(address)
