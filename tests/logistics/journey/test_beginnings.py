"""What begins a journey: a batch that is received, a shipment that is planned."""

from uuid import uuid4

import pytest
from django.utils import timezone

from logistics.actions import receiving, shipping
from tests import factories
from tests.world import DAY, World, refused

pytestmark = pytest.mark.django_db


def test_nothing_is_received_from_a_collection_that_was_withdrawn():
    world = World()
    collection = factories.make_solidarity_collection(world.case, letters=5)
    collection.withdrawn_at = timezone.now()
    collection.save()
    told = {"hub": world.hub, "received_on": DAY, "key": uuid4(), "by": world.volunteer}
    refused("collection_withdrawn", receiving.receive_batch, collection, **told)


def test_a_case_team_plans_shipments_to_case_workers_of_its_own_cases():
    world, other = World(), World()
    for wrong in (other.worker, world.translator, world.volunteer):
        told = {"to_worker": wrong, "key": uuid4(), "by": world.team}
        refused("not_a_case_worker", shipping.plan_shipment, world.hub, **told)
    told = {"to_worker": world.worker, "key": uuid4(), "by": world.team}
    assert shipping.plan_shipment(world.hub, **told).to_worker == world.worker


def test_a_shipment_goes_to_one_consignee_somewhere_else():
    world = World()
    by = {"key": uuid4(), "by": world.volunteer}
    refused("one_consignee", shipping.plan_shipment, world.hub, **by)
    refused("one_consignee", shipping.plan_shipment, world.hub, to_hub=world.next_hub, to_worker=world.worker, **by)
    refused("same_hub", shipping.plan_shipment, world.hub, to_hub=world.hub, **by)
