"""How many letters each case received, and where the others are: asked for any day, and as known at any time."""

from datetime import date, datetime, timedelta, timezone

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone as clock

from logistics import permissions, steps
from logistics.actions import delivering, reversing, screening
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.errors import Refused
from logistics.models import Collection, Return
from logistics.queries.received import received
from logistics.words import Kind, Purpose
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.world import DAY, World

pytestmark = pytest.mark.django_db

KEYS = ["declared", "counted", "withheld", "on_the_way", "delivered", "unconfirmed", "other", "places", "grades"]


def only(world, **when):
    (answer,) = received(world.coordinator, case=world.case.code, **when)
    return answer


def figures(answer):
    return {name: answer[name] for name in KEYS[:7] if answer[name]}


def days(number):
    return DAY + timedelta(days=number)


def test_a_case_with_nothing_shows_zeros():
    world = World()
    answer = only(world)
    zeros = dict.fromkeys(KEYS[:7], 0)
    zeros |= {"places": dict.fromkeys(steps.PLACES, 0), "grades": dict.fromkeys(steps.GRADES, 0)}
    assert answer == {
        "case": world.case.code,
        "name": world.case.public_name,
        "campaign": world.campaign.slug,
        "constructed": False,
        **zeros,
        "appeals": zeros,
        "not_told": zeros,
        "as_of": clock.localdate().isoformat(),
    }
    assert list(answer)[-1] == "as_of"


def test_a_case_without_a_public_name_is_shown_by_its_code():
    world = World(public_name="")
    assert only(world)["name"] == world.case.code


def test_purposes_are_never_added():
    world = World()
    world.count(5)
    world.count(3, kind=Kind.CARD)
    world.count(70, purpose=Purpose.APPEAL)
    world.count(9, purpose="")
    answer = only(world)
    assert (answer["counted"], answer["appeals"]["counted"], answer["not_told"]["counted"]) == (8, 70, 9)
    assert (answer["on_the_way"], answer["appeals"]["places"]["mailroom"]) == (8, 70)


def test_declared_are_letters_and_cards_for_this_case_alone():
    world = World()
    other = factories.make_case(world.campaign)
    lines = [
        ([world.case], Kind.LETTER, Purpose.SOLIDARITY, 100),
        ([world.case], Kind.CARD, Purpose.SOLIDARITY, 20),
        ([world.case], Kind.LETTER_AND_CARD, Purpose.SOLIDARITY, 3),
        ([world.case, other], Kind.LETTER, Purpose.SOLIDARITY, 1000),
        ([], Kind.LETTER, Purpose.SOLIDARITY, 1000),
        ([world.case], Kind.SIGNATURE, Purpose.SOLIDARITY, 1000),
        ([world.case], Kind.NOT_BROKEN_DOWN, Purpose.SOLIDARITY, 1000),
        ([world.case], Kind.LETTER, Purpose.APPEAL, 7),
        ([world.case], Kind.LETTER, "", 5),
        ([other], Kind.LETTER, Purpose.SOLIDARITY, 1),
    ]
    factories.make_collection(world.campaign, lines=lines)
    answer = only(world)
    assert (answer["declared"], answer["appeals"]["declared"], answer["not_told"]["declared"]) == (123, 7, 5)


@pytest.mark.parametrize(
    ("precision", "day", "first_day_counted"),
    [
        ("day", date(2024, 2, 10), date(2024, 2, 10)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("month", date(2024, 12, 15), date(2024, 12, 31)),
        ("year", date(2024, 3, 1), date(2024, 12, 31)),
        ("", None, date(2024, 12, 20)),
    ],
)
def test_what_was_declared_counts_from_the_day_on_which_it_is_sure(precision, day, first_day_counted):
    world = World()
    lines = [([world.case], Kind.LETTER, Purpose.SOLIDARITY, 5)]
    factories.make_collection(world.campaign, lines=lines, day=day, precision=precision)
    assert only(world, as_of=first_day_counted - timedelta(days=1))["declared"] == 0
    assert only(world, as_of=first_day_counted)["declared"] == 5
    assert only(world, as_of=date.max)["declared"] == 5
    assert only(world)["declared"] == 5


def test_without_a_day_and_without_a_closing_day_it_counts_from_when_it_was_recorded():
    world = World()
    world.campaign.closes = None
    world.campaign.save()
    factories.make_collection(
        world.campaign, lines=[([world.case], Kind.LETTER, Purpose.SOLIDARITY, 5)], day=None, precision=""
    )
    today = datetime.now(timezone.utc).date()
    assert only(world, as_of=today - timedelta(days=1))["declared"] == 0
    assert only(world, as_of=today)["declared"] == 5


@pytest.mark.parametrize("what", ["collection", "return"])
def test_what_was_withdrawn_is_declared_no_more_and_was_known_before(what):
    world = World()
    before = clock.now()
    source = Return.objects.create(campaign=world.campaign, file_name="a.csv", sha256="0" * 64, by=world.coordinator)
    lines = [([world.case], Kind.LETTER, Purpose.SOLIDARITY, 5)]
    collection = factories.make_collection(world.campaign, lines=lines, source=source)
    recorded = clock.now()
    rows = Collection.objects.filter(pk=collection.pk) if what == "collection" else Return.objects.filter(pk=source.pk)
    rows.update(withdrawn_at=clock.now())

    assert only(world)["declared"] == 0
    assert only(world, known_at=before)["declared"] == 0
    assert only(world, known_at=recorded)["declared"] == 5
    assert only(world, known_at=clock.now())["declared"] == 0


def test_each_past_day_has_its_figures():
    world = World()
    bundle = world.ready(88)
    shipment = world.plan()
    bag = world.bag(shipment, bundle)
    world.seal(bag)
    world.dispatch(shipment, day=days(3))
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker, day=days(9))
    outcomes = [Outcome(bundle, "in_person", 50), Outcome(bundle, "institution", 30), Outcome(bundle, "seized", 8)]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker, day=days(12))

    def at(number):
        answer = only(world, as_of=days(number))
        return figures(answer), {kind: pieces for kind, pieces in answer["places"].items() if pieces}

    assert at(-1) == ({"declared": 88}, {})
    assert at(0) == ({"declared": 88, "counted": 88, "on_the_way": 88}, {"bag": 88})
    assert at(3) == ({"declared": 88, "counted": 88, "on_the_way": 88}, {"transit": 88})
    assert at(9) == ({"declared": 88, "counted": 88, "on_the_way": 88}, {"field": 88})
    assert at(12) == (
        {"declared": 88, "counted": 88, "delivered": 50, "unconfirmed": 30, "other": 8},
        {"in_person": 50, "institution": 30, "seized": 8},
    )
    assert only(world, as_of=days(12))["grades"] == {
        "assumed": 0, "institution": 30, "close": 0, "in_person": 50, "acknowledged": 0
    }  # fmt: skip
    assert only(world, as_of=days(12))["as_of"] == days(12).isoformat()


def test_a_reversed_act_counts_on_no_day_but_was_known_until_then():
    world = World()
    bundle = world.count(10)
    act = world.tell(
        screening.withhold, bundle, pieces=4, reason="damaged", hub=world.hub, by=world.volunteer, day=days(2)
    )
    world.tell(reversing.reverse, act, reason="told_by_mistake", by=world.volunteer, day=days(5))

    for number in (0, 2, 3, 5, 6):
        assert figures(only(world, as_of=days(number))) == {"declared": 10, "counted": 10, "on_the_way": 10}
    told = act.recorded_at
    assert figures(only(world, known_at=told)) == {"counted": 10, "withheld": 4, "on_the_way": 6, "declared": 10}
    assert figures(only(world, known_at=told, as_of=days(1))) == {"declared": 10, "counted": 10, "on_the_way": 10}
    assert figures(only(world, known_at=told - timedelta(microseconds=1), as_of=days(9))) == {
        "declared": 10, "counted": 10, "on_the_way": 10
    }  # fmt: skip
    assert figures(only(world, known_at=act.reversal.recorded_at, as_of=days(9))) == {"declared": 10, "counted": 10, "on_the_way": 10}


def test_what_is_dated_tomorrow_because_it_is_tomorrow_there_counts_now():
    world = World()
    tomorrow = (clock.now() + timedelta(hours=14)).date()
    world.count(5, day=tomorrow)
    assert only(world)["counted"] == 5
    assert only(world, as_of=tomorrow - timedelta(days=1))["counted"] == 0


# Who may ask, and for what.


def test_the_figures_of_all_cases_are_for_those_who_see_all_cases():
    world = World()
    other = factories.make_case(world.campaign)
    all_codes = sorted([world.case.code, other.code])
    for user in (world.coordinator, world.volunteer, world.auditor, factories.make_user(permissions.OPERATOR)):
        assert [answer["case"] for answer in received(user)] == all_codes
    for user in (world.translator, world.worker, world.team):
        assert [answer["case"] for answer in received(user)] == [world.case.code]
    assert received(factories.make_user()) == []


@pytest.mark.parametrize("role", ["worker", "team", "translator"])
def test_a_case_that_one_may_not_see_is_refused_like_one_that_never_was(role):
    world = World()
    other = factories.make_case()
    said = []
    for code in (other.code, "NEVER-WAS"):
        with pytest.raises(Refused) as refusal:
            received(getattr(world, role), case=code)
        said.append((refusal.value.code, refusal.value.sentence.replace(code, "…")))
    assert said[0] == said[1]
    with pytest.raises(Refused, match="unknown_campaign"):
        received(getattr(world, role), campaign=other.campaign.slug)


def test_one_campaign_or_all_of_them():
    world, other = World(), World()
    assert len(received(world.coordinator)) == 2
    (answer,) = received(world.coordinator, campaign=other.campaign.slug)
    assert answer["campaign"] == other.campaign.slug
    with pytest.raises(Refused, match="unknown_case"):
        received(world.coordinator, campaign=other.campaign.slug, case=world.case.code)
    with pytest.raises(Refused, match="unknown_campaign"):
        received(world.coordinator, campaign="never-was")
    assert received(world.coordinator, case=world.case.code.lower())[0]["case"] == world.case.code


@pytest.mark.parametrize("many", [1, 30])
def test_the_number_of_queries_is_the_same_for_one_case_and_for_thirty(many):
    world = World()
    for _ in range(many):
        world.case = factories.make_case(world.campaign)
        world.count(4)
        world.count(5)
    user = factories.make_user(permissions.COORDINATOR)
    when = {"campaign": world.campaign.slug, "as_of": DAY, "known_at": clock.now()}
    with CaptureQueriesContext(connection) as asked:
        answers = received(user, **when)
    assert sum(answer["counted"] for answer in answers) == 9 * many
    assert len(asked) == 4, [query["sql"] for query in asked]
