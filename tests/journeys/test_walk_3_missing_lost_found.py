"""Walk 3: a bundle missing at arrival, declared lost, found later."""

import pytest

from logistics.actions import discrepancies, losing
from logistics.actions.following import Part
from logistics.models import Discrepancy
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_a_bundle_is_missing_at_arrival_declared_lost_and_found_later():
    world = World()
    came, missing = world.ready(40), world.ready(48)
    shipment, bag = world.send(came, missing)
    refused("nothing_there", losing.declare_found, Part(missing), shipment=shipment, by=world.team, **new_act())
    refused("nothing_there", losing.declare_lost, Part(missing), start="field", by=world.team, **new_act())
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(came)], by=world.worker)

    (discrepancy,) = Discrepancy.objects.all()
    assert (discrepancy.kind, discrepancy.bundle, discrepancy.expected, discrepancy.found) == (
        "missing_bundle", missing, 48, 0,
    )  # fmt: skip
    assert held(missing) == {"transit": 48}
    assert figures(world) == {"declared": 88, "counted": 88, "on_the_way": 88}

    refused("not_permitted", losing.declare_lost, Part(missing), start="transit", by=world.worker, **new_act())
    world.tell(losing.declare_lost, Part(missing, before=48), start="transit", by=world.team)
    refused("nothing_there", losing.declare_lost, Part(missing), start="transit", by=world.team, **new_act())
    assert figures(world) == {"declared": 88, "counted": 88, "on_the_way": 40, "other": 48}

    world.tell(losing.declare_found, Part(missing), shipment=shipment, by=world.team)
    discrepancies.close_discrepancy(discrepancy, explanation="It lay under the seat of the van.", by=world.team)

    assert journey(missing) == expected.MISSING_LOST_FOUND
    assert held(missing) == {"field": 48}
    assert figures(world) == {"declared": 88, "counted": 88, "on_the_way": 88}
    discrepancy.refresh_from_db()
    assert not discrepancy.is_open
    assert discrepancy.expected == 48
    world.retell()
    assert whole()


def test_what_comes_late_is_taken_over_by_a_second_receipt():
    world = World()
    came, late = world.ready(40), world.ready(48)
    shipment, bag = world.send(came, late)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(came)], by=world.worker)
    world.tell(arriving.take_over, shipment, found=[Part(late)], by=world.worker)

    assert held(late) == {"field": 48}
    assert whole()
