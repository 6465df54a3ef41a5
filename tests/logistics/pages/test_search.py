"""Search: what a mailroom finds by name, and a code of which one character was misread."""

from datetime import date

import pytest

from logistics import codes
from tests import factories
from tests.logistics.pages.mailroom import client_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_mailroom_finds_its_bundles_by_the_name_of_their_case():
    world = World(public_name="Hakan Yaman")
    client = client_of(world.volunteer)
    assert "Nothing fits" in text_of(client.get("/search/", {"q": "yaman"}))
    bundle = world.count(60)
    found = client.get("/search/", {"q": "yaman"})
    assert found["Location"] == "/bundles/?q=Hakan+Yaman"
    assert bundle.label.code[:4] in text_of(client.get(found["Location"]))
    assert "Nothing fits" in text_of(client_of(world.next_volunteer).get("/search/", {"q": "yaman"}))
    assert "Nothing fits" in text_of(client_of(world.auditor).get("/search/", {"q": "yaman"}))


def test_a_misread_code_is_told_as_one_whether_or_not_there_is_such_a_thing():
    world = World()
    for code in (world.count(60).label.code, codes.new(codes.BUNDLE)):
        wrong = code[:-1] + ("0" if code[-1] != "0" else "1")
        told = text_of(client_of(world.volunteer).get("/search/", {"q": wrong.lower()}))
        assert "a character of it was misread" in told
    for text in ("Miriam Lopez", "B1", "BBBBBBBBBBBB"):
        assert "Nothing fits" in text_of(client_of(world.volunteer).get("/search/", {"q": text}))


def test_spaces_too_many_do_not_hide_what_is_looked_for():
    world = World(public_name="Yorm Bopha")
    client = client_of(world.team)
    assert client.get("/search/", {"q": " Yorm  Bopha "})["Location"] == f"/cases/{world.campaign.slug}/{world.case.code}/"
    for address in ("/cases/", "/received/"):
        assert "Yorm Bopha</a>" in text_of(client.get(address, {"q": "Yorm  Bopha"})), address


def test_collections_that_go_by_one_name_are_told_apart_by_country_and_day():
    world = World()
    for day in (date(2013, 12, 3), date(2013, 12, 4)):
        factories.make_collection(world.campaign, event="Online", country="FI", day=day, lines=[([], "letter", "", 5)])
    told = text_of(client_of(world.coordinator).get("/search/", {"q": "online"}))
    assert "Online · Finland · 3 December 2013" in told and "Online · Finland · 4 December 2013" in told
