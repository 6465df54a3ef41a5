"""Two people, or one phone that sends again, at once. Only PostgreSQL lets two writers meet."""

from collections.abc import Callable
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection

from logistics.actions import screening, splitting
from logistics.actions.auditing import note
from logistics.errors import Refused
from logistics.models import Act, AuditRow, Entry
from tests.journeys.figures import whole
from tests.world import DAY, World, held

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
RACERS = 20


def at_once(*racers: Callable[[], object]) -> list[object]:
    """What each racer answered, or the code with which it was refused; all start behind one barrier."""
    barrier, answers = Barrier(len(racers)), []

    def run(racer: Callable[[], object]) -> None:
        connection.ensure_connection()
        barrier.wait(timeout=30)
        try:
            answers.append(racer())
        except Refused as refusal:
            answers.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[racer]) for racer in racers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_the_same_act_told_by_twenty_at_once_has_one_effect():
    world = World()
    bundle = world.count(88)
    told = {
        "pieces": 2, "before": 88, "reason": "shows_writer", "hub": world.hub, "by": world.volunteer, "key": uuid4(), "day": DAY,
    }  # fmt: skip
    answers = at_once(*[lambda: screening.withhold(bundle, **told).pk] * RACERS)

    assert answers == [Act.objects.get(key=told["key"]).pk] * RACERS
    assert held(bundle) == {"mailroom": 86, "withheld": 2}
    assert Entry.objects.filter(bundle=bundle, step="withheld").count() == 1
    assert whole()


def test_a_twin_that_looks_before_it_writes_but_waits_for_nobody_has_twenty_effects():
    """The race that the test above would show if telling an act did not wait for others with the same key."""
    user, key, looked = World().volunteer, str(uuid4()), Barrier(RACERS)

    def broken() -> None:
        if not AuditRow.objects.filter(subject=key).exists():
            looked.wait(timeout=30)
            note(user, "told_by_twin", key)

    at_once(*[broken] * RACERS)

    assert AuditRow.objects.filter(subject=key).count() == RACERS


def test_of_two_different_acts_on_one_bundle_one_is_done_and_one_has_changed_since():
    world = World()
    bundle = world.count(88)
    here = {"before": 88, "hub": world.hub, "day": DAY}

    def hold_back() -> str:
        screening.withhold(bundle, pieces=2, reason="damaged", by=world.volunteer, key=uuid4(), **here)
        return "done"

    def split() -> str:
        splitting.split(bundle, pieces=40, by=world.witness, key=uuid4(), **here)
        return "done"

    assert sorted(at_once(hold_back, split)) == ["changed_since", "done"]
    assert Act.objects.count() == 2
    assert whole()


def test_many_bundles_in_opposite_order_do_not_block_each_other():
    world = World()
    bundles = [world.count(10) for _ in range(10)]
    told = {"hub": world.hub, "by": world.volunteer, "day": DAY}
    racers = [
        lambda order=order: screening.screen(order, key=uuid4(), **told).kind for order in (bundles, bundles[::-1]) * 5
    ]

    assert sorted(at_once(*racers)) == ["already_screened"] * 9 + ["screened"]
    assert whole()
