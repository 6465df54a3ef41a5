"""What the mailbags mend when an act about them is reversed."""

import pytest

from logistics.actions import reversing
from logistics.actions.following import Part
from logistics.models import Discrepancy
from mailbags.actions import arriving, forwarding, packing, sealing
from mailbags.actions.arriving import BagFound
from mailbags.models import Content, Mailbag
from mailbags.queries.bags import seal_on
from tests.journeys.figures import whole
from tests.world import World, held, new_act, refused

pytestmark = pytest.mark.django_db


def undo(world, act, by=None):
    return world.tell(reversing.reverse, act, reason="told_by_mistake", by=by or world.volunteer)


def refuse_undo(code, world, act, by=None):
    refused(code, reversing.reverse, act, reason="told_by_mistake", by=by or world.volunteer, **new_act())


def test_packing_is_undone_until_the_bag_is_sealed():
    world = World()
    bundle = world.ready(5)
    bag = world.bag(world.plan())
    packed = world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    sealed = world.seal(bag)
    refuse_undo("bag_sealed", world, packed)
    undo(world, sealed)
    undo(world, packed)
    assert (held(bundle), seal_on(bag)) == ({"mailroom": 5}, None)
    assert not Content.objects.filter(taken_out=None).exists()
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    assert whole()


def test_taking_out_is_undone_into_an_open_bag_only():
    world = World()
    first, second = world.ready(5), world.ready(6)
    bag = world.bag(world.plan(), first, second)
    taken = world.tell(packing.take_out, bag, bundles=[first], by=world.volunteer)
    sealed = world.seal(bag)
    refuse_undo("bag_sealed", world, taken)
    undo(world, sealed)
    undo(world, taken)
    assert held(first) == {"bag": 5}
    assert whole()


def test_nothing_is_put_back_into_a_bag_that_has_left():
    world = World()
    first, second = world.ready(5), world.ready(6)
    shipment = world.plan()
    bag = world.bag(shipment, first, second)
    taken = world.tell(packing.take_out, bag, bundles=[first], by=world.volunteer)
    world.seal(bag)
    world.dispatch(shipment)
    arrival = {"opened": [BagFound(bag)], "found": [Part(second)], "by": world.worker}
    world.tell(arriving.take_over, shipment, **arrival)
    refuse_undo("shipment_gone", world, taken)


def test_an_opened_seal_is_closed_again_when_the_opening_was_a_mistake():
    world = World()
    bundle = world.ready(5)
    bag = world.bag(world.plan(), bundle)
    world.seal(bag)
    opened = world.tell(sealing.open_sealed, bag, found="broken", by=world.volunteer)
    undo(world, opened)
    seal = seal_on(bag)
    assert (held(bundle), seal.found, seal.found_act) == ({"bag": 5}, "", None)
    assert whole()


def test_a_seal_is_not_undone_when_it_is_off_or_has_travelled():
    world = World()
    shipment = world.plan()
    bag = world.bag(shipment, world.ready(5))
    sealed = world.seal(bag)
    world.dispatch(shipment)
    refuse_undo("shipment_gone", world, sealed)
    other = world.bag(world.plan(), world.ready(6))
    off = world.seal(other)
    world.tell(sealing.open_sealed, other, found="intact", by=world.volunteer)
    refuse_undo("moved_on", world, off)


def test_a_dispatch_is_undone_and_told_again():
    world = World()
    bundle = world.ready(5)
    shipment = world.plan()
    world.seal(world.bag(shipment, bundle))
    gone = world.dispatch(shipment)
    undo(world, gone)
    shipment.refresh_from_db()
    assert (held(bundle), shipment.is_dispatched) == ({"bag": 5}, False)
    world.dispatch(shipment)
    assert held(bundle) == {"transit": 5}
    assert whole()


def test_an_arrival_is_undone_and_told_again():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle)
    arrival = {"opened": [BagFound(bag, "broken")], "found": [Part(bundle)], "by": world.worker}
    came = world.tell(arriving.take_over, shipment, **arrival)
    undo(world, came, world.worker)
    assert (held(bundle), seal_on(bag).found) == ({"transit": 5}, "")
    assert Mailbag.objects.get().emptied_at is None
    assert Content.objects.filter(taken_out=None).count() == 1
    world.tell(arriving.take_over, shipment, **arrival | {"opened": [BagFound(bag)]})
    assert held(bundle) == {"field": 5}
    assert Discrepancy.objects.filter(kind="seal").count() == 1
    assert whole()


def test_passing_through_is_undone_until_the_bag_is_on_its_next_shipment():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    passed = world.tell(arriving.pass_through, shipment, bags=[bag], by=world.next_volunteer)
    onward = world.plan(from_hub=world.next_hub, by=world.next_volunteer)
    forwarding.forward(bag, onto=onward, by=world.next_volunteer)
    refuse_undo("moved_on", world, passed, world.next_volunteer)


def test_passing_through_is_undone_where_the_bag_still_lies():
    world = World()
    bundle = world.ready(5)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    passed = world.tell(arriving.pass_through, shipment, bags=[bag], by=world.next_volunteer)
    undo(world, passed, world.next_volunteer)
    bag.refresh_from_db()
    assert (held(bundle), bag.hub) == ({"transit": 5}, world.hub)
    assert whole()
