"""Counting: the only way in which pieces enter the journey."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, steps
from logistics.actions.days import refuse_before
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.labels import new_labels
from logistics.actions.locking import locked, locked_bundle, require_at
from logistics.actions.recording import OUTSIDE, Mark, Move, Spot, record
from logistics.actions.telling import Clock, Telling, tell
from logistics.errors import Refused
from logistics.models import Act, Batch, Bundle, Case, Hub, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.cases import cases
from logistics.queries.standing import has_been_dispatched, pieces_at
from logistics.steps import Step
from logistics.words import DiscrepancyKind, Kind, Purpose, figure


@dataclass(frozen=True)
class Pile:
    """So many letters or cards for one case, of one purpose (or not told): what will be tied into one bundle."""

    case: Case
    kind: str
    pieces: int
    purpose: str = ""


@transaction.atomic
def count(
    batch: Batch, *, piles: Sequence[Pile], key: UUID, day: date, by: User, clock: Clock | None = None
) -> Act:
    """Tie the counted piles of a batch into bundles, one each, under new labels; the act's entries name them.

    Refused: `not_permitted`, `unknown_batch`, `not_your_hub`, `batch_closed`, `nothing_in_it`,
    `unknown_case`, `not_letters_or_cards`, `unknown_purpose`, `no_pieces`, `too_many_for_a_bundle`,
    `day_not_come`, `day_too_early`, `key_reused`.
    """
    require(by, "logistics.count_bundle")
    told = [(pile.case, pile.kind, pile.pieces, pile.purpose) for pile in piles]
    telling = tell("count", key=key, day=day, by=by, clock=clock, batch=batch, piles=told)
    if telling.earlier:
        return telling.earlier
    batch = locked(scope.batches(by).select_related("hub", "label", "collection__campaign"), batch.pk, "batch")
    require_at(by, batch.hub)
    if batch.is_closed:
        raise Refused("batch_closed", _("This batch has been closed. Receive what is left as a new batch."))
    if not piles:
        raise Refused("nothing_in_it", _("No pile is told yet. Say for one at least whom it is for, and how many pieces it has."))
    _refuse_bad(piles, batch, by)
    sentence = _("The day cannot be before %(first)s: its batch came then. Look at the day and tell it again.")
    refuse_before(day, batch.received_on, timezone.now(), sentence)
    bundles = _tie(piles, batch)
    spot = Spot(steps.MAILROOM, batch.hub)
    moves = [
        Move(bundle, Step.COUNTED, pile.pieces, OUTSIDE, spot) for bundle, pile in zip(bundles, piles, strict=True)
    ]
    return record(telling, Step.COUNTED, moves, hub=batch.hub, label=batch.label)


def _refuse_bad(piles: Sequence[Pile], batch: Batch, by: User) -> None:
    known = set(cases(by).filter(campaign=batch.collection.campaign_id).values_list("pk", flat=True))
    limit = batch.collection.campaign.bundle_limit
    for pile in piles:
        if pile.case.pk not in known:
            raise Refused("unknown_case", _("This campaign has no such case. Choose one of its cases."))
        if pile.kind not in (Kind.LETTER, Kind.CARD):
            raise Refused("not_letters_or_cards", _("A bundle holds letters or cards. Choose one of the two."))
        if pile.purpose and pile.purpose not in Purpose.values:
            raise Refused("unknown_purpose", _("The purpose is solidarity, appeal or not told. Choose one of them."))
        if pile.pieces > limit:
            raise Refused("too_many_for_a_bundle", _too_many(limit, pile.pieces))


def _too_many(limit: int, pieces: int) -> str:
    sentence = ngettext(
        "A bundle holds at most %(limit)s piece, not %(n)s. Tie them into several bundles.",
        "A bundle holds at most %(limit)s pieces, not %(n)s. Tie them into several bundles.",
        limit,
    )
    return sentence % {"limit": figure(limit), "n": figure(pieces)}


def _tie(piles: Sequence[Pile], batch: Batch) -> list[Bundle]:
    labels = new_labels(codes.BUNDLE, batch.hub, len(piles))
    return Bundle.objects.bulk_create(
        [
            Bundle(
                label=label, case=pile.case, batch=batch, hub=batch.hub, kind=pile.kind, purpose=pile.purpose,
                country=batch.collection.country,
            )
            for label, pile in zip(labels, piles, strict=True)
        ]
    )  # fmt: skip


@transaction.atomic
def recount(
    bundle: Bundle,
    *,
    found: int,
    key: UUID,
    day: date,
    by: User,
    hub: Hub | None = None,
    shipment: Shipment | None = None,
    before: int | None = None,
    clock: Clock | None = None,
) -> Act:
    """Count again what is in a mailroom (`hub`) or with the case worker (`shipment`): the total found, not a difference.

    More is entered as found. Fewer is taken out before the first dispatch only; later fewer is missing: the pieces
    stay where they were last known and a discrepancy waits for the case team. In a mailroom no bundle grows beyond what
    one holds. Refused: `not_permitted`, `too_many_for_a_bundle`, `unknown_bundle`, `not_your_hub`, `not_your_shipment`, `nothing_there`, `changed_since`, `no_pieces`,
    `day_not_come`, `key_reused`.
    """
    require(by, "logistics.recount_bundle")
    telling = tell(
        "recount", key=key, day=day, by=by, hub=hub, clock=clock, bundle=bundle, found=found, shipment=shipment, before=before
    )
    if telling.earlier:
        return telling.earlier
    bundle = locked_bundle(bundle, by=by)
    spot = _counted_at(hub, shipment, by)
    there = pieces_at(bundle, spot.kind, **{spot.address[1]: spot.at})
    _refuse_recount(bundle, found, there, before)
    limit = bundle.case.campaign.bundle_limit
    if hub is not None and found > max(limit, there):
        raise Refused("too_many_for_a_bundle", _too_many(limit, found))
    return _recounted(telling, bundle, spot, there, found, hub, shipment)


def _counted_at(hub: Hub | None, shipment: Shipment | None, by: User) -> Spot:
    if hub is not None:
        require_at(by, hub)
        return Spot(steps.MAILROOM, hub)
    if shipment is None or shipment.to_worker_id != by.pk:
        raise Refused("not_your_shipment", _("That is counted by whoever the shipment went to. Choose your own shipment."))
    return Spot(steps.FIELD, shipment)


def _refuse_recount(bundle: Bundle, found: int, there: int, before: int | None) -> None:
    if before is not None and before != there:
        sentence = ngettext(
            "There was %(before)s piece of bundle %(bundle)s when this was begun, and now there are %(there)s. "
            "Look at the bundle and count again.",
            "There were %(before)s pieces of bundle %(bundle)s when this was begun and there are %(there)s now. "
            "Look at the bundle and count again.",
            before,
        )
        raise Refused("changed_since", sentence % {"before": figure(before), "bundle": bundle, "there": figure(there)})
    if there == 0:
        raise Refused(
            "nothing_there",
            _("Nothing of bundle %(bundle)s is known to be there. Look where it is first.") % {"bundle": bundle},
        )
    if found < 0:
        raise Refused("no_pieces", _("The number found is zero or more. Count, then tell it again."))


def _recounted(
    telling: Telling, bundle: Bundle, spot: Spot, there: int, found: int, hub: Hub | None, shipment: Shipment | None
) -> Act:
    left = has_been_dispatched(bundle)
    if found > there:
        line: Move | Mark = Move(bundle, Step.RECOUNTED, found - there, OUTSIDE, spot)
    elif found < there and not left and spot.kind == steps.MAILROOM:
        line = Move(bundle, Step.RECOUNTED, there - found, spot, OUTSIDE)
    else:
        line = Mark(bundle, Step.RECOUNTED)
    act = record(telling, Step.RECOUNTED, [line], hub=hub, shipment=shipment, label=bundle.label)
    if left and found != there:
        kind = DiscrepancyKind.OVERAGE if found > there else DiscrepancyKind.SHORTAGE
        open_discrepancy(kind, case=bundle.case, bundle=bundle, act=act, shipment=shipment, expected=there, found=found)
    return act
