"""The table of the design, held against what stands as data."""

import pytest

from logistics import steps
from logistics.actions.recording import Move, Spot, record
from logistics.actions.telling import tell
from logistics.errors import Refused
from logistics.models import Entry
from logistics.steps import Step
from tests.world import World, new_act

TABLE = """
counted: outside>mailroom
recounted: outside>mailroom mailroom>outside outside>field
screened:
summarised:
waived:
sealed:
withheld: mailroom>withheld field>withheld
released: withheld>mailroom withheld>rebundled rebundled>mailroom
rebundled: mailroom>rebundled rebundled>mailroom
bagged: mailroom>bag
unbagged: bag>mailroom
dispatched: bag>transit
arrived: transit>field transit>mailroom transit>bag returned>mailroom
handed: field>assumed field>institution field>close field>in_person field>acknowledged
 deferred>assumed deferred>institution deferred>close deferred>in_person deferred>acknowledged
 transit>assumed transit>institution transit>close transit>in_person transit>acknowledged
raised: assumed>institution assumed>close assumed>in_person assumed>acknowledged institution>close
 institution>in_person institution>acknowledged close>in_person close>acknowledged in_person>acknowledged
refused: transit>refused field>refused institution>refused
seized: transit>seized field>seized institution>seized
given_back: seized>field
deferred: field>deferred institution>deferred refused>deferred
returned: field>returned institution>returned refused>returned
lost: mailroom>lost withheld>lost bag>lost transit>lost field>lost deferred>lost returned>lost
found: lost>mailroom lost>field
destroyed: withheld>destroyed refused>destroyed returned>destroyed
"""


def table() -> dict[str, set[tuple[str, str]]]:
    lines = " ".join(TABLE.split("\n ")).strip().splitlines()
    rows = (line.split(":") for line in lines)
    return {step: {tuple(move.split(">")) for move in moves.split()} for step, moves in rows}


def test_the_steps_are_those_of_the_table_and_no_others():
    assert {step: set(moves) for step, moves in steps.MOVES.items() if step != Step.REVERSED} == table()


def test_a_reversal_is_the_opposite_of_a_move_in_the_table():
    opposites = {(end, start) for moves in table().values() for start, end in moves}
    assert steps.MOVES[Step.REVERSED] == opposites


@pytest.mark.django_db
def test_a_move_that_is_not_in_the_table_is_refused():
    world = World()
    bundle = world.count(5)
    entries = Entry.objects.count()
    telling = tell("anything", by=world.volunteer, **new_act())
    for step in Step:
        for end in steps.OTHER:
            if (steps.MAILROOM, end) in steps.MOVES[step]:
                continue
            move = Move(bundle, step, 1, Spot(steps.MAILROOM, world.hub), Spot(end))
            with pytest.raises(Refused) as refusal:
                record(telling, step, [move])
            assert refusal.value.code == "move_not_in_table"
    assert Entry.objects.count() == entries
