"""Walk 7: a recount that finds three more, before and after dispatch."""

import pytest

from logistics.actions import counting
from logistics.actions.following import Part
from logistics.models import Discrepancy
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_a_recount_finds_three_more_before_and_after_dispatch():
    world = World()
    bundle = world.ready(88)
    with_us, with_worker = {"hub": world.hub, "by": world.volunteer}, {"by": world.worker}
    world.tell(counting.recount, bundle, found=91, before=88, **with_us)
    refused("changed_since", counting.recount, bundle, found=91, before=88, **with_us, **new_act())
    assert Discrepancy.objects.count() == 0
    shipment, bag = world.send(bundle)
    refused("nothing_there", counting.recount, bundle, found=94, **with_us, **new_act())
    refused("nothing_there", counting.recount, bundle, found=94, shipment=shipment, **with_worker, **new_act())
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    world.tell(counting.recount, bundle, found=94, shipment=shipment, **with_worker)

    assert journey(bundle) == expected.RECOUNTED
    assert held(bundle) == {"field": 94}
    assert figures(world) == {"declared": 88, "counted": 94, "on_the_way": 94}
    (overage,) = Discrepancy.objects.all()
    assert (overage.kind, overage.expected, overage.found) == ("overage", 91, 94)
    world.retell()
    assert whole()


def test_fewer_is_taken_out_before_the_first_dispatch_and_missing_after_it():
    world = World()
    bundle = world.ready(88)
    world.tell(counting.recount, bundle, found=86, hub=world.hub, by=world.volunteer)
    assert (journey(bundle)[-1], held(bundle)) == (("recounted", "mailroom", "outside", 2), {"mailroom": 86})
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    world.tell(counting.recount, bundle, found=80, shipment=shipment, by=world.worker)

    assert (journey(bundle)[-1], held(bundle)) == (("recounted", "", "", 0), {"field": 86})
    (shortage,) = Discrepancy.objects.all()
    assert (shortage.kind, shortage.expected, shortage.found) == ("shortage", 86, 80)
    assert whole()
