"""Deliveries: the list, one with what was handed over, better evidence, and what the recipient said."""

from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions, steps
from logistics.actions import wording
from logistics.actions.following import Part, raise_evidence
from logistics.actions.reversing import PERMISSION
from logistics.errors import Refused
from logistics.forms.deliveries import GRADES, Known, Raise, Words
from logistics.models import Act, Bundle, Delivery, Entry, Holding, User
from logistics.queries import scope
from logistics.queries.confirmations import confirmations
from logistics.queries.delivered import kept_words, went_another_way
from logistics.queries.finding import newest, shown
from logistics.queries.reversible import built_on
from logistics.queries.timeline import PLACES, STEPS
from logistics.queries.waiting import unconfirmed_deliveries
from logistics.steps import Step
from logistics.views.answering import attempt, refused, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.words import Capacity, Purpose

SEES = (permissions.CASE_TEAM, permissions.CASE_WORKER)


def address_of(row: Delivery) -> str:
    return reverse("delivery", args=[row.number])


COLUMNS = [
    Column(gettext_lazy("Delivery"), lambda row: codes.grouped(row.number), "number", address_of, "code"),
    Column(gettext_lazy("Case"), lambda row: row.case.code, "case__code", kind="code"),
    Column(gettext_lazy("Day"), lambda row: row.day, "day", kind="day"),
    Column(gettext_lazy("Given to"), lambda row: row.get_capacity_display() or "–", "capacity"),
    Column(gettext_lazy("For the person"), lambda row: row.pieces, "pieces", kind="number"),
    Column(gettext_lazy("For another purpose"), lambda row: row.others, "others", kind="number"),
]
"""Purposes are never added together."""


def _pieces(**purpose: Any) -> Coalesce:
    held = Holding.objects.filter(place__delivery=OuterRef("pk"), **purpose).order_by().values("place__delivery")
    return Coalesce(Subquery(held.annotate(all=Sum("pieces")).values("all")), 0)


@page(*SEES, methods=("GET", "HEAD"))
def delivery_list(request: HttpRequest) -> HttpResponse:
    """What was handed over, the newest first."""
    rows = scope.deliveries(request.user).select_related("case").order_by("-day", "-pk")
    rows = rows.annotate(pieces=_pieces(bundle__purpose=Purpose.SOLIDARITY), others=_pieces(bundle__purpose__in=("", Purpose.APPEAL)))
    without = unconfirmed_deliveries(request.user).values("pk")

    def confirmed(found: QuerySet[Delivery], chosen: str) -> QuerySet[Delivery]:
        return found.filter(pk__in=without) if chosen == "no" else found.exclude(pk__in=without)

    def known(found: QuerySet[Delivery], chosen: str) -> QuerySet[Delivery]:
        there = Holding.objects.filter(place__delivery=OuterRef("pk"), place__kind=chosen, pieces__gt=0)
        return found.filter(Exists(there))

    choices = [("no", gettext_lazy("not yet")), ("yes", gettext_lazy("yes, or taken back"))]
    filters = [
        Filter("confirmed", gettext_lazy("Confirmed"), choices, apply=confirmed),
        Filter("known", gettext_lazy("How sure"), GRADES, apply=known),
        Filter("to", gettext_lazy("Given to"), Capacity.choices, "capacity"),
    ]
    listing = Listing(request, rows, COLUMNS, "deliveries", search=["number", "case__code", "case__public_name"], filters=filters)
    return listing.answer("logistics/deliveries.html")


def _delivery(request: HttpRequest, number: str) -> Delivery:
    return fetch(scope.deliveries(request.user).select_related("case__campaign", "shipment"), number=codes.normalise(number))


@page(*SEES, methods=("GET", "HEAD"))
def delivery(request: HttpRequest, number: str) -> HttpResponse:
    """What was handed over, by evidence; what went another way; what was told of it; what was said; the confirmations."""
    found, user = _delivery(request, number), request.user
    held = list(_held(found))
    is_mine = found.by_id == user.pk and user.holds(permissions.CASE_WORKER)
    sums = {purpose: sum(row.pieces for row in held if row.bundle.purpose == purpose) for purpose in (Purpose.SOLIDARITY, Purpose.APPEAL, "")}
    acts = Act.objects.filter(delivery=found).exclude(kind=Step.REVERSED).select_related("reversal").order_by("-pk")
    context = {
        "delivery": found, "number": codes.grouped(found.number), "held": [(shown(row.bundle.label), row) for row in held],
        "grades": _grades(held), "pieces": sums[Purpose.SOLIDARITY], "appeals": sums[Purpose.APPEAL], "untold": sums[""],
        "acts": _told(list(acts), user), "is_mine": is_mine,
        "others": [(shown(row.bundle.label), row, where_words(row)) for row in went_another_way(found)],
        "can_raise": any(row.place.kind != steps.ACKNOWLEDGED for row in held),
        "papers": [(codes.grouped(row.number), row) for row in confirmations(user).filter(deliveries=found)],
        "words": kept_words(user).filter(delivery=found), "is_team": user.holds(permissions.CASE_TEAM),
    }  # fmt: skip
    return render(request, "logistics/delivery.html", context)


def _held(found: Delivery) -> QuerySet[Holding]:
    rows = Holding.objects.filter(place__delivery=found, pieces__gt=0)
    return rows.select_related("bundle__label__replaced_by", "place").order_by("bundle")


def _grades(held: list[Holding]) -> list[dict[str, Any]]:
    """How sure it is, surest first, each purpose by itself."""
    sums: dict[tuple[str, str], int] = {}
    for row in held:
        key = (row.place.kind, row.bundle.purpose)
        sums[key] = sums.get(key, 0) + row.pieces
    words = dict(GRADES)
    return [
        {"words": words[grade], "pieces": sums[grade, purpose], "purpose": purpose}
        for grade in reversed(steps.GRADES)
        for purpose in (Purpose.SOLIDARITY, "", Purpose.APPEAL)
        if (grade, purpose) in sums
    ]


def where_words(row: Entry) -> str:
    return str(PLACES[row.to_place.kind]())


def _told(acts: list[Act], user: User) -> list[dict[str, Any]]:
    """Each act in words, and whether it can be taken back now. One query."""
    kept = built_on([act.pk for act in acts])
    return [
        {
            "act": act, "words": STEPS[Step(act.kind)](), "undone": hasattr(act, "reversal"),
            "may_reverse": not hasattr(act, "reversal") and act.pk not in kept and permissions.may(user, PERMISSION[act.kind]),
        }
        for act in acts
    ]  # fmt: skip


@page(*SEES)
def delivery_raise(request: HttpRequest, number: str) -> HttpResponse:
    """It is better known now that pieces of this delivery arrived: all of some bundles, or so many."""
    found = _delivery(request, number)
    bundles, rows = _raisable(request, found)
    form = Raise(request.POST or None, rows=rows)
    if form.is_valid():
        parts = [Part(bundles[code], some, known) for code, some, known in form.parts()]
        told = {"parts": parts, "start": form.start, "end": form.cleaned_data["end"], **form.told()}
        done = attempt(form, raise_evidence, found, by=request.user, **told)
        if done:
            undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
            return said(request, _("Better evidence is recorded."), "delivery", found.number, link=undo)
    context = {"form": form, "delivery": found, "number": codes.grouped(found.number), "groups": list(form.groups())}
    return render(request, "logistics/delivery_raise.html", context)


def _raisable(request: HttpRequest, found: Delivery) -> tuple[dict[str, Bundle], list[Known]]:
    """What may be better known; after a post what the form had listed, so that a second sending says the same."""
    ever = scope.bundles(request.user).filter(entries__to_place__delivery=found).distinct()
    bundles = {row.label.code: row for row in ever.select_related("label__replaced_by").order_by("pk")}
    there = {(row.bundle.label.code, row.place.kind): row.pieces for row in _held(found) if row.bundle.label.code in bundles}
    listed = list(there)
    if request.method == "POST":
        asked = [tuple(each.split(".", 1)) for each in request.POST.getlist("listed") if "." in each]
        listed = [(code, grade) for code, grade in asked if code in bundles and grade in steps.GRADES]
    return bundles, [
        Known(code, newest(bundles[code].label).code, grade, there.get((code, grade), 0), bundles[code].get_kind_display())
        for code, grade in listed
        if grade != steps.ACKNOWLEDGED
    ]


@page(permissions.CASE_WORKER)
def words_keep(request: HttpRequest, number: str) -> HttpResponse:
    """What the recipient said, heard later than the delivery was recorded."""
    found = _delivery(request, number)
    if found.by_id != request.user.pk:
        raise Http404
    form = Words(request.POST or None)
    if form.is_valid():
        told = {"text": form.cleaned_data["words"], "consent": form.cleaned_data["consent"], **form.told()}
        if attempt(form, wording.keep_words, found, by=request.user, **told):
            return said(request, _("Their words are kept."), "delivery", found.number)
    context = {"form": form, "delivery": found, "number": codes.grouped(found.number)}
    return render(request, "logistics/words_keep.html", context)


@page(*SEES, methods=("POST",))
def words_erase(request: HttpRequest, number: str, key: UUID) -> HttpResponse:
    """Erase what a recipient said; a second sending finds it gone."""
    found = _delivery(request, number)
    for row in kept_words(request.user).filter(delivery=found, key=key):
        try:
            wording.erase_words(row, by=request.user)
        except Refused as refusal:
            return refused(request, refusal, "delivery", found.number)
    return said(request, _("Their words are erased."), "delivery", found.number)
