"""Packing: what goes into a bag, and what is taken out again."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import codes, steps
from logistics.actions.auditing import note
from logistics.actions.labels import new_label
from logistics.actions.locking import locked, locked_bundles, require_at
from logistics.actions.recording import Move, Spot, record
from logistics.actions.telling import Clock, Telling, tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Hub, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.cases import waits_for
from logistics.steps import Step
from logistics.words import BagForm
from mailbags.models import Content, Mailbag
from mailbags.queries.bags import bags, contents, seal_on
from mailbags.queries.recounts import awaiting_recount


@transaction.atomic
def open_bag(
    shipment: Shipment, *, hub: Hub, form: str = BagForm.BAG, tare_grams: int | None = None, key: UUID, by: User
) -> Mailbag:
    """An empty, labelled bag for a shipment that leaves from this hub. The same key again gives the same bag.

    `tare_grams` is the weight of the empty bag. Refused: `not_permitted`, `unknown_shipment`, `not_your_hub`,
    `shipment_gone`, `unknown_form`, `key_reused`.
    """
    require(by, "mailbags.pack")
    shipment = locked(scope.shipments(by).select_related("from_hub"), shipment.pk, "shipment")
    require_at(by, shipment.from_hub)
    if earlier := Mailbag.objects.filter(key=key).first():
        if (earlier.shipment_id, earlier.form) != (shipment.pk, form):
            raise Refused("key_reused", _("This was sent before with other content. Open the other bag as a new one."))
        return earlier
    refuse_gone(shipment)
    if form not in BagForm.values:
        raise Refused("unknown_form", _("It is a bag, a box or a padded envelope. Choose one of them."))
    bag = Mailbag.objects.create(
        label=new_label(codes.MAILBAG, hub), form=form, hub=hub, shipment=shipment, opened_by=by, key=key, tare_grams=tare_grams
    )
    note(by, "bag_opened", bag.label.code)
    return bag


def refuse_gone(shipment: Shipment) -> None:
    """Refused: `shipment_gone` once it was dispatched."""
    if shipment.is_dispatched:
        raise Refused("shipment_gone", _("This shipment has been dispatched. Plan another for what is left."))


@transaction.atomic
def put_in(
    bag: Mailbag, *, bundles: Sequence[Bundle], key: UUID, day: date, by: User, clock: Clock | None = None
) -> Act:
    """Put bundles from this hub's mailroom into an open bag, whole.

    Refused: `not_permitted`, `unknown_mailbag`, `not_your_hub`, `shipment_gone`, `bag_sealed`, `unknown_bundle`,
    `nothing_in_it`, `named_twice`, `case_paused`, `case_closed`, `no_consent`, `situation_undecided`,
    `held_by_case_team`, `not_for_this_consignee`, `recount_needed`, `in_it_already`, `in_another_bag`,
    `nothing_there`, `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.pack")
    telling = tell("put_in", key=key, day=day, by=by, clock=clock, bag=bag, bundles=list(bundles))
    if telling.earlier:
        return telling.earlier
    bag = locked_bag(bag, by=by)
    rows = locked_bundles(bundles, by=by)
    refuse_closed(bag)
    refuse_what_waits(rows)
    refuse_wrong_consignee(bag.shipment, rows)
    act = _bagged(telling, bag, rows)
    Content.objects.filter(bundle__in=rows, taken_out=None).update(taken_out=act)  # lost from another bag, and found
    Content.objects.bulk_create([Content(bag=bag, bundle=row, put_in=act) for row in rows])
    if bag.gross_grams is not None:
        forget_weight([bag.pk])
    return act


def _bagged(telling: Telling, bag: Mailbag, rows: Sequence[Bundle]) -> Act:
    spots = Spot(steps.MAILROOM, bag.hub), Spot(steps.BAG, bag.label)
    moves = [Move(row, Step.BAGGED, None, *spots) for row in rows]
    try:
        return record(telling, Step.BAGGED, moves, hub=bag.hub, label=bag.label)
    except Refused as refusal:
        if refusal.code == "nothing_there":
            _refuse_lying(bag, rows)
        raise


def _refuse_lying(bag: Mailbag, rows: Sequence[Bundle]) -> None:
    """Refused: `in_it_already`, `in_another_bag` for what lies in a bag at this hub."""
    for item in contents(Mailbag.objects.filter(contents__bundle__in=rows, hub=bag.hub_id).distinct()):
        if item.bundle not in rows:
            continue
        words = {"bundle": item.bundle, "bag": item.bag}
        if item.bag_id == bag.pk:
            raise Refused("in_it_already", _("Bundle %(bundle)s is in this bag already.") % words)
        raise Refused("in_another_bag", _("Bundle %(bundle)s lies in mailbag %(bag)s. Take it out there first.") % words)


@transaction.atomic
def take_out(
    bag: Mailbag, *, bundles: Sequence[Bundle], key: UUID, day: date, by: User, clock: Clock | None = None
) -> Act:
    """Take bundles out of an open bag, back into this hub's mailroom.

    Refused: `not_permitted`, `unknown_mailbag`, `not_your_hub`, `shipment_gone`, `bag_sealed`, `unknown_bundle`,
    `nothing_in_it`, `named_twice`, `nothing_there`, `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.pack")
    telling = tell("take_out", key=key, day=day, by=by, clock=clock, bag=bag, bundles=list(bundles))
    if telling.earlier:
        return telling.earlier
    bag = locked_bag(bag, by=by)
    rows = locked_bundles(bundles, by=by)
    refuse_closed(bag)
    return unbag(telling, bag, rows)


def unbag(telling: Telling, bag: Mailbag, bundles: Sequence[Bundle]) -> Act:
    """Tell the journey that these bundles are in the mailroom again, and that they lie in the bag no more."""
    spots = Spot(steps.BAG, bag.label), Spot(steps.MAILROOM, bag.hub)
    moves = [Move(bundle, Step.UNBAGGED, None, *spots) for bundle in bundles]
    act = record(telling, Step.UNBAGGED, moves, hub=bag.hub, label=bag.label)
    Content.objects.filter(bag=bag, bundle__in=bundles, taken_out=None).update(taken_out=act)
    if bag.gross_grams is not None:
        forget_weight([bag.pk])
    return act


def forget_weight(bags: Iterable[int]) -> None:
    """What a bag weighed holds no more once something was put in or taken out."""
    Mailbag.objects.filter(pk__in=bags).update(gross_grams=None)


@transaction.atomic
def weigh(bag: Mailbag, *, gross_grams: int, tare_grams: int | None = None, by: User) -> Mailbag:
    """Write down what the full bag weighs, in grams, and what it weighs empty.

    Refused: `not_permitted`, `unknown_mailbag`, `not_your_hub`, `shipment_gone`, `bag_empty`, `weight_too_small`.
    """
    require(by, "mailbags.pack")
    bag = locked_bag(bag, by=by)
    refuse_gone(bag.shipment)
    if not contents([bag]):
        raise Refused("bag_empty", _("There is nothing in this bag. Pack it first, then weigh it."))
    tare = bag.tare_grams if tare_grams is None else tare_grams
    if gross_grams < 1 or gross_grams < (tare or 0):
        raise Refused("weight_too_small", _("A full bag weighs more than an empty one. Weigh it again, in grams."))
    bag.gross_grams, bag.tare_grams = gross_grams, tare
    bag.save(update_fields=["gross_grams", "tare_grams"])
    return bag


@transaction.atomic
def put_aside(bag: Mailbag, *, by: User) -> Mailbag:
    """Take an empty bag off its shipment. Refused: `not_permitted`, `unknown_mailbag`, `not_your_hub`, `bag_not_empty`."""
    require(by, "mailbags.pack")
    bag = locked_bag(bag, by=by)
    if contents([bag]) or bag.emptied_at is not None or bag.shipment.is_dispatched:
        raise Refused("bag_not_empty", _("Only an empty bag that has not left is put aside. Take everything out first."))
    bag.emptied_at = timezone.now()
    bag.save(update_fields=["emptied_at"])
    note(by, "bag_put_aside", bag.label.code)
    return bag


def hold(bundles: Sequence[Bundle]) -> None:
    """Lock these bundles, in the order of their key, until the action ends."""
    keys = [bundle.pk for bundle in bundles]
    list(Bundle.objects.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def locked_bag(bag: Mailbag, *, by: User) -> Mailbag:
    """The bag as it is now, locked, if it is at one of this person's hubs. Refused: `unknown_mailbag`, `not_your_hub`."""
    rows: QuerySet[Mailbag] = bags(by).select_related("label", "hub", "shipment__to_worker", "shipment__to_hub")
    found = locked(rows, bag.pk, "mailbag")
    require_at(by, found.hub)
    return found


def refuse_closed(bag: Mailbag) -> None:
    """Refused: `shipment_gone`, `bag_put_aside`, `bag_sealed`: a sealed bag's contents do not change."""
    refuse_gone(bag.shipment)
    if bag.emptied_at is not None:
        raise Refused("bag_put_aside", _("This bag was put aside. Open a new one."))
    if seal_on(bag):
        raise Refused(
            "bag_sealed", _("This bag is sealed; its contents do not change. Open the seal first, and say how it was.")
        )


def refuse_what_waits(bundles: Sequence[Bundle]) -> None:
    """Refuse bundles of paused cases, without consent, flagged, or to be counted again."""
    for code, sentence in waits_for(bundles).values():
        raise Refused(code, sentence)
    for content in awaiting_recount(bundles):
        raise Refused(
            "recount_needed",
            _(
                "Bundle %(bundle)s lay under a seal that was not as it was put on. Count it again first."
            ) % {"bundle": content.bundle},
        )


def refuse_wrong_consignee(shipment: Shipment, bundles: Sequence[Bundle]) -> None:
    """A bundle enters only if whoever opens the bag may handle its case."""
    if shipment.to_worker is None:
        return
    for bundle in bundles:
        if bundle.case_id not in shipment.to_worker.case_ids:
            raise Refused(
                "not_for_this_consignee",
                _(
                    "Whoever opens this bag does not work on the case of bundle %(bundle)s. Put it into a bag for its own "
                    "case worker."
                ) % {"bundle": bundle},
            )
