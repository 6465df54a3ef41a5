"""The one function that writes entries and holdings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import chain, steps
from logistics.actions.days import days_of_coming, last_days, refuse_future, refuse_too_early
from logistics.actions.telling import Clock, Telling
from logistics.errors import Refused
from logistics.models import Act, Bundle, Delivery, Entry, Holding, Hub, Label, Place, Shipment, User
from logistics.models.journey import WHEREABOUTS
from logistics.steps import Step
from logistics.words import PLACES, STEPS, figure


@dataclass(frozen=True)
class Spot:
    """A place by kind and whereabouts, or a border."""

    kind: str
    at: Hub | Label | Shipment | Delivery | None = None

    @property
    def is_border(self) -> bool:
        return self.kind in steps.BORDERS

    @property
    def address(self) -> tuple[str, str, int | None]:
        """Kind, the column that says where, and the key in it."""
        column = type(self.at).__name__.lower() if self.at is not None else ""
        return (self.kind, column, self.at.pk if self.at is not None else None)


WORKED_ON = (steps.MAILROOM, steps.BAG)
"""Where something is done to a bundle without moving any of it."""

OUTSIDE = Spot(steps.OUTSIDE)
REBUNDLED = Spot(steps.REBUNDLED)


@dataclass(frozen=True)
class Move:
    """So many pieces (None: all that are there) of a bundle from one spot to another.

    `before` is how many pieces the teller believed to be at `start`; where that no longer holds the act is refused.
    """

    bundle: Bundle
    step: Step
    pieces: int | None
    start: Spot
    end: Spot
    before: int | None = None


@dataclass(frozen=True)
class Mark:
    """A step of a bundle that moves no pieces."""

    bundle: Bundle
    step: Step


@dataclass
class _Draft:
    """A line that has passed every check: what will stand in the entry."""

    bundle: Bundle
    step: Step
    pieces: int = 0
    start: Spot | None = None
    end: Spot | None = None


def record(
    telling: Telling,
    kind: Step,
    lines: Sequence[Move | Mark],
    *,
    hub: Hub | None = None,
    second: User | None = None,
    reason: str = "",
    shipment: Shipment | None = None,
    delivery: Delivery | None = None,
    label: Label | None = None,
    reverses: Act | None = None,
) -> Act:
    """Write one act with its entries, the holdings they change and the bundles' heads, all or nothing.

    Locks the bundles in the order of their key first. Refused: `nothing_in_it`, `day_not_come`, `day_too_early`,
    `move_not_in_table`, `nothing_there`, `too_many`, `changed_since`.
    """
    if not lines:
        raise Refused("nothing_in_it", _("Nothing was named. Scan or choose at least one bundle, then tell it again."))
    now = timezone.now()
    refuse_future(telling.day, now)
    bundles = _locked({line.bundle.pk for line in lines})
    places = _places([line for line in lines if isinstance(line, Move)])
    held = _held(bundles)
    drafts = [_checked(line, places, held) for line in lines]
    last = last_days(bundles)
    if not (reverses or telling.clock.device):  # a reversal counts on no day, and a device has a wrong clock, not a wrong day
        refuse_too_early(telling.day, _since(telling.day, drafts, places, last), bundles, now)
    act = _act(telling, kind, hub, now, len(drafts))
    act.second, act.reason, act.shipment, act.delivery = second, reason, shipment, delivery
    act.label, act.reverses = label, reverses
    _write(act, drafts, bundles, places, held, _days(act, drafts, bundles, last))
    return act


def _since(day: date, drafts: list[_Draft], places: dict, last: dict[int, date]) -> dict[int, date]:
    """By bundle the first day on which this can have happened. Parts of a bundle go their own ways, and are told in any
    order: a move is held against what its own part has been through, a mark against all of the bundle."""
    if all(day >= each for each in last.values()):
        return {}
    spots = [(draft.bundle.pk, draft.end if draft.start.is_border else draft.start) for draft in drafts if draft.start]
    parts = {(key, places[spot.address].pk): spot.kind in WORKED_ON for key, spot in spots if not spot.is_border}
    marked = {draft.bundle.pk for draft in drafts} - {key for key, _spot in spots}
    return days_of_coming(parts) | {key: last[key] for key in marked if key in last}


def _locked(keys: set[int]) -> dict[int, Bundle]:
    found = Bundle.objects.select_for_update(of=("self",)).select_related("label").order_by("pk")
    return {bundle.pk: bundle for bundle in found.filter(pk__in=keys)}


def _places(moves: Sequence[Move]) -> dict[tuple[str, str, int | None], Place]:
    """The rows of all places named, made where they are new."""
    wanted = {spot.address for move in moves for spot in (move.start, move.end) if not spot.is_border}
    if not wanted:
        return {}
    found = _existing_places(wanted)
    missing = sorted(wanted - found.keys(), key=str)
    if missing:
        Place.objects.bulk_create(
            [Place(kind=kind, **({f"{column}_id": key} if column else {})) for kind, column, key in missing],
            ignore_conflicts=True,
        )
        found = _existing_places(wanted)
    return found


def _existing_places(wanted: set[tuple[str, str, int | None]]) -> dict[tuple[str, str, int | None], Place]:
    keys: dict[str, set[int | None]] = defaultdict(set)
    for _kind, column, key in wanted:
        keys[column].add(key)
    where = Q()
    for column, values in keys.items():
        where |= Q(**{f"{column}__in": values}) if column else Q(**dict.fromkeys(WHEREABOUTS))
    rows = Place.objects.filter(where, kind__in={kind for kind, _column, _key in wanted})
    return {place.address: place for place in rows if place.address in wanted}


def _held(bundles: dict[int, Bundle]) -> dict[tuple[int, int], int]:
    rows = Holding.objects.filter(bundle__in=bundles).values_list("bundle_id", "place_id", "pieces")
    return {(bundle, place): pieces for bundle, place, pieces in rows}


def _checked(line: Move | Mark, places: dict, held: dict[tuple[int, int], int]) -> _Draft:
    """The line as it will be written; what it takes and brings is taken from and added to `held`."""
    if isinstance(line, Mark):
        return _Draft(line.bundle, line.step)
    if not steps.is_allowed(line.step, line.start.kind, line.end.kind):
        raise Refused("move_not_in_table", _no_such_move(line))
    pieces = _pieces(line, places, held)
    for spot, change in ((line.start, -pieces), (line.end, pieces)):
        if not spot.is_border:
            key = (line.bundle.pk, places[spot.address].pk)
            held[key] = held.get(key, 0) + change
    return _Draft(line.bundle, line.step, pieces, line.start, line.end)


def _no_such_move(move: Move) -> str:
    sentence = _(
        "Nothing goes from %(start)s to %(end)s by being %(step)s. "
        "Look where the bundle is and tell the step that leads on from there."
    )
    return sentence % {"start": PLACES[move.start.kind], "end": PLACES[move.end.kind], "step": STEPS[move.step]}


def _pieces(move: Move, places: dict, held: dict[tuple[int, int], int]) -> int:
    """How many pieces the move takes. Refused where they are not there."""
    if move.start.is_border:
        return _positive(move)
    there = held.get((move.bundle.pk, places[move.start.address].pk), 0)
    if move.before is not None and move.before != there:
        raise Refused("changed_since", _changed(move.bundle, move.before, there))
    if there == 0:
        raise Refused(
            "nothing_there",
            _(
                "Nothing of bundle %(bundle)s is there any more. It has been told already, or something before it has not: "
                "look at the bundle's journey."
            ) % {"bundle": move.bundle},
        )
    if _positive(move, there) > there:
        raise Refused("too_many", _too_many(move, there))
    return _positive(move, there)


def _changed(bundle: Bundle, before: int, there: int) -> str:
    sentence = ngettext(
        "Of bundle %(bundle)s there was %(before)s piece when this was begun, and now there are %(there)s. "
        "Somebody told something in between: look at the bundle and tell yours again.",
        "Of bundle %(bundle)s there were %(before)s pieces when this was begun and there are %(there)s now. "
        "Somebody told something in between: look at the bundle and tell yours again.",
        before,
    )
    return sentence % {"bundle": bundle, "before": figure(before), "there": figure(there)}


def _too_many(move: Move, there: int) -> str:
    sentence = ngettext(
        "Only %(there)s piece of bundle %(bundle)s is there, not %(n)s. Count again; if there really are more, tell a "
        "recount first.",
        "Only %(there)s pieces of bundle %(bundle)s are there, not %(n)s. Count again; if there really are more, tell a "
        "recount first.",
        there,
    )
    return sentence % {"bundle": move.bundle, "there": figure(there), "n": figure(move.pieces)}


def _positive(move: Move, there: int | None = None) -> int:
    pieces = there if move.pieces is None else move.pieces
    if pieces is None or pieces < 1:
        raise Refused("no_pieces", _("The number of pieces is a whole number of one or more. Count, then tell it again."))
    return pieces


def _act(telling: Telling, kind: Step, hub: Hub | None, now: datetime, lines: int) -> Act:
    in_mailroom = hub is not None and kind not in steps.FIELD_STEPS
    clock = telling.clock if in_mailroom else Clock()
    return Act(
        key=telling.key,
        told=telling.told,
        kind=kind.value,
        day=telling.day,
        time=clock.time,
        utc_offset=clock.utc_offset,
        device=clock.device,
        recorded_at=now,
        by=telling.by,
        hub=hub,
        lines=lines,
    )


def _write(
    act: Act, drafts: list[_Draft], bundles: dict[int, Bundle], places: dict, held: dict, days: dict[int, date]
) -> None:
    header = chain.act_header({name: getattr(act, name) for name in chain.ACT_FIELDS})
    entries = [_entry(draft, bundles[draft.bundle.pk], places, days, header) for draft in drafts]
    act.digest = chain.act_digest(header, [entry.digest for entry in entries])
    act.save(force_insert=True)
    for entry in entries:
        entry.act = act
    Entry.objects.bulk_create(entries)
    _save_holdings(entries, held)
    Bundle.objects.bulk_update(bundles.values(), ["head_sequence", "head_digest"])


def _entry(draft: _Draft, bundle: Bundle, places: dict, days: dict[int, date], header: str) -> Entry:
    bundle.head_sequence += 1
    entry = Entry(
        bundle=bundle, sequence=bundle.head_sequence, step=draft.step.value, pieces=draft.pieces, day=days[bundle.pk]
    )
    for side, spot in (("from", draft.start), ("to", draft.end)):
        if spot and spot.is_border:
            setattr(entry, f"{side}_border", spot.kind)
        elif spot:
            setattr(entry, f"{side}_place", places[spot.address])
    bundle.head_digest = entry.digest = chain.entry_digest(
        bundle.head_digest or _seed(bundle), header, bundle.pk, entry.sequence, entry.step, entry.pieces,
        entry.start_name, entry.end_name, entry.day,
    )  # fmt: skip
    return entry


def _seed(bundle: Bundle) -> str:
    what = {name: getattr(bundle, name) for name in chain.BUNDLE_FIELDS if name != "code"}
    return chain.bundle_seed(what | {"code": bundle.label.code})


def _days(act: Act, drafts: list[_Draft], bundles: dict[int, Bundle], last: dict[int, date]) -> dict[int, date]:
    """Each bundle's day: the act's, or that of its last standing entry where that is later (wrong clocks).

    An act that takes pieces over the border between bundles has one day for all, so that they are
    somewhere on every day. Entries that were reversed stand on no day and hold nobody up.
    """
    days = {key: max(act.day, last.get(key, act.day)) for key in bundles}
    if any(spot and spot.kind == steps.REBUNDLED for draft in drafts for spot in (draft.start, draft.end)):
        latest = max(days.values())
        days = dict.fromkeys(days, latest)
    return days


def _save_holdings(entries: list[Entry], held: dict[tuple[int, int], int]) -> None:
    touched = {
        (entry.bundle_id, place): held[entry.bundle_id, place]
        for entry in entries
        for place in (entry.from_place_id, entry.to_place_id)
        if place is not None
    }
    Holding.objects.bulk_create(
        [Holding(bundle_id=bundle, place_id=place, pieces=pieces) for (bundle, place), pieces in touched.items()],
        update_conflicts=True,
        unique_fields=["bundle", "place"],
        update_fields=["pieces"],
    )
