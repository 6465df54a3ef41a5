"""Every act: as it was told, with all its entries, and with what it names."""

from collections import Counter
from collections.abc import Iterator, Sequence

from logistics import chain, steps
from logistics.queries import journey
from logistics.queries.journey import ActRow, Beside, EntryRow
from logistics.reports.checking.seen import Seen, latest_day, name_of
from logistics.steps import Step

ALSO: dict[str, frozenset[Step]] = {
    Step.ARRIVED: frozenset({Step.RECOUNTED}),
    Step.HANDED: frozenset({Step.RECOUNTED, Step.REFUSED, Step.SEIZED, Step.DEFERRED, Step.RETURNED}),
    Step.REFUSED: frozenset({Step.RECOUNTED, Step.SEIZED, Step.DEFERRED, Step.RETURNED}),
    Step.SEIZED: frozenset({Step.RECOUNTED, Step.REFUSED, Step.DEFERRED, Step.RETURNED}),
    Step.DEFERRED: frozenset({Step.RECOUNTED, Step.REFUSED, Step.SEIZED, Step.RETURNED}),
    Step.RETURNED: frozenset({Step.RECOUNTED, Step.REFUSED, Step.SEIZED, Step.DEFERRED}),
    Step.REBUNDLED: frozenset({Step.SCREENED, Step.SUMMARISED, Step.WAIVED}),
}
"""What else an act of a kind may tell in one: a count on arrival, several outcomes, what holds for a part too."""

MOVES: dict[str, frozenset[tuple[str, str]]] = {step.value: moves for step, moves in steps.MOVES.items()}

NAMES_NO_SHIPMENT = frozenset({Step.LOST, Step.DESTROYED, Step.REVERSED})
"""Acts about pieces of a shipment that need not name it."""


def faults(seen: Seen) -> Iterator[str]:
    """Goes over all acts; leaves their headers in `seen` for the chains of the bundles."""
    written, taken_back = Beside(journey.entries_by_act()), Beside(journey.reversed_entries())
    for act in journey.acts():
        entries, earlier = written.of(act.pk), taken_back.of(act.pk)
        seen.acts += 1
        seen.entries += len(entries)
        header = chain.act_header(act.fields)
        seen.headers[act.pk] = bytes.fromhex(header)
        for fault in (
            *_as_told(act, entries, header),
            *_steps(act, entries, seen),
            *_rebundled(act, entries, seen),
            *_reversal(act, entries, earlier, seen),
            *_days(act, entries),
            *_names(act, entries, seen),
        ):
            yield f"{name_of(act)} {fault}"
    if strays := written.strays():
        yield f"Acts are missing: there are {strays} entries of acts that are not there."
    if seen.rebundled:
        yield f"Over all bundles {seen.rebundled:+} pieces came over the border between bundles; it must be none."


def _as_told(act: ActRow, entries: Sequence[EntryRow], header: str) -> Iterator[str]:
    if act.fields["lines"] != len(entries):
        yield f"wrote {act.fields['lines']} entries, and {len(entries)} are there: {_codes(entries)}"
    if act.digest != chain.act_digest(header, [entry.digest for entry in entries]):
        yield "is not as it was told: the act itself, or the list of its entries, was changed."


def _codes(entries: Sequence[EntryRow]) -> str:
    places = ", ".join(f"{entry.sequence} of bundle number {entry.bundle}" for entry in entries[:5])
    return f"{places or 'none'}{' and more' if len(entries) > 5 else ''}."


def _steps(act: ActRow, entries: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    """Each step belongs to the kind of act, and each move is in the table."""
    allowed = {act.kind, *ALSO.get(act.kind, ())}
    for entry in entries:
        start, end = seen.kinds(entry)
        if entry.step not in allowed:
            yield f"tells with {_entry(entry)} that something was {entry.step}."
        if entry.pieces and (start, end) not in MOVES.get(entry.step, ()):
            yield f"moves pieces with {_entry(entry)} from {start} to {end}: nothing is {entry.step} that way."
        if not entry.pieces and entry.step not in steps.MARKS:
            yield f"moves nothing with {_entry(entry)}, which says {entry.step}."


def _entry(entry: EntryRow) -> str:
    return f"entry {entry.sequence} of bundle number {entry.bundle}"


def _rebundled(act: ActRow, entries: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    """What leaves one bundle over the border enters another by the same act."""
    net = 0
    for entry in entries:
        start, end = seen.kinds(entry)
        net += entry.pieces * ((start == steps.REBUNDLED) - (end == steps.REBUNDLED))
    seen.rebundled += net
    if net:
        yield f"brings {net:+} pieces over the border between bundles; it must be none."


def _reversal(act: ActRow, entries: Sequence[EntryRow], earlier: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    """The exact opposite of a whole earlier act that is no reversal itself."""
    if act.reverses is None:
        return
    opposite = Counter((entry.bundle, entry.pieces, seen.end(entry), seen.start(entry)) for entry in earlier)
    if Counter((entry.bundle, entry.pieces, seen.start(entry), seen.end(entry)) for entry in entries) != opposite:
        yield f"is not the exact opposite of act {act.reverses}, which it reverses."
    if act.reverses >= act.pk:
        yield f"reverses act {act.reverses}, which was told later."
    if any(entry.step == Step.REVERSED for entry in earlier):
        yield f"reverses act {act.reverses}, which is a reversal itself."


def _days(act: ActRow, entries: Sequence[EntryRow]) -> Iterator[str]:
    latest = latest_day(act.recorded_at)
    if act.day > latest:
        yield f"is of {act.day}, later than it was recorded ({act.recorded_at:%Y-%m-%d})."
    for entry in entries:
        if not act.day <= entry.day <= max(latest, act.day):
            yield f"is of {act.day}, recorded on {act.recorded_at:%Y-%m-%d}; {_entry(entry)} says {entry.day}."


def _names(act: ActRow, entries: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    """What happens at a delivery, or with pieces of a shipment, is told by an act that names it."""
    for entry in entries:
        for place in seen.places_of(entry):
            if place.column == "delivery" and place.key != act.fields["delivery_id"]:
                yield f"does not name delivery {place.sign}, where {_entry(entry)} has pieces."
            if place.column == "shipment" and place.key != act.fields["shipment_id"] and not _silent(act):
                yield f"does not name shipment {place.sign}, of which {_entry(entry)} has pieces."


def _silent(act: ActRow) -> bool:
    return act.fields["shipment_id"] is None and act.kind in NAMES_NO_SHIPMENT
