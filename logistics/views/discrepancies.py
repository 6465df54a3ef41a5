"""Discrepancies: what was expected and found, and how it came about."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions, steps
from logistics.actions.discrepancies import close_discrepancy, discrepancies
from logistics.forms.discrepancies import Explanation
from logistics.models import Case, Discrepancy, User
from logistics.queries import scope
from logistics.queries.standing import holdings_of
from logistics.queries.timeline import where
from logistics.templatetags.moments import day_of
from logistics.views import losing
from logistics.views.answering import attempt, said
from logistics.views.cases import address_of as address_of_case
from logistics.views.handles import handle, key_of
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.words import DiscrepancyKind

SEES = (permissions.CASE_TEAM, permissions.MAILROOM, permissions.AUDITOR)
SORT = "discrepancy"


def address_of(row: Discrepancy) -> str:
    return reverse("discrepancy", args=[handle(SORT, row.pk)])


def about(row: Discrepancy) -> str:
    """The code of the thing that it was found at."""
    if label := next((thing.label for thing in (row.bundle, row.batch) if thing), row.label):
        return codes.grouped(label.code)
    return codes.grouped(row.shipment.number) if row.shipment else "–"


COLUMNS = [
    Column(gettext_lazy("What"), lambda row: row.get_kind_display().capitalize(), "kind", address_of),
    Column(gettext_lazy("Found at"), about, kind="code"),
    Column(gettext_lazy("Case"), lambda row: row.case.code if row.case else "–", "case__code"),
    Column(gettext_lazy("Expected"), lambda row: "–" if row.expected is None else row.expected, "expected", kind="number"),
    Column(gettext_lazy("Found"), lambda row: "–" if row.found is None else row.found, "found", kind="number"),
    Column(gettext_lazy("Opened"), lambda row: day_of(row.opened_at), "opened_at", kind="day"),
    Column(gettext_lazy("State"), lambda row: _("open") if row.is_open else _("explained")),
]


def _in_state(rows: QuerySet[Discrepancy], chosen: str) -> QuerySet[Discrepancy]:
    return rows.filter(closed_at__isnull=chosen == "open")


def _seen(request: HttpRequest) -> QuerySet[Discrepancy]:
    things = ("case__campaign", "bundle__label", "batch__label", "label", "shipment", "closed_by", "act__reversal")
    return discrepancies(request.user).select_related(*things)


def _cases_of(request: HttpRequest) -> QuerySet[Case]:
    """The cases that something differs about, as far as this person may know."""
    return Case.objects.filter(pk__in=discrepancies(request.user).order_by().values("case"))


@page(*SEES, methods=("GET", "HEAD"))
def discrepancy_list(request: HttpRequest) -> HttpResponse:
    """Every difference that this person may know of, the newest first."""
    filters = [
        Filter("state", gettext_lazy("State"), [("open", gettext_lazy("open")), ("closed", gettext_lazy("explained"))], apply=_in_state),
        Filter("kind", gettext_lazy("What"), DiscrepancyKind.choices, "kind"),
        Filter("case", gettext_lazy("Case"), sorted({(row.code, row.shown_name) for row in _cases_of(request)}), "case__code"),
    ]
    search = ["case__code", "bundle__label__code", "batch__label__code", "shipment__number"]
    rows = _seen(request).order_by("-pk")
    return Listing(request, rows, COLUMNS, "differences", search=search, filters=filters).answer("logistics/discrepancies.html")


@page(*SEES)
def discrepancy(request: HttpRequest, code: str) -> HttpResponse:
    """One difference; whoever is in charge closes it by an explanation."""
    found = fetch(_seen(request), pk=key_of(SORT, code))
    form = Explanation(request.POST or None)
    if form.is_valid() and attempt(form, close_discrepancy, found, explanation=form.cleaned_data["explanation"], by=request.user):
        return said(request, _("The difference is explained."), "discrepancy", code)
    may_close = found.is_open and bool(request.user.roles & {permissions.CASE_TEAM, permissions.MAILROOM})
    context = {"discrepancy": found, "about": about(found), "form": form, "may_close": may_close, **_bundle(request.user, found)}
    context["case_address"] = address_of_case(found.case) if found.case and found.case_id in request.user.case_ids else ""
    context["shipment_number"] = codes.grouped(found.shipment.number) if found.shipment else ""
    return render(request, "logistics/discrepancy.html", context)


def _bundle(user: User, found: Discrepancy) -> dict[str, Any]:
    """Its bundle, where the pieces are now, and what may be told of them here."""
    if found.bundle is None or not scope.bundles(user).filter(pk=found.bundle_id).exists():
        return {}
    held = holdings_of([found.bundle])[found.bundle_id]
    wheres = [{"where": where(row.place), "pieces": row.pieces} for row in held]
    still = any(row.place.kind == steps.TRANSIT and row.place.shipment_id == found.shipment_id for row in held)
    has_come = found.kind == DiscrepancyKind.MISSING_BUNDLE and not still and found.shipment_id is not None
    return {"has_come": has_come, "wheres": wheres, "ways": losing.ways(user, found.bundle, held), "bundle": found.bundle}
