"""A coordinator's pages of hubs."""

import pytest

from logistics.models import Hub
from tests import factories
from tests.logistics.pages.coordinating import coordinator, hidden_from_others, sent, text_of
from tests.world import World, everything

pytestmark = pytest.mark.django_db

NORTH = {"name": "Hub North", "code": "north", "country": "NO", "time_zone": "Europe/Oslo", "language": "nb"}


def test_only_coordinators_have_these_pages():
    factories.make_hub("north")
    for address in ("/hubs/", "/hub/add/", "/hubs/north/close/"):
        assert coordinator().get(address).status_code == 200, address
        assert hidden_from_others(address), address


def test_without_a_hub_the_list_says_what_to_do():
    assert "There is no hub yet." in text_of(coordinator().get("/hubs/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    client = coordinator()
    for _ in range(number):
        factories.make_user("mailroom", hub=factories.make_hub())
    with django_assert_num_queries(6):
        client.get("/hubs/")


def test_a_hub_is_added_once_however_often_it_is_sent():
    client, typed = coordinator(), sent(**NORTH)
    for _ in range(2):
        assert client.post("/hub/add/", typed)["Location"] == "/hubs/"
    assert Hub.objects.get().time_zone == "Europe/Oslo"


def test_a_refused_hub_keeps_what_was_typed():
    factories.make_hub("north")
    response = coordinator().post("/hub/add/", sent(**NORTH))
    assert "There is a hub north already." in text_of(response)
    assert 'value="Hub North"' in text_of(response)
    assert Hub.objects.count() == 1


def test_an_empty_hub_is_closed_and_told_so_the_second_time():
    client, hub = coordinator(), factories.make_hub("north")
    assert client.post("/hubs/north/close/")["Location"] == "/hubs/"
    hub.refresh_from_db()
    assert not hub.is_open
    assert "closed already" in text_of(client.post("/hubs/north/close/"))


def test_a_hub_with_mail_stays_open_and_says_why():
    world = World()
    world.count(5)
    before = everything()
    assert "There is mail at this hub" in text_of(coordinator().post(f"/hubs/{world.hub.code}/close/"))
    world.hub.refresh_from_db()
    assert world.hub.is_open and everything() == before


def test_what_can_be_done_with_a_row_is_no_part_of_an_export():
    factories.make_hub("north")
    told = coordinator().get("/hubs/", {"as": "csv"}).content.decode("utf-8-sig")
    assert told.startswith("Hub,Code,Country,Time zone,Volunteers,State\r\n") and "Close it" not in told
    assert "Close it" in text_of(coordinator().get("/hubs/"))
