"""chain_head and check_journey as commands: their lines, their exit, their queries, and a check while others write."""

import re
import threading

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logistics.models import Act
from logistics.queries.journey import Beside
from logistics.reports.checking.whole import Checking
from logistics.reports.head import head
from logistics.reports.moment import nobody_telling, one_moment
from tests.logistics.checking.tampering import Story, chain_head, check
from tests.world import World

pytestmark = pytest.mark.django_db


def test_an_empty_journey_is_whole():
    assert check() == ["The journey is whole: 0 bundles, 0 entries, 0 acts, 0 pieces; 12 checks."]
    assert check("--against", chain_head())[-1].startswith("The journey is whole")


def test_the_head_is_one_line_and_changes_with_every_act():
    world = World()
    bundle = world.count(5)
    one = chain_head()
    world.screen(bundle)
    two = chain_head()

    assert re.fullmatch(r"lightpost-1:\d+:1:1:[0-9a-f]{64}", one)
    assert re.fullmatch(r"lightpost-1:\d+:2:2:[0-9a-f]{64}", two)
    assert str(head(int(one.split(":")[1]))) == one
    assert check("--against", one)[-1].startswith("The journey is whole")


def test_a_head_that_is_none_is_refused():
    good = chain_head()
    for bad in ("", "lightpost-1", good[:-1], f"{good}0", good.replace("-1", "-2", 1), good.replace(":0:", ":-1:", 1)):
        with pytest.raises(CommandError, match="begins with lightpost-1.*bad_head"):
            call_command("check_journey", f"--against={bad}")


def test_a_head_of_another_journey_is_a_fault():
    World().count(5)
    kept = f"lightpost-1:{Act.objects.get().pk + 3}:2:7:{'0' * 64}"
    lines = check("--against", kept)
    assert lines[0].startswith("Against the head: 1 act that existed then is missing (2 then, 1 now)")
    assert lines[1].startswith("Against the head: 6 entries that existed then are missing (7 then, 1 now)")
    assert lines[2].startswith("2 faults found in 1 bundle, 1 entry, 1 act, 5 pieces; 13 checks")


def test_a_check_asks_as_many_questions_of_a_long_journey_as_of_a_short_one():
    story = Story()
    few = queries()
    for _ in range(5):
        story.send(story.ready(3), story.ready(4))
    assert (few, queries()) == (35, 35)


def queries() -> int:
    with CaptureQueriesContext(connection) as asked:
        assert not list(Checking().faults())
    return len(asked)


def test_rows_whose_bundle_or_act_is_gone_are_counted():
    """Foreign keys forbid it; a hand that writes past the database does not ask them."""
    rows = Beside([(1, "a"), (2, "b"), (2, "c"), (4, "d"), (5, "e"), (6, "f")])
    assert [rows.of(key) for key in (2, 3, 5)] == [[(2, "b"), (2, "c")], [], [(5, "e")]]
    assert rows.strays() == 3


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_check_sees_one_moment_while_somebody_goes_on_telling():
    world = World()
    bundle = world.count(5)
    with one_moment():
        checking = Checking()
        faults = checking.faults()
        in_another_thread(lambda: world.count(7))
        assert list(faults) == []
        assert "1 bundle, 1 entry, 1 act, 5 pieces" in checking.verdict
    assert check()[-1].startswith("The journey is whole: 2 bundles, 2 entries, 2 acts, 12 pieces")
    world.screen(bundle)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_the_head_waits_for_acts_that_are_still_being_written():
    world = World()
    world.count(5)
    told = threading.Event()

    def tell() -> None:
        world.count(7)
        told.set()

    with nobody_telling():
        thread = threading.Thread(target=closing(tell))
        thread.start()
        assert not told.wait(0.3)
        kept = head()
    thread.join()
    assert told.is_set()
    assert (kept.acts, head().acts) == (1, 2)


def in_another_thread(tell) -> None:
    thread = threading.Thread(target=closing(tell))
    thread.start()
    thread.join()


def closing(tell):
    def run() -> None:
        try:
            tell()
        finally:
            connection.close()

    return run
