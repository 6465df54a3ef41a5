"""Walk 2: two pieces withheld, one released after the bundle has left."""

import pytest

from logistics.actions import screening
from logistics.models import Bundle
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import World, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


def test_two_pieces_are_withheld_and_one_is_released_after_the_bundle_has_left():
    world = World()
    here = {"hub": world.hub, "by": world.volunteer}
    bundle = world.count(88)
    refused("nothing_there", screening.release, bundle, pieces=1, second=world.witness, **here, **new_act())
    world.tell(screening.withhold, bundle, pieces=2, before=88, reason="shows_writer", **here)
    again = {"pieces": 2, "before": 88, "reason": "shows_writer"}
    refused("changed_since", screening.withhold, bundle, **again, **here, **new_act())
    world.screen(bundle)
    world.summarise(bundle)
    world.send(bundle)
    refused("second_person_needed", screening.release, bundle, pieces=1, second=None, **here, **new_act())
    refused("same_person", screening.release, bundle, pieces=1, second=world.volunteer, **here, **new_act())
    refused("too_many", screening.release, bundle, pieces=3, second=world.witness, **here, **new_act())
    act = world.tell(screening.release, bundle, pieces=1, before=2, second=world.witness, **here)

    assert journey(bundle) == expected.WITHHELD
    part = Bundle.objects.get(split_from=bundle)
    assert journey(part) == expected.RELEASED
    assert act.second == world.witness
    assert held(bundle) == {"withheld": 1, "transit": 86}
    assert held(part) == {"mailroom": 1}
    assert (part.case, part.kind, part.purpose, part.country) == (world.case, "letter", "solidarity", "NO")
    assert figures(world) == {"declared": 88, "counted": 88, "withheld": 1, "on_the_way": 87}
    world.retell()
    assert whole()


def test_what_is_released_before_the_bundle_has_left_goes_back_into_it():
    world = World()
    here = {"hub": world.hub, "by": world.volunteer}
    bundle = world.count(10)
    world.tell(screening.withhold, bundle, pieces=2, reason="could_harm", **here)
    world.tell(screening.release, bundle, pieces=None, second=world.witness, **here)

    assert journey(bundle)[-1] == ("released", "withheld", "mailroom", 2)
    assert held(bundle) == {"mailroom": 10}
    assert whole()
