"""A sealed bag's contents do not change, and no bag is sealed too early (rules 5 and 6 of the design)."""

import pytest
from django.db import IntegrityError, transaction

from logistics.actions import counting
from logistics.actions.following import Part
from logistics.models import Discrepancy
from logistics.words import TranslationPolicy
from mailbags.actions import arriving, dispatching, packing, sealing
from mailbags.actions.arriving import BagFound
from mailbags.models import Content, Seal
from mailbags.queries.bags import seal_on
from tests.world import DAY, World, held, new_act, refused
from translations.actions import summarising

pytestmark = pytest.mark.django_db


def closing(world: World, **other: object) -> dict:
    return {"number": "S-100", "witness": world.witness, "by": world.volunteer} | other


def test_a_bag_with_an_unsummarised_bundle_stays_open():
    world = World()
    bundle = world.count(5)
    world.screen(bundle)
    bag = world.bag(world.plan(), bundle)
    refused("bundle_not_summarised", sealing.seal, bag, **closing(world), **new_act())
    assert seal_on(bag) is None


def test_a_bag_with_an_unscreened_bundle_stays_open():
    world = World(translation_policy=TranslationPolicy.NOT_NEEDED)
    bag = world.bag(world.plan(), world.count(5))
    refused("bundle_not_screened", sealing.seal, bag, **closing(world), **new_act())


@pytest.mark.parametrize("policy", [TranslationPolicy.WANTED, TranslationPolicy.NOT_NEEDED])
def test_a_summary_is_needed_only_where_the_case_requires_it(policy):
    world = World(translation_policy=policy)
    bundle = world.count(5)
    world.screen(bundle)
    bag = world.bag(world.plan(), bundle)
    world.tell(sealing.seal, bag, **closing(world))
    assert seal_on(bag).number == "S-100"


def test_a_waiver_of_the_case_team_stands_for_a_summary():
    world = World()
    bundle = world.count(5)
    world.screen(bundle)
    world.tell(summarising.waive, [bundle], reason="reads_it", by=world.team)
    bag = world.bag(world.plan(), bundle)
    world.tell(sealing.seal, bag, **closing(world))
    assert seal_on(bag).witness == world.witness


def test_nothing_goes_into_or_out_of_a_sealed_bag():
    world = World()
    inside, outside = world.ready(5), world.ready(6)
    bag = world.bag(world.plan(), inside)
    world.seal(bag)
    refused("bag_sealed", packing.put_in, bag, bundles=[outside], by=world.volunteer, **new_act())
    refused("bag_sealed", packing.take_out, bag, bundles=[inside], by=world.volunteer, **new_act())
    refused("bag_sealed", sealing.seal, bag, **closing(world), **new_act())


def test_an_empty_bag_is_not_sealed():
    world = World()
    refused("bag_empty", sealing.seal, world.bag(world.plan()), **closing(world), **new_act())


def test_who_seals_is_not_the_witness_and_the_witness_works_here():
    world = World()
    bag = world.bag(world.plan(), world.ready(5))
    refused("same_person", sealing.seal, bag, **closing(world, witness=world.volunteer), **new_act())
    for stranger in (world.next_volunteer, world.worker):
        refused("witness_not_here", sealing.seal, bag, **closing(world, witness=stranger), **new_act())
    refused("witness_needed", sealing.seal, bag, **closing(world, witness=None), **new_act())


def test_a_hub_with_one_person_says_so_and_no_other_hub_may():
    world = World()
    bag = world.bag(world.plan(), world.ready(5))
    alone = closing(world, witness=None, exception="alone_at_hub")
    refused("not_alone", sealing.seal, bag, **alone, **new_act())
    world.witness.held_roles.update(ended_at=world.campaign.cases.first() and "2025-01-01T00:00Z")
    act = world.tell(sealing.seal, bag, **alone)
    assert (seal_on(bag).exception, act.reason, act.second) == ("alone_at_hub", "alone_at_hub", None)


def test_a_seal_number_is_used_once():
    world = World()
    for code in ("no_number", "number_used"):
        bag = world.bag(world.plan(), world.ready(5))
        if code == "no_number":
            refused(code, sealing.seal, bag, **closing(world, number=" "), **new_act())
            refused(code, sealing.seal, bag, **closing(world, number="9" * 31), **new_act())
            world.tell(sealing.seal, bag, **closing(world, number="s-100 "))
        else:
            refused(code, sealing.seal, bag, **closing(world), **new_act())


def test_the_database_refuses_a_seal_witnessed_by_whoever_put_it_on_or_by_nobody():
    world = World()
    bag = world.bag(world.plan(), world.ready(5))
    for witness in (world.volunteer, None):
        with pytest.raises(IntegrityError), transaction.atomic():
            Seal.objects.create(bag=bag, number="X", applied_by=world.volunteer, witness=witness, applied_on=DAY)


def test_the_database_refuses_a_bundle_in_two_bags():
    world = World()
    bundle = world.ready(5)
    bag = world.bag(world.plan(), bundle)
    content = Content.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        Content.objects.create(bag=bag, bundle=bundle, put_in=content.put_in)


@pytest.mark.parametrize("found", ["broken", "missing", "other_number", "replaced"])
def test_a_seal_that_is_not_as_it_was_put_on_forces_a_recount_before_the_bundle_can_go_on(found):
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    here = {"by": world.next_volunteer}
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag, found)], found=[Part(bundle)], **here)
    assert list(Discrepancy.objects.values_list("kind", flat=True)) == ["seal"]
    onward = world.plan(from_hub=world.next_hub, by=world.next_volunteer)
    next_bag = world.bag(onward, by=world.next_volunteer)
    refused("recount_needed", packing.put_in, next_bag, bundles=[bundle], **here, **new_act())
    world.tell(counting.recount, bundle, found=5, hub=world.next_hub, **here)
    world.tell(packing.put_in, next_bag, bundles=[bundle], **here)
    assert held(bundle) == {"bag": 5}


def test_a_bundle_that_was_counted_on_arrival_need_not_be_counted_again():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    here = {"by": world.next_volunteer}
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag, "broken")], found=[Part(bundle, 5)], **here)
    onward = world.plan(from_hub=world.next_hub, by=world.next_volunteer)
    world.tell(packing.put_in, world.bag(onward, by=world.next_volunteer), bundles=[bundle], **here)
    assert held(bundle) == {"bag": 5}


def test_opening_a_sealed_bag_takes_everything_out_and_a_broken_seal_forces_a_recount():
    world = World()
    bundle = world.ready(5)
    bag = world.bag(world.plan(), bundle)
    refused("not_sealed", sealing.open_sealed, bag, found="intact", by=world.volunteer, **new_act())
    world.seal(bag)
    refused("unknown_state", sealing.open_sealed, bag, found="fine", by=world.volunteer, **new_act())
    world.tell(sealing.open_sealed, bag, found="broken", by=world.volunteer)
    assert (held(bundle), seal_on(bag)) == ({"mailroom": 5}, None)
    refused("recount_needed", packing.put_in, bag, bundles=[bundle], by=world.volunteer, **new_act())
    world.tell(counting.recount, bundle, found=5, hub=world.hub, by=world.volunteer)
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    world.seal(bag)
    assert list(Seal.objects.order_by("pk").values_list("found", flat=True)) == ["broken", ""]


def test_a_bag_passes_through_sealed_only():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    world.tell(arriving.pass_through, shipment, bags=[bag], by=world.next_volunteer)
    bag.refresh_from_db()
    assert (held(bundle), bag.hub, seal_on(bag) is not None) == ({"bag": 5}, world.next_hub, True)
    refused("nothing_there", arriving.pass_through, shipment, bags=[bag], by=world.next_volunteer, **new_act())


def test_only_a_sealed_shipment_is_dispatched_and_only_once():
    world = World()
    shipment = world.plan()
    bag = world.bag(shipment, world.ready(5))
    refused("bag_not_sealed", dispatching.dispatch, shipment, by=world.volunteer, **new_act())
    world.seal(bag)
    empty = world.bag(shipment)
    refused("bag_empty", dispatching.dispatch, shipment, by=world.volunteer, **new_act())
    packing.put_aside(empty, by=world.volunteer)
    world.dispatch(shipment)
    refused("shipment_gone", dispatching.dispatch, shipment, by=world.volunteer, **new_act())
    refused("shipment_gone", sealing.seal, bag, **closing(world), **new_act())
    refused("bag_gone", sealing.open_sealed, bag, found="intact", by=world.volunteer, **new_act())


def test_a_bag_that_was_opened_on_arrival_does_not_pass_through_any_more():
    world = World()
    came, late = world.ready(5), world.ready(6)
    shipment, bag = world.send(came, late, shipment=world.plan(to_hub=world.next_hub))
    here = {"by": world.next_volunteer}
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(came)], **here)
    refused("not_sealed", arriving.pass_through, shipment, bags=[bag], **here, **new_act())


def test_a_bag_of_another_shipment_is_not_taken_over_with_this_one():
    world = World()
    bundle = world.ready(5)
    shipment, _bag = world.send(bundle)
    _other, foreign = world.send(world.ready(6))
    taking = {"opened": [BagFound(foreign)], "found": [Part(bundle)], "by": world.worker}
    refused("not_on_shipment", arriving.take_over, shipment, **taking, **new_act())
    twice = taking | {"opened": [BagFound(_bag), BagFound(_bag)]}
    refused("named_twice", arriving.take_over, shipment, **twice, **new_act())


def test_codes_that_do_not_belong_there_become_discrepancies_and_tell_nothing():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle)
    foreign = World().count(3)
    extra = [foreign.label.code.lower(), "nonsense"]
    world.tell(
        arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], extra=extra, by=world.worker
    )
    found = Discrepancy.objects.filter(kind="extra_bundle").order_by("pk")
    assert [row.label and row.label.code for row in found] == [foreign.label.code, None]
    assert [row.case for row in found] == [None, None]


def test_fewer_and_more_than_was_sent_are_written_down():
    world = World()
    few, many = world.ready(5), world.ready(6)
    shipment, bag = world.send(few, many)
    found = [Part(few, 4), Part(many, 8)]
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=found, by=world.worker)
    assert (held(few), held(many)) == ({"field": 4, "transit": 1}, {"field": 8})
    rows = Discrepancy.objects.order_by("bundle").values_list("kind", "expected", "found")
    assert list(rows) == [("shortage", 5, 4), ("overage", 6, 8)]
