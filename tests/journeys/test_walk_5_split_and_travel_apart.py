"""Walk 5: a bundle split in two that travel apart."""

import pytest

from logistics.actions import splitting
from logistics.actions.following import Part
from logistics.models import Bundle
from mailbags.actions import arriving, dispatching, forwarding
from mailbags.actions.arriving import BagFound
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_the_two_parts_of_a_bundle_travel_apart():
    world = World()
    here = {"hub": world.hub, "by": world.volunteer}
    bundle = world.ready(88)
    refused("nothing_left", splitting.split, bundle, pieces=88, **here, **new_act())
    refused("too_many", splitting.split, bundle, pieces=89, **here, **new_act())
    world.tell(splitting.split, bundle, pieces=30, before=88, **here)
    refused("changed_since", splitting.split, bundle, pieces=30, before=88, **here, **new_act())
    part = Bundle.objects.select_related("label").get(split_from=bundle)

    direct, bag = world.send(bundle)
    world.tell(arriving.take_over, direct, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)

    first_leg, passing = world.send(part, shipment=world.plan(to_hub=world.next_hub))
    refused("unknown_shipment", arriving.pass_through, direct, bags=[passing], by=world.next_volunteer, **new_act())
    world.tell(arriving.pass_through, first_leg, bags=[passing], by=world.next_volunteer)
    second_leg = world.plan(from_hub=world.next_hub, by=world.next_volunteer)
    refused("shipment_empty", dispatching.dispatch, second_leg, by=world.next_volunteer, **new_act())
    forwarding.forward(passing, onto=second_leg, by=world.next_volunteer)
    world.dispatch(second_leg, by=world.next_volunteer)
    passing.refresh_from_db()
    world.tell(arriving.take_over, second_leg, opened=[BagFound(passing)], found=[Part(part)], by=world.worker)

    assert journey(bundle) == expected.SPLIT
    assert journey(part) == expected.SPLIT_OFF
    assert (held(bundle), held(part)) == ({"field": 58}, {"field": 30})
    assert figures(world) == {"declared": 88, "counted": 88, "on_the_way": 88}
    world.retell()
    assert whole()
