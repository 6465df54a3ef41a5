"""Walk 4: handed over in part, the rest left with an institution and acknowledged by the recipient weeks later."""

from datetime import timedelta

import pytest

from logistics.actions import delivering, following
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Delivery
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import DAY, World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_part_is_handed_over_and_the_rest_is_acknowledged_weeks_later():
    world = World()
    bundle = world.ready(88)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    given = [Outcome(bundle, "close", 60, before=88), Outcome(bundle, "institution")]
    act = world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=given, capacity="family", by=world.worker
    )
    delivery = Delivery.objects.get(acts=act)
    assert figures(world) == {"declared": 88, "counted": 88, "delivered": 60, "unconfirmed": 28}
    later = DAY + timedelta(weeks=5)
    rest = {"parts": [Part(bundle)], "end": "acknowledged", "by": world.team}
    refused("not_higher", following.raise_evidence, delivery, start="in_person", **rest | {"end": "close"}, **new_act())
    refused("nothing_there", following.raise_evidence, delivery, start="assumed", **rest, **new_act())
    world.tell(following.raise_evidence, delivery, start="institution", **rest, day=later)
    refused("nothing_there", following.raise_evidence, delivery, start="institution", **rest, **new_act(later))

    assert journey(bundle) == expected.IN_PART_THEN_ACKNOWLEDGED
    assert held(bundle) == {"close": 60, "acknowledged": 28}
    assert figures(world) == {"declared": 88, "counted": 88, "delivered": 88}
    before = {"declared": 88, "counted": 88, "delivered": 60, "unconfirmed": 28}
    assert figures(world, as_of=later - timedelta(days=1)) | {"declared": 88} == before
    world.retell()
    assert whole()
