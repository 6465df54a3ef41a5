"""The steps of the journey and the moves each allows: the table of the design, as data, in this one place."""

from enum import StrEnum

OUTSIDE, REBUNDLED = "outside", "rebundled"
BORDERS = frozenset({OUTSIDE, REBUNDLED})

MAILROOM, WITHHELD, BAG, TRANSIT, FIELD = "mailroom", "withheld", "bag", "transit", "field"
DEFERRED, RETURNED = "deferred", "returned"
ASSUMED, INSTITUTION, CLOSE = "assumed", "institution", "close"
IN_PERSON, ACKNOWLEDGED = "in_person", "acknowledged"
SEIZED, REFUSED, LOST, DESTROYED = "seized", "refused", "lost", "destroyed"

GRADES = (ASSUMED, INSTITUTION, CLOSE, IN_PERSON, ACKNOWLEDGED)
"""Evidence, lowest first."""

ON_THE_WAY = (MAILROOM, BAG, TRANSIT, FIELD, DEFERRED, RETURNED)
UNCONFIRMED = (ASSUMED, INSTITUTION)
DELIVERED = (CLOSE, IN_PERSON, ACKNOWLEDGED)
OTHER = (SEIZED, REFUSED, LOST, DESTROYED)
OURS = (*ON_THE_WAY, WITHHELD)

PLACES = (MAILROOM, WITHHELD, BAG, TRANSIT, FIELD, DEFERRED, RETURNED, *GRADES, *OTHER)

# Where a kind of place is: at a hub, at a mailbag's label, of a shipment, at a delivery; the rest is one place each.
AT_HUB = (MAILROOM, WITHHELD)
AT_LABEL = (BAG,)
OF_SHIPMENT = (TRANSIT, FIELD, DEFERRED, RETURNED)
AT_DELIVERY = GRADES


class Step(StrEnum):
    COUNTED = "counted"
    RECOUNTED = "recounted"
    SCREENED = "screened"
    SUMMARISED = "summarised"
    WAIVED = "waived"
    SEALED = "sealed"
    WITHHELD = "withheld"
    RELEASED = "released"
    REBUNDLED = "rebundled"
    BAGGED = "bagged"
    UNBAGGED = "unbagged"
    DISPATCHED = "dispatched"
    ARRIVED = "arrived"
    HANDED = "handed"
    RAISED = "raised"
    REFUSED = "refused"
    SEIZED = "seized"
    GIVEN_BACK = "given_back"
    DEFERRED = "deferred"
    RETURNED = "returned"
    LOST = "lost"
    FOUND = "found"
    DESTROYED = "destroyed"
    REVERSED = "reversed"


def _every(froms: tuple[str, ...], tos: tuple[str, ...]) -> frozenset[tuple[str, str]]:
    return frozenset((start, end) for start in froms for end in tos)


_UPWARDS = frozenset(
    (GRADES[low], GRADES[high]) for low in range(len(GRADES)) for high in range(low + 1, len(GRADES))
)

MOVES: dict[Step, frozenset[tuple[str, str]]] = {
    Step.COUNTED: frozenset({(OUTSIDE, MAILROOM)}),
    Step.RECOUNTED: frozenset({(OUTSIDE, MAILROOM), (MAILROOM, OUTSIDE), (OUTSIDE, FIELD)}),
    Step.SCREENED: frozenset(),
    Step.SUMMARISED: frozenset(),
    Step.WAIVED: frozenset(),
    Step.SEALED: frozenset(),
    Step.WITHHELD: _every((MAILROOM, FIELD), (WITHHELD,)),
    # Released after the bundle has left: over the border into a new bundle.
    Step.RELEASED: frozenset({(WITHHELD, MAILROOM), (WITHHELD, REBUNDLED), (REBUNDLED, MAILROOM)}),
    Step.REBUNDLED: frozenset({(MAILROOM, REBUNDLED), (REBUNDLED, MAILROOM)}),
    Step.BAGGED: frozenset({(MAILROOM, BAG)}),
    Step.UNBAGGED: frozenset({(BAG, MAILROOM)}),
    Step.DISPATCHED: frozenset({(BAG, TRANSIT)}),
    Step.ARRIVED: _every((TRANSIT,), (FIELD, MAILROOM, BAG)) | {(RETURNED, MAILROOM)},
    Step.HANDED: _every((FIELD, DEFERRED, TRANSIT), GRADES),
    Step.RAISED: _UPWARDS,
    Step.REFUSED: _every((TRANSIT, FIELD, INSTITUTION), (REFUSED,)),
    Step.SEIZED: _every((TRANSIT, FIELD, INSTITUTION), (SEIZED,)),
    Step.GIVEN_BACK: frozenset({(SEIZED, FIELD)}),
    Step.DEFERRED: _every((FIELD, INSTITUTION, REFUSED), (DEFERRED,)),
    Step.RETURNED: _every((FIELD, INSTITUTION, REFUSED), (RETURNED,)),
    Step.LOST: _every(OURS, (LOST,)),
    Step.FOUND: _every((LOST,), (MAILROOM, FIELD)),
    Step.DESTROYED: _every((WITHHELD, REFUSED, RETURNED), (DESTROYED,)),
    # The exact opposite of a whole earlier act; which one is checked where reversals are written.
    Step.REVERSED: frozenset(),
}
MOVES[Step.REVERSED] = frozenset(
    (end, start) for step, moves in MOVES.items() if step is not Step.REVERSED for start, end in moves
)

MARKS = frozenset({Step.SCREENED, Step.SUMMARISED, Step.WAIVED, Step.SEALED, Step.RECOUNTED, Step.REVERSED})
"""Steps that may stand without moving a piece (a recount that finds what was known; the reversal of a mark)."""

CARRIED = (Step.SCREENED, Step.SUMMARISED, Step.WAIVED)
"""What was done for the whole bundle: it holds for a part of it too, and a bag may only be sealed with it."""

FIELD_STEPS = frozenset(
    {Step.HANDED, Step.RAISED, Step.REFUSED, Step.SEIZED, Step.GIVEN_BACK, Step.DEFERRED, Step.RETURNED}
)
"""Acts in the field keep the day only: no time and no device (the exact hour of a handover is a trace)."""


def is_allowed(step: Step, start: str, end: str) -> bool:
    """Whether the table has this move."""
    return (start, end) in MOVES[step]
