"""A label that was lost or torn is replaced: on a batch and on a mailbag."""

import pytest

from logistics.models import Label
from logistics.queries.finding import newest
from tests.logistics.pages.mailroom import client_of, nobody_else, text_of
from tests.logistics.pages.test_batches import receive
from tests.world import World, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def things(world: World) -> list[tuple[str, Label]]:
    return [("batches", receive(world).label), ("mailbags", world.bag(world.plan()).label)]


def test_the_old_code_and_the_new_one_lead_to_the_thing(world):
    client = client_of(world.volunteer)
    for where, label in things(world):
        page = f"/{where}/{label.code}/"
        typed = {"old": label.code}
        assert "There is a new label" in text_of(client.post(f"{page}label/", typed, follow=True))
        assert client.post(f"{page}label/", typed)["Location"] == page
        label.refresh_from_db()
        new = newest(label)
        assert new.code != label.code and Label.objects.filter(replaces=label).count() == 1
        assert not Label.objects.filter(replaces=new).exists()
        grouped = f"{new.code[:4]} {new.code[4:8]} {new.code[8:]}"
        for code in (label.code, new.code):
            assert grouped in text_of(client.get(f"/{where}/{code}/"))


def test_only_the_mailroom_that_made_it_replaces_it(world):
    for where, label in things(world):
        page = f"/{where}/{label.code}/label/"
        before = everything(), Label.objects.count()
        assert nobody_else(world, page)
        assert client_of(world.next_volunteer).post(page, {"old": label.code}).status_code == 404
        assert (everything(), Label.objects.count()) == before


def test_a_mailroom_that_receives_a_bag_is_not_led_to_replacing_its_label():
    world = World()
    shipment = world.plan(to_hub=world.next_hub)
    _shipment, bag = world.send(world.ready(9), shipment=shipment)
    page = f"/mailbags/{bag.label.code}/"
    assert f"{page}label/" in text_of(client_of(world.volunteer).get(page))
    theirs = client_of(world.next_volunteer).get(page)
    assert theirs.status_code == 200 and f"{page}label/" not in text_of(theirs)
