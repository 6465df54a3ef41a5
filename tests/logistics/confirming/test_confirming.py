"""A confirmation covers named deliveries of one case, and is replaced by number when what it says no longer holds."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from logistics.actions import confirming, delivering, following
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Confirmation, User
from logistics.queries.confirmations import is_out_of_date
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.world import DAY, World, refused

pytestmark = pytest.mark.django_db


def delivered(world: World, pieces: int = 10, became: str = "in_person", purpose: str = "solidarity"):
    """A delivery of a new bundle."""
    bundle = world.count(pieces, purpose=purpose)
    world.screen(bundle)
    world.summarise(bundle)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    outcomes = [Outcome(bundle, became)]
    act = world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker)
    return act.delivery


def asked(world: World, *deliveries, **other) -> dict:
    return {"deliveries": list(deliveries), "key": uuid4(), "day": DAY, "by": world.team} | other


def test_it_says_what_was_delivered_by_grade_and_what_became_of_the_rest():
    world = World()
    first, second = delivered(world, 10), delivered(world, 6, "institution")
    world.count(4)
    said = confirming.issue(world.case, **asked(world, first, second)).facts
    assert said["grades"] == {"assumed": 0, "institution": 6, "close": 0, "in_person": 10, "acknowledged": 0}
    outcomes = {outcome["what"]: outcome["pieces"]["letters"] for outcome in said["outcomes"]}
    assert outcomes["delivered"] == 10
    assert outcomes["unconfirmed"] == 6
    assert outcomes["on_the_way"] == 4
    assert sum(outcomes.values()) == 20


def test_it_is_out_of_date_once_a_delivery_under_it_is_raised():
    world = World()
    delivery = delivered(world)
    confirmation = confirming.issue(world.case, **asked(world, delivery))
    assert not is_out_of_date(confirmation)
    bundle = delivery.acts.first().entries.first().bundle
    raising = {"parts": [Part(bundle)], "start": "in_person", "end": "acknowledged", "by": world.team}
    world.tell(following.raise_evidence, delivery, **raising)
    assert is_out_of_date(confirmation)


def test_what_may_not_be_confirmed_is_refused():
    world = World()
    delivery, issue = delivered(world), confirming.issue
    refused("nothing_in_it", issue, world.case, **asked(world))
    refused("named_twice", issue, world.case, **asked(world, delivery, delivery))
    refused("unknown_purpose", issue, world.case, **asked(world, delivery, purpose="both"))
    refused("nothing_delivered", issue, world.case, **asked(world, delivery, purpose="appeal"))
    refused("day_not_come", issue, world.case, **asked(world, delivery, day=DAY.replace(year=2200)))
    refused("day_before_delivery", issue, world.case, **asked(world, delivery, day=DAY - timedelta(days=1)))
    assert not Confirmation.objects.exists()


def test_a_delivery_stands_in_one_confirmation_that_holds():
    world = World()
    delivery = delivered(world)
    first = confirming.issue(world.case, **asked(world, delivery))
    refused("already_confirmed", confirming.issue, world.case, **asked(world, delivery))
    second = confirming.issue(world.case, **asked(world, delivery, replaces=first))
    refused("already_replaced", confirming.issue, world.case, **asked(world, delivery, replaces=first))
    assert (second.replaces, first.replaced_by) == (first, second)


def test_the_same_key_issues_one_confirmation():
    world = World()
    told = asked(world, delivered(world))
    first = confirming.issue(world.case, **told)
    assert confirming.issue(world.case, **told) == first
    refused("key_reused", confirming.issue, world.case, **told | {"purpose": "appeal"})
    assert Confirmation.objects.count() == 1


def test_only_the_case_team_of_the_case_confirms():
    world, other = World(), World()
    delivery = delivered(world)
    for wrong in (world.worker, world.volunteer, world.coordinator, world.auditor, world.translator):
        refused("not_permitted", confirming.issue, world.case, **asked(world, delivery, by=wrong))
    refused("unknown_case", confirming.issue, world.case, **asked(world, delivery, by=other.team))
    foreign = delivered(other)
    refused("unknown_delivery", confirming.issue, world.case, **asked(world, foreign))
    factories.Assignment.objects.create(user=world.team, case=other.case, given_by=world.coordinator)
    both = User.objects.get(pk=world.team.pk)
    refused("wrong_case", confirming.issue, world.case, **asked(world, foreign, by=both))


def test_the_database_refuses_to_change_a_confirmation():
    world = World()
    confirming.issue(world.case, **asked(world, delivered(world)))
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Confirmation.objects.update(content_hash="0" * 64)
