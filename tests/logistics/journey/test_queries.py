"""How many queries an act costs."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logistics.actions import delivering, receiving, screening
from logistics.actions.counting import Pile, count
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Bundle
from mailbags.actions import arriving, dispatching, packing, sealing
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.world import DAY, World, new_act
from translations.actions import summarising

pytestmark = pytest.mark.django_db
MANY = 100


def queries(action, *args, **kwargs) -> int:
    with CaptureQueriesContext(connection) as captured:
        action(*args, **kwargs, **new_act())
    return len([query for query in captured if "SAVEPOINT" not in query["sql"]])


def walk(bundles: int) -> dict[str, int]:
    """How many queries each act of a whole journey over so many bundles costs."""
    world = World()
    collection = factories.make_solidarity_collection(world.case, letters=bundles)
    batch = receiving.receive_batch(collection, hub=world.hub, received_on=DAY, key=uuid4(), by=world.volunteer)
    by = {"by": world.volunteer}
    cost = {"count": queries(count, batch, piles=[Pile(world.case, "letter", 3, "solidarity")] * bundles, **by)}
    rows = list(Bundle.objects.filter(batch=batch).order_by("pk"))
    cost["screen"] = queries(screening.screen, rows, hub=world.hub, **by)
    cost["waive"] = queries(summarising.waive, rows, reason="reads_it", by=world.team)
    shipment = world.plan()
    bag = packing.open_bag(shipment, hub=world.hub, key=uuid4(), **by)
    cost["put_in"] = queries(packing.put_in, bag, bundles=rows, **by)
    cost["seal"] = queries(sealing.seal, bag, number=f"S-{bundles}", witness=world.witness, **by)
    cost["dispatch"] = queries(dispatching.dispatch, shipment, **by)
    found = [Part(bundle) for bundle in rows]
    cost["take_over"] = queries(arriving.take_over, shipment, opened=[BagFound(bag)], found=found, by=world.worker)
    outcomes = [Outcome(bundle, "in_person") for bundle in rows]
    cost["deliver"] = queries(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker)
    return cost


ONE = {
    "count": 15, "screen": 10, "waive": 12, "put_in": 20, "seal": 18, "dispatch": 20, "take_over": 22, "deliver": 18,
}  # fmt: skip
KEY_LOCK = {"sqlite": 0, "postgresql": 1}
"""PostgreSQL asks for the lock on the act's key; SQLite has one writer at a time anyway."""


def test_an_act_over_a_hundred_bundles_costs_hardly_more_queries_than_one():
    """At most three times as many: SQLite inserts a hundred entries of ten columns in two statements."""
    expected = {name: cost + KEY_LOCK[connection.vendor] for name, cost in ONE.items()}
    assert walk(1) == expected
    many = walk(MANY)
    extra = {name: many[name] - expected[name] for name in expected}
    assert set(extra.values()) <= {0, 1, 2}
