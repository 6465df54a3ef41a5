"""Taking an act back through its page."""

import pytest

from logistics.actions import counting
from logistics.actions.counting import Pile
from logistics.models import Bundle
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
    batch = world.count(5).batch
    piles = [Pile(world.case, "letter", pieces, "solidarity") for pieces in (10, 20)]
    both = world.tell(counting.count, batch, piles=piles, by=world.volunteer)
    sent = Bundle.objects.filter(entries__act=both).earliest("pk")
    alone = world.screen(sent)
    world.summarise(sent)
    world.send(sent, shipment=world.plan(to_hub=world.next_hub))
    pages = [f"/acts/{each.key}/reverse/" for each in (alone, both)]
    for user, expected in ((world.volunteer, [True, True]), (world.next_volunteer, [True, False])):
        client = client_of(user)
        offered = client.get(f"/bundles/{sent.label.code}/").content.decode()
        assert [page in offered for page in pages] == expected
        assert [client.get(page).status_code == 200 for page in pages] == expected
