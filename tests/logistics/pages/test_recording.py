"""A case worker's pages: what was handed over, what became of it later, a recount, and what waits."""

import re
from uuid import uuid4

import pytest

from logistics.actions.following import Part
from logistics.models import Act, Delivery, Discrepancy, User
from logistics.views.carrying import waiting
from mailbags.actions import arriving
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import DAY, World, everything, held

pytestmark = pytest.mark.django_db


def with_the_worker(*sizes: int):
    world = World()
    bundles = [world.ready(size) for size in sizes]
    shipment, bag = world.send(*bundles)
    world.tell(
        arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(each) for each in bundles], by=world.worker
    )
    return world, shipment, bundles


def deliver_address(world, shipment) -> str:
    return f"/shipments/{shipment.number}/cases/{world.campaign.slug}/{world.case.code}/deliver/"


def typed(bundles, **more) -> dict:
    form = {"key": str(uuid4()), "day": "2025-01-09", "who": "self", "listed": [each.label.code for each in bundles]}
    for bundle in bundles:
        form |= {f"told-{bundle.label.code}": "on", f"known-{bundle.label.code}": sum(held(bundle).values())}
    return form | more


def is_ticked(page: str, name: str) -> bool:
    return " checked" in re.search(f'<input[^>]*name="{name}"[^>]*>', page)[0]


def test_only_whoever_it_went_to_finds_the_pages():
    world, shipment, (bundle,) = with_the_worker(40)
    here = f"/shipments/{shipment.number}/bundles/{bundle.label.code}"
    other = factories.make_user("case_worker", cases=[world.case])
    for address in (deliver_address(world, shipment), f"{here}/count/", f"{here}/tell-later/"):
        assert client_of(world.worker).get(address).status_code == 200
        for stranger in (other, world.team, world.volunteer, world.auditor, factories.make_user()):
            assert client_of(stranger).get(address).status_code == 404
            assert client_of(stranger).post(address, {}).status_code == 404


def test_all_is_handed_over_once_however_often_it_is_sent():
    world, shipment, bundles = with_the_worker(40, 25)
    client, form = client_of(world.worker), typed(bundles)
    for _ in range(2):
        assert client.post(deliver_address(world, shipment), form)["Location"] == f"/deliveries/{Delivery.objects.get().number}/"
    assert [held(each) for each in bundles] == [{"in_person": 40}, {"in_person": 25}]
    assert Delivery.objects.get().capacity == "self"
    assert "65 pieces are handed over." in text_of(client.get(f"/deliveries/{Delivery.objects.get().number}/"))
    assert "Nothing to hand over" in text_of(client.get(deliver_address(world, shipment)))


def test_some_went_another_way_and_some_stay():
    world, shipment, (bundle,) = with_the_worker(40)
    code = bundle.label.code
    form = typed([bundle], who="lawyer", reason="prison") | {f"some-{code}": "30", f"seized-{code}": "4"}
    client_of(world.worker).post(deliver_address(world, shipment), form)
    assert held(bundle) == {"close": 30, "seized": 4, "field": 6}
    assert Delivery.objects.get().capacity == "lawyer"


@pytest.mark.parametrize(
    ("who", "where"),
    [("said", "acknowledged"), ("family", "close"), ("friend", "close"), ("institution", "institution"), ("refused", "refused"),
     ("seized", "seized"), ("deferred", "deferred"), ("returned", "returned")],
)  # fmt: skip
def test_every_outcome_can_be_told(who, where):
    world, shipment, (bundle,) = with_the_worker(40)
    client = client_of(world.worker)
    client.post(deliver_address(world, shipment), typed([bundle], who=who, reason="declined"))
    assert held(bundle) == {where: 40}
    told = text_of(client.get(f"/deliveries/{Delivery.objects.get().number}/"))
    assert ("Nothing was handed over on" in told) == (where in ("refused", "seized", "deferred", "returned"))
    assert "<strong>0</strong>" not in told and "Nothing of it stands" not in told
    assert ("What went another way" in told) == (where in ("refused", "seized", "deferred", "returned"))


def test_what_is_kept_for_release_or_missing_is_not_ticked_with_the_rest():
    world, shipment, bundles = with_the_worker(40, 25)
    client, address = client_of(world.worker), deliver_address(world, shipment)
    kept, other = bundles
    client.post(address, typed([kept, other], who="deferred") | {f"told-{other.label.code}": ""})
    page = text_of(client.get(address))
    assert "40 kept for release" in page
    assert not is_ticked(page, f"told-{kept.label.code}") and is_ticked(page, f"told-{other.label.code}")
    client.post(address, typed([other]))
    assert is_ticked(text_of(client.get(address)), f"told-{kept.label.code}")
    client.post(address, typed([kept]))
    assert held(kept) == {"in_person": 40}


def test_what_is_missing_of_a_bundle_is_not_handed_over_with_the_rest_of_it():
    world = World()
    bundle = world.ready(64)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(bundle, 60)], by=world.worker)
    client, here = client_of(world.worker), f"here-{bundle.label.code}"
    told = text_of(client.get(deliver_address(world, shipment)))
    assert "Hand over 60" in told and "4 not taken over" in told and re.search(f'<input[^>]*name="{here}" value="60"', told)
    form = typed([bundle], **{here: 60, f"refused-{bundle.label.code}": 3})
    for _ in range(2):
        assert client.post(deliver_address(world, shipment), form)["Location"] == f"/deliveries/{Delivery.objects.get().number}/"
    assert held(bundle) == {"in_person": 57, "refused": 3, "transit": 4}


def test_purposes_are_kept_apart():
    world = World()
    letters, appeals = world.ready(40), world.count(9, purpose="appeal")
    world.screen(appeals)
    world.summarise(appeals)
    shipment, bag = world.send(letters, appeals)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(letters), Part(appeals)], by=world.worker)
    client, address = client_of(world.worker), deliver_address(world, shipment)
    page = text_of(client.get(address))
    assert "Hand over 40<" in page and "Written to an authority" in page and "Hand over 49" not in page
    assert is_ticked(page, f"told-{letters.label.code}") and not is_ticked(page, f"told-{appeals.label.code}")
    client.post(address, typed([letters, appeals]))
    page = text_of(client.get(f"/deliveries/{Delivery.objects.get().number}/"))
    assert "<strong>40</strong> pieces were handed over" in page and "<strong>9</strong> written to an authority" in page and ">49<" not in page


def test_more_than_was_known_is_a_recount_and_a_handover():
    world, shipment, (bundle,) = with_the_worker(40)
    form = typed([bundle], **{f"some-{bundle.label.code}": "42", f"refused-{bundle.label.code}": "3"})
    client, address, before = client_of(world.worker), deliver_address(world, shipment), everything()
    asked = text_of(client.post(address, form))
    assert "40 are known of it, and here are 45" in asked and 'name="more"' in asked and everything() == before
    assert 'name="more"' not in text_of(client.get(address))
    for _ in range(2):
        told = text_of(client.post(address, form | {"more": "on"}, follow=True))
    assert "5 more than was known: the case team will look at it." in told
    assert held(bundle) == {"in_person": 42, "refused": 3}
    told = text_of(client_of(world.worker).get(f"/bundles/{bundle.label.code}/"))
    assert "Handed over in person: 42 · Refused: 3 · 5 more than was known" in told and '<span class="pieces">45</span>' in told, told
    assert Discrepancy.objects.get().kind == "overage"
    act = Act.objects.get(kind="handed")
    client.post(f"/acts/{act.key}/reverse/", {"key": str(uuid4()), "day": "2025-01-09", "reason": "wrong_count"})
    assert held(bundle) == {"field": 40}
    told = text_of(client.get(f"/bundles/{bundle.label.code}/"))
    assert '<span class="pieces">−45</span>' in told and "−50" not in told


def test_a_number_that_no_bundle_has_is_refused():
    world, shipment, (bundle,) = with_the_worker(40)
    client, before = client_of(world.worker), everything()
    for name in ("some", "refused"):
        told = text_of(client.post(deliver_address(world, shipment), typed([bundle], more="on", **{f"{name}-{bundle.label.code}": "5000"})))
        assert "2,000" in told and "Not recorded" in told, name
    assert everything() == before


def test_what_never_came_is_not_ticked_once_the_rest_was_taken_over():
    world = World()
    came, missing = world.ready(40), world.ready(2)
    shipment, bag = world.send(came, missing)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(came)], by=world.worker)
    client, address = client_of(world.worker), deliver_address(world, shipment)
    client.post(address, typed([came]))
    page = text_of(client.get(address))
    assert "2 not taken over" not in page and "not taken over" in page and "Hand over" not in page and "Record a delivery" in page
    assert not is_ticked(page, f"told-{missing.label.code}")


def test_what_was_posted_directly_is_recorded_without_taking_it_over():
    world = World()
    bundle = world.ready(12)
    shipment, _bag = world.send(bundle)
    client = client_of(world.worker)
    assert "posted straight to the person" in text_of(client.get(deliver_address(world, shipment)))
    client.post(deliver_address(world, shipment), typed([bundle], who="posted"))
    assert held(bundle) == {"assumed": 12}


def test_a_refused_delivery_keeps_what_was_typed_and_changes_nothing():
    world, shipment, (bundle,) = with_the_worker(40)
    code, client, before = bundle.label.code, client_of(world.worker), everything()
    for wrong in ({"who": ""}, {f"told-{code}": ""}, {f"seized-{code}": "41"}, {"day": "2999-01-01"}, {f"known-{code}": "39"}):
        response = client.post(deliver_address(world, shipment), typed([bundle], **{f"refused-{code}": "3"}) | wrong)
        assert response.status_code == 200, wrong
        assert "Not recorded" in text_of(response) and f'name="refused-{code}" value="3"' in text_of(response), wrong
    assert everything() == before


def test_what_was_left_with_an_institution_is_told_later_once():
    world, shipment, (bundle,) = with_the_worker(40)
    client = client_of(world.worker)
    client.post(deliver_address(world, shipment), typed([bundle], who="institution"))
    address = f"/shipments/{shipment.number}/bundles/{bundle.label.code}/tell-later/"
    assert address in client_of(world.worker).get(f"/bundles/{bundle.label.code}/").content.decode()
    assert address not in client_of(world.team).get(f"/bundles/{bundle.label.code}/").content.decode()
    assert "40 left with an institution on 9 January 2025" in text_of(client.get(address))
    start = f"institution-{Delivery.objects.get().number}"
    form = {"key": str(uuid4()), "day": "2025-01-20", "start": start, "became": "seized", "pieces": "10", "reason": "prison"}
    for _ in range(2):
        assert client.post(address, form)["Location"] == f"/bundles/{bundle.label.code}/"
    assert held(bundle) == {"institution": 30, "seized": 10}
    form = {"key": str(uuid4()), "day": "2025-01-21", "start": "seized", "became": "field", "pieces": "", "reason": ""}
    assert client.post(address, form)["Location"] == f"/bundles/{bundle.label.code}/"
    assert held(bundle) == {"institution": 30, "field": 10}
    before = everything()
    told = text_of(client.post(address, form | {"key": str(uuid4()), "start": start, "pieces": "99", "became": "refused"}))
    assert "aria-invalid" in told and 'value="99"' in told
    assert everything() == before


def test_a_recount_in_the_field_opens_a_difference():
    world, shipment, (bundle,) = with_the_worker(40)
    client = client_of(world.worker)
    address = f"/shipments/{shipment.number}/bundles/{bundle.label.code}/count/"
    form = {"key": str(uuid4()), "day": "2025-01-09", "found": "41", "before": "40"}
    for _ in range(2):
        assert client.post(address, form)["Location"] == f"/bundles/{bundle.label.code}/"
    assert held(bundle) == {"field": 41}
    assert Discrepancy.objects.get().kind == "overage"
    before = everything()
    told = text_of(client.post(address, form | {"key": str(uuid4())}))
    assert "There were 40 pieces" in told and everything() == before


def test_home_says_what_is_on_its_way_and_what_is_to_be_handed_over():
    world, shipment, (bundle,) = with_the_worker(40)
    second, _bag = world.send(world.ready(5))
    told = text_of(client_of(world.worker).get("/"))
    assert f"/shipments/{second.number}/take-over/" in told and deliver_address(world, shipment) in told
    second.expected_on = DAY
    second.save(update_fields=["expected_on"])
    assert "was expected on 6 January 2025" in text_of(client_of(world.worker).get("/"))
    assert "take-over" not in text_of(client_of(factories.make_user("case_worker", cases=[world.case])).get("/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_page_asks_as_often_for_one_bundle_as_for_thirty(number, django_assert_num_queries):
    world, shipment, _bundles = with_the_worker(*[2] * number)
    client = client_of(world.worker)
    with django_assert_num_queries(10):
        client.get(deliver_address(world, shipment))
    worker = User.objects.get(pk=world.worker.pk)
    with django_assert_num_queries(3):
        list(waiting(worker))
