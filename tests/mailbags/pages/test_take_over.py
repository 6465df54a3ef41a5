"""Taking over a shipment by a page: seals, ticks, codes, what is missing, and what comes late."""

import re
from uuid import uuid4

import pytest
from django.test import Client

from logistics.actions.following import Part
from logistics.actions.labels import replace_label
from logistics.models import Act, Discrepancy
from mailbags.actions.arriving import BagFound, note_extra, take_over
from mailbags.models import Seal
from tests import factories
from tests.world import DAY, World, everything, held, refused

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


def is_ticked(page: str, name: str) -> bool:
    return " checked" in re.search(f'<input[^>]*name="{name}"[^>]*>', page)[0]


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
    assert "Still missing from bags opened before" in page and "<strong>25 pieces</strong> of this shipment have not come yet" in page
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


@pytest.mark.parametrize("state", ["intact", "broken", "missing", "other_number", "replaced"])
def test_a_seal_is_told_as_it_was_found(sent, state):
    world, _shipment, bag, bundles, address = sent
    form = typed(bag, bundles) | {f"seal-{bag.label.code}": state, f"number-{bag.label.code}": "X-7"}
    assert client_of(world.worker).post(address, form).status_code == 302
    assert Seal.objects.get().found == state
    assert Discrepancy.objects.filter(kind="seal").count() == (state != "intact")


def test_what_is_damaged_is_a_difference_of_its_own_kind(sent):
    world, _shipment, bag, bundles, address = sent
    whole, torn = bundles
    code, seen = bag.label.code, torn.label.code
    form = typed(bag, bundles) | {f"damaged-{code}": "on", f"damaged-{seen}": "on", f"found-{seen}": "20"}
    client = client_of(world.worker)
    for _ in range(2):
        client.post(address, form)
    damaged = Discrepancy.objects.filter(kind="damaged").order_by("pk")
    assert [(row.bundle, row.label, row.expected, row.found) for row in damaged] == [(torn, None, 25, 20), (None, bag.label, None, None)]
    assert Discrepancy.objects.count() == 2
    assert held(whole) == {"field": 40} and held(torn) == {"field": 20, "transit": 5}


def test_what_is_damaged_has_come(sent):
    world, shipment, bag, bundles, _address = sent
    told = {"opened": [BagFound(bag)], "found": [Part(bundles[0])], "damaged": [bundles[1]], "key": uuid4(), "day": DAY}
    refused("not_found", take_over, shipment, by=world.worker, **told)
    refused("unknown_shipment", note_extra, shipment, [bundles[0].label.code], by=factories.make_user("case_worker", cases=[world.case]))
    refused("not_permitted", note_extra, shipment, [bundles[0].label.code], by=world.team)


def test_a_bag_that_is_missing_is_told_and_comes_late(sent):
    world, _shipment, bag, bundles, address = sent
    form = typed(bag, bundles) | {f"all-{bag.label.code}": "", f"seal-{bag.label.code}": "absent"}
    client = client_of(world.worker)
    assert "0 bundles are taken over. 2 differences are noted." in client.post(address, form, follow=True).content.decode()
    assert [row.kind for row in Discrepancy.objects.all()] == ["missing_bundle"] * 2
    assert [held(bundle) for bundle in bundles] == [{"transit": 40}, {"transit": 25}]
    client.post(address, typed(bag, bundles))
    assert [held(bundle) for bundle in bundles] == [{"field": 40}, {"field": 25}]


def test_enter_ticks_a_code_and_tells_nothing_yet(sent):
    world, _shipment, bag, bundles, address = sent
    first, second = bundles
    stray = world.count(3)
    newer = replace_label(second.label, by=world.volunteer)
    before = everything()
    client = client_of(world.worker)
    form = typed(bag, bundles) | {f"all-{bag.label.code}": "", f"found-{first.label.code}": "38", "tick": "1"}
    told = client.post(address, form | {"codes": newer.code.lower()}).content.decode()
    assert is_ticked(told, f"here-{second.label.code}") and not is_ticked(told, f"here-{first.label.code}")
    assert 'value="38"' in told and form["key"] in told and 'value="intact" selected' in told
    told = client.post(address, form | {"codes": stray.label.code, "extra": [newer.code]}).content.decode()
    assert "is not on the letter bill" in told and told.count('name="extra"') == 2
    told = client.post(address, form | {"codes": "BAD"}).content.decode()
    assert "BAD is no code" in told and 'data-refused="BAD"' in told and 'value="BAD"' not in told
    told = client.post(address, form | {"codes": first.batch.label.code}).content.decode()
    assert "is a batch, neither a bag nor a bundle." in told and 'name="extra"' not in told
    told = client.post(address, form | {"codes": bag.label.code}).content.decode()
    assert all(is_ticked(told, f"here-{bundle.label.code}") for bundle in bundles) and "Say how its seal was." in told
    assert everything() == before


def test_what_is_too_many_can_be_told_when_all_else_has_been_taken_over(sent):
    world, _shipment, bag, bundles, address = sent
    client = client_of(world.worker)
    client.post(address, typed(bag, bundles))
    stray = world.count(3)
    form = {"key": str(uuid4()), "day": "2025-01-09", "codes": f"{stray.label.code}, {bundles[0].label.code}"}
    for _ in range(2):
        assert client.post(address, form).status_code == 302
    assert [(row.kind, row.label) for row in Discrepancy.objects.all()] == [("extra_bundle", stray.label)]
    told = client.post(address, form | {"codes": bundles[0].label.code, "tick": "1"}).content.decode()
    assert "has been taken over already" in told and 'name="extra"' not in told


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
    assert "Not taken over yet" in told and "has not come yet." in told
    assert everything() == before


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_bundle_as_for_thirty(number, django_assert_num_queries):
    world = World()
    shipment, _bag = world.send(*[world.ready(2) for _ in range(number)])
    client = client_of(world.worker)
    with django_assert_num_queries(11):
        client.get(f"/shipments/{shipment.number}/take-over/")
