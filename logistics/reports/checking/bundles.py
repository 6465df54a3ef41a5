"""Every bundle: its chain is whole, and what it holds is the sum of its entries."""

from collections.abc import Iterator, Sequence

from logistics import chain, steps
from logistics.queries import journey
from logistics.queries.journey import Beside, BundleRow, EntryRow, HoldingRow
from logistics.reports.checking.seen import Seen
from logistics.steps import Step

BEGINS: dict[str, str] = {Step.COUNTED: steps.OUTSIDE, Step.REBUNDLED: steps.REBUNDLED, Step.RELEASED: steps.REBUNDLED}
"""The steps with which a journey begins, and the border over which the pieces come."""


def faults(seen: Seen) -> Iterator[str]:
    """Goes over all bundles, after the acts were gone over."""
    written, held = Beside(journey.entries_by_bundle()), Beside(journey.holdings())
    for bundle in journey.bundles():
        entries, holdings = written.of(bundle.pk), held.of(bundle.pk)
        seen.bundles += 1
        seen.pieces += sum(holding.pieces for holding in holdings)
        for fault in (
            *_beginning(bundle, entries, seen),
            *_chain(bundle, entries, seen),
            *_head(bundle, entries),
            *_days(entries, seen),
            *_holdings(entries, holdings, seen),
        ):
            yield f"Bundle {bundle.code} {fault}"
    for rows, what in ((written, "entries"), (held, "holdings")):
        if strays := rows.strays():
            yield f"Bundles are missing: there are {strays} {what} of bundles that are not there."


def _beginning(bundle: BundleRow, entries: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    if not entries:
        yield "has no entry at all, not even its count."
        return
    first = entries[0]
    start, _ = seen.kinds(first)
    if BEGINS.get(first.step) != start or (start == steps.REBUNDLED) != bool(bundle.fields["split_from_id"]):
        yield f"begins its journey with being {first.step} from {start or 'nowhere'}, not with being counted or split off."


def _chain(bundle: BundleRow, entries: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    """Sequences without a gap, and each digest recomputed from what is there today."""
    previous = chain.bundle_seed(bundle.fields)
    for number, entry in enumerate(entries, start=1):
        if entry.sequence != number and (number == 1 or entry.sequence != entries[number - 2].sequence + 1):
            yield f"has a gap before its entry {entry.sequence}: {_missing(entries, number)}."
        if entry.digest != _digest(previous, entry, seen):
            yield _changed(entry, number)
        previous = entry.digest


def _missing(entries: Sequence[EntryRow], number: int) -> str:
    before = entries[number - 2].sequence if number > 1 else 0
    first, last = before + 1, entries[number - 1].sequence - 1
    return f"entry {first} is missing" if first == last else f"entries {first} to {last} are missing"


def _digest(previous: str, entry: EntryRow, seen: Seen) -> str:
    header = seen.headers.get(entry.act, b"").hex()
    return chain.entry_digest(
        previous, header, entry.bundle, entry.sequence, entry.step, entry.pieces, seen.start(entry), seen.end(entry),
        entry.day,
    )  # fmt: skip


def _changed(entry: EntryRow, number: int) -> str:
    before = "the bundle itself" if number == 1 else "the entry before it"
    return (
        f"has an entry {entry.sequence} ({entry.step}, act {entry.act}) that is not as it was written: the entry, its act "
        f"or {before} was changed, or it stands in another's place."
    )


def _head(bundle: BundleRow, entries: Sequence[EntryRow]) -> Iterator[str]:
    sequence, digest = (entries[-1].sequence, entries[-1].digest) if entries else (0, "")
    if bundle.head_sequence != sequence:
        yield f"was told of in {bundle.head_sequence} entries by its head, and its last entry is number {sequence}."
    elif bundle.head_digest != digest:
        yield f"has a head that is not the digest of its last entry, number {sequence}."


def _days(entries: Sequence[EntryRow], seen: Seen) -> Iterator[str]:
    """Entries that stand never go back in time."""
    latest = None
    for entry in entries:
        if entry.act in seen.void:
            continue
        if latest is not None and entry.day < latest:
            yield f"goes back in time with entry {entry.sequence} (act {entry.act}): {entry.day} after {latest}."
        latest = entry.day


def _holdings(entries: Sequence[EntryRow], holdings: Sequence[HoldingRow], seen: Seen) -> Iterator[str]:
    """The fold of the entries equals the holdings, and is never less than nothing on the way."""
    sums: dict[int, int] = {}
    for entry in entries:
        for place, change in ((entry.from_place, -entry.pieces), (entry.to_place, entry.pieces)):
            if place is not None:
                sums[place] = sums.get(place, 0) + change
                if sums[place] < 0:
                    yield f"has {sums[place]} pieces at {seen.place(place)} after entry {entry.sequence} (act {entry.act})."
    held = {holding.place: holding.pieces for holding in holdings}
    for place in sorted(sums.keys() | held.keys()):
        if place not in sums:
            yield f"holds {held[place]} pieces at {seen.place(place)}, which none of its entries names."
        elif sums[place] != held.get(place, 0) or place not in held:
            yield f"holds {held.get(place, 'no')} pieces at {seen.place(place)}; its entries sum to {sums[place]}."
