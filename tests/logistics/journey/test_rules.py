"""What always holds, and what holds it: the ten rules of the design, each with the guard that a test would miss."""

from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import DatabaseError
from django.utils import timezone

from logistics import steps
from logistics.actions import counting, delivering, receiving, reversing, screening, splitting
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.actions.recording import OUTSIDE, Mark, Move, Spot, record
from logistics.actions.telling import Clock, tell
from logistics.errors import Refused
from logistics.models import Act, AuditRow, Discrepancy, Entry, Holding, Place
from logistics.steps import Step
from logistics.words import CaseStatus
from mailbags.actions import arriving, dispatching, packing, sealing
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.world import DAY, World, everything, held, journey, new_act, refused

pytestmark = pytest.mark.django_db
WRONG_CLOCK = Clock(device="phone 3")
"""Of a device: its day is taken, and put in order."""


# 1. Pieces are neither made nor lost.


def test_the_database_refuses_less_than_nothing_at_a_place():
    bundle = World().count(5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Holding.objects.filter(bundle=bundle).update(pieces=-1)


def test_more_than_is_there_cannot_be_taken():
    world = World()
    bundle = world.count(5)
    taking = {"reason": "damaged", "hub": world.hub, "by": world.volunteer}
    refused("too_many", screening.withhold, bundle, pieces=6, **taking, **new_act())
    refused("no_pieces", screening.withhold, bundle, pieces=0, **taking, **new_act())
    refused("no_pieces", screening.withhold, bundle, pieces=-2, **taking, **new_act())


def test_an_entry_without_a_place_moves_nothing():
    world = World()
    bundle = world.count(5)
    entry = Entry.objects.get(bundle=bundle)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(
            act=entry.act, bundle=bundle, sequence=2, step="screened", pieces=3, day=DAY, digest="x"
        )


def test_only_a_mark_moves_nothing():
    bundle = World().count(5)
    entry = Entry.objects.get(bundle=bundle)
    with pytest.raises(IntegrityError), transaction.atomic():
        Entry.objects.create(act=entry.act, bundle=bundle, sequence=2, step="handed", pieces=0, day=DAY, digest="x")


# 2. Nothing is moved twice.


def test_a_whole_bundle_step_finds_nothing_there_the_second_time():
    world = World()
    bundle = world.count(5)
    bag = world.bag(world.plan(), bundle)
    refused("in_it_already", packing.put_in, bag, bundles=[bundle], by=world.volunteer, **new_act())
    other = world.bag(world.plan())
    refused("in_another_bag", packing.put_in, other, bundles=[bundle], by=world.volunteer, **new_act())
    refused("nothing_there", screening.withhold, bundle, pieces=1, reason="damaged", hub=world.hub, by=world.volunteer, **new_act())


def test_a_partial_step_is_refused_when_what_was_there_has_changed_since():
    world = World()
    bundle = world.count(5)
    taking = {"pieces": 1, "reason": "damaged", "hub": world.hub, "by": world.volunteer}
    world.tell(screening.withhold, bundle, before=5, **taking)
    refused("changed_since", screening.withhold, bundle, before=5, **taking, **new_act())


# 3. The same key has one effect; with other content it is refused.


def test_the_same_key_with_other_content_is_refused():
    world = World()
    bundle = world.count(5)
    taking = {"reason": "damaged", "hub": world.hub, "key": uuid4(), "day": DAY}
    screening.withhold(bundle, pieces=1, by=world.volunteer, **taking)
    refused("key_reused", screening.withhold, bundle, pieces=2, by=world.volunteer, **taking)
    refused("key_reused", screening.withhold, bundle, pieces=1, by=world.witness, **taking)


def test_the_database_refuses_a_second_act_with_the_same_key():
    world = World()
    bundle = world.count(5)
    told = tell("count", by=world.volunteer, **new_act())
    record(told, Step.SCREENED, [Mark(bundle, Step.SCREENED)])
    with pytest.raises(IntegrityError), transaction.atomic():
        record(told, Step.SCREENED, [Mark(bundle, Step.SCREENED)])


# 4. Acts and entries are never updated or deleted.


@pytest.mark.parametrize("model", [Act, Entry, AuditRow])
@pytest.mark.parametrize("change", ["update", "delete"])
def test_the_database_refuses_to_change_what_was_told(model, change):
    World().count(5)
    row = model.objects.order_by("pk").last()
    table, before = model._meta.db_table, list(model.objects.values())
    statement = f"UPDATE {table} SET id = id WHERE id = %s" if change == "update" else f"DELETE FROM {table} WHERE id = %s"
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [row.pk])
    assert list(model.objects.values()) == before


@pytest.mark.postgresql
def test_postgresql_refuses_to_empty_the_tables():
    World().count(5)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL truncates nothing while keys wait to be checked
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE logistics_entry")


# 5 and 6 are the mailbags' and stand in tests/mailbags/.
# 7. Who counts is not the witness.


def test_the_database_refuses_an_act_whose_second_person_is_the_first():
    world = World()
    bundle = world.count(5)
    told = tell("release", by=world.volunteer, **new_act())
    with pytest.raises(IntegrityError), transaction.atomic():
        record(told, Step.SCREENED, [Mark(bundle, Step.SCREENED)], second=world.volunteer)


# 8. What is still to be done waits for a paused case; what has happened is heard.


def test_what_has_happened_is_heard_although_the_case_is_paused():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle)
    world.case.status = CaseStatus.PAUSED
    world.case.save()
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    outcomes = [Outcome(bundle, "in_person")]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker)

    assert held(bundle) == {"in_person": 5}
    assert list(Discrepancy.objects.values_list("kind", flat=True)) == ["against_pause", "against_pause"]


def test_more_handed_over_than_was_known_is_a_recount_and_a_handover_in_one_act():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    act = world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, "close", 7)], by=world.worker
    )

    assert journey(bundle)[-3:] == [
        ("handed", "field", "close", 5),
        ("recounted", "outside", "field", 2),
        ("handed", "field", "close", 2),
    ]
    assert set(Entry.objects.filter(bundle=bundle, sequence__gt=7).values_list("act", flat=True)) == {act.pk}
    (overage,) = Discrepancy.objects.all()
    assert (overage.kind, overage.expected, overage.found) == ("overage", 5, 7)


def test_what_is_known_to_be_elsewhere_is_no_surplus():
    world = World()
    bundle = world.ready(5)
    shipment, _bag = world.send(bundle)
    outcomes = [Outcome(bundle, "returned")]
    refused(
        "move_not_in_table", delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker,
        **new_act(),
    )  # fmt: skip


# 9. A correction is a new act that names what it corrects.


def test_a_reversal_names_its_act_and_an_act_is_reversed_once():
    world = World()
    bundle = world.count(5)
    act = world.tell(
        screening.withhold, bundle, pieces=2, reason="damaged", hub=world.hub, by=world.volunteer
    )
    reversal = world.tell(reversing.reverse, act, reason="told_by_mistake", by=world.volunteer)
    assert (reversal.reverses, held(bundle)) == (act, {"mailroom": 5})
    with pytest.raises(IntegrityError), transaction.atomic():
        told = tell("reverse", by=world.volunteer, **new_act())
        record(told, Step.REVERSED, [Mark(bundle, Step.REVERSED)], reverses=act)
    with pytest.raises(IntegrityError), transaction.atomic():
        told = tell("reverse", by=world.volunteer, **new_act())
        record(told, Step.REVERSED, [Mark(bundle, Step.REVERSED)])


def test_an_act_is_not_reversed_before_those_that_built_on_it():
    world = World()
    bundle = world.count(5)
    taking = {"hub": world.hub, "by": world.volunteer}
    held_back = world.tell(screening.withhold, bundle, pieces=2, reason="damaged", **taking)
    released = world.tell(screening.release, bundle, pieces=2, second=world.witness, **taking)
    refused("moved_on", reversing.reverse, held_back, reason="wrong_count", by=world.volunteer, **new_act())
    world.tell(reversing.reverse, released, reason="wrong_count", by=world.volunteer)
    world.tell(reversing.reverse, held_back, reason="wrong_count", by=world.volunteer)
    assert held(bundle) == {"mailroom": 5}


# 10. Two clocks.


def test_an_entry_has_the_later_of_its_acts_day_and_the_day_before_it():
    world = World()
    bundle = world.count(5, day=DAY)
    world.tell(
        screening.screen, [bundle], hub=world.hub, by=world.volunteer, day=DAY - timedelta(days=3), clock=WRONG_CLOCK
    )
    assert list(Entry.objects.filter(bundle=bundle).values_list("day", flat=True)) == [DAY, DAY]


def test_a_day_that_somebody_typed_is_not_before_the_last_that_was_told():
    world = World()
    bundle = world.count(5, day=DAY)
    act = new_act(DAY - timedelta(days=1))
    refused("day_too_early", screening.screen, [bundle], hub=world.hub, by=world.volunteer, **act)
    world.screen(bundle)
    world.summarise(bundle)
    bag = world.bag(world.plan(), bundle)
    refused("day_too_early", sealing.seal, bag, number="A-1", witness=world.witness, by=world.volunteer, **act)
    world.seal(bag)
    refused("day_too_early", dispatching.dispatch, bag.shipment, by=world.volunteer, **act)
    world.dispatch(bag.shipment)
    found = [Part(bundle, None)]
    refused("day_too_early", arriving.take_over, bag.shipment, opened=[BagFound(bag)], found=found, by=world.worker, **act)


def test_parts_of_a_bundle_are_told_in_any_order():
    """What is withheld is let go on a day after that on which the rest arrived, and told first."""
    world = World()
    bundle = world.ready(6)
    held_back = {"pieces": 1, "hub": world.hub, "by": world.volunteer}
    world.tell(screening.withhold, bundle, reason="damaged", **held_back)
    shipment, bag = world.send(bundle)
    later = {"second": world.witness, **held_back}
    world.tell(screening.release, bundle, day=DAY + timedelta(days=9), **later)
    found = [Part(bundle, None)]
    came = {"opened": [BagFound(bag)], "found": found, "by": world.worker}
    refused("day_too_early", arriving.take_over, shipment, **came, **new_act(DAY - timedelta(days=1)))
    world.tell(arriving.take_over, shipment, day=DAY + timedelta(days=3), **came)
    assert held(bundle) == {"field": 5}


def test_a_day_that_is_still_today_somewhere_is_nobodys_mistake():
    """Whoever is further east has told theirs of tomorrow."""
    world = World()
    east, west = ((timezone.now() + timedelta(hours=off)).date() for off in (14, -12))
    bundle = world.count(5, day=east)
    act = world.tell(screening.screen, [bundle], hub=world.hub, by=world.volunteer, day=west)
    assert west < east == act.entries.get().day


def test_handovers_are_told_in_any_order_but_not_before_what_was_handed_over_came():
    world = World()
    bundle = world.ready(6)
    shipment, bag = world.send(bundle)
    came = DAY + timedelta(days=3)
    world.tell(
        arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle, None)], by=world.worker, day=came
    )

    def handed(day):
        outcomes = [Outcome(bundle, steps.IN_PERSON, 2)]
        return {"case": world.case, "outcomes": outcomes, "by": world.worker, **new_act(day)}

    delivering.record_delivery(shipment, **handed(came + timedelta(days=9)))
    delivering.record_delivery(shipment, **handed(came + timedelta(days=4)))
    refused("day_too_early", delivering.record_delivery, shipment, **handed(came - timedelta(days=1)))
    assert held(bundle) == {"field": 2, "in_person": 4}


def test_a_day_that_has_not_come_is_refused():
    world = World()
    bundle = world.count(5)
    tomorrow_everywhere = date.today() + timedelta(days=3)
    refused(
        "day_not_come", screening.screen, [bundle], hub=world.hub, by=world.volunteer, **new_act(tomorrow_everywhere)
    )


def test_a_reversed_entry_with_a_wrong_day_holds_nobody_up():
    world = World()
    bundle = world.count(5)
    far = DAY + timedelta(days=300)
    wrong = world.tell(screening.screen, [bundle], hub=world.hub, by=world.volunteer, day=far)
    world.tell(reversing.reverse, wrong, reason="wrong_day", by=world.volunteer, day=far)
    world.tell(screening.screen, [bundle], hub=world.hub, by=world.volunteer, day=DAY)
    assert Entry.objects.filter(bundle=bundle).last().day == DAY


def test_the_two_sides_of_a_split_have_one_day():
    world = World()
    bundle = world.count(5, day=DAY)
    act = world.tell(
        splitting.split, bundle, pieces=2, hub=world.hub, by=world.volunteer, day=DAY - timedelta(days=9), clock=WRONG_CLOCK
    )
    assert set(act.entries.values_list("day", flat=True)) == {DAY}


# Security T14: the ledger itself is no map.


def test_field_acts_keep_the_day_only():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle)
    clock = Clock(time(14, 5), 60, "phone 3")
    act = world.tell(
        arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker, clock=clock
    )
    assert (act.time, act.utc_offset, act.device) == (None, None, "")
    counted = world.tell(
        screening.screen, [world.count(3)], hub=world.hub, by=world.volunteer, clock=clock
    )
    assert (counted.time, counted.utc_offset, counted.device) == (time(14, 5), 60, "phone 3")


def test_the_database_refuses_the_hour_of_a_field_act():
    world = World()
    bundle = world.count(5)
    act = Act.objects.get(entries__bundle=bundle)
    for kind, hub in (("handed", act.hub_id), ("arrived", None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Act.objects.create(
                key=uuid4(), told="x", kind=kind, hub_id=hub, day=DAY, recorded_at=act.recorded_at, by=act.by, lines=0,
                digest="x", device="phone 3",
            )  # fmt: skip


@pytest.mark.parametrize("where", ["nowhere", "two", "wrong"])
def test_a_place_is_where_its_kind_is(where):
    world = World()
    wrong = {
        "nowhere": {"kind": "mailroom"},
        "two": {"kind": "mailroom", "hub": world.hub, "shipment": world.plan()},
        "wrong": {"kind": "lost", "hub": world.hub},
    }[where]
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(**wrong)


def test_there_is_one_place_of_a_kind_and_whereabouts():
    world = World()
    world.count(5)
    with pytest.raises(IntegrityError), transaction.atomic():
        Place.objects.create(kind="mailroom", hub=world.hub)


def test_a_refusal_in_the_middle_of_an_act_leaves_nothing():
    world = World()
    first, second = world.count(5), world.count(7)
    before = everything()
    spots = OUTSIDE, Spot(steps.MAILROOM, world.hub)
    moves = [Move(first, Step.RECOUNTED, 2, *spots), Move(second, Step.RECOUNTED, 0, *spots)]
    with pytest.raises(Refused), transaction.atomic():
        record(tell("recount", by=world.volunteer, **new_act()), Step.RECOUNTED, moves)
    assert everything() == before


def test_no_act_is_empty():
    world = World()
    with pytest.raises(Refused) as refusal:
        record(tell("nothing", by=world.volunteer, **new_act()), Step.SCREENED, [])
    assert refusal.value.code == "nothing_in_it"


def test_counting_into_a_batch_of_a_foreign_campaign_is_refused():
    world, other = World(), factories.make_case()
    collection = factories.make_solidarity_collection(world.case, letters=5)
    batch = receiving.receive_batch(collection, hub=world.hub, received_on=DAY, key=uuid4(), by=world.volunteer)
    pile = counting.Pile(other, "letter", 5, "solidarity")
    refused("unknown_case", counting.count, batch, piles=[pile], by=world.volunteer, **new_act())


def test_a_screening_is_not_taken_back_while_the_bundle_is_packed():
    world = World()
    bundle = world.count(5)
    screened = world.screen(bundle)
    bag = world.bag(world.plan(), bundle)
    refused("moved_on", reversing.reverse, screened, reason="told_by_mistake", by=world.volunteer, **new_act())
    world.tell(packing.take_out, bag, bundles=[bundle], by=world.volunteer)
    world.tell(reversing.reverse, screened, reason="told_by_mistake", by=world.volunteer)
    assert journey(bundle)[-1] == ("reversed", "", "", 0)


def test_an_act_is_not_reversed_before_its_day():
    world = World()
    screened = world.screen(world.count(5))
    early = DAY - timedelta(days=1)
    refused("day_before_act", reversing.reverse, screened, reason="wrong_day", by=world.volunteer, **new_act(early))
