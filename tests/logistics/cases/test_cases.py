"""Cases: who adds them, who decides about them, and what they may say."""

import pytest

from logistics import permissions
from logistics.actions import cases
from logistics.models import AuditRow, Case, User
from logistics.queries.cases import campaigns, case_named
from logistics.queries.cases import cases as cases_seen_by
from logistics.words import CaseKind, CaseStatus, TranslationPolicy
from tests import factories
from tests.logistics.refusing import changes_nothing, refused

pytestmark = pytest.mark.django_db

MAILROOM, CASE_TEAM, COORDINATOR = permissions.MAILROOM, permissions.CASE_TEAM, permissions.COORDINATOR


@pytest.fixture
def case():
    return factories.make_case(code="ZZ-1")


@pytest.fixture
def team(case):
    return factories.make_user(CASE_TEAM, cases=[case])


def afresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


@pytest.mark.parametrize(
    ("kind", "people", "recipients"),
    [
        (CaseKind.PERSON, None, 1),
        (CaseKind.PERSON, 1, 1),
        (CaseKind.GROUP, 13, 13),
        (CaseKind.GROUP, None, 1),
        (CaseKind.COMMUNITY, None, 1),
        (CaseKind.COMMUNITY, 400, 1),
    ],
)
def test_a_case_has_the_recipients_of_its_kind(kind, people, recipients):
    by = factories.make_user(COORDINATOR)

    case = cases.add_case(factories.make_campaign(), "A1", kind=kind, people=people, by=by)

    assert list(case.recipients.values_list("number", flat=True)) == list(range(1, recipients + 1))


def test_a_case_team_works_on_the_case_that_it_adds():
    campaign, team = factories.make_campaign("w"), factories.make_user(CASE_TEAM)
    assert not cases_seen_by(team).exists()

    case = cases.add_case(campaign, "A1", kind=CaseKind.PERSON, names=["Ana", " Ana ", "Anna"], by=team)

    assert list(cases_seen_by(team)) == [case]
    assert list(case.names.values_list("name", flat=True)) == ["Ana", "Anna"]
    assert AuditRow.objects.filter(by=team, what="case_added", subject="w/A1").count() == 1
    assert not cases_seen_by(factories.make_user(CASE_TEAM)).exists()


def test_a_coordinator_who_adds_a_case_does_not_work_on_it():
    by = factories.make_user(COORDINATOR)

    case = cases.add_case(factories.make_campaign(), "A1", kind=CaseKind.PERSON, by=by)

    assert not case.assignments.exists()
    refused("not_permitted", cases.edit_case, case, public_name="Ana", by=by)


@pytest.mark.parametrize("role", ["", MAILROOM, permissions.TRANSLATOR, permissions.CASE_WORKER, permissions.AUDITOR])
def test_others_neither_add_nor_edit_cases(role, case):
    by = factories.make_user(role, hub=factories.make_hub() if role == MAILROOM else None, cases=[case])

    refused("not_permitted", cases.add_case, case.campaign, "A1", kind=CaseKind.PERSON, by=by)
    refused("not_permitted", cases.edit_case, case, public_name="Ana", by=by)
    for change in (cases.pause_case, cases.resume_case, cases.close_case):
        refused("not_permitted", change, case, by=by)


def test_the_same_code_stands_once_in_a_campaign_and_again_in_the_next(case):
    by = factories.make_user(COORDINATOR)

    refused("code_taken", cases.add_case, case.campaign, "zz-1", kind=CaseKind.PERSON, by=by)
    cases.add_case(factories.make_campaign(), "ZZ-1", kind=CaseKind.PERSON, by=by)

    assert Case.objects.filter(code="ZZ-1").count() == 2


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("unknown_kind", {"kind": "village"}),
        ("bad_number_of_people", {"kind": "person", "people": 2}),
        ("bad_number_of_people", {"kind": "group", "people": 0}),
        ("bad_number_of_people", {"kind": "group", "people": 1_000_000}),
        ("unknown_country", {"country": "UK"}),
        ("unknown_country", {"country": "no"}),
        ("unknown_language", {"languages": ["english"]}),
        ("unknown_language", {"languages": ["pt", "PT-br"]}),
        ("bad_case", {"public_name": "x" * 201}),
        ("bad_case", {"translation_policy": "perhaps"}),
        ("bad_case", {"weekly_limit": -1}),
        ("bad_case", {"source": "a\0b"}),
        ("bad_name", {"names": ["x" * 201]}),
    ],
)
def test_a_case_that_says_something_wrong_is_neither_added_nor_edited(code, wrong, case, team):
    refused(code, cases.add_case, case.campaign, "A1", by=team, **{"kind": "person"} | wrong)
    refused(code, cases.edit_case, case, by=team, **wrong)


@pytest.mark.parametrize("code", ["", "two words", "-1", "x" * 21, "a/b", "=1"])
def test_a_code_of_a_case_is_short_and_plain(code):
    by = factories.make_user(COORDINATOR)

    refused("bad_case_code", cases.add_case, factories.make_campaign(), code, kind=CaseKind.PERSON, by=by)


def test_an_edit_changes_what_it_names_and_only_that(case, team):
    before = Case.objects.filter(pk=case.pk).values().get()
    wanted = {"languages": ["tr", "ku-Latn"], "translation_policy": TranslationPolicy.WANTED, "weekly_limit": 30}

    cases.edit_case(case, names=["Other name"], by=team, **wanted)

    assert Case.objects.filter(pk=case.pk).values().get() == before | wanted
    changes_nothing(cases.edit_case, case, names=["Other name"], by=team, **wanted)


def test_a_group_grows_and_never_shrinks():
    group = factories.make_case(kind=CaseKind.GROUP, people=3)
    team = factories.make_user(CASE_TEAM, cases=[group])

    cases.edit_case(group, people=5, by=team)

    assert group.recipients.count() == 5
    refused("fewer_people", cases.edit_case, group, people=4, by=team)
    refused("fewer_people", cases.edit_case, group, kind=CaseKind.PERSON, people=1, by=team)


def test_a_case_is_paused_resumed_and_closed_for_good(case, team):
    refused("not_paused", cases.resume_case, case, by=team)
    cases.pause_case(case, by=team)
    refused("not_active", cases.pause_case, case, by=team)
    cases.resume_case(case, by=team)
    assert afresh(case).status == CaseStatus.ACTIVE

    cases.close_case(case, by=team)

    assert afresh(case).status == CaseStatus.CLOSED
    refused("case_closed", cases.close_case, case, by=team)
    refused("not_active", cases.pause_case, case, by=team)
    refused("not_paused", cases.resume_case, case, by=team)


def test_what_one_may_not_see_is_refused_as_what_never_was(case):
    stranger = factories.make_user(CASE_TEAM, cases=[factories.make_case(case.campaign, "MINE")])
    slug = case.campaign.slug

    hidden = refused("unknown_case", case_named, slug, "ZZ-1", stranger)
    never = refused("unknown_case", case_named, slug, "ZZ-2", stranger)
    assert hidden.replace("ZZ-1", "ZZ-2") == never
    assert refused("unknown_case", cases.edit_case, case, public_name="x", by=stranger) == refused(
        "unknown_case", cases.pause_case, Case(pk=case.pk + 1000), by=stranger
    )


def test_seeing_all_cases_in_one_role_does_not_let_a_case_team_decide_on_them(case):
    """Roles add up in what they show, never in what they let one do to whom."""
    both = factories.make_user(CASE_TEAM, cases=[factories.make_case()])
    factories.give_role(both, MAILROOM, factories.make_hub())
    both = User.objects.get(pk=both.pk)
    assert case in cases_seen_by(both)

    refused("not_permitted", cases.edit_case, case, public_name="x", by=both)
    refused("not_permitted", cases.close_case, case, by=both)


@pytest.mark.parametrize("role", [MAILROOM, COORDINATOR, permissions.AUDITOR, permissions.OPERATOR])
def test_these_roles_see_all_cases(role, case):
    user = factories.make_user(role, hub=factories.make_hub() if role == MAILROOM else None)

    assert case_named(case.campaign.slug, "zz-1", user) == case
    assert list(campaigns(user)) == [case.campaign]


@pytest.mark.parametrize("role", sorted(permissions.ROLES_BY_CASE))
def test_these_roles_see_only_the_cases_they_are_assigned_to(role, case):
    other = factories.make_case()
    user = factories.make_user(role, cases=[case])

    assert list(cases_seen_by(user)) == [case]
    assert list(campaigns(user)) == [case.campaign]
    assert other.campaign not in campaigns(user)


def test_who_has_no_role_sees_nothing_even_when_assigned(case):
    user = factories.make_user(cases=[case])

    assert not cases_seen_by(user).exists()
    assert not campaigns(user).exists()
