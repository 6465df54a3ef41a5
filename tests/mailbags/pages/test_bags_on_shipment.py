"""The bags on the page of their shipment: what is in each, its seal and weight, and what is next."""

import pytest

from logistics.models import User
from mailbags.actions import packing
from mailbags.queries.shipment_bags import on_shipment
from tests.logistics.pages.mailroom import client_of, text_of
from tests.world import World, new_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def row_of(told: str, bag) -> str:
    code = bag.label.code
    start = told.index(f"{code[:4]} {code[4:8]} {code[8:]}", told.index('id="bags"'))
    return told[start : told.index("</tr>", start)]


def test_each_bag_says_what_is_next_until_the_shipment_can_leave(world):
    shipment, client = world.plan(), client_of(world.volunteer)
    page = f"/shipments/{shipment.number}/"
    told = text_of(client.get(page))
    assert "No mailbag is on this shipment yet." in told and f"/mailbag/add/?shipment={shipment.number}" in told
    bag = world.bag(shipment)
    assert "Pack it" in row_of(text_of(client.get(page)), bag)
    packing.put_in(bag, bundles=[world.ready(47)], by=world.volunteer, **new_act())
    assert "Weigh it" in row_of(text_of(client.get(page)), bag) and ">47<" in row_of(text_of(client.get(page)), bag)
    packing.weigh(bag, gross_grams=900, tare_grams=100, by=world.volunteer)
    told = text_of(client.get(page))
    assert f"/mailbags/{bag.label.code}/seal/" in row_of(told, bag) and "Dispatch it" not in told
    world.seal(bag)
    told = text_of(client.get(page))
    assert "Sealed" in row_of(told, bag) and ">900<" in row_of(told, bag) and f"/shipments/{shipment.number}/dispatch/" in told
    world.dispatch(shipment)
    told = text_of(client.get(page))
    assert "Has left" in row_of(told, bag) and "Open a mailbag" not in told and "Dispatch it" not in told


def test_others_see_the_bags_and_no_buttons(world):
    shipment, bag = world.send(world.ready(47))
    for user in (world.worker, world.team):
        told = text_of(client_of(user).get(f"/shipments/{shipment.number}/"))
        assert "Has left" in row_of(told, bag) and "/mailbag/add/" not in told and f"/mailbags/{bag.label.code}/\"" not in told


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_as_often_for_one_bag_as_for_thirty(world, number, django_assert_num_queries):
    shipment = world.plan()
    for _ in range(number):
        world.bag(shipment)
    user = User.objects.get(pk=world.volunteer.pk)
    with django_assert_num_queries(2):  # what the person may do, and the bags
        assert len(on_shipment(user, shipment)[1].lines) == number
