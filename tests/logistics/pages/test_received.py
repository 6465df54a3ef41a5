"""Who received what: filtered, as of a day, as known at a time, in an order, added up, and as a file."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.utils import timezone

from logistics.models import PublishedFigure
from logistics.words import Kind, Purpose
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def two_cases() -> tuple:
    """A world with 20 counted for its case, and another case with 30 declared."""
    world = World(country="TR")
    world.count(20)
    other = factories.make_case(world.campaign, public_name="Zoe", country="ET", status="paused")
    factories.make_solidarity_collection(other, letters=30)
    return world, other, client_of(world.coordinator)


def names(response) -> list[str]:
    return [row["name"] for row in response.context["rows"]]


def test_the_sums_stand_where_they_can_be_added():
    _world, _other, client = two_cases()
    response = client.get("/received/")
    total = response.context["total"]
    assert (total["counted"], total["on_the_way"], total["declared"]) == (20, 20, 50)
    assert "<bdi>20 = 0 + 0 + 20 + 0 + 0</bdi>" in text_of(response) and "All 2 cases" in text_of(response)


@pytest.mark.parametrize(
    ("asked", "found"),
    [({"status": "paused"}, ["Zoe"]), ({"country": "ET"}, ["Zoe"]), ({"q": "zO"}, ["Zoe"]), ({"status": "closed"}, [])],
)
def test_it_is_filtered(asked, found):
    _world, _other, client = two_cases()
    response = client.get("/received/", asked)
    assert names(response) == found
    assert ("No case fits" in text_of(response)) is not bool(found)


def test_it_is_filtered_by_campaign_where_there_are_several():
    world, _other, client = two_cases()
    assert 'name="campaign"' not in text_of(client.get("/received/"))
    elsewhere = factories.make_case()
    assert names(client.get("/received/", {"campaign": elsewhere.campaign.slug})) == [elsewhere.shown_name]
    assert len(names(client.get("/received/", {"campaign": "nowhere"}))) == 3


def test_it_is_put_in_order_and_the_other_way_round():
    world, _other, client = two_cases()
    assert names(client.get("/received/", {"order": "-declared"})) == ["Zoe", world.case.shown_name]
    assert names(client.get("/received/", {"order": "declared"})) == [world.case.shown_name, "Zoe"]
    assert names(client.get("/received/", {"order": "-name"}))[0] == "Zoe"
    assert 'aria-sort="descending"' in text_of(client.get("/received/", {"order": "-declared"}))
    assert client.get("/received/", {"order": "password"}).status_code == 200


def test_appeals_are_shown_apart_and_never_added():
    world, _other, client = two_cases()
    factories.make_collection(world.campaign, lines=[([world.case], Kind.LETTER, Purpose.APPEAL, 300)])
    assert client.get("/received/").context["total"]["declared"] == 50
    response = client.get("/received/", {"purpose": "appeals"})
    assert response.context["total"]["declared"] == 300 and "Never added to what the people receive." in text_of(response)


def test_a_time_is_asked_and_what_was_recorded_later_was_not_known():
    _world, _other, client = two_cases()
    before = (timezone.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    response = client.get("/received/", {"known-at": before})
    assert response.context["total"]["counted"] == 0 and "As it was known at" in text_of(response)
    assert "That is no time." in text_of(client.get("/received/", {"known-at": "soon"}))
    assert client.get("/received/", {"known-at": "soon"}).context["total"]["counted"] == 20


@pytest.mark.parametrize("name", ["as-of", "known-at"])
def test_what_has_not_come_yet_is_refused_at_its_field_and_today_is_shown(name):
    _world, _other, client = two_cases()
    later = timezone.localtime() + timedelta(days=2)
    response = client.get("/received/", {name: later.strftime("%Y-%m-%d" if name == "as-of" else "%Y-%m-%dT%H:%M")})
    assert "has not come yet" in " ".join(response.context["asked"].errors[name]) and "has not come yet" in text_of(response)
    assert response.context["as_of"] == timezone.localdate() and response.context["total"]["counted"] == 20
    assert response.context["asked"].known_at is None
    today = {"as-of": timezone.localdate().isoformat(), "known-at": timezone.localtime().strftime("%Y-%m-%dT%H:%M")}
    assert not client.get("/received/", today).context["asked"].errors


def test_the_files_hold_just_what_is_shown():
    world, _other, client = two_cases()
    asked = {"country": "TR", "as-of": "2025-02-03"}
    written = client.get("/received/", asked | {"as": "csv"}).content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(written))
    assert (row["Code"], row["Counted"], row["On the way"], row["As of"]) == (world.case.code, "20", "20", "2025-02-03")
    assert row["Country"] == "Türkiye" and row["For whom"] == "To the people"
    book = openpyxl.load_workbook(io.BytesIO(client.get("/received/", asked | {"as": "xlsx"}).content))
    heads, *rows = book.active.iter_rows(values_only=True)
    assert len(rows) == 1 and dict(zip(heads, rows[0], strict=True))["Counted"] == 20


def test_a_case_of_others_is_in_no_row_no_choice_and_no_file():
    world, other, _client = two_cases()
    client = client_of(world.team)
    for asked in ({}, {"as": "csv"}, {"q": "Zoe"}, {"country": "ET"}):
        told = client.get("/received/", asked).content.decode("utf-8-sig")
        assert 'value="ET"' not in told and ">Zoe<" not in told and "Zoe," not in told


def test_what_is_published_and_what_is_constructed_is_said():
    world, _other, client = two_cases()
    assert "Said in public" not in text_of(client.get("/received/"))
    PublishedFigure.objects.create(
        case=world.case, count=4200, qualifier="more_than", what="letters received", as_of=date(2014, 2, 1), as_of_precision="month", source="A story"
    )
    told = text_of(client.get("/received/"))
    assert "Said in public" in told and "more than <strong>4,200</strong> letters received" in told and "February 2014" in told
    world.campaign.is_constructed = True
    world.campaign.save()
    assert "What is published and what is constructed" in text_of(client.get("/received/"))


@pytest.mark.parametrize("asked", [{}, {"purpose": "appeals"}, {"purpose": "not_told"}, {"order": "-declared"}, {"as": "csv"}])
def test_whoever_only_counts_is_not_told_what_was_declared(asked):
    world = World()
    world.count(20)
    for kind in ("solidarity", "appeal", ""):
        factories.make_collection(world.campaign, day=date(2013, 12, 10), lines=[([world.case], "letter", kind, 7777)])
    PublishedFigure.objects.create(case=world.case, count=7777, what="letters received", as_of=date(2014, 2, 1))
    told = text_of(client_of(world.volunteer).get("/received/", asked))
    assert "7,777" not in told and "7777" not in told and "7,797" not in told and "7797" not in told
    known = text_of(client_of(world.coordinator).get("/received/", asked))
    assert "7,7" in known or "77" in known


def test_cases_without_a_figure_are_folded_into_one_line():
    world = World()
    world.count(20)
    for number in range(3):
        case = factories.make_case(world.campaign, f"EMPTY{number}", public_name=f"Nobody wrote {number}")
        factories.make_user("case_team", cases=[case])
    told = text_of(client_of(world.coordinator).get("/received/"))
    assert told.count('<th scope="row">') == 2, "the case with letters, and the sums"
    assert "3 cases have no letter or card yet" in told and ">Nobody wrote 2</a>" in told
    assert "Nobody wrote 2" in client_of(world.coordinator).get("/received/", {"as": "csv"}).content.decode("utf-8-sig")
