"""Discrepancies: opened by other actions when expected and found differ, closed by a person who explains."""

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import codes, permissions
from logistics.actions.auditing import note
from logistics.actions.cleaning import clean
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Act, Batch, Bundle, Case, Discrepancy, Entry, Label, Shipment, User
from logistics.permissions import require
from logistics.queries import scope


def open_discrepancy(
    kind: str,
    *,
    case: Case | None = None,
    bundle: Bundle | None = None,
    batch: Batch | None = None,
    label: Label | None = None,
    shipment: Shipment | None = None,
    act: Act | None = None,
    expected: int | None = None,
    found: int | None = None,
) -> Discrepancy:
    """Write down that expected and found differ (in pieces); part of the act that found it, so nobody is asked."""
    return Discrepancy.objects.create(
        kind=kind, case=case, bundle=bundle, batch=batch, label=label, shipment=shipment, act=act, expected=expected,
        found=found,
    )  # fmt: skip


def discrepancies(user: User) -> QuerySet[Discrepancy]:
    """Case team: of their cases and shipments, and what was found at mail for their cases. Mailroom: of their hubs. Auditor and operator: all."""
    if user.roles & scope.SEES_ALL:
        return Discrepancy.objects.all()
    seen = Q(pk__in=[])
    if user.holds(permissions.CASE_TEAM):
        theirs = Entry.objects.filter(act=OuterRef("act"), bundle__case__in=user.case_ids)
        found_at = Q(shipment__in=scope.shipments(user).values("pk")) | Exists(theirs)
        seen |= Q(case__in=user.case_ids) | Q(found_at, case=None)
    if user.holds(permissions.MAILROOM):
        here = Q(batch__hub__in=user.hub_ids) | Q(label__hub__in=user.hub_ids) | Q(act__hub__in=user.hub_ids)
        seen |= here | Q(shipment__in=scope.shipments(user).values("pk"))
    return Discrepancy.objects.filter(seen)


@transaction.atomic
def close_discrepancy(discrepancy: Discrepancy, *, explanation: str, by: User) -> Discrepancy:
    """Close it with an explanation; what was expected stays as it is.

    Refused: `not_permitted`, `unknown_discrepancy`, `already_closed`, `explanation_missing`,
    `bad_explanation`.
    """
    require(by, "logistics.close_discrepancy")
    found = locked(discrepancies(by), discrepancy.pk, "discrepancy")
    if not found.is_open:
        raise Refused("already_closed", _("This discrepancy has been closed already. There is nothing left to explain."))
    if not explanation.strip():
        raise Refused("explanation_missing", _("Say in a sentence how the difference came about; then it is closed."))
    found.closed_at, found.closed_by, found.explanation = timezone.now(), by, explanation.strip()
    clean(found, "explanation")
    found.save(update_fields=["closed_at", "closed_by", "explanation"])
    note(by, "discrepancy_closed", codes.handle("discrepancy", found.pk))
    return found
