"""What waits for a coordinator on the home page, and what they find."""

import pytest

from logistics import codes
from tests import factories
from tests.logistics.pages.coordinating import client_of, coordinator, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_home_says_what_a_coordinator_has_to_see_to():
    factories.make_case()
    factories.make_user("mailroom", hub=factories.make_hub())
    told = text_of(coordinator().get("/"))
    assert "1 case has no case team" in told
    assert "hub has fewer than two volunteers" in told


def test_where_all_is_well_nothing_waits():
    World()
    told = text_of(coordinator().get("/"))
    assert "no case team" not in told and "fewer than two" not in told


def test_a_person_without_a_role_is_counted_and_listed():
    idle = factories.make_user(name="anna")
    idle.code = codes.new_person()
    idle.save()
    client = coordinator()
    assert "person has no role" in text_of(client.get("/"))
    assert "anna" in text_of(client.get("/people/?role=none"))


@pytest.mark.parametrize("number", [1, 30])
def test_home_asks_as_often_for_one_case_as_for_thirty(number, django_assert_num_queries):
    client = coordinator()
    for _ in range(number):
        factories.make_case(), factories.make_hub()
    with django_assert_num_queries(7):
        client.get("/")


def test_a_coordinator_finds_campaigns_people_and_collections_and_others_find_none_of_them():
    campaign = factories.make_campaign("canary-light", name="Canary light")
    person = factories.make_user("translator", name="canary-anna")
    person.code = codes.new_person()
    person.save()
    factories.make_collection(campaign, event="Canary market")
    told = text_of(coordinator().get("/search/?q=canary"))
    for name in ("Canary light", f"canary-anna · {person.code}", "Canary market"):
        assert name in told
    for role in ("translator", "case_team", "auditor", ""):
        told = text_of(client_of(factories.make_user(role)).get("/search/?q=canary")).replace("“canary”", "")
        assert "Canary" not in told and "canary-anna" not in told, role


def test_a_single_thing_is_opened_at_once():
    factories.make_campaign("light", name="Light 2030")
    assert coordinator().get("/search/?q=Light+2030")["Location"] == "/campaigns/light/"
