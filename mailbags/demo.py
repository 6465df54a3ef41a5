"""What the demonstration does with mailbags, through the public actions."""

from collections.abc import Sequence
from typing import Any

from logistics.actions.following import Part
from logistics.models import Act, Bundle, Holding, Shipment, User
from logistics.words import SealFound
from mailbags.actions import arriving, dispatching, forwarding, packing, sealing
from mailbags.actions.arriving import BagFound
from mailbags.models import Mailbag
from mailbags.queries.bags import bags_of, travelling

GRAMS_A_PIECE = 12
"""What a letter or card weighs, about: an A5 card with its envelope."""

TARE = 180
"""Grams: a padded mailbag, empty."""


def pack(teller: Any, shipment: Shipment, bundles: Sequence[Bundle], *, by: User, day: int) -> Mailbag:
    """An open bag with these bundles in it, weighed."""
    bag = packing.open_bag(shipment, hub=shipment.from_hub, tare_grams=TARE, key=teller.key(), by=by)
    teller.act(packing.put_in, bag, bundles=bundles, by=by, day=day)
    held = Holding.objects.filter(bundle__in=bundles, place__label=bag.label).values_list("pieces", flat=True)
    return packing.weigh(bag, gross_grams=TARE + GRAMS_A_PIECE * sum(held), by=by)


def seal(teller: Any, bag: Mailbag, *, number: str, by: User, witness: User, day: int) -> Act:
    return teller.act(sealing.seal, bag, number=number, witness=witness, by=by, day=day)


def dispatch(teller: Any, shipment: Shipment, *, by: User, day: int) -> Act:
    return teller.act(dispatching.dispatch, shipment, by=by, day=day)


def take_over(
    teller: Any,
    shipment: Shipment,
    *,
    by: User,
    day: int,
    missing: Sequence[Bundle] = (),
    counted: dict[Bundle, int] | None = None,
    seals: dict[Mailbag, str] | None = None,
) -> Act:
    """Open every bag of the shipment and tick off what is in it; `counted` says what was counted by hand."""
    seals, counted = seals or {}, counted or {}
    opened = [BagFound(bag, seals.get(bag, SealFound.INTACT)) for bag in bags_of(shipment)]
    came = [item.bundle for item in travelling(shipment) if item.bundle not in missing]
    found = [Part(bundle, counted.get(bundle)) for bundle in came]
    return teller.act(arriving.take_over, shipment, opened=opened, found=found, by=by, day=day)


def open_one(
    teller: Any, shipment: Shipment, bag: Mailbag, *, found: str, by: User, day: int
) -> list[Bundle]:
    """Open one bag of the shipment at the hub it came to; the bundles that were in it."""
    came = [item.bundle for item in travelling(shipment) if item.bag == bag]
    parts = [Part(bundle) for bundle in came]
    teller.act(arriving.take_over, shipment, opened=[BagFound(bag, found)], found=parts, by=by, day=day)
    return came


def pass_through(teller: Any, shipment: Shipment, bag: Mailbag, *, by: User, day: int) -> Act:
    return teller.act(arriving.pass_through, shipment, bags=[bag], by=by, day=day)


def forward(bag: Mailbag, onto: Shipment, *, by: User) -> Mailbag:
    return forwarding.forward(bag, onto=onto, by=by)


def bags_on(shipment: Shipment) -> list[Mailbag]:
    return list(bags_of(shipment))


def on_board(shipment: Shipment) -> list[Bundle]:
    return [item.bundle for item in travelling(shipment)]
