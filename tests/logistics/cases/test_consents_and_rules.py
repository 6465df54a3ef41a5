"""Consents, waivers and rules: only the case team of the case, each once, and all versions stay."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from logistics import permissions
from logistics.actions import consents, rules
from logistics.actions.people import operator
from logistics.models import Consent, Rule
from logistics.words import ConsentPurpose, RuleForce, RuleSubject
from tests import factories
from tests.logistics.refusing import changes_nothing, refused

pytestmark = pytest.mark.django_db

DAY = date(2024, 1, 1)
LATER = date(2024, 2, 1)
RECEIVE, COUNTED = ConsentPurpose.RECEIVE, ConsentPurpose.COUNTED


@pytest.fixture
def case():
    return factories.make_case(consent=False)


@pytest.fixture
def team(case):
    return factories.make_user(permissions.CASE_TEAM, cases=[case])


def calls(case, recipient, rule):
    """Each action on this case, all but who does it."""
    ask = {"subject": RuleSubject.LETTER, "force": RuleForce.FORBIDDEN, "text": "No politics."}
    return [
        (consents.record_consent, (recipient,), {"purpose": COUNTED, "given_on": DAY}, "unknown_recipient"),
        (consents.take_back_consent, (recipient,), {"purpose": RECEIVE, "on": LATER}, "unknown_recipient"),
        (consents.waive_consent, (case,), {"reason": "Nobody can be asked.", "on": DAY}, "unknown_case"),
        (consents.end_waiver, (case,), {}, "unknown_case"),
        (rules.record_rule, (case,), ask, "unknown_case"),
        (rules.end_rule, (rule,), {}, "unknown_rule"),
    ]


def test_wrong_roles_and_strangers_neither_consent_nor_rule(case, team):
    recipient = case.recipients.get()
    consents.record_consent(recipient, purpose=RECEIVE, given_on=DAY, by=team)
    rule = rules.record_rule(case, subject=RuleSubject.ENVELOPE, force=RuleForce.REQUIRED, text="A stamp.", by=team)
    stranger = factories.make_user(permissions.CASE_TEAM, cases=[factories.make_case()])
    wrong = [factories.make_user(role, cases=[case]) for role in ("", "case_worker", "translator", "coordinator", "auditor")]

    for action, args, kwargs, unknown in calls(case, recipient, rule):
        refused(unknown, action, *args, **kwargs, by=stranger)
        for by in wrong:
            refused("not_permitted", action, *args, **kwargs, by=by)
    for action, args, kwargs, _ in calls(case, recipient, rule):
        action(*args, **kwargs, by=team)


def test_the_operator_of_the_machine_consents_for_nobody(case):
    by = operator()

    refused("not_permitted", consents.record_consent, case.recipients.get(), purpose=RECEIVE, given_on=DAY, by=by)
    refused("not_permitted", consents.waive_consent, case, reason="Nobody can be asked.", on=DAY, by=by)


def test_a_consent_is_given_taken_back_and_given_again(case, team):
    recipient = case.recipients.get()
    consents.record_consent(recipient, purpose=RECEIVE, given_on=DAY, by=team)
    changes_nothing(consents.record_consent, recipient, purpose=RECEIVE, given_on=LATER, by=team)

    refused("day_before_consent", consents.take_back_consent, recipient, purpose=RECEIVE, on=DAY - timedelta(1), by=team)
    consents.take_back_consent(recipient, purpose=RECEIVE, on=LATER, by=team)
    refused("no_consent", consents.take_back_consent, recipient, purpose=RECEIVE, on=LATER, by=team)
    consents.record_consent(recipient, purpose=RECEIVE, given_on=LATER, by=team)

    told = list(Consent.objects.order_by("pk").values_list("purpose", "given_on", "taken_back_on"))
    assert told == [(RECEIVE, DAY, LATER), (RECEIVE, LATER, None)]


def test_a_consent_that_cannot_be_is_refused(case, team):
    recipient, tomorrow = case.recipients.get(), timezone.localdate() + timedelta(days=2)

    refused("unknown_purpose", consents.record_consent, recipient, purpose="party", given_on=DAY, by=team)
    refused("day_not_come", consents.record_consent, recipient, purpose=RECEIVE, given_on=tomorrow, by=team)
    refused("no_consent", consents.take_back_consent, recipient, purpose=COUNTED, on=DAY, by=team)


def test_a_waiver_needs_a_reason_and_stands_once(case, team):
    refused("reason_missing", consents.waive_consent, case, reason="  ", on=DAY, by=team)
    refused("bad_waiver", consents.waive_consent, case, reason="x" * 501, on=DAY, by=team)
    refused("not_waived", consents.end_waiver, case, by=team)
    consents.waive_consent(case, reason="Nobody can be asked.", on=DAY, by=team)
    refused("already_waived", consents.waive_consent, case, reason="Nobody can be asked.", on=DAY, by=team)

    consents.end_waiver(case, by=team)

    assert case.consent_waivers.filter(ended_at=None).count() == 0
    consents.waive_consent(case, reason="Again nobody can be asked.", on=DAY, by=team)


def test_a_rule_has_versions_and_the_old_ones_stay(case, team):
    said = {"subject": RuleSubject.ENVELOPE, "force": RuleForce.REQUIRED}
    first = rules.record_rule(case, text="The sender's address.", by=team, **said)
    other = rules.record_rule(case, text="A stamp.", by=team, **said)
    second = rules.record_rule(case, text="No address.", replaces=first, by=team, **said)

    assert [(rule.number, rule.version) for rule in (first, other, second)] == [(1, 1), (2, 1), (1, 2)]
    assert changes_nothing(rules.record_rule, case, text="A stamp.", by=team, **said) == other
    assert changes_nothing(rules.record_rule, case, text="No address.", replaces=first, by=team, **said) == second
    again = rules.record_rule(case, text="The sender's address.", by=team, **said)
    assert (again.number, again.version) == (3, 1)


def test_a_rule_ends_once_with_a_version_of_its_own(case, team):
    rule = rules.record_rule(
        case, subject=RuleSubject.LETTER, force=RuleForce.ALLOWED, text="Drawings.", holds_from=DAY, by=team
    )

    refused("ends_before_it_begins", rules.end_rule, rule, on=DAY - timedelta(days=1), by=team)
    rules.end_rule(rule, on=LATER, by=team)

    assert list(Rule.objects.order_by("version").values_list("version", "text", "holds_until")) == [
        (1, "Drawings.", None),
        (2, "Drawings.", LATER),
    ]
    refused("rule_ended", rules.end_rule, rule, on=LATER, by=team)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("unknown_subject", {"subject": "stamp"}),
        ("unknown_force", {"force": "perhaps"}),
        ("text_missing", {"text": " "}),
        ("bad_rule", {"text": "x" * 501}),
        ("ends_before_it_begins", {"holds_from": LATER, "holds_until": DAY}),
    ],
)
def test_a_rule_that_says_nothing_is_refused(code, wrong, case, team):
    said = {"subject": RuleSubject.LETTER, "force": RuleForce.ALLOWED, "text": "Drawings."}

    refused(code, rules.record_rule, case, by=team, **said | wrong)


def test_a_rule_of_another_case_is_not_replaced(case, team):
    other = factories.make_case()
    theirs = factories.make_user(permissions.CASE_TEAM, cases=[other])
    said = {"subject": RuleSubject.LETTER, "force": RuleForce.ALLOWED, "text": "Drawings."}
    rule = rules.record_rule(other, by=theirs, **said)

    refused("unknown_rule", rules.record_rule, case, replaces=rule, by=team, **said | {"text": "Photos."})
