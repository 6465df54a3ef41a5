"""For the auditor: what happened, as sentences, and who did what beside the journey. Nothing is written here."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions
from logistics.forms.ledger import Days
from logistics.models import Act, AuditRow, Case, Entry, Hub
from logistics.queries import ledger
from logistics.queries.cases import cases
from logistics.queries.timeline import STEPS
from logistics.steps import Step
from logistics.templatetags.moments import stamp
from logistics.views.handles import handle, key_of
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.views.sentences import kind, place, sentence
from logistics.views.trail import said

COLUMNS = [
    Column(gettext_lazy("Day"), lambda row: row.day, "day", lambda row: reverse("act", args=[row.key]), "day"),
    Column(gettext_lazy("What happened here"), sentence, kind="sentence"),
    Column(gettext_lazy("Kind"), kind, "kind", kind="aside"),
    Column(gettext_lazy("Hub"), lambda row: row.hub.code if row.hub else "–", "hub__code", kind="aside"),
    Column(gettext_lazy("Recorded"), lambda row: stamp(row.recorded_at), "recorded_at", kind="aside"),
    Column(gettext_lazy("Stands"), lambda row: _("taken back") if _reversal(row) else _("yes"), kind=lambda row: "" if _reversal(row) else "aside"),
]


def _reversal(act: Act) -> Act | None:
    return getattr(act, "reversal", None)


def _within(rows: QuerySet, request: HttpRequest, begin: str, end: str) -> tuple[QuerySet, Days]:
    """The rows from one day to another, where the address names days."""
    form = Days(request.GET)
    days: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if days.get("begin"):
        rows = rows.filter(**{begin: days["begin"]})
    if days.get("end"):
        rows = rows.filter(**{end: days["end"]})
    return rows, form


@page(permissions.AUDITOR, methods=("GET", "HEAD"))
def ledger_list(request: HttpRequest) -> HttpResponse:
    """All acts, the newest first: by kind, by day, by a bundle's code or an act's key."""
    rows, days = _within(ledger.acts(request.user), request, "day__gte", "day__lte")
    if asked := request.GET.get("about", "").strip()[:50]:
        rows = ledger.about(rows, asked)
    listing = Listing(request, rows, COLUMNS, "ledger", search=["by__code", "second__code"], filters=_filters(request))
    return listing.answer("logistics/ledger.html", days=days, about=asked)


def _filters(request: HttpRequest) -> list[Filter]:
    """By its kind, by the case of a bundle in it, and by the hub where it was done. Two queries."""
    hubs = Hub.objects.order_by("code")
    return [
        Filter("kind", gettext_lazy("Kind"), [(step.value, STEPS[step]()) for step in Step], "kind"),
        _by_case(request, _of_case),
        Filter("hub", gettext_lazy("Hub"), [(row.code, row.name) for row in hubs], "hub__code"),
    ]


def _by_case(request: HttpRequest, apply: Callable[[QuerySet, str], QuerySet]) -> Filter:
    known = cases(request.user).select_related("campaign").order_by("campaign__slug", "code")
    choices = [(handle("case", row.pk), f"{row.code} · {row.campaign.slug}") for row in known]
    return Filter("case", gettext_lazy("Case"), choices, apply=apply)


def _of_case(rows: QuerySet[Act], chosen: str) -> QuerySet[Act]:
    return rows.filter(Exists(Entry.objects.filter(act=OuterRef("pk"), bundle__case=key_of("case", chosen))))


@page(permissions.AUDITOR, methods=("GET", "HEAD"))
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    """One act, line by line."""
    found = fetch(ledger.acts(request.user), key=key)
    lines = [
        {
            "bundle": codes.grouped(entry.bundle.label.code), "code": entry.bundle.label.code, "sequence": entry.sequence, "step": STEPS[Step(entry.step)](),
            "pieces": entry.pieces, "start": place(entry.from_place, entry.from_border), "digest": entry.digest,
            "end": place(entry.to_place, entry.to_border),
        }
        for entry in found.entries.all()
    ]  # fmt: skip
    context = {"act": found, "sentence": sentence(found), "lines": lines, "reversal": _reversal(found)}
    return render(request, "logistics/act_read.html", context)


def _case(request: HttpRequest, chosen: str) -> Case:
    return fetch(cases(request.user).select_related("campaign"), pk=key_of("case", chosen))


AUDIT = [
    Column(gettext_lazy("At"), lambda row: stamp(row.at), "at"),
    Column(gettext_lazy("By"), lambda row: row.by.code or "–", "by__code", kind="code"),
    Column(gettext_lazy("What"), lambda row: said(row.what), "what"),
    Column(gettext_lazy("Of what"), lambda row: row.subject, "subject"),
]


@page(permissions.AUDITOR, methods=("GET", "HEAD"))
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did what that is not an act of the journey."""
    rows, days = _within(ledger.audit_rows(request.user), request, "at__date__gte", "at__date__lte")
    known = AuditRow.objects.order_by("what").values_list("what", flat=True).distinct()
    what = Filter("what", _("What"), [(each, said(each)) for each in known], "what")
    of_case = _by_case(request, lambda found, chosen: ledger.audit_of_case(found, _case(request, chosen)))
    listing = Listing(request, rows, AUDIT, "audit", search=["subject", "by__code"], filters=[what, of_case])
    return listing.answer("logistics/audit.html", days=days)
