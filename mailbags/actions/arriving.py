"""Arrival: the seal as found, the bundles ticked off, and what is missing, too much or late."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import codes, steps
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.following import Part
from logistics.actions.locking import locked, locked_bundles
from logistics.actions.recording import OUTSIDE, Mark, Move, Spot, record
from logistics.actions.telling import Clock, Telling, tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Holding, Hub, Label, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.cases import waits_for
from logistics.steps import Step
from logistics.words import DiscrepancyKind, SealFound
from mailbags.actions.sealing import note_found, refuse_unknown_state
from mailbags.models import Content, Mailbag
from mailbags.queries.bags import seal_on, travelling


@dataclass(frozen=True)
class BagFound:
    """A bag as it arrived: how its seal was, the number on it where that is another, and whether the bag is damaged."""

    bag: Mailbag
    found: str = SealFound.INTACT
    number: str = ""
    damaged: bool = False


@dataclass
class _Arrival:
    """What an arrival writes: the lines of the act, and the differences (kind, bundle, expected, found)."""

    end: Spot
    damaged: frozenset[int]
    lines: list[Move | Mark] = field(default_factory=list)
    differences: list[tuple[str, Bundle, int | None, int | None]] = field(default_factory=list)


@transaction.atomic
def take_over(
    shipment: Shipment,
    *,
    opened: Sequence[BagFound] = (),
    found: Sequence[Part] = (),
    damaged: Sequence[Bundle] = (),
    absent: Sequence[Mailbag] = (),
    extra: Sequence[str] = (),
    key: UUID,
    day: date,
    by: User,
    clock: Clock | None = None,
) -> Act:
    """Take over a shipment: bags opened, with their seals as found, and the bundles that were in them.

    By the case worker it went to (transit → field), or in the mailroom of the hub it went to (transit → mailroom).
    A part with a number was counted piece by piece; without, it is believed because the seal was whole. What lay in
    an opened bag, or in one that is missing (`absent`), and is not among `found`, fewer or more than was sent, what
    came `damaged` (of those found; their number then is what can still be read), and codes (`extra`) that do not
    belong there, become discrepancies; what comes late is taken over by a second act. Refused: `not_permitted`,
    `unknown_shipment`, `unknown_bundle`, `named_twice`, `not_on_shipment`, `unknown_state`, `nothing_there`,
    `nothing_in_it`, `no_pieces`, `not_found`, `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.arrive")
    telling = tell(
        "take_over", key=key, day=day, by=by, clock=clock, shipment=shipment, extra=list(extra),
        opened=[(item.bag, item.found, item.number, item.damaged) for item in opened], absent=list(absent),
        found=[(part.bundle, part.pieces, part.before) for part in found], damaged=list(damaged),
    )  # fmt: skip
    if telling.earlier:
        return telling.earlier
    shipment, hub = _locked_shipment(shipment, by)
    bundles = locked_bundles([part.bundle for part in found], by=by) if found else []
    _refuse_bad([*opened, *(BagFound(bag) for bag in absent)], shipment)
    _refuse_damaged_elsewhere(damaged, found)
    end = Spot(steps.MAILROOM, hub) if hub else Spot(steps.FIELD, shipment)
    arrival = _Arrival(end, frozenset(bundle.pk for bundle in damaged))
    _tick_off(arrival, bundles, found, shipment)
    _miss(arrival, bundles, {item.bag.pk for item in opened} | {bag.pk for bag in absent}, shipment)
    act = record(telling, Step.ARRIVED, arrival.lines, hub=hub, shipment=shipment)
    _empty(opened, bundles, act, hub)
    _open_discrepancies(act, arrival, bundles, opened)
    _open_extra(extra, shipment, act)
    return act


def _locked_shipment(shipment: Shipment, by: User) -> tuple[Shipment, Hub | None]:
    """The shipment, and the hub if it went to one, if this person may take it over."""
    rows = scope.shipments(by).select_related("to_hub", "to_worker", "from_hub")
    found = locked(rows, shipment.pk, "shipment")
    if found.to_worker_id == by.pk or (found.to_hub_id is not None and found.to_hub_id in by.hub_ids):
        return found, found.to_hub
    raise Refused("unknown_shipment", _("There is no such shipment here. Look at the code again."))


def _refuse_bad(opened: Sequence[BagFound], shipment: Shipment) -> None:
    for item in opened:
        refuse_unknown_state(item.found)
        if item.bag.shipment_id != shipment.pk:
            raise Refused(
                "not_on_shipment",
                _("Bag %(bag)s does not belong to this shipment. Look at the letter bill.") % {"bag": item.bag},
            )
    if len({item.bag.pk for item in opened}) != len(opened):
        raise Refused("named_twice", _("One bag is named twice. Take it off the list once."))


def _refuse_damaged_elsewhere(damaged: Sequence[Bundle], found: Sequence[Part]) -> None:
    here = {part.bundle.pk for part in found}
    for bundle in damaged:
        if bundle.pk not in here:
            raise Refused(
                "not_found",
                _("Bundle %(bundle)s is told as damaged, but not as here. Tick it as well.") % {"bundle": bundle},
            )


def _tick_off(arrival: _Arrival, bundles: Sequence[Bundle], found: Sequence[Part], shipment: Shipment) -> None:
    """The lines of what is here, and where it differs from what was sent."""
    known = _pieces_in_transit(bundles, shipment)
    for bundle, part in zip(bundles, found, strict=True):
        there = known.get(bundle.pk, 0)
        if there == 0:
            raise Refused(
                "nothing_there",
                _(
                    "Bundle %(bundle)s is not on its way in this shipment: it was taken over already, or was not sent. "
                    "Write its code among what was too much."
                ) % {"bundle": bundle},
            )
        _arrived(arrival, bundle, part, there, Spot(steps.TRANSIT, shipment))


def _miss(arrival: _Arrival, bundles: Sequence[Bundle], bags: set[int], shipment: Shipment) -> None:
    """What should lie in these bags and is not here."""
    ticked = {bundle.pk for bundle in bundles}
    gone = [item.bundle for item in travelling(shipment) if item.bag_id in bags and item.bundle_id not in ticked]
    known = _pieces_in_transit(gone, shipment)
    for bundle in gone:
        arrival.lines.append(Mark(bundle, Step.RECOUNTED))
        arrival.differences.append((DiscrepancyKind.MISSING_BUNDLE, bundle, known[bundle.pk], 0))


def _pieces_in_transit(bundles: Sequence[Bundle], shipment: Shipment) -> dict[int, int]:
    rows = Holding.objects.filter(
        bundle__in=[bundle.pk for bundle in bundles], place__kind=steps.TRANSIT, place__shipment=shipment, pieces__gt=0
    )
    return dict(rows.values_list("bundle_id", "pieces"))


def _arrived(arrival: _Arrival, bundle: Bundle, part: Part, there: int, start: Spot) -> None:
    count = there if part.pieces is None else part.pieces
    if count < 1:
        raise Refused(
            "no_pieces",
            _("Leave bundle %(bundle)s off the list if nothing of it came; it is then missing.") % {"bundle": bundle},
        )
    arrival.lines.append(Move(bundle, Step.ARRIVED, min(count, there), start, arrival.end))
    if count > there:
        arrival.lines.append(Move(bundle, Step.RECOUNTED, count - there, OUTSIDE, arrival.end))
        arrival.differences.append((DiscrepancyKind.OVERAGE, bundle, there, count))
    elif part.pieces is not None:
        arrival.lines.append(Mark(bundle, Step.RECOUNTED))
    if bundle.pk in arrival.damaged:
        arrival.differences.append((DiscrepancyKind.DAMAGED, bundle, there, part.pieces))
    elif count < there:
        arrival.differences.append((DiscrepancyKind.SHORTAGE, bundle, there, count))


def _empty(opened: Sequence[BagFound], bundles: Sequence[Bundle], act: Act, hub: Hub | None) -> None:
    """The bundles lie in their bags no more; the opened bags' seals are off."""
    Content.objects.filter(bundle__in=bundles, taken_out=None).update(taken_out=act)
    for item in opened:
        if seal := seal_on(item.bag):
            note_found(seal, item.found, item.number, act)
    rows = Mailbag.objects.filter(pk__in=[item.bag.pk for item in opened])
    rows.update(emptied_at=timezone.now(), **({"hub": hub} if hub else {}))


def _open_discrepancies(
    act: Act, arrival: _Arrival, bundles: Sequence[Bundle], opened: Sequence[BagFound]
) -> None:
    for kind, bundle, expected, found in arrival.differences:
        open_discrepancy(
            kind, case=bundle.case, bundle=bundle, act=act, shipment=act.shipment, expected=expected, found=found
        )
    for item in opened:
        if item.damaged:
            open_discrepancy(DiscrepancyKind.DAMAGED, label=item.bag.label, act=act, shipment=act.shipment)
    waiting = waits_for(bundles)
    for bundle in bundles:
        if bundle.pk in waiting:
            open_discrepancy(
                DiscrepancyKind.AGAINST_PAUSE, case=bundle.case, bundle=bundle, act=act, shipment=act.shipment
            )


def _open_extra(extra: Sequence[str], shipment: Shipment, act: Act | None) -> None:
    wanted = [codes.normalise(code) for code in extra]
    labels = Label.objects.in_bulk(wanted, field_name="code")
    for code in wanted:
        open_discrepancy(DiscrepancyKind.EXTRA_BUNDLE, label=labels.get(code), act=act, shipment=shipment)


@transaction.atomic
def note_extra(shipment: Shipment, extra: Sequence[str], *, by: User) -> int:
    """Tell that there was something too much where all else has been taken over: codes that do not belong there.

    No piece of the journey moves, so it is no act. Answers how many differences were opened. Refused:
    `not_permitted`, `unknown_shipment`, `nothing_in_it`.
    """
    require(by, "mailbags.arrive")
    shipment, _hub = _locked_shipment(shipment, by)
    if not extra:
        raise Refused("nothing_in_it", _("Nothing was named. Scan or type the code that is too many."))
    _open_extra(extra, shipment, None)
    return len(extra)


@transaction.atomic
def pass_through(
    shipment: Shipment, *, bags: Sequence[Mailbag], key: UUID, day: date, by: User, clock: Clock | None = None
) -> Act:
    """Receive bags at a hub that will go on as they are, sealed (transit → bag).

    Whoever says this has looked at the seals. Refused: `not_permitted`, `unknown_shipment`, `not_a_hub`,
    `nothing_in_it`, `not_on_shipment`, `not_sealed`, `nothing_there`, `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.arrive")
    telling = tell("pass_through", key=key, day=day, by=by, clock=clock, shipment=shipment, bags=list(bags))
    if telling.earlier:
        return telling.earlier
    shipment, hub = _locked_shipment(shipment, by)
    if hub is None:
        raise Refused("not_a_hub", _("Bags pass sealed through a hub only. Take over what came to you."))
    if not bags:
        raise Refused("nothing_in_it", _("No bag is ticked. Tick each one whose seal you have looked at."))
    _refuse_bad([BagFound(bag) for bag in bags], shipment)
    if unsealed := [bag for bag in bags if seal_on(bag) is None]:
        sentence = _("Bag %(bag)s has no seal on it. Open it and count what is in it.")
        raise Refused("not_sealed", sentence % {"bag": unsealed[0]})
    act = _passed(telling, shipment, hub, list(bags))
    Mailbag.objects.filter(pk__in=[bag.pk for bag in bags]).update(hub=hub)
    return act


def _passed(telling: Telling, shipment: Shipment, hub: Hub, bags: list[Mailbag]) -> Act:
    keys = {bag.pk for bag in bags}
    start = Spot(steps.TRANSIT, shipment)
    moves = [
        Move(item.bundle, Step.ARRIVED, None, start, Spot(steps.BAG, item.bag.label))
        for item in travelling(shipment)
        if item.bag_id in keys
    ]
    if bags and not moves:
        raise Refused("nothing_there", _("Nothing in these bags is on its way in this shipment. It was received already."))
    return record(telling, Step.ARRIVED, moves, hub=hub, shipment=shipment)
