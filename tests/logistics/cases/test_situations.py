"""A situation stops what is on its way until the case team has decided; and what else a bundle waits for."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from logistics import permissions
from logistics.actions import cases, consents, screening, situations, splitting
from logistics.models import Bundle, Flag, Situation
from logistics.queries.cases import waits_for
from logistics.words import ConsentPurpose, FlagDecision, Precision, Purpose, Reason, SituationWhat
from tests import factories
from tests.logistics.refusing import changes_nothing, refused
from tests.world import World

pytestmark = pytest.mark.django_db

DAY = date(2025, 1, 10)


@pytest.fixture
def world():
    return World()


def happen(world: World, what: str = SituationWhat.MOVED, *, day: date = DAY, **more) -> Situation:
    more = {"precision": Precision.DAY, "by": world.team} | more
    return situations.record_situation(world.case, day=day, what=what, **more)


def code_for(bundle: Bundle) -> str:
    return waits_for([bundle]).get(bundle.pk, ("", ""))[0]


def test_every_bundle_on_its_way_is_flagged_and_nothing_else(world):
    in_mailroom, sent = world.ready(3), world.ready(4)
    world.send(sent)
    held_back = world.count(2)
    world.tell(
        screening.withhold, held_back, pieces=2, reason=Reason.COULD_HARM, hub=world.hub, by=world.volunteer
    )
    elsewhere = World().count(5)

    situation = happen(world)

    assert set(situation.flags.values_list("bundle", flat=True)) == {in_mailroom.pk, sent.pk}
    assert not elsewhere.flags.exists()


def test_the_same_fact_again_changes_nothing_and_another_flags_again(world):
    bundle = world.count(3)
    first = happen(world, remark="To another town.", source="a letter")

    assert changes_nothing(happen, world, remark="To another town. ", source="a call") == first
    happen(world, SituationWhat.INJURED)

    assert bundle.flags.count() == 2


def test_of_a_month_or_a_year_the_first_day_is_kept(world):
    assert happen(world, precision=Precision.MONTH).day == date(2025, 1, 1)
    assert happen(world, day=date(2024, 7, 9), precision=Precision.YEAR).day == date(2024, 1, 1)


@pytest.mark.parametrize(
    ("code", "wrong"),
    [
        ("unknown_situation", {"what": "vanished"}),
        ("unknown_precision", {"precision": "hour"}),
        ("day_not_come", {"day": timezone.localdate() + timedelta(days=3)}),
        ("bad_situation", {"remark": "x" * 501}),
        ("bad_situation", {"remark": "a\0b"}),
    ],
)
def test_a_situation_that_cannot_be_is_refused(code, wrong, world):
    world.count(3)
    refused(code, situations.record_situation, world.case, by=world.team,
            **{"day": DAY, "precision": Precision.DAY, "what": SituationWhat.MOVED} | wrong)  # fmt: skip


def test_a_situation_is_of_a_recipient_of_the_case(world):
    other = factories.make_case().recipients.get()

    refused("unknown_recipient", happen, world, recipient=other)
    assert happen(world, recipient=world.case.recipients.get()).recipient_id == world.case.recipients.get().pk


def test_only_the_case_team_of_the_case_says_what_happened_and_what_follows(world):
    world.count(3)
    happen(world)
    flag = Flag.objects.get()
    decide = {"decision": FlagDecision.GO_ON}
    stranger = factories.make_user(permissions.CASE_TEAM, cases=[factories.make_case()])

    refused("unknown_case", happen, world, SituationWhat.DIED, by=stranger)
    refused("unknown_flag", situations.decide_flag, flag, by=stranger, **decide)
    for by in (world.volunteer, world.worker, world.translator, world.coordinator, world.auditor, factories.make_user()):
        refused("not_permitted", happen, world, SituationWhat.DIED, by=by)
        refused("not_permitted", situations.decide_flag, flag, by=by, **decide)
    situations.decide_flag(flag, by=world.team, **decide)


def test_a_decision_is_made_once_and_for_all_flags_or_none(world):
    bundles = [world.count(3), world.count(4)]
    happen(world)
    first, second = Flag.objects.order_by("pk")

    refused("nothing_in_it", situations.decide_flags, [], decision=FlagDecision.HOLD, by=world.team)
    refused("unknown_decision", situations.decide_flags, [first], decision="burn", by=world.team)
    situations.decide_flag(first, decision=FlagDecision.GO_ON, by=world.team)
    refused("already_decided", situations.decide_flag, first, decision=FlagDecision.HOLD, by=world.team)
    refused("already_decided", situations.decide_flags, [first, second], decision=FlagDecision.HOLD, by=world.team)

    assert [code_for(bundle) for bundle in bundles] == ["", "situation_undecided"]


@pytest.mark.parametrize(
    ("decision", "code"),
    [
        (FlagDecision.GO_ON, ""),
        (FlagDecision.HOLD, "held_by_case_team"),
        (FlagDecision.CALL_BACK, "held_by_case_team"),
    ],
)
def test_a_flagged_bundle_waits_for_the_decision_and_then_follows_it(decision, code, world):
    bundle = world.count(3)
    assert code_for(bundle) == ""
    happen(world)
    assert code_for(bundle) == "situation_undecided"

    situations.decide_flag(bundle.flags.get(), decision=decision, by=world.team)

    assert code_for(bundle) == code


def test_the_latest_decision_counts(world):
    bundle = world.count(3)
    happen(world)
    situations.decide_flag(bundle.flags.get(), decision=FlagDecision.HOLD, by=world.team)
    later = happen(world, SituationWhat.RELEASED)
    assert code_for(bundle) == "situation_undecided"

    situations.decide_flag(later.flags.get(), decision=FlagDecision.GO_ON, by=world.team)
    assert code_for(bundle) == ""


def test_a_part_of_a_flagged_bundle_waits_as_the_whole_does(world):
    bundle = world.count(10)
    happen(world)

    world.tell(splitting.split, bundle, pieces=4, hub=world.hub, by=world.volunteer)

    part = Bundle.objects.get(split_from=bundle)
    assert code_for(part) == "situation_undecided"
    situations.decide_flags(list(part.flags.all()), decision=FlagDecision.HOLD, by=world.team)
    assert (code_for(bundle), code_for(part)) == ("situation_undecided", "held_by_case_team")


def test_a_bundle_waits_while_its_case_is_paused_and_when_it_is_closed(world):
    bundle = world.count(3)

    cases.pause_case(world.case, by=world.team)
    assert code_for(bundle) == "case_paused"
    cases.resume_case(world.case, by=world.team)
    assert code_for(bundle) == ""
    cases.close_case(world.case, by=world.team)
    assert code_for(bundle) == "case_closed"


def test_a_bundle_waits_until_one_recipient_consents_or_the_case_team_waives():
    world = World(people=3, kind="group", consent=False)
    bundle, appeal = world.count(3), world.count(3, purpose=Purpose.APPEAL)
    first, second, _ = world.case.recipients.all()
    assert (code_for(bundle), code_for(appeal)) == ("no_consent", "")

    consents.record_consent(first, purpose=ConsentPurpose.COUNTED, given_on=DAY, by=world.team)
    assert code_for(bundle) == "no_consent"
    for recipient in (first, second):
        consents.record_consent(recipient, purpose=ConsentPurpose.RECEIVE, given_on=DAY, by=world.team)
    consents.take_back_consent(second, purpose=ConsentPurpose.RECEIVE, on=DAY, by=world.team)
    assert code_for(bundle) == ""
    consents.take_back_consent(first, purpose=ConsentPurpose.RECEIVE, on=DAY, by=world.team)
    assert code_for(bundle) == "no_consent"
    consents.waive_consent(world.case, reason="Nobody can be asked now.", on=DAY, by=world.team)
    assert code_for(bundle) == ""
    consents.end_waiver(world.case, by=world.team)
    assert code_for(bundle) == "no_consent"


@pytest.mark.parametrize("many", [1, 30])
def test_what_bundles_wait_for_is_known_after_two_queries(many, world):
    bundles = [world.count(2) for _ in range(many)]
    happen(world)

    with CaptureQueriesContext(connection) as queries:
        found = waits_for(bundles)

    assert len(queries) == 2
    assert {code for code, _ in found.values()} == {"situation_undecided"}
    assert found.keys() == {bundle.pk for bundle in bundles}
