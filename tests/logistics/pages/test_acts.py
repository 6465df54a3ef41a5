"""Taking an act back through its page."""

import pytest
from django.utils import timezone

from logistics.actions import counting, reversing, screening
from logistics.actions.counting import Pile
from logistics.actions.following import Part
from logistics.models import Act, Assignment, Bundle
from logistics.queries.reversible import built_on
from mailbags.actions import arriving, packing
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.pages.mailroom import act, client_of, text_of
from tests.world import World, everything, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def test_an_act_is_taken_back_once_with_a_reason(world):
    bundle, client = world.count(60), client_of(world.volunteer)
    screened = world.screen(bundle)
    page, before = f"/acts/{screened.key}/reverse/", everything()
    assert "Choose why" in text_of(client.post(page, act(reason=""))) and everything() == before
    typed = act(reason="told_by_mistake")
    assert client.post(page, typed)["Location"] == f"/bundles/{bundle.label.code}/"
    after = everything()
    client.post(page, typed)
    assert everything() == after != before
    assert "reversed already" in text_of(client.post(page, act(reason="wrong_day"))) and everything() == after
    assert "Taken back" in text_of(client.get(f"/bundles/{bundle.label.code}/"))


def test_what_has_been_moved_on_is_not_taken_back(world):
    bundle = world.ready(60)
    counted = bundle.entries.order_by("sequence").first().act
    world.bag(world.plan(), bundle)
    before = everything()
    told = text_of(client_of(world.volunteer).post(f"/acts/{counted.key}/reverse/", act(reason="wrong_count")))
    assert "has been moved on since" in told and everything() == before
    assert held(bundle) == {"bag": 60}


def test_only_whoever_may_do_an_act_finds_the_page_that_takes_it_back(world):
    screened = world.screen(world.count(60))
    page = f"/acts/{screened.key}/reverse/"
    assert client_of(world.witness).get(page).status_code == 200
    for user in (world.next_volunteer, world.translator, world.team, world.worker, world.coordinator, world.auditor):
        assert client_of(user).get(page).status_code == 404
        assert client_of(user).post(page, act(reason="wrong_day")).status_code == 404


def test_an_act_on_many_bundles_names_them_all(world):
    batch = world.count(5).batch
    piles = [Pile(world.case, "letter", 10, "solidarity") for _ in range(3)]
    counted = world.tell(counting.count, batch, piles=piles, by=world.volunteer)
    told = text_of(client_of(world.volunteer).get(f"/acts/{counted.key}/reverse/"))
    assert "for all <strong>3</strong> bundles" in told


def test_an_act_of_which_one_sees_a_part_is_not_offered_to_be_taken_back(world):
    one, of_one = world.case, world.ready(5)
    world.case = factories.make_case(world.campaign, translation_policy="not_needed")
    second = Assignment.objects.create(user=world.worker, case=world.case, given_by=world.coordinator)
    other = world.count(6)
    world.screen(other)
    shipment, bag = world.send(of_one, other)
    found = {"opened": [BagFound(bag)], "found": [Part(of_one), Part(other)]}
    arrived = world.tell(arriving.take_over, shipment, by=world.worker, **found)
    page = f"/acts/{arrived.key}/reverse/"
    assert offered_of(world.worker, of_one) == ["arrived"] and client_of(world.worker).get(page).status_code == 200
    Assignment.objects.filter(pk=second.pk).update(ended_at=timezone.now())
    assert of_one.case == one and offered_of(world.worker, of_one) == []
    assert client_of(world.worker).get(page).status_code == 404


def offered_of(user, bundle) -> list[str]:
    """The steps of a bundle that its page offers to take back, the newest first."""
    told = client_of(user).get(f"/bundles/{bundle.label.code}/").content.decode()
    acts = Act.objects.filter(entries__bundle=bundle).exclude(kind="reversed").order_by("-pk").distinct()
    return [each.kind for each in acts if f"/acts/{each.key}/reverse/" in told]


def test_only_what_can_be_taken_back_now_is_offered(world):
    bundle = world.ready(60)
    assert offered_of(world.volunteer, bundle) == ["screened", "counted"]
    shipment = world.plan()
    bag = world.bag(shipment, bundle)
    assert offered_of(world.volunteer, bundle) == ["bagged"]
    sealed = world.seal(bag)
    assert offered_of(world.volunteer, bundle) == ["sealed"]
    world.dispatch(shipment)
    assert offered_of(world.volunteer, bundle) == ["dispatched"]
    page = f"/acts/{sealed.key}/reverse/"
    told = client_of(world.volunteer).get(page).content.decode()
    assert "has been dispatched under this seal" in told and "Back to the bundle" in told and 'name="reason"' not in told
    before = everything()
    assert "has been dispatched under this seal" in text_of(client_of(world.volunteer).post(page, act(reason="wrong_day")))
    assert everything() == before


def test_what_is_offered_is_what_the_action_would_not_refuse(world):
    first, second = world.ready(5), world.ready(6)
    shipment = world.plan()
    bag = world.bag(shipment, first, second)
    world.tell(packing.take_out, bag, bundles=[first], by=world.volunteer)
    world.seal(bag)
    seen = set()
    for go_on in (lambda: None, lambda: world.dispatch(shipment), lambda: world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(second)], by=world.worker)):
        go_on()
        acts = list(Act.objects.exclude(kind="reversed"))
        kept = built_on([each.pk for each in acts])
        assert kept == {each.pk for each in acts if reversing.hindrance(each)}
        seen.add(len(kept))
    assert len(seen) == 3


def test_a_counting_that_was_built_on_is_not_offered_to_be_taken_back(world):
    batch = world.count(5).batch
    counted = world.tell(counting.count, batch, piles=[Pile(world.case, "letter", 10, "solidarity")], by=world.volunteer)
    page, words = f"/batches/{batch.label.code}/labels/{counted.key}/", "Take this counting back"
    assert words in text_of(client_of(world.volunteer).get(page))
    world.tell(screening.withhold, Bundle.objects.get(entries__act=counted), pieces=3, reason="damaged", hub=world.hub, by=world.volunteer)
    assert words not in text_of(client_of(world.volunteer).get(page))
