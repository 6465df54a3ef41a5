"""The home of a case worker: what is on its way to them, what is late, what is to be handed over, what is kept."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.models import Case, Holding, Shipment, User
from logistics.registry import Waiting
from logistics.views.ways import way


def waiting(user: User) -> Iterator[Waiting]:
    """By shipment, the newest first: what is with them or on its way. What is kept for release can wait. One query."""
    if user.holds(permissions.CASE_WORKER):
        for kind, shipment, case, number in _held(user):
            yield _card(kind, shipment, case, number)


def _held(user: User) -> list[tuple[str, Shipment, Case, int]]:
    """By shipment, place and case how many bundles there are; of what is on its way, by shipment and place alone."""
    kinds = (steps.FIELD, steps.TRANSIT, steps.DEFERRED)
    rows = Holding.objects.filter(place__kind__in=kinds, place__shipment__to_worker=user, pieces__gt=0, bundle__case__in=user.case_ids)
    rows = rows.select_related("place__shipment__from_hub", "bundle__case__campaign")
    found: dict[tuple[int, str, int], list] = {}
    for row in rows.order_by("-place__shipment__dispatched_on", "-place__shipment", "bundle__case"):
        kind, case = row.place.kind, row.bundle.case
        key = (row.place.shipment_id, kind, 0 if kind == steps.TRANSIT else case.pk)
        found.setdefault(key, [kind, row.place.shipment, case, 0])[3] += 1
    return [tuple(each) for each in found.values()]


def _card(kind: str, shipment: Shipment, case: Case, number: int) -> Waiting:
    told = {"code": codes.grouped(shipment.number), "hub": shipment.from_hub.name, "case": case.code}
    deliver = way("deliver", shipment.number, case.campaign.slug, case.code)
    if kind == steps.TRANSIT:
        return _on_the_way(shipment, number, told)
    if kind == steps.FIELD:
        what = ngettext("bundle for %(case)s is with you", "bundles for %(case)s are with you", number) % told
        why = _("From shipment %(code)s. Record what you hand over.") % told
        return Waiting(number, what, why, deliver, _("Record a delivery"))
    what = ngettext("bundle for %(case)s is kept for release", "bundles for %(case)s are kept for release", number) % told
    why = _("From shipment %(code)s. Record a delivery when they can be handed over.") % told
    return Waiting(number, what, why, deliver, _("Record a delivery"), can_be_done=False)


def _on_the_way(shipment: Shipment, number: int, told: dict[str, str]) -> Waiting:
    take_over, expected = way("mailbags:take-over", shipment.number), shipment.expected_on
    if expected and expected < timezone.localdate():
        what = ngettext("bundle is overdue", "bundles are overdue", number)
        told |= {"day": date_format(expected, "j F Y")}
        why = _("Shipment %(code)s from %(hub)s was expected on %(day)s. Take over what has come; ask %(hub)s for the rest.")
    else:
        what = ngettext("bundle is on its way to you", "bundles are on their way to you", number)
        told |= {"day": date_format(shipment.dispatched_on, "j F Y") if shipment.dispatched_on else ""}
        why = _("Shipment %(code)s left %(hub)s on %(day)s.")
    return Waiting(number, what, why % told, take_over, _("Take it over"))
