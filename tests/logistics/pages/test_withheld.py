"""What is withheld is counted on the home of whoever may let it go or destroy it."""

import pytest

from logistics.actions import screening
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db
WORDS, ADDRESS = "pieces are withheld", "/bundles/?at=withheld"


@pytest.fixture
def world():
    world = World()
    world.tell(screening.withhold, world.count(40), pieces=9, reason="damaged", hub=world.hub, by=world.volunteer)
    return world


def test_home_counts_what_is_withheld_for_those_who_decide(world):
    for user in (world.volunteer, world.team):
        home = text_of(client_of(user).get("/"))
        assert WORDS in home and ADDRESS in home and (">9</span>" in home or "9 pieces are withheld" in home)
        assert world.case.shown_name in text_of(client_of(user).get(ADDRESS))


def test_nobody_else_is_told_of_it(world):
    stranger = factories.make_user("case_team", cases=[factories.make_case(world.campaign)])
    for user in (world.next_volunteer, world.translator, world.worker, world.coordinator, world.auditor, stranger):
        assert WORDS not in text_of(client_of(user).get("/"))


def test_what_is_withheld_waits_behind_all_else(world):
    home = text_of(client_of(world.volunteer).get("/"))
    assert home.index("bundle to screen") < home.index(WORDS)


def test_the_page_of_the_case_leads_its_team_to_it(world):
    address = f"/cases/{world.campaign.slug}/{world.case.code}/"
    told = text_of(client_of(world.team).get(address))
    assert "9 withheld</a>" in told and ADDRESS in told
    assert "9 withheld" in text_of(client_of(world.coordinator).get(address))
    assert ADDRESS not in text_of(client_of(world.coordinator).get(address))
