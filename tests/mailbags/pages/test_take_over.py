"""Taking over a shipment by a page: seals, ticks, codes, what is missing, and what comes late."""

from uuid import uuid4

import pytest
from django.test import Client

from logistics.models import Act, Discrepancy
from tests import factories
from tests.world import World, everything, held

pytestmark = pytest.mark.django_db


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def typed(bag, bundles, **more) -> dict:
    code = bag.label.code
    return {
        "key": str(uuid4()), "day": "2025-01-08", "bag": [code], "listed": [each.label.code for each in bundles],
        f"seal-{code}": "intact", f"all-{code}": "on", **more,
    }  # fmt: skip


@pytest.fixture
def sent():
    world = World()
    bundles = [world.ready(40), world.ready(25)]
    shipment, bag = world.send(*bundles)
    return world, shipment, bag, bundles, f"/shipments/{shipment.number}/take-over/"


def test_only_whoever_it_went_to_finds_the_page(sent):
    world, shipment, _bag, _bundles, address = sent
    assert client_of(world.worker).get(address).status_code == 200
    other = factories.make_user("case_worker", cases=[world.case])
    for stranger in (other, world.translator, world.team, world.volunteer, factories.make_user()):
        before = everything()
        assert client_of(stranger).get(address).status_code == 404
        assert client_of(stranger).post(address, {}).status_code == 404
        assert everything() == before


def test_everything_that_came_is_taken_over_once(sent):
    world, _shipment, bag, bundles, address = sent
    client, form = client_of(world.worker), typed(bag, bundles)
    for _ in range(2):
        response = client.post(address, form)
        assert response.status_code == 302 and response["Location"] == "/"
    assert [held(bundle) for bundle in bundles] == [{"field": 40}, {"field": 25}]
    assert Act.objects.filter(kind="arrived").count() == 1
    assert not Discrepancy.objects.exists()
    assert "Everything of this shipment has been taken over." in client.get(address).content.decode()


def test_what_is_not_ticked_is_missing_and_can_come_late(sent):
    world, _shipment, bag, bundles, address = sent
    first, late = bundles
    form = typed(bag, bundles) | {f"all-{bag.label.code}": "", f"here-{first.label.code}": "on"}
    client = client_of(world.worker)
    told = client.post(address, form, follow=True).content.decode()
    assert "1 bundle is taken over. 1 difference is noted." in told
    assert held(first) == {"field": 40} and held(late) == {"transit": 25}
    assert Discrepancy.objects.get().kind == "missing_bundle"
    page = client.get(address).content.decode()
    assert "Still missing from bags opened before" in page
    form = {"key": str(uuid4()), "day": "2025-01-09", "listed": [late.label.code], "codes": late.label.code.lower()}
    assert client.post(address, form).status_code == 302
    assert held(late) == {"field": 25}


def test_codes_numbers_and_a_broken_seal_become_differences(sent):
    world, _shipment, bag, bundles, address = sent
    stray = world.count(3)
    first, second = (each.label.code for each in bundles)
    form = typed(bag, bundles) | {
        f"all-{bag.label.code}": "", f"seal-{bag.label.code}": "broken", f"found-{first}": "38", f"here-{second}": "on",
        "codes": f"{stray.label.code[:4]} {stray.label.code[4:8]} {stray.label.code[8:]}",
    }  # fmt: skip
    assert client_of(world.worker).post(address, form).status_code == 302
    assert sorted(Discrepancy.objects.values_list("kind", flat=True)) == ["extra_bundle", "seal", "shortage"]
    assert held(bundles[0]) == {"field": 38, "transit": 2}


def test_a_refused_form_keeps_what_was_typed_and_changes_nothing(sent):
    world, _shipment, bag, bundles, address = sent
    before = everything()
    code = bundles[0].label.code
    wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
    client = client_of(world.worker)
    told = client.post(address, typed(bag, bundles, codes=wrong)).content.decode()
    assert "is no code: a character is wrong" in told and wrong in told and "checked" in told
    told = client.post(address, typed(bag, bundles) | {f"seal-{bag.label.code}": ""}).content.decode()
    assert "Say how its seal was found" in told
    told = client.post(address, typed(bag, bundles, day="2999-01-01")).content.decode()
    assert "Not done" in told
    assert everything() == before


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_bundle_as_for_thirty(number, django_assert_num_queries):
    world = World()
    shipment, _bag = world.send(*[world.ready(2) for _ in range(number)])
    client = client_of(world.worker)
    with django_assert_num_queries(11):
        client.get(f"/shipments/{shipment.number}/take-over/")
