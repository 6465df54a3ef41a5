"""Walk 6: a delivery reversed after its confirmation was issued, told again rightly, the confirmation replaced."""

from datetime import timedelta
from uuid import uuid4

import pytest

from logistics.actions import confirming, delivering, reversing
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Delivery
from logistics.queries.confirmations import is_out_of_date
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import DAY, World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_a_delivery_is_reversed_and_its_confirmation_replaced():
    world = World()
    bundle = world.ready(88)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    wrong = _deliver(world, shipment, Outcome(bundle, "in_person"))
    first = _confirm(world, wrong)
    assert first.facts["grades"]["in_person"] == 88
    assert not is_out_of_date(first)

    turn_back = {"reason": "wrong_grade", "by": world.worker}
    refused("unknown_reason", reversing.reverse, wrong, **turn_back | {"reason": "customs"}, **new_act())
    reversal = world.tell(reversing.reverse, wrong, **turn_back)
    refused("already_reversed", reversing.reverse, wrong, **turn_back, **new_act())
    refused("is_a_reversal", reversing.reverse, reversal, **turn_back, **new_act())
    assert is_out_of_date(first)
    assert figures(world) == {"declared": 88, "counted": 88, "on_the_way": 88}
    refused("delivery_reversed", _confirm, world, wrong)

    right = _deliver(world, shipment, Outcome(bundle, "close", 80), Outcome(bundle, "refused", 8))
    second = _confirm(world, right, replaces=first)
    refused("already_replaced", _confirm, world, right, replaces=first)

    assert journey(bundle) == expected.REVERSED_AND_TOLD_AGAIN
    assert held(bundle) == {"close": 80, "refused": 8}
    assert figures(world) == {"declared": 88, "counted": 88, "delivered": 80, "other": 8}
    assert (second.replaces, second.facts["grades"]["close"]) == (first, 80)
    assert second.facts["replaces"]["reason"] == "wrong_grade"
    assert not is_out_of_date(second)
    first.refresh_from_db()
    assert first.facts["grades"]["in_person"] == 88
    world.retell()
    assert whole()


def _deliver(world, shipment, *outcomes):
    return world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="self", by=world.worker
    )


def _confirm(world, act, replaces=None):
    deliveries = [Delivery.objects.get(acts=act, acts__reverses=None)]
    chosen = {"deliveries": deliveries, "replaces": replaces, "key": uuid4(), "day": DAY, "by": world.team}
    confirmation = confirming.issue(world.case, **chosen)
    assert confirming.issue(world.case, **chosen) == confirmation
    return confirmation


def test_what_is_told_again_counts_on_the_day_on_which_it_was():
    world = World()
    bundle = world.ready(88)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    wrong = _deliver(world, shipment, Outcome(bundle, "in_person"))
    corrected = DAY + timedelta(days=17)
    world.tell(reversing.reverse, wrong, reason="wrong_grade", by=world.worker, day=corrected)
    _deliver(world, shipment, Outcome(bundle, "close"))

    assert figures(world, as_of=DAY) | {"declared": 88} == {"declared": 88, "counted": 88, "delivered": 88}
    assert held(bundle) == {"close": 88}
    assert whole()
