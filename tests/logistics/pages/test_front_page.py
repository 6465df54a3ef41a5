"""The front page and signing in."""

import pytest
from django.test import Client
from django.urls import reverse

from tests import factories
from tests.world import World

pytestmark = pytest.mark.django_db


def page(user, **asked) -> tuple[int, str]:
    client = Client()
    client.force_login(user)
    response = client.get(reverse("received"), asked)
    return response.status_code, response.content.decode()


def test_whoever_is_not_signed_in_is_asked_to():
    response = Client().get("/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in/?next=/")


def test_the_front_page_says_how_many_each_person_received():
    world = World()
    world.count(88)
    status, text = page(world.coordinator)
    assert status == 200
    assert world.case.public_name in text
    assert 'data-label="Counted">88<' in text
    assert 'data-label="Declared">88<' in text


def test_a_case_worker_sees_their_own_cases_only():
    world, other = World(), World()
    other.count(77)
    _, text = page(world.worker)
    assert world.case.public_name in text
    assert other.case.public_name not in text
    assert ">77<" not in text


def test_somebody_without_cases_is_told_what_makes_them_appear():
    World()
    status, text = page(factories.make_user("case_team"))
    assert status == 200
    assert "A coordinator assigns you" in text


def test_a_past_day_can_be_asked_and_no_day_is_answered_with_a_sentence():
    world = World()
    world.count(88)
    assert 'data-label="Counted">0<' in page(world.coordinator, **{"as-of": "2001-01-01"})[1]
    assert "That is no day" in page(world.coordinator, **{"as-of": "yesterday"})[1]


def test_constructed_figures_say_so():
    world = World()
    assert "Constructed for demonstration" not in page(world.coordinator)[1]
    world.campaign.is_constructed = True
    world.campaign.save()
    assert "Constructed for demonstration" in page(world.coordinator)[1]


def test_the_front_page_costs_the_same_queries_for_one_case_and_for_thirty(django_assert_num_queries):
    world = World()
    for cases in (1, 30):
        for _ in range(cases - 1):
            factories.make_case(world.campaign)
        client = Client()
        client.force_login(world.coordinator)
        with django_assert_num_queries(QUERIES):
            client.get("/received/")


QUERIES = 8


def test_a_wrong_password_keeps_the_name_and_says_what_to_do():
    factories.make_user("coordinator", name="maria")
    response = Client().post("/sign-in/", {"username": "maria", "password": "wrong"})
    text = response.content.decode()
    assert "do not belong together" in text
    assert 'value="maria"' in text


def test_signing_out_takes_a_post():
    world = World()
    client = Client()
    client.force_login(world.coordinator)
    assert client.get("/sign-out/").status_code == 405
    assert client.post("/sign-out/")["Location"] == "/sign-in/"
    assert client.get("/").status_code == 302


def test_every_answer_forbids_what_comes_from_elsewhere():
    response = Client().get("/sign-in/")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert b"style=" not in response.content
    assert b"<script" not in response.content


def test_what_is_not_there_is_a_page_of_our_own():
    response = Client().get("/nowhere/")
    assert response.status_code == 404
    assert b"There is nothing here" in response.content
