"""What stands printed on a delivery form: the bundles of one case that a shipment brings, and their pieces."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from logistics import permissions, steps
from logistics.errors import Refused
from logistics.models import Holding, Shipment, User
from logistics.queries import scope
from logistics.queries.finding import newest
from mailbags.queries.bags import bags_of

TO_HAND_OVER = (steps.TRANSIT, steps.FIELD, steps.DEFERRED)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One case, by no name: what its recipients read (BCP 47), and the code and pieces of each bundle."""

    languages: tuple[str, ...]
    bundles: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class DeliveryFacts:
    number: str
    is_constructed: bool
    sheets: tuple[Sheet, ...]


def to_workers(user: User) -> QuerySet[Shipment]:
    """Shipments to a case worker: the worker's own, those that leave a mailroom of this person's; the operator's all."""
    rows = Shipment.objects.filter(to_worker__isnull=False)
    if user.holds(permissions.OPERATOR):
        return rows
    mine = Q(pk__in=[])
    if user.holds(permissions.MAILROOM):
        mine |= Q(from_hub__in=user.hub_ids)
    if user.holds(permissions.CASE_WORKER):
        mine |= Q(to_worker=user)
    return rows.filter(mine)


def numbers(user: User, only: Shipment | None = None) -> list[str]:
    """Shipments of which something is still to be handed over, in the order of their numbers; or whether this is one."""
    seen = Holding.objects.filter(bundle__in=scope.bundles(user).values("pk"), pieces__gt=0)
    on_the_way = seen.filter(place__kind__in=TO_HAND_OVER).values("place__shipment")
    packed = seen.filter(place__kind=steps.BAG).values("place__label__mailbag__shipment")
    there = Q(pk__in=on_the_way) | Q(pk__in=packed, dispatched_on=None)
    rows = to_workers(user).filter(there)
    return sorted((rows.filter(pk=only.pk) if only else rows).values_list("number", flat=True))


def facts(number: str, user: User) -> DeliveryFacts:
    """One sheet for each case, in the order of the page of a delivery. Refused: `unknown_shipment`, `nothing_to_hand_over`."""
    shipment = to_workers(user).filter(number=number).first()
    if shipment is None:
        raise Refused(
            "unknown_shipment", _("There is no shipment to a case worker with this number here. Look at the number again.")
        )
    there = _there(shipment).filter(bundle__in=scope.bundles(user).values("pk"), pieces__gt=0)
    rows = there.select_related("bundle__label__replaced_by", "bundle__case__campaign").order_by("bundle", "pk")
    by_case: dict[int, dict[str, int]] = {}
    cases = {}
    for row in rows:
        cases[row.bundle.case_id] = row.bundle.case
        held = by_case.setdefault(row.bundle.case_id, {})
        code = newest(row.bundle.label).code
        held[code] = held.get(code, 0) + row.pieces
    if not cases:
        raise Refused(
            "nothing_to_hand_over", _("Nothing of this shipment is still to be handed over. There is no form for it.")
        )
    return DeliveryFacts(
        number=shipment.number,
        is_constructed=any(case.campaign.is_constructed for case in cases.values()),
        sheets=tuple(Sheet(tuple(cases[key].languages), tuple(by_case[key].items())) for key in cases),
    )


def _there(shipment: Shipment) -> QuerySet[Holding]:
    """Before it leaves what is in its bags, afterwards what was not handed over yet."""
    if shipment.is_dispatched:
        return Holding.objects.filter(place__kind__in=TO_HAND_OVER, place__shipment=shipment)
    return Holding.objects.filter(place__kind=steps.BAG, place__label__in=bags_of(shipment).order_by().values("label"))
