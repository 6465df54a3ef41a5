"""Confirmations: the list, one as it stands, issuing, replacing, and the paper."""

from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions, registry
from logistics.actions.auditing import note
from logistics.actions.confirming import issue
from logistics.forms.confirmations import Issue
from logistics.models import Case, Confirmation, Delivery
from logistics.queries.confirmations import confirmations
from logistics.queries.waiting import standing_deliveries, unconfirmed_deliveries, with_age
from logistics.views.answering import attempt, said
from logistics.views.cases import address_of as address_of_case
from logistics.views.cases import form_page, in_charge
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page

SEES = (permissions.CASE_TEAM, permissions.CASE_WORKER)


def address_of(row: Confirmation) -> str:
    return reverse("confirmation", args=[row.number])


def standing(row: Any) -> str:
    """Whether it holds."""
    if getattr(row, "replaced_by", None):
        return _("replaced")
    return _("out of date") if row.is_late else _("holds")


COLUMNS = [
    Column(gettext_lazy("Confirmation"), lambda row: codes.grouped(row.number), "number", address_of, "code"),
    Column(gettext_lazy("Case"), lambda row: row.case.code, "case__code", kind="code"),
    Column(gettext_lazy("Issued"), lambda row: row.issued_on, "issued_on", kind="day"),
    Column(gettext_lazy("Purpose"), lambda row: row.get_purpose_display(), "purpose"),
    Column(gettext_lazy("Stands"), standing),
]
STATES = [("late", gettext_lazy("out of date")), ("holds", gettext_lazy("holds")), ("replaced", gettext_lazy("replaced"))]


def _in_state(rows: QuerySet[Confirmation], chosen: str) -> QuerySet[Confirmation]:
    if chosen == "replaced":
        return rows.filter(replaced_by__isnull=False)
    return rows.filter(replaced_by=None, is_late=chosen == "late")


@page(*SEES, methods=("GET", "HEAD"))
def confirmation_list(request: HttpRequest) -> HttpResponse:
    """The confirmations of one's cases, the newest first."""
    rows = with_age(confirmations(request.user)).select_related("case", "replaced_by").order_by("-pk")
    filters = [Filter("state", gettext_lazy("State"), STATES, apply=_in_state)]
    listing = Listing(request, rows, COLUMNS, "confirmations", search=["number", "case__code"], filters=filters)
    return listing.answer("logistics/confirmations.html")


def _confirmation(request: HttpRequest, number: str) -> Confirmation:
    rows = with_age(confirmations(request.user)).select_related("case__campaign", "replaced_by", "replaces")
    return fetch(rows, number=codes.normalise(number))


@page(*SEES, methods=("GET", "HEAD"))
def confirmation(request: HttpRequest, number: str) -> HttpResponse:
    """What it says, whether it still holds, and the paper."""
    found = _confirmation(request, number)
    grades = found.facts.get("grades", {})
    context = {
        "confirmation": found, "number": codes.grouped(found.number), "state": standing(found),
        "delivered": sum(grades.get(grade, 0) for grade in ("close", "in_person", "acknowledged")),
        "unconfirmed": sum(grades.get(grade, 0) for grade in ("assumed", "institution")),
        "later": getattr(found, "replaced_by", None), "deliveries": found.deliveries.order_by("day"),
        "is_team": request.user.holds(permissions.CASE_TEAM),
    }  # fmt: skip
    return render(request, "logistics/confirmation.html", context)


@page(permissions.CASE_TEAM)
def confirmation_issue(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A new one, of deliveries that none names yet."""
    case = in_charge(request, slug, code)
    initial = {"deliveries": unconfirmed_deliveries(request.user).filter(case=case)}
    answer = _("Its figures are kept as they are now. What no confirmation names yet is chosen.")
    return _issue(request, case, None, _("Confirm deliveries"), address_of_case(case), initial, answer)


@page(permissions.CASE_TEAM)
def confirmation_replace(request: HttpRequest, number: str) -> HttpResponse:
    """A corrected one in its place."""
    found = _confirmation(request, number)
    case = in_charge(request, found.case.campaign.slug, found.case.code)
    named = Exists(found.deliveries.filter(pk=OuterRef("pk")))
    fits = standing_deliveries(request.user).filter(Q(pk__in=unconfirmed_deliveries(request.user).values("pk")) | named, case=case)
    initial = {"deliveries": fits, "purpose": found.purpose}
    answer = _("The new one names the one that it replaces, and why. The old one stays readable and says that it was replaced.")
    return _issue(request, case, found, _("Replace this confirmation"), address_of(found), initial, answer)


def _issue(
    request: HttpRequest, case: Case, replaces: Confirmation | None, title: str, back: str, initial: dict[str, Any], answer: str
) -> HttpResponse:
    deliveries: QuerySet[Delivery] = standing_deliveries(request.user).filter(case=case).order_by("day", "pk")
    form = Issue(request.POST or None, deliveries=deliveries, initial=initial)
    if form.is_valid():
        told = form.cleaned_data
        done = attempt(
            form, issue, case, deliveries=list(told["deliveries"]), purpose=told["purpose"], replaces=replaces, by=request.user,
            **form.told(),
        )  # fmt: skip
        if done:
            return said(request, _("The confirmation is issued. Print it below."), "confirmation", done.result.number)
    return form_page(request, form, title, _("Issue the confirmation"), back, case.shown_name, answer=answer)


@page(*SEES, methods=("GET", "HEAD"))
def confirmation_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF, and a row in the audit trail that it was printed."""
    found = _confirmation(request, number)
    paper = "letter" if request.GET.get("paper") == "letter" else "a4"
    with transaction.atomic():
        made = registry.document_kinds["confirmation"].render(found.number, request.user, paper, None)
        note(request.user, "document_printed", found.number)
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{found.number}.pdf"'
    return answer
