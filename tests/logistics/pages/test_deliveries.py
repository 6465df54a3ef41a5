"""Deliveries and their confirmations, as a case team and a case worker see them."""

from uuid import uuid4

import pytest

from logistics.actions import delivering
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Act, Delivery
from mailbags.actions import arriving, packing
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import DAY, World, everything, held

pytestmark = pytest.mark.django_db


def delivered(pieces: int = 40):
    world = World()
    bundle, shipment = world.ready(pieces), world.plan()
    bag = world.bag(shipment)
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    world.seal(bag)
    world.dispatch(shipment)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    outcomes = [Outcome(bundle, "close")]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="family", by=world.worker)
    return world, bundle, Delivery.objects.get()


def issue(world, delivery, **typed):
    told = {"key": str(uuid4()), "day": DAY.isoformat(), "deliveries": [delivery.number], "purpose": "solidarity"}
    return client_of(world.team).post(f"/cases/{world.campaign.slug}/{world.case.code}/confirm/", told | typed)


def test_those_of_the_case_see_a_delivery_and_strangers_do_not():
    world, _bundle, delivery = delivered()
    stranger = factories.make_user("case_team", cases=[factories.make_case()])
    for address in (f"/deliveries/{delivery.number}/", f"/deliveries/{delivery.number}/raise/"):
        assert client_of(world.team).get(address).status_code == client_of(world.worker).get(address).status_code == 200
        for other in (stranger, world.translator, world.volunteer):
            assert client_of(other).get(address).status_code == 404
    assert "<strong>40</strong> pieces were handed over" in text_of(client_of(world.team).get(f"/deliveries/{delivery.number}/"))
    assert delivery.number[:4] not in text_of(client_of(stranger).get("/deliveries/"))


def test_evidence_is_raised_once_however_often_it_is_sent():
    world, bundle, delivery = delivered()
    typed = {"key": str(uuid4()), "day": DAY.isoformat(), "bundles": [bundle.pk], "start": "close", "end": "acknowledged"}
    client = client_of(world.team)
    for _ in range(2):
        assert client.post(f"/deliveries/{delivery.number}/raise/", typed).status_code == 302
    assert held(bundle) == {"acknowledged": 40} and Act.objects.filter(kind="raised").count() == 1


def test_evidence_is_not_lowered_and_nothing_typed_is_lost():
    world, bundle, delivery = delivered()
    typed = {"key": str(uuid4()), "day": DAY.isoformat(), "bundles": [bundle.pk], "start": "close", "end": "institution"}
    before = everything()
    response = client_of(world.team).post(f"/deliveries/{delivery.number}/raise/", typed)
    assert "Evidence is raised to a higher grade only" in text_of(response) and typed["key"] in text_of(response)
    assert everything() == before


def test_the_list_finds_what_is_not_confirmed_yet(django_assert_max_num_queries):
    world, _bundle, delivery = delivered()
    client = client_of(world.team)
    assert delivery.number[:4] in text_of(client.get("/deliveries/?confirmed=no"))
    issue(world, delivery)
    assert "Nothing here fits" in text_of(client.get("/deliveries/?confirmed=no"))
    for address in ("/deliveries/", f"/deliveries/{delivery.number}/"):
        with django_assert_max_num_queries(12):
            client.get(address)


def test_without_a_delivery_the_list_says_what_to_do():
    assert "Nothing has been handed over yet." in text_of(client_of(World().team).get("/deliveries/"))
