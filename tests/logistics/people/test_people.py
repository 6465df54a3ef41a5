"""People, their roles and their cases: who may give what to whom, and what is never given."""

import pytest
from django.contrib.auth import authenticate

from logistics import permissions
from logistics.actions import hubs, people
from logistics.models import Assignment, AuditRow, Role, User
from logistics.permissions import ROLES_BY_CASE
from logistics.queries.people import people as people_seen_by
from logistics.queries.people import person_named
from tests import factories
from tests.logistics.refusing import changes_nothing, refused

pytestmark = pytest.mark.django_db

PASSWORD = "a pass phrase of ours"


@pytest.fixture
def coordinator():
    return factories.make_user(permissions.COORDINATOR)


def afresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


OTHER_ROLES = [role for role, _ in permissions.ROLES if role not in (permissions.COORDINATOR, permissions.OPERATOR)]


@pytest.mark.parametrize("role", ["", *OTHER_ROLES])
def test_only_coordinators_and_the_operator_say_who_does_what(role, coordinator):
    hub = factories.make_hub()
    case = factories.make_case()
    somebody = factories.make_user(permissions.TRANSLATOR, cases=[case])
    by = factories.make_user(role, hub=hub if role == permissions.MAILROOM else None, cases=[case])

    refused("not_permitted", people.add_person, "new", role=permissions.TRANSLATOR, by=by)
    refused("not_permitted", people.give_role, somebody, role=permissions.CASE_TEAM, by=by)
    refused("not_permitted", people.give_role, by, role=permissions.COORDINATOR, by=by)
    refused("not_permitted", people.end_role, somebody.held_roles.get(), by=by)
    refused("not_permitted", people.close_person, somebody, by=by)
    refused("not_permitted", people.assign, somebody, factories.make_case(), by=by)
    refused("not_permitted", people.end_assignment, somebody.assignments.get(), by=by)


def test_a_closed_account_does_nothing_any_more(coordinator):
    factories.make_user(permissions.COORDINATOR)
    people.close_person(coordinator, by=people.operator())

    refused("not_permitted", people.add_person, "new", role=permissions.TRANSLATOR, by=afresh(coordinator))


def test_the_operator_is_one_and_can_never_sign_in(client):
    operator = people.operator()

    assert operator.roles == {permissions.OPERATOR}
    assert not operator.has_usable_password()
    assert authenticate(username="operator", password="") is None
    assert changes_nothing(people.operator) == operator


def test_commands_do_not_act_as_a_person_who_is_called_operator():
    User.objects.create_user("operator", password=PASSWORD)

    refused("operator_is_somebody", people.operator)


def test_nobody_can_be_given_the_role_of_the_operator(coordinator):
    somebody = factories.make_user(permissions.AUDITOR)

    for by in (coordinator, people.operator()):
        refused("unknown_role", people.add_person, "new", role=permissions.OPERATOR, by=by)
        refused("unknown_role", people.give_role, somebody, role=permissions.OPERATOR, by=by)
        refused("name_taken", people.add_person, "Operator", role=permissions.AUDITOR, by=by)


def test_the_operator_is_nobody_who_could_be_given_or_lose_anything(coordinator):
    operator = people.operator()

    refused("unknown_person", people.give_role, operator, role=permissions.CASE_TEAM, by=coordinator)
    refused("unknown_person", people.close_person, operator, by=coordinator)
    refused("unknown_role", people.end_role, operator.held_roles.get(), by=coordinator)


def test_a_person_is_added_with_a_role_and_an_opaque_code(coordinator):
    hub = factories.make_hub()

    added = people.add_person("ana", role=permissions.MAILROOM, hub=hub, by=coordinator, password=PASSWORD)

    assert afresh(added).roles == {permissions.MAILROOM}
    assert afresh(added).hub_ids == {hub.pk}
    assert authenticate(username="ana", password=PASSWORD) == added
    assert "ana" not in added.code.lower()
    row = AuditRow.objects.last()
    assert (row.by, row.what, row.subject) == (coordinator, "person_added", added.code)


def test_a_person_without_a_password_cannot_sign_in_yet(coordinator):
    added = people.add_person("ana", role=permissions.AUDITOR, by=coordinator)

    assert not added.has_usable_password()
    assert not added.is_demo


def test_a_person_is_refused_who_would_be_wrong(coordinator):
    hub, closed = factories.make_hub(), factories.make_hub(is_open=False)
    people.add_person("ana", role=permissions.AUDITOR, by=coordinator)

    refused("unknown_role", people.add_person, "ben", role="king", by=coordinator)
    refused("hub_needed", people.add_person, "ben", role=permissions.MAILROOM, by=coordinator)
    refused("no_hub_needed", people.add_person, "ben", role=permissions.AUDITOR, hub=hub, by=coordinator)
    refused("hub_closed", people.add_person, "ben", role=permissions.MAILROOM, hub=closed, by=coordinator)
    refused("name_taken", people.add_person, "ANA", role=permissions.AUDITOR, by=coordinator)
    for name in ("", "  ", "two words", "a" * 151, "nul\0"):
        refused("bad_person", people.add_person, name, role=permissions.AUDITOR, by=coordinator)
    for password in ("short", "password123", ""):
        refused("weak_password", people.add_person, "ben", role=permissions.AUDITOR, by=coordinator, password=password)


def test_a_second_role_adds_to_the_first(coordinator):
    user = factories.make_user(permissions.TRANSLATOR)

    people.give_role(user, role=permissions.CASE_WORKER, by=coordinator)

    assert user.roles == {permissions.TRANSLATOR, permissions.CASE_WORKER}
    refused("has_role", people.give_role, user, role=permissions.CASE_WORKER, by=coordinator)


def test_a_volunteer_can_work_at_two_hubs(coordinator):
    first, second = factories.make_hub(), factories.make_hub()
    user = factories.make_user(permissions.MAILROOM, hub=first)

    people.give_role(user, role=permissions.MAILROOM, hub=second, by=coordinator)

    assert user.hub_ids == {first.pk, second.pk}
    refused("has_role", people.give_role, user, role=permissions.MAILROOM, hub=second, by=coordinator)


def test_a_role_ends_once_and_with_the_last_role_by_case_the_cases_end(coordinator):
    case = factories.make_case()
    user = factories.make_user(permissions.TRANSLATOR, cases=[case])
    people.give_role(user, role=permissions.CASE_WORKER, by=coordinator)

    people.end_role(user.held_roles.get(role=permissions.TRANSLATOR), by=coordinator)
    assert afresh(user).case_ids == {case.pk}

    last = user.held_roles.get(role=permissions.CASE_WORKER)
    people.end_role(last, by=coordinator)

    assert (afresh(user).roles, afresh(user).case_ids) == (frozenset(), frozenset())
    refused("role_ended", people.end_role, last, by=coordinator)


def test_the_last_coordinator_stays(coordinator):
    role = coordinator.held_roles.get()

    refused("last_coordinator", people.end_role, role, by=coordinator)
    refused("last_coordinator", people.close_person, coordinator, by=coordinator)

    people.add_person("second", role=permissions.COORDINATOR, by=coordinator)
    people.end_role(role, by=coordinator)

    assert Role.objects.filter(role=permissions.COORDINATOR, ended_at=None).count() == 1


def test_a_closed_person_loses_everything_but_what_they_did(coordinator):
    case = factories.make_case()
    user = factories.make_user(permissions.CASE_TEAM, cases=[case])
    user.set_password(PASSWORD)
    user.save()

    people.close_person(user, by=coordinator)

    closed = afresh(user)
    assert (closed.is_active, closed.roles, closed.case_ids) == (False, frozenset(), frozenset())
    assert authenticate(username=user.username, password=PASSWORD) is None
    refused("person_closed", people.close_person, user, by=coordinator)
    refused("person_closed", people.give_role, user, role=permissions.AUDITOR, by=coordinator)
    refused("person_closed", people.assign, user, case, by=coordinator)


@pytest.mark.parametrize("role", sorted(ROLES_BY_CASE))
def test_an_assignment_opens_a_case_and_its_end_closes_it(role, coordinator):
    case = factories.make_case()
    user = factories.make_user(role)

    given = people.assign(user, case, by=coordinator)
    assert user.case_ids == {case.pk}
    assert changes_nothing(people.assign, user, case, by=coordinator) == given

    people.end_assignment(given, by=coordinator)
    assert afresh(user).case_ids == frozenset()
    refused("assignment_ended", people.end_assignment, given, by=coordinator)

    people.assign(user, case, by=coordinator)
    assert Assignment.objects.filter(user=user, case=case).count() == 2


def test_who_does_not_work_by_case_is_not_assigned(coordinator):
    refused("not_by_case", people.assign, factories.make_user(permissions.AUDITOR), factories.make_case(), by=coordinator)
    refused("not_by_case", people.assign, factories.make_user(), factories.make_case(), by=coordinator)


def test_people_see_whom_they_work_with_and_no_others(coordinator):
    case, hub = factories.make_case(), factories.make_hub()
    team, worker = (factories.make_user(role, cases=[case]) for role in (permissions.CASE_TEAM, permissions.CASE_WORKER))
    volunteer, colleague = (factories.make_user(permissions.MAILROOM, hub=hub) for _ in range(2))
    stranger = factories.make_user(permissions.CASE_WORKER, cases=[factories.make_case()])

    assert set(people_seen_by(team)) == {team, worker}
    assert set(people_seen_by(worker)) == {worker}
    assert set(people_seen_by(volunteer)) == {volunteer, colleague}
    assert stranger in people_seen_by(coordinator)
    never, hidden = (refused("unknown_person", person_named, name, team) for name in ("xyz", stranger.username))
    assert never.replace("xyz", stranger.username) == hidden


def test_hubs_are_added_and_closed_by_coordinators(coordinator):
    hub = hubs.add_hub("oslo", name="Oslo", country="NO", time_zone="Europe/Oslo", language="nb", by=coordinator)

    refused("hub_code_taken", hubs.add_hub, "OSLO", name="Oslo", by=coordinator)
    refused("unknown_time_zone", hubs.add_hub, "bergen", name="Bergen", time_zone="Europe", by=coordinator)
    refused("unknown_time_zone", hubs.add_hub, "bergen", name="Bergen", time_zone="Norway/Bergen", by=coordinator)
    refused("unknown_country", hubs.add_hub, "bergen", name="Bergen", country="UK", by=coordinator)
    refused("unknown_language", hubs.add_hub, "bergen", name="Bergen", language="norsk", by=coordinator)
    refused("bad_hub", hubs.add_hub, "ber\0gen", name="Bergen", by=coordinator)
    refused("bad_hub", hubs.add_hub, "at bergen", name="Bergen", by=coordinator)
    refused("bad_hub", hubs.add_hub, "bergen", name="", by=coordinator)
    refused("not_permitted", hubs.add_hub, "bergen", name="Bergen", by=factories.make_user(permissions.CASE_TEAM))
    refused("not_permitted", hubs.close_hub, hub, by=factories.make_user(permissions.MAILROOM, hub=hub))

    assert not hubs.close_hub(hub, by=coordinator).is_open
    refused("hub_closed", hubs.close_hub, hub, by=coordinator)
