"""Shipments: the list, one, and planning the next."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions, registry, steps
from logistics.actions.shipping import plan_shipment
from logistics.forms.shipments import Plan
from logistics.models import Holding, Hub, Shipment, User
from logistics.queries import consignees, scope
from logistics.queries.waiting import on_board
from logistics.queries.week import too_much
from logistics.views.answering import attempt, said
from logistics.views.cases import form_page
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.views.ways import way

SEES = (permissions.MAILROOM, permissions.CASE_TEAM, permissions.CASE_WORKER)


def address_of(row: Shipment) -> str:
    return reverse("shipment", args=[row.number])


def consignee(row: Shipment) -> str:
    """A hub by its name, a case worker by their code."""
    return row.to_hub.name if row.to_hub else row.to_worker.code or _("a case worker")


def state(row: Any) -> str:
    """How far it is, in words."""
    if not row.is_dispatched:
        return _("planned")
    if not row.is_underway:
        return _("arrived")
    return _("expected day has passed") if _is_late(row) else _("on its way")


def _is_late(row: Any) -> bool:
    return bool(row.is_underway and row.expected_on and row.expected_on < timezone.localdate())


COLUMNS = [
    Column(gettext_lazy("Shipment"), lambda row: codes.grouped(row.number), "number", address_of, "code"),
    Column(gettext_lazy("From"), lambda row: row.from_hub.name, "from_hub__name"),
    Column(gettext_lazy("To"), consignee),
    Column(gettext_lazy("Left"), lambda row: row.dispatched_on, "dispatched_on", kind="day"),
    Column(gettext_lazy("Expected"), lambda row: row.expected_on, "expected_on", kind="day"),
    Column(gettext_lazy("State"), state),
]
STATES = [
    ("planned", gettext_lazy("planned")), ("underway", gettext_lazy("on its way")),
    ("late", gettext_lazy("expected day has passed")), ("arrived", gettext_lazy("arrived")),
]  # fmt: skip


def _in_state(rows: QuerySet[Shipment], chosen: str) -> QuerySet[Shipment]:
    if chosen == "planned":
        return rows.filter(dispatched_on=None)
    rows = rows.filter(dispatched_on__isnull=False, is_underway=chosen != "arrived")
    return rows.filter(expected_on__lt=timezone.localdate()) if chosen == "late" else rows


def _seen(request: HttpRequest) -> QuerySet[Shipment]:
    """Each with `is_underway`: whether something of it was not taken over yet."""
    held = Holding.objects.filter(place__shipment=OuterRef("pk"), place__kind=steps.TRANSIT, pieces__gt=0)
    rows = scope.shipments(request.user).select_related("from_hub", "to_hub", "to_worker")
    return rows.annotate(is_underway=Exists(held))


@page(*SEES, methods=("GET", "HEAD"))
def shipment_list(request: HttpRequest) -> HttpResponse:
    """The shipments that concern this person, the newest first."""
    hubs = Hub.objects.filter(shipments_out__in=scope.shipments(request.user)).distinct().order_by("name")
    filters = [
        Filter("state", gettext_lazy("State"), STATES, apply=_in_state),
        Filter("from", gettext_lazy("From"), [(row.code, row.name) for row in hubs], "from_hub__code"),
    ]
    search = ["number", "from_hub__name", "to_hub__name", "to_worker__code", "tracking"]
    listing = Listing(request, _seen(request).order_by("-pk"), COLUMNS, "shipments", search=search, filters=filters)
    may_plan = bool(request.user.roles & {permissions.MAILROOM, permissions.CASE_TEAM})
    return listing.answer("logistics/shipments.html", may_plan=may_plan)


@page(*SEES, methods=("GET", "HEAD"))
def shipment(request: HttpRequest, number: str) -> HttpResponse:
    """From where to whom, when, and how many pieces."""
    found = fetch(_seen(request), number=codes.normalise(number))
    to_me = found.to_worker_id == request.user.pk or found.to_hub_id in request.user.hub_ids
    context = {
        "shipment": found, "number": codes.grouped(found.number), "consignee": consignee(found),
        "pieces": on_board([found], request.user).get(found.pk, 0),
        "is_late": _is_late(found),
        "papers": [paper for find in registry.shipment_papers for paper in find(request.user, found)],
        "parts": [find(request.user, found) for find in registry.shipment_parts],
        "take_over": way("mailbags:take-over", found.number) if to_me and found.is_dispatched else "",
        "is_underway": found.is_underway,
    }  # fmt: skip
    return render(request, "logistics/shipment.html", context)


@page(permissions.MAILROOM, permissions.CASE_TEAM)
def shipment_plan(request: HttpRequest) -> HttpResponse:
    """The next shipment of a hub."""
    user = request.user
    found = consignees.workers(user)
    form = Plan(request.POST or None, hubs=_hubs(user), workers=found, beside=consignees.beside_code(found, user))
    if form.is_valid():
        told = dict(form.cleaned_data)
        if done := attempt(form, plan_shipment, told.pop("from_hub"), by=user, **told):
            link = (address_of(done.result), codes.grouped(done.result.number))
            return said(request, _("The shipment is planned:"), "shipment", done.result.number, link=link)
    answer = _("Choose one consignee: a case worker, or another hub.")
    return form_page(request, form, _("Plan a shipment"), _("Plan the shipment"), reverse("shipments"), _("Shipments"), answer=answer, too_much=too_much(user))


def _hubs(user: User) -> QuerySet[Hub]:
    hubs = Hub.objects.filter(is_open=True)
    return hubs if user.holds(permissions.CASE_TEAM) else hubs.filter(pk__in=user.hub_ids)
