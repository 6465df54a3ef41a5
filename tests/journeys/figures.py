"""What the commands say about the walk: the figures of its case that are not zero, and whether the journey is whole."""

from io import StringIO

from django.core.management import call_command

from logistics.queries.received import received
from tests.world import World

FIGURES = ("declared", "counted", "withheld", "on_the_way", "delivered", "unconfirmed", "other")


def figures(world: World, **when: object) -> dict[str, int]:
    (answer,) = received(world.coordinator, case=world.case.code, **when)
    return {name: answer[name] for name in FIGURES if answer[name]}


def whole() -> bool:
    """Whether check_journey finds nothing; it exits with 1 otherwise, and says what it found."""
    said = StringIO()
    try:
        call_command("check_journey", stdout=said)
    except SystemExit as stop:
        raise AssertionError(said.getvalue()) from stop
    return True
