"""Deliveries: what was handed over, how surely that is known, and what became of the rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, steps
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.locking import locked, locked_bundles
from logistics.actions.recording import OUTSIDE, Move, Spot, record
from logistics.actions.telling import tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Case, Delivery, Holding, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.cases import cases, waits_for
from logistics.queries.standing import holdings_of
from logistics.steps import Step
from logistics.words import PLACES, Capacity, DiscrepancyKind, figure

STEP_TO: dict[str, Step] = {
    **dict.fromkeys(steps.GRADES, Step.HANDED),
    steps.REFUSED: Step.REFUSED,
    steps.SEIZED: Step.SEIZED,
    steps.DEFERRED: Step.DEFERRED,
    steps.RETURNED: Step.RETURNED,
}
"""Which step tells that pieces came to be there."""

HANDED_FROM = (steps.FIELD, steps.DEFERRED, steps.TRANSIT)
"""Where pieces are when they are handed over: with the case worker, kept for release, posted directly."""


@dataclass(frozen=True)
class Outcome:
    """What became of so many pieces of a bundle: a grade, or refused, seized, deferred, returned. None: all the rest.

    `start` says where they were (field, deferred, transit) where it matters; else they are taken in this order.
    """

    bundle: Bundle
    became: str
    pieces: int | None = None
    before: int | None = None
    start: str | None = None


@transaction.atomic
def record_delivery(
    shipment: Shipment,
    *,
    case: Case,
    outcomes: Sequence[Outcome],
    capacity: str = "",
    reason: str = "",
    key: UUID,
    day: date,
    by: User,
) -> Act:
    """Tell what was handed over for one case on one occasion, with an outcome for every piece named.

    Pieces come from the field, from what was deferred, or straight from transit (posted directly), in this order.
    More than was known there is a recount and a handover in one act. A pause, or no consent, refuses nothing: what
    has happened is heard, and a discrepancy opened. The act's `delivery` has the number. Refused: `not_permitted`,
    `unknown_shipment`, `unknown_case`, `unknown_bundle`, `nothing_in_it`, `wrong_case`, `unknown_outcome`,
    `unknown_capacity`, `nothing_there`, `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.record_delivery")
    told = [(item.bundle, item.became, item.pieces, item.before, item.start) for item in outcomes]
    telling = tell(
        "deliver", key=key, day=day, by=by, shipment=shipment, case=case, outcomes=told, capacity=capacity, reason=reason
    )
    if telling.earlier:
        return telling.earlier
    shipment = locked(scope.shipments(by).filter(to_worker=by), shipment.pk, "shipment")
    bundles = _bundles_of(case, outcomes, by)
    _refuse_bad_words(outcomes, capacity)
    delivery = Delivery.objects.create(
        number=codes.new(codes.DELIVERY), case=case, shipment=shipment, day=day, capacity=capacity, by=by
    )
    lines, surplus = _lines(outcomes, holdings_of(bundles), shipment, delivery)
    kind = Step.HANDED if any(line.step == Step.HANDED for line in lines) else lines[-1].step
    act = record(telling, kind, lines, reason=reason, shipment=shipment, delivery=delivery)
    _open_discrepancies(act, bundles, surplus, shipment)
    return act


def _bundles_of(case: Case, outcomes: Sequence[Outcome], by: User) -> list[Bundle]:
    if not cases(by).filter(pk=case.pk).exists():
        raise Refused("unknown_case", _("There is no such case here. Look at the code again."))
    bundles = locked_bundles({item.bundle.pk: item.bundle for item in outcomes}.values(), by=by)
    for bundle in bundles:
        if bundle.case_id != case.pk:
            raise Refused(
                "wrong_case",
                _("Bundle %(bundle)s is for another case. Record it in a delivery of its own case.") % {"bundle": bundle},
            )
    return bundles


def _refuse_bad_words(outcomes: Iterable[Outcome], capacity: str) -> None:
    if capacity and capacity not in Capacity.values:
        raise Refused("unknown_capacity", _("Say who received: the recipient, family, lawyer, friend or institution."))
    for item in outcomes:
        if item.became not in STEP_TO:
            raise Refused(
                "unknown_outcome",
                _("Say what became of the pieces: a grade of evidence, or refused, seized, kept for release, or returned."),
            )


def _lines(
    outcomes: Sequence[Outcome], held: dict[int, list[Holding]], shipment: Shipment, delivery: Delivery
) -> tuple[list[Move], dict[int, tuple[int, int]]]:
    """The moves, and for each bundle with more than was known: pieces known and found."""
    there = {key: _known(holdings, shipment) for key, holdings in held.items()}
    known = {key: sum(spots.values()) for key, spots in there.items()}
    moves: list[Move] = []
    surplus: dict[int, tuple[int, int]] = {}
    for item in outcomes:
        spots = there.get(item.bundle.pk, {})
        end = Spot(item.became, _at(item.became, shipment, delivery))
        _refuse_changed(item, known.get(item.bundle.pk, 0))
        found, left = _taken(item, spots, end, shipment)
        if left:
            _refuse_if_elsewhere(item, spots)
            expected, so_far = surplus.get(item.bundle.pk, (known[item.bundle.pk], known[item.bundle.pk]))
            surplus[item.bundle.pk] = (expected, so_far + left)
            found = found + _more_than_known(item, end, shipment, left)
        moves += found
    return moves, surplus


def _known(holdings: Iterable[Holding], shipment: Shipment) -> dict[str, int]:
    """What of the bundle this shipment brought and is still to be handed over, in the order it is taken."""
    pieces = {holding.place.kind: holding.pieces for holding in holdings if holding.place.shipment_id == shipment.pk}
    return {kind: pieces[kind] for kind in HANDED_FROM if pieces.get(kind)}


def _at(kind: str, shipment: Shipment, delivery: Delivery) -> Shipment | Delivery | None:
    if kind in steps.AT_DELIVERY:
        return delivery
    return shipment if kind in steps.OF_SHIPMENT else None


def _refuse_changed(item: Outcome, known: int) -> None:
    if item.before is not None and item.before != known:
        sentence = ngettext(
            "There was %(before)s piece of bundle %(bundle)s when this was begun, and now there are %(there)s. "
            "Look at the bundle and tell the delivery again.",
            "There were %(before)s pieces of bundle %(bundle)s when this was begun and there are %(there)s now. "
            "Look at the bundle and tell the delivery again.",
            item.before,
        )
        raise Refused("changed_since", sentence % {"before": figure(item.before), "bundle": item.bundle, "there": figure(known)})
    if known == 0:
        raise Refused(
            "nothing_there",
            _(
                "Nothing of bundle %(bundle)s is with you any more. It has been told already, or its shipment has not been "
                "dispatched yet: look at the bundle's journey."
            ) % {"bundle": item.bundle},
        )


def _taken(item: Outcome, spots: dict[str, int], end: Spot, shipment: Shipment) -> tuple[list[Move], int]:
    """Moves that take the pieces from where they are, and how many could not be found anywhere."""
    step, moves = STEP_TO[item.became], []
    usable = [kind for kind in spots if item.start in (None, kind)]
    left = sum(spots[kind] for kind in usable) if item.pieces is None else item.pieces
    if left < 1:
        raise Refused("no_pieces", _("The number of pieces is a whole number of one or more. Count, then tell it again."))
    for kind in [kind for kind in usable if steps.is_allowed(step, kind, end.kind)]:
        pieces = min(left, spots[kind])
        if pieces:
            moves.append(Move(item.bundle, step, pieces, Spot(kind, shipment), end))
            spots[kind] -= pieces
            left -= pieces
    return moves, left


def _refuse_if_elsewhere(item: Outcome, spots: dict[str, int]) -> None:
    """Pieces that are known, but not where this outcome can come from, are no surplus."""
    if places := [kind for kind, pieces in spots.items() if pieces]:
        sentence = _(
            "Pieces of bundle %(bundle)s that are %(place)s cannot become %(became)s. "
            "Tell the step that comes before: take them over, or hand them over first."
        )
        said = {"bundle": item.bundle, "place": PLACES[places[0]], "became": PLACES[item.became]}
        raise Refused("move_not_in_table", sentence % said)


def _more_than_known(item: Outcome, end: Spot, shipment: Shipment, extra: int) -> list[Move]:
    """A recount and the handover of what nobody had counted."""
    field = Spot(steps.FIELD, shipment)
    return [
        Move(item.bundle, Step.RECOUNTED, extra, OUTSIDE, field),
        Move(item.bundle, STEP_TO[item.became], extra, field, end),
    ]


def _open_discrepancies(act: Act, bundles: Sequence[Bundle], surplus: dict, shipment: Shipment) -> None:
    waiting = waits_for(bundles)
    for bundle in bundles:
        if bundle.pk in surplus:
            expected, found = surplus[bundle.pk]
            open_discrepancy(
                DiscrepancyKind.OVERAGE, case=bundle.case, bundle=bundle, act=act, shipment=shipment,
                expected=expected, found=found,
            )  # fmt: skip
        if bundle.pk in waiting:
            open_discrepancy(
                DiscrepancyKind.AGAINST_PAUSE, case=bundle.case, bundle=bundle, act=act, shipment=shipment
            )
