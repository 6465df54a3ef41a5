"""What each person may see of the mail. What one may not see does not exist."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from logistics import permissions
from logistics.models import Batch, Bundle, Delivery, Entry, Holding, Shipment, User

SEES_ALL = frozenset({permissions.AUDITOR, permissions.OPERATOR})


def bundles(user: User) -> QuerySet[Bundle]:
    """The bundles that this person may know of.

    Mailroom: made or handled at their hubs, or on the way there. Translator and case team: of their cases.
    Case worker: of their cases, on shipments to them. Auditor and operator: all. Coordinator: none.
    """
    if user.roles & SEES_ALL:
        return Bundle.objects.all()
    seen = Q(pk__in=[])
    if user.holds(permissions.MAILROOM):
        seen |= Q(hub__in=user.hub_ids) | Exists(_held_towards(user)) | Exists(_handled_by(user))
    if user.roles & {permissions.TRANSLATOR, permissions.CASE_TEAM}:
        seen |= Q(case__in=user.case_ids)
    if user.holds(permissions.CASE_WORKER):
        seen |= Q(case__in=user.case_ids) & Exists(_sent_to(user))
    return Bundle.objects.filter(seen)


def _held_towards(user: User) -> QuerySet[Holding]:
    here = Q(place__hub__in=user.hub_ids) | Q(place__shipment__to_hub__in=user.hub_ids)
    return Holding.objects.filter(here, bundle=OuterRef("pk"), pieces__gt=0)


def _handled_by(user: User) -> QuerySet[Entry]:
    return Entry.objects.filter(bundle=OuterRef("pk"), act__hub__in=user.hub_ids)


def _sent_to(user: User) -> QuerySet[Entry]:
    return Entry.objects.filter(bundle=OuterRef("pk"), to_place__shipment__to_worker=user)


def shipments(user: User) -> QuerySet[Shipment]:
    """Mailroom: from and to their hubs. Case worker: to them. Case team: with their cases' bundles, or to a case
    worker of theirs. Auditor and operator: all."""
    if user.roles & SEES_ALL:
        return Shipment.objects.all()
    seen = Q(pk__in=[])
    if user.holds(permissions.MAILROOM):
        seen |= Q(from_hub__in=user.hub_ids) | Q(to_hub__in=user.hub_ids)
    if user.holds(permissions.CASE_WORKER):
        seen |= Q(to_worker=user)
    if user.holds(permissions.CASE_TEAM):
        theirs = Entry.objects.filter(bundle__case__in=user.case_ids, to_place__shipment=OuterRef("pk"))
        seen |= Exists(theirs) | Q(planned_by=user)
    return Shipment.objects.filter(seen)


def batches(user: User) -> QuerySet[Batch]:
    """Mailroom: of their hubs. Auditor and operator: all."""
    if user.roles & SEES_ALL:
        return Batch.objects.all()
    return Batch.objects.filter(hub__in=user.hub_ids)


def deliveries(user: User) -> QuerySet[Delivery]:
    """Case worker: their own. Case team: of their cases. Auditor and operator: all."""
    if user.roles & SEES_ALL:
        return Delivery.objects.all()
    seen = Q(pk__in=[])
    if user.holds(permissions.CASE_WORKER):
        seen |= Q(by=user)
    if user.holds(permissions.CASE_TEAM):
        seen |= Q(case__in=user.case_ids)
    return Delivery.objects.filter(seen)
