"""Planning and looking at shipments."""

from uuid import uuid4

import pytest

from logistics import codes
from logistics.actions.following import Part
from logistics.models import Bundle, Shipment
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import World

pytestmark = pytest.mark.django_db


def typed(world: World, **more) -> dict:
    return {"key": str(uuid4()), "from_hub": world.hub.code, "to_hub": world.next_hub.code, "carrier": "A company", **more}


def test_a_shipment_is_planned_once_however_often_it_is_sent():
    world = World()
    client, told = client_of(world.team), typed(world)
    for _ in range(2):
        response = client.post("/shipment/plan/", told)
        assert response["Location"] == f"/shipments/{Shipment.objects.get().number}/"
    assert "has not left yet" in text_of(client.get(response["Location"]))


def test_nothing_is_planned_for_a_day_that_is_over():
    world = World()
    told = client_of(world.team).post("/shipment/plan/", typed(world, expected_on="2014-02-01")).content.decode()
    assert "1 February 2014 is over." in told and 'value="2014-02-01"' in told and not Shipment.objects.exists()


def test_a_refused_plan_keeps_what_was_typed():
    world = World()
    response = client_of(world.team).post("/shipment/plan/", typed(world, to_hub=""))
    assert "Or to another hub</label>" in text_of(response), "one of the two, not neither"
    assert "one case worker or to one hub" in text_of(response) and 'value="A company"' in text_of(response)
    assert not Shipment.objects.exists()


def test_strangers_do_not_see_it():
    world = World()
    shipment = world.plan(to_hub=world.next_hub)
    address = f"/shipments/{shipment.number}/"
    for user in (world.volunteer, world.next_volunteer):
        assert client_of(user).get(address).status_code == 200
    other = factories.make_user("mailroom", hub=factories.make_hub())
    for user in (other, world.worker, world.translator, world.coordinator):
        assert client_of(user).get(address).status_code == 404
    assert client_of(world.worker).get("/shipment/plan/").status_code == 404
    assert "No shipment concerns you yet." in text_of(client_of(other).get("/shipments/"))


def test_the_list_says_how_far_each_is():
    world = World()
    world.plan()
    shipment, _bag = world.send(world.ready(5))
    client = client_of(world.volunteer)

    def found(state: str) -> list[str]:
        return [row.number for row in client.get(f"/shipments/?state={state}").context["list"].page]

    assert found("underway") == [shipment.number] and len(found("planned")) == 1 and not found("arrived") and not found("late")
    Shipment.objects.filter(pk=shipment.pk).update(expected_on="2025-01-10")
    assert found("late") == [shipment.number]
    assert "The expected day has passed" in text_of(client.get(f"/shipments/{shipment.number}/"))
    world.tell(arriving.take_over, shipment, found=[Part(Bundle.objects.get())], by=world.worker)
    assert found("arrived") == [shipment.number] and not found("late")
    assert "The expected day has passed" not in text_of(client.get(f"/shipments/{shipment.number}/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    world = World()
    for _ in range(number):
        world.plan(to_hub=world.next_hub)
    client = client_of(world.volunteer)
    with django_assert_num_queries(7):
        assert client.get("/shipments/").status_code == 200


def test_it_is_offered_to_be_taken_over_while_something_is_to_be_taken_over():
    world = World()
    first, late = world.ready(5), world.ready(6)
    shipment, bag = world.send(first, late)
    client, page = client_of(world.worker), f"/shipments/{shipment.number}/"

    def offered() -> list[str]:
        told = text_of(client.get(page))
        assert f"{page}take-over/" in told
        return [words for words in ("Look at each seal", "All of it has arrived.") if words in told]

    assert offered() == ["Look at each seal"]
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(first)], by=world.worker)
    assert offered() == ["Look at each seal"]
    world.tell(arriving.take_over, shipment, found=[Part(late)], by=world.worker)
    assert offered() == ["All of it has arrived."]
    assert "All of it has arrived." not in text_of(client_of(world.volunteer).get(page))


def test_planning_warns_where_more_is_there_than_is_safe_in_one_week_and_refuses_nothing():
    world = World(weekly_limit=150)
    words, page = "More than is safe in one week", "/shipment/plan/"
    world.send(world.ready(90))
    world.count(60)
    assert words not in text_of(client_of(world.team).get(page))
    world.count(100)
    told = text_of(client_of(world.team).get(page))
    sentence = f"{world.case.public_name}: 90 on the way or with the case worker, 160 at a hub; at most 150 a week are safe."
    assert words in told and sentence in told
    assert client_of(world.team).post(page, typed(world)).status_code == 302
    for other in (world.volunteer, factories.make_user("case_team", cases=[factories.make_case(weekly_limit=1)])):
        assert words not in text_of(client_of(other).get(page))


@pytest.mark.parametrize("number", [1, 30])
def test_planning_asks_as_often_for_one_case_as_for_thirty(number, django_assert_num_queries):
    team = factories.make_user("case_team", cases=[factories.make_case(weekly_limit=5) for _ in range(number)])
    client = client_of(team)
    with django_assert_num_queries(12):
        assert client.get("/shipment/plan/").status_code == 200


def test_a_case_worker_is_offered_by_what_one_may_know_of_them():
    world = World()
    world.worker.code = "PNPRF0F"
    world.worker.save()
    options = [text_of(client_of(user).get("/shipment/plan/")) for user in (world.volunteer, world.team)]
    assert f"PNPRF0F · for {world.case.code}</option>" in options[0] and world.worker.username not in options[0]
    assert f"PNPRF0F · {world.worker.username}</option>" in options[1]
    shipment = world.plan()
    told = text_of(client_of(world.volunteer).get("/mailbag/add/"))
    assert f"PNPRF0F · for {world.case.code}</option>" in told and world.worker.username not in told
    assert shipment.number[:4] in told


def test_the_code_of_a_case_worker_is_found_where_it_stands_on_pages():
    world = World()
    world.worker.code = "PNPRF0F"
    world.worker.save()
    volunteer = client_of(world.volunteer)
    assert volunteer.get("/search/", {"q": "pnprf0f"})["Location"] == "/shipment/plan/"
    shipment = world.plan()
    assert volunteer.get("/search/", {"q": "PNPRF0F"})["Location"] == "/shipments/?q=PNPRF0F"
    assert codes.grouped(shipment.number) in text_of(volunteer.get("/shipments/?q=PNPRF0F"))
    for stranger in (world.translator, world.auditor, factories.make_user("case_team")):
        assert client_of(stranger).get("/search/", {"q": "PNPRF0F"}).status_code == 200
