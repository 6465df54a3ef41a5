"""What the papers of a shipment say of it: its bags, what each holds, seals and weights. Codes and numbers only."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from logistics import permissions, steps
from logistics.errors import Refused
from logistics.models import Bundle, Holding, Shipment, User
from logistics.queries import scope
from logistics.queries.finding import newest
from logistics.queries.standing import standing_entries
from logistics.steps import Step
from mailbags.models import Mailbag, Seal
from mailbags.queries.bags import bags_of


@dataclass(frozen=True, slots=True)
class BagFacts:
    """One bag: its code, the seal on it ("" where there is none), grams where it was weighed, codes and pieces."""

    code: str
    seal: str
    tare: int | None
    gross: int | None
    bundles: tuple[tuple[str, int], ...]

    @property
    def pieces(self) -> int:
        return sum(pieces for _bundle, pieces in self.bundles)

    @property
    def net(self) -> int | None:
        return None if self.tare is None or self.gross is None else self.gross - self.tare


@dataclass(frozen=True, slots=True)
class ShipmentFacts:
    """A shipment, or one bag of it: `number` is that of the document; `language` that of the hub (BCP 47)."""

    number: str
    language: str
    is_constructed: bool
    bags: tuple[BagFacts, ...]


def whole_shipments(user: User) -> QuerySet[Shipment]:
    """Shipments that this person has in hand as a whole: the mailrooms at both ends, the case worker it goes to."""
    if user.holds(permissions.OPERATOR):
        return Shipment.objects.all()
    mine = Q(pk__in=[])
    if user.holds(permissions.MAILROOM):
        mine |= Q(from_hub__in=user.hub_ids) | Q(to_hub__in=user.hub_ids)
    if user.holds(permissions.CASE_WORKER):
        mine |= Q(to_worker=user)
    return scope.shipments(user).filter(mine)


def numbers(user: User, only: Shipment | None = None) -> list[str]:
    """Shipments with bags in them, in the order of their numbers; or whether this one is such. One query."""
    packed = Holding.objects.filter(place__kind=steps.BAG, pieces__gt=0).values("place__label__mailbag__shipment")
    left = Q(dispatched_on__isnull=False)
    rows = whole_shipments(user).filter(left | Q(pk__in=packed))
    return sorted((rows.filter(pk=only.pk) if only else rows).values_list("number", flat=True))


def shipment_of(number: str, user: User) -> Shipment:
    """Refused: `unknown_shipment`."""
    found = whole_shipments(user).select_related("from_hub").filter(number=number).first()
    if found is None:
        raise Refused("unknown_shipment", _("There is no shipment with this number here. Look at the number again."))
    return found


def facts(shipment: Shipment, only: Mailbag | None = None) -> ShipmentFacts:
    """All its bags, in the order in which they were opened, or only this one. Refused: `shipment_empty`."""
    holds = _left(shipment) if shipment.is_dispatched else _lies(bags_of(shipment))
    rows = Mailbag.objects.filter(label__in=holds).select_related("label__replaced_by").order_by("pk")
    bags = [bag for bag in rows if only is None or bag.pk == only.pk]
    if not bags:
        raise Refused("shipment_empty", _("Nothing is packed for this shipment. Pack its mailbags first, then print."))
    keys = [key for bag in bags for key, _pieces in holds[bag.label_id]]
    bundles = Bundle.objects.select_related("label__replaced_by", "case__campaign").in_bulk(keys)
    seals = _seals(bags, shipment)
    return ShipmentFacts(
        number=newest(only.label).code if only else shipment.number,
        language=shipment.from_hub.language,
        is_constructed=any(bundle.case.campaign.is_constructed for bundle in bundles.values()),
        bags=tuple(
            BagFacts(
                newest(bag.label).code, seals.get(bag.pk, ""), bag.tare_grams, bag.gross_grams,
                tuple(sorted((newest(bundles[key].label).code, pieces) for key, pieces in holds[bag.label_id])),
            )
            for bag in bags
        ),
    )  # fmt: skip


Held = dict[int, list[tuple[int, int]]]
"""By the key of a bag's label: bundles and their pieces."""


def _left(shipment: Shipment) -> Held:
    """What was in each bag when it left, as the journey tells it."""
    rows = standing_entries().filter(step=Step.DISPATCHED, to_place__shipment=shipment).order_by()
    return _by_label(rows.values_list("from_place__label", "bundle", "pieces"))


def _lies(bags: QuerySet[Mailbag]) -> Held:
    """What lies in each bag now."""
    labels = bags.order_by().values("label")
    rows = Holding.objects.filter(place__kind=steps.BAG, place__label__in=labels, pieces__gt=0).order_by()
    return _by_label(rows.values_list("place__label", "bundle", "pieces"))


def _by_label(rows: Iterable[tuple[int, int, int]]) -> Held:
    found: Held = defaultdict(list)
    for label, bundle, pieces in rows:
        found[label].append((bundle, pieces))
    return found


def _seals(bags: list[Mailbag], shipment: Shipment) -> dict[int, str]:
    """The number of the seal that is on each bag or, once it has left, that was on it when it did."""
    rows = Seal.objects.filter(bag__in=bags).order_by("pk")
    if not shipment.is_dispatched:
        return dict(rows.filter(removed_at=None).values_list("bag", "number"))
    act = standing_entries().filter(step=Step.DISPATCHED, to_place__shipment=shipment).order_by().values("act")[:1]
    return dict(rows.filter(Q(act__lt=act) | Q(act=None)).values_list("bag", "number"))
