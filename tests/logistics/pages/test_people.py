"""A coordinator's pages of people."""

import re

import pytest
from django.test import Client

from logistics import codes
from logistics.models import Assignment, AuditRow, Role, User
from tests import factories
from tests.logistics.pages.coordinating import client_of, coordinator, hidden_from_others, sent, text_of

pytestmark = pytest.mark.django_db

PASSWORD = re.compile(r'class="plate">([0-9a-z-]{19})<')


def somebody(role: str = "translator", **about) -> User:
    user = factories.make_user(role, **about)
    user.code = codes.new_person()
    user.save()
    return user


def test_only_coordinators_have_these_pages():
    code = somebody().code
    for address in ("/people/", "/person/add/", *(f"/people/{code}/{page}" for page in ("", "close/", "password/", "name/"))):
        assert coordinator().get(address).status_code == 200, address
        assert hidden_from_others(address), address


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    client = coordinator()
    for _ in range(number):
        somebody("mailroom", hub=factories.make_hub())
    with django_assert_num_queries(7):
        client.get("/people/")


@pytest.mark.parametrize("number", [1, 30])
def test_a_person_asks_as_often_for_one_case_as_for_thirty(number, django_assert_num_queries):
    client, person = coordinator(), somebody(cases=[factories.make_case() for _ in range(number)])
    factories.make_case()
    with django_assert_num_queries(10):
        client.get(f"/people/{person.code}/")


def test_the_list_is_narrowed_by_role_and_by_name():
    somebody(name="anna")
    somebody("auditor", name="boris")
    client = coordinator()
    assert "boris" not in text_of(client.get("/people/?role=translator"))
    assert "boris" not in text_of(client.get("/people/?q=ann"))
    assert "fits what you asked for" in text_of(client.get("/people/?q=nobody"))


def test_whoever_is_invited_signs_in_with_a_password_that_is_shown_once():
    client, typed = coordinator(), sent(username="anna", role="translator", hub="")
    address = client.post("/person/add/", typed)["Location"]
    assert client.post("/person/add/", typed)["Location"] == address
    person = User.objects.get(username="anna")
    assert address == f"/people/{person.code}/" and person.roles == {"translator"}
    password = PASSWORD.search(text_of(client.get(address)))[1]
    assert password not in text_of(client.get(address))
    assert password not in str(dict(client.session.items()))
    assert Client().login(username="anna", password=password)


def test_a_refused_invitation_keeps_what_was_typed():
    factories.make_hub("north")
    response = coordinator().post("/person/add/", sent(username="anna", role="mailroom", hub=""))
    assert "works at a hub" in text_of(response)
    assert 'value="anna"' in text_of(response)
    assert not User.objects.filter(username="anna").exists()


@pytest.mark.parametrize("name", ["anna k", "anna\u00a0k", "anna/k"])
def test_a_name_to_sign_in_with_says_at_its_field_which_signs_it_can_have(name):
    response = coordinator().post("/person/add/", sent(username=name, role="translator", hub=""))
    told = text_of(response)
    assert "has no spaces. Use letters of any script" in told and 'aria-invalid="true"' in told
    assert "cannot be saved" not in told and not User.objects.filter(username=name).exists()
    page = f"/people/{somebody().code}/name/"
    assert "has no spaces" in text_of(coordinator().post(page, {"username": name}))


@pytest.mark.parametrize("name", ["سلمى", "Đài", " olena "])
def test_a_name_to_sign_in_with_may_be_of_any_script(name):
    assert coordinator().post("/person/add/", sent(username=name, role="translator", hub="")).status_code == 302
    assert User.objects.filter(username=name.strip()).exists()


@pytest.mark.parametrize(
    ("address", "typed", "field"),
    [
        ("/person/add/", {"username": "ANNA", "role": "translator"}, "username"),
        ("/person/add/", {"username": "olga", "role": "mailroom"}, "hub"),
        ("/campaign/add/", {"slug": "light", "name": "Light"}, "slug"),
        ("/campaign/add/", {"slug": "new", "name": "New", "opens": "2026-02-01", "closes": "2026-01-01"}, "closes"),
        ("/campaigns/light/cases/add/", {"code": "aa", "kind": "person", "translation_policy": "wanted"}, "code"),
        ("/campaigns/light/cases/add/", {"code": "B", "kind": "person", "people": "3", "translation_policy": "wanted"}, "people"),
        ("/hub/add/", {"name": "North", "code": "NORTH", "country": "NO", "time_zone": "UTC", "language": "en"}, "code"),
    ],
)
def test_a_refusal_about_one_value_stands_at_its_field(address, typed, field):
    factories.make_user("translator", name="anna")
    factories.make_case(factories.make_campaign("light"), "AA")
    factories.make_hub(code="north")
    told = text_of(coordinator().post(address, sent(**typed)))
    control = next(tag for tag in re.findall(r"<(?:input|select|textarea)[^>]*>", told) if f'name="{field}"' in tag)
    assert 'aria-invalid="true"' in control and f"id_{field}_error" in control
    assert f'class="error" id="id_{field}_error"' in told and "Not done" not in told


def test_a_role_is_given_at_a_hub_and_ended():
    client, person = coordinator(), somebody("auditor")
    hub = factories.make_hub("north")
    client.post(f"/people/{person.code}/roles/give/", {"role": "mailroom", "hub": "north"})
    assert Role.objects.get(user=person, role="mailroom").hub == hub
    again = client.post(f"/people/{person.code}/roles/give/", {"role": "mailroom", "hub": "north"})
    assert "has that role already" in text_of(again)
    client.post(f"/people/{person.code}/roles/end/", {"role": "mailroom", "hub": "north"})
    assert Role.objects.get(user=person, role="mailroom").ended_at
    assert User.objects.get(pk=person.pk).roles == {"auditor"}
    ended = client.post(f"/people/{person.code}/roles/end/", {"role": "mailroom", "hub": "north"}, follow=True)
    assert "ended already" in text_of(ended)


def test_the_last_coordinator_stays():
    only = somebody("coordinator")
    client = client_of(only)
    told = client.post(f"/people/{only.code}/roles/end/", {"role": "coordinator", "hub": ""}, follow=True)
    assert "the last coordinator" in text_of(told)
    assert "the last coordinator" in text_of(client.post(f"/people/{only.code}/close/"))
    assert User.objects.get(pk=only.pk).roles == {"coordinator"}


def test_cases_are_assigned_together_and_ended_one_by_one():
    client, person = coordinator(), somebody()
    one, other = factories.make_case(code="AA"), factories.make_case(code="BB")
    typed = {"cases": [f"{each.campaign.slug}/{each.code}" for each in (one, other)]}
    for _ in range(2):
        response = client.post(f"/people/{person.code}/cases/assign/", typed)
        assert (response.status_code, response["Location"]) == (302, f"/people/{person.code}/")
    assert Assignment.objects.filter(user=person, ended_at=None).count() == 2
    named = {"campaign": one.campaign.slug, "case": "AA"}
    client.post(f"/people/{person.code}/cases/unassign/", named)
    assert [each.case for each in Assignment.objects.filter(user=person, ended_at=None)] == [other]
    assert "ended already" in text_of(client.post(f"/people/{person.code}/cases/unassign/", named, follow=True))


def test_a_role_without_cases_is_assigned_none():
    person, case = somebody("auditor"), factories.make_case()
    response = coordinator().post(f"/people/{person.code}/cases/assign/", {"cases": [f"{case.campaign.slug}/{case.code}"]})
    assert response.status_code == 200
    assert not Assignment.objects.filter(user=person).exists()


def test_a_closed_account_signs_in_no_more():
    client, person = coordinator(), somebody()
    assert "It cannot be opened again." in text_of(client.get(f"/people/{person.code}/close/"))
    assert client.post(f"/people/{person.code}/close/")["Location"] == "/people/"
    person.refresh_from_db()
    assert not person.is_active
    assert "closed already" in text_of(client.post(f"/people/{person.code}/close/"))


def test_a_lost_password_is_renewed_and_the_old_one_ends_with_its_sessions():
    client, person = coordinator(), somebody()
    person.set_password("the one that was lost")
    person.save()
    theirs = client_of(person)
    assert theirs.get("/").status_code == 200
    page, typed = f"/people/{person.code}/password/", sent()
    first = PASSWORD.search(text_of(client.post(page, typed, follow=True)))[1]
    again = PASSWORD.search(text_of(client.post(page, typed, follow=True)))[1]
    assert first == again
    assert not PASSWORD.search(text_of(client.get(f"/people/{person.code}/")))
    assert theirs.get("/").status_code == 302
    person.refresh_from_db()
    assert person.check_password(first) and not person.check_password("the one that was lost")
    assert AuditRow.objects.filter(what="password_renewed", subject=person.code).count() == 1


def test_nobody_renews_their_own_password_here_nor_that_of_a_closed_account():
    me, closed = somebody("coordinator"), somebody()
    closed.is_active = False
    closed.save()
    before = me.password
    client = client_of(me)
    assert "under You" in text_of(client.post(f"/people/{me.code}/password/", sent()))
    assert "closed" in text_of(client.post(f"/people/{closed.code}/password/", sent()))
    me.refresh_from_db()
    assert me.password == before and not AuditRow.objects.filter(what="password_renewed").exists()


def test_a_person_is_given_another_name_which_nobody_else_has():
    client, person = coordinator(), somebody(name="anna")
    somebody(name="boris")
    page = f"/people/{person.code}/name/"
    told = text_of(client.post(page, {"username": "Boris"}))
    assert "signs in as Boris already" in told and 'value="Boris"' in told
    assert "signs in as Operator already" in text_of(client.post(page, {"username": "Operator"}))
    for _ in range(2):
        assert "anna-maria is the name now." in text_of(client.post(page, {"username": "anna-maria"}, follow=True))
    person.refresh_from_db()
    assert person.username == "anna-maria"
    assert AuditRow.objects.filter(what="person_renamed").count() == 1
