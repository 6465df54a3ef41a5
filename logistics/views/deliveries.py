"""Deliveries: the list, one with what was handed over, and better evidence."""

from django.db.models import OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions, steps
from logistics.actions.following import Part, raise_evidence
from logistics.forms.deliveries import GRADES, Raise
from logistics.models import Act, Bundle, Delivery, Holding
from logistics.queries import scope
from logistics.queries.confirmations import confirmations
from logistics.queries.timeline import STEPS
from logistics.queries.waiting import unconfirmed_deliveries
from logistics.steps import Step
from logistics.views.answering import attempt, said
from logistics.views.cases import form_page
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page

SEES = (permissions.CASE_TEAM, permissions.CASE_WORKER)


def address_of(row: Delivery) -> str:
    return reverse("delivery", args=[row.number])


COLUMNS = [
    Column(gettext_lazy("Delivery"), lambda row: codes.grouped(row.number), "number", address_of, "code"),
    Column(gettext_lazy("Case"), lambda row: row.case.code, "case__code", kind="code"),
    Column(gettext_lazy("Day"), lambda row: row.day, "day", kind="day"),
    Column(gettext_lazy("Given to"), lambda row: row.get_capacity_display() or "–", "capacity"),
    Column(gettext_lazy("Pieces"), lambda row: row.pieces, "pieces", kind="number"),
]


@page(*SEES, methods=("GET", "HEAD"))
def delivery_list(request: HttpRequest) -> HttpResponse:
    """What was handed over, the newest first."""
    held = Holding.objects.filter(place__delivery=OuterRef("pk")).order_by().values("place__delivery")
    pieces = Coalesce(Subquery(held.annotate(all=Sum("pieces")).values("all")), 0)
    rows = scope.deliveries(request.user).select_related("case").annotate(pieces=pieces).order_by("-day", "-pk")
    without = unconfirmed_deliveries(request.user).values("pk")

    def confirmed(found: QuerySet[Delivery], chosen: str) -> QuerySet[Delivery]:
        return found.filter(pk__in=without) if chosen == "no" else found.exclude(pk__in=without)

    choices = [("no", gettext_lazy("not yet")), ("yes", gettext_lazy("yes, or taken back"))]
    filters = [Filter("confirmed", gettext_lazy("Confirmed"), choices, apply=confirmed)]
    listing = Listing(request, rows, COLUMNS, "deliveries", search=["number", "case__code", "case__public_name"], filters=filters)
    return listing.answer("logistics/deliveries.html")


def _delivery(request: HttpRequest, number: str) -> Delivery:
    return fetch(scope.deliveries(request.user).select_related("case__campaign", "shipment"), number=codes.normalise(number))


@page(*SEES, methods=("GET", "HEAD"))
def delivery(request: HttpRequest, number: str) -> HttpResponse:
    """What was handed over, by evidence; what was told of it; the confirmations that name it."""
    found = _delivery(request, number)
    held = Holding.objects.filter(place__delivery=found, pieces__gt=0).select_related("bundle__label", "place").order_by("bundle")
    grades = [
        {"words": label, "kind": kind, "pieces": sum(row.pieces for row in held if row.place.kind == kind)} for kind, label in GRADES
    ]
    acts = Act.objects.filter(delivery=found).select_related("reversal").order_by("-pk")
    context = {
        "delivery": found, "number": codes.grouped(found.number), "held": [(codes.grouped(row.bundle.label.code), row) for row in held],
        "grades": [row for row in reversed(grades) if row["pieces"]], "pieces": sum(row["pieces"] for row in grades),
        "acts": [{"act": act, "words": STEPS[Step(act.kind)](), "undone": hasattr(act, "reversal")} for act in acts],
        "can_raise": any(row["pieces"] for row in grades if row["kind"] != steps.ACKNOWLEDGED),
        "papers": [(codes.grouped(row.number), row) for row in confirmations(request.user).filter(deliveries=found)],
        "is_team": request.user.holds(permissions.CASE_TEAM),
    }  # fmt: skip
    return render(request, "logistics/delivery.html", context)


@page(*SEES)
def delivery_raise(request: HttpRequest, number: str) -> HttpResponse:
    """It is better known now that pieces of this delivery arrived."""
    found = _delivery(request, number)
    ever = scope.bundles(request.user).filter(entries__to_place__delivery=found).distinct()
    bundles: QuerySet[Bundle] = ever.select_related("label").order_by("pk")
    form = Raise(request.POST or None, bundles=bundles, initial={"bundles": bundles, "start": _lowest(found)})
    if form.is_valid():
        told = form.cleaned_data
        parts = [Part(bundle) for bundle in told["bundles"]]
        done = attempt(form, raise_evidence, found, parts=parts, start=told["start"], end=told["end"], by=request.user, **form.told())
        if done:
            undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
            return said(request, _("Better evidence is recorded."), "delivery", found.number, link=undo)
    return form_page(
        request, form, _("Record better evidence"), _("Record what is known now"), address_of(found), codes.grouped(found.number),
        answer=_("All pieces of the chosen bundles that are known so well move up. No signature and no photo is needed."),
    )  # fmt: skip


def _lowest(found: Delivery) -> str:
    """The lowest evidence of which there is something."""
    kinds = set(Holding.objects.filter(place__delivery=found, pieces__gt=0).values_list("place__kind", flat=True))
    return next((grade for grade in steps.GRADES if grade in kinds), steps.IN_PERSON)
