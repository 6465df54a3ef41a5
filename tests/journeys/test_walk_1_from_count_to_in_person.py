"""Walk 1: a bundle of 88 from count to in person."""

import pytest

from logistics.actions import delivering
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from mailbags.actions import arriving, dispatching, packing, sealing
from mailbags.actions.arriving import BagFound
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_a_bundle_of_88_goes_from_count_to_in_person():
    world = World()
    bundle = world.count(88)
    shipment = world.plan()
    bag = world.bag(shipment)
    refused("shipment_empty", dispatching.dispatch, world.plan(), by=world.volunteer, **new_act())
    refused("bag_empty", dispatching.dispatch, shipment, by=world.volunteer, **new_act())
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    closing = {"number": "A-1", "witness": world.witness, "by": world.volunteer}
    refused("bundle_not_screened", sealing.seal, bag, **closing, **new_act())
    world.tell(packing.take_out, bag, bundles=[bundle], by=world.volunteer)
    world.screen(bundle)
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    refused("bundle_not_summarised", sealing.seal, bag, **closing, **new_act())
    world.summarise(bundle)
    refused("bag_not_sealed", dispatching.dispatch, shipment, by=world.volunteer, **new_act())
    world.seal(bag)
    refused("unknown_bundle", _hand, world, shipment, bundle)
    world.dispatch(shipment)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    outcomes = [Outcome(bundle, "in_person")]
    world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="self", by=world.worker
    )

    assert journey(bundle) == expected.FROM_COUNT_TO_IN_PERSON
    assert held(bundle) == {"in_person": 88}
    assert figures(world) == {"declared": 88, "counted": 88, "delivered": 88}
    world.retell()
    assert whole()


def _hand(world, shipment, bundle):
    outcomes = [Outcome(bundle, "in_person")]
    delivering.record_delivery(shipment, case=world.case, outcomes=outcomes, by=world.worker, **new_act())
