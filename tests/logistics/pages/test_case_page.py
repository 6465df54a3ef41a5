"""The page of a case: its one line, its picture, what came when, from where, what is expected, and the next step."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from logistics import steps
from logistics.actions import consents, delivering, reversing, screening, shipping, situations
from logistics.actions.delivering import Outcome
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.following import Part
from logistics.models import Act
from logistics.queries import case_story
from logistics.queries.week import handed_in_week
from logistics.words import Kind, Purpose
from mailbags.actions import arriving
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import DAY, World, new_act

pytestmark = pytest.mark.django_db


def shown(world: World, user=None):
    return client_of(user or world.team).get(f"/cases/{world.campaign.slug}/{world.case.code}/")


def told(world: World, user=None) -> str:
    return " ".join(text_of(shown(world, user)).split())


def test_the_figures_stand_where_they_can_be_added():
    world = World()
    bundle = world.count(20)
    world.tell(screening.withhold, bundle, hub=world.hub, pieces=5, reason="could_harm", by=world.volunteer)
    assert "20 declared · 20 counted · <strong>0 delivered</strong> · 15 on their way · <a" in told(world) and ">5 withheld</a>" in told(world)
    assert "<bdi>20 = 15 + 5</bdi>" in told(world) and "All that was declared has been counted." in told(world)
    factories.make_solidarity_collection(world.case, letters=1)
    assert "1 of those declared is not counted." in told(world)


def test_what_is_for_others_is_counted_apart_and_never_added():
    world = World()
    world.count(20)
    assert "Counted apart" not in told(world)
    factories.make_collection(world.campaign, lines=[([world.case], Kind.LETTER, Purpose.APPEAL, 300)])
    factories.make_collection(world.campaign, lines=[([world.case], Kind.LETTER, "", 7)])
    page = told(world)
    assert "20 declared · 20 counted" in page and "Counted apart" in page
    assert [each["row"]["declared"] for each in shown(world).context["apart"]] == [20, 300, 7]


def test_days_of_nothing_but_counting_are_told_as_one():
    world = World()
    for number in range(4):
        world.count(10 + number, day=DAY + timedelta(days=number))
    page = told(world)
    assert "6 January 2025 to 9 January 2025" in page and "4 days" in page
    (moment,) = case_story.story(world.case).moments
    assert (moment.pieces, len(moment.days)) == (46, 4)


def test_a_day_is_said_once_and_the_newest_stands_first():
    world = World()
    world.count(10)
    other = world.ready(20)
    world.send(other)
    moments = case_story.story(world.case).moments
    assert [(each.step, each.pieces) for each in moments] == [("dispatched", 20), ("counted", 30)]
    assert 'class="visually-hidden">6 January 2025' in told(world)


def test_a_reversed_act_is_not_among_what_came():
    world = World()
    world.count(10)
    reversing.reverse(Act.objects.get(kind="counted"), reason="wrong_count", by=world.volunteer, **new_act())
    assert case_story.story(world.case) == case_story.Story([], [])


def test_what_is_on_its_way_is_expected_and_says_when_the_day_has_passed():
    world = World()
    bundle = world.ready(20)
    shipment = shipping.plan_shipment(
        world.hub, to_worker=world.worker, expected_on=date(2025, 1, 20), key=uuid4(), by=world.volunteer
    )
    world.send(bundle, shipment=shipment)
    page = told(world)
    assert 'class="ahead"><time datetime="2025-01-20">20 January 2025' in page and "is expected" in page
    assert "The expected day has passed" in page and f"/shipments/{shipment.number}/" in page
    assert f"/shipments/{shipment.number}/" not in told(world, world.auditor)


def test_the_countries_of_origin_are_ranked_and_the_rest_told_together():
    world = World()
    world.count(20)
    assert '<span>Norway</span>' in told(world)
    assert case_story.joined([("NO", 9), ("SE", 5), ("DK", 3)], 1) == ([("NO", 9)], (2, 8))


def test_what_happened_to_the_person_stands_in_the_timeline():
    world = World()
    world.count(5)
    situations.record_situation(
        world.case, what="released", day=date(2025, 1, 1), precision="month", remark="", source="", recipient=None, by=world.team
    )
    assert 'class="milestone"><time datetime="2025-01-01">January 2025</time><h3>Released' in told(world)


def test_there_is_one_next_step_and_the_most_urgent_comes_first():
    world = World(consent=False)
    bundle = world.count(20)
    assert "Record who agreed to receive mail" in told(world)
    consents.record_consent(world.case.recipients.get(), purpose="receive", given_on=DAY, by=world.team)
    assert shown(world).context["next"] is None
    world.screen(bundle)
    world.summarise(bundle)
    shipment, _bag = world.send(bundle)
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, steps.CLOSE)], by=world.worker)
    assert "Confirm 1 delivery" in told(world)
    open_discrepancy("shortage", case=world.case, bundle=bundle, act=bundle.entries.first().act, expected=20, found=18)
    assert "Explain 1 difference" in told(world)
    world.count(7)
    situations.record_situation(
        world.case, what="moved", day=DAY, precision="day", remark="", source="", recipient=None, by=world.team
    )
    page = told(world)
    assert "Decide on 1 bundle" in page and page.count('class="next section') == 1
    assert "Decide on" not in told(world, world.auditor)


def test_more_than_is_safe_in_a_week_is_said_and_refuses_nothing():
    world = World(weekly_limit=15)
    bundle = world.ready(20)
    shipment, _bag = world.send(bundle)
    assert "20 are coming to them and at most 15 a week are safe." in told(world)
    world.tell(arriving.take_over, shipment, found=[Part(bundle)], by=world.worker)
    record = f"/shipments/{shipment.number}/cases/{world.campaign.slug}/{world.case.code}/deliver/"
    assert "At most 15 a week are safe for them. Handed over in the last seven days: 0; here now: 20." in text_of(client_of(world.worker).get(record))
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, steps.CLOSE, 12)], by=world.worker)
    assert handed_in_week(world.case, DAY) == 12 and handed_in_week(world.case, DAY + timedelta(days=6)) == 12
    assert handed_in_week(world.case, DAY + timedelta(days=7)) == 0
    assert "More than is safe" not in told(world) and "More than is safe" not in text_of(client_of(world.worker).get(record))


@pytest.mark.parametrize("number", [1, 30])
def test_it_asks_twelve_times_however_much_there_is(number, django_assert_num_queries):
    world = World()
    for each in range(number):
        world.count(5, day=DAY + timedelta(days=2 * each))
        situations.record_situation(
            world.case, what="moved", day=DAY, precision="day", remark="", source="", recipient=None, by=world.team
        )
    client = client_of(world.team)
    with django_assert_num_queries(12):
        client.get(f"/cases/{world.campaign.slug}/{world.case.code}/")
