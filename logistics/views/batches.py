"""Batches: what came, sorting and counting it blind, and what was declared once all is counted."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, permissions
from logistics.actions import counting, receiving
from logistics.forms.acts import ActForm
from logistics.forms.batches import Closing, PileLines, Received
from logistics.models import Act, Batch, Collection, Hub
from logistics.queries import counted, scope
from logistics.queries.declared import collections
from logistics.queries.finding import first_label, shown
from logistics.queries.reversible import built_on
from logistics.queries.standing import PIECES
from logistics.resources.words.countries import country_name
from logistics.views.answering import attempt, said
from logistics.views.handles import handle, key_of
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.words import figure

SORT = "collection"
LINES = 4
"""Piles that a new form has room for; as many are added each time more are asked for."""
STATES = [("no", gettext_lazy("to be counted")), ("yes", gettext_lazy("closed"))]


def named(collection: Collection) -> str:
    """Where a batch is from: the event, or the office, or the place, and its country."""
    name = collection.event or collection.office or collection.venue or collection.place
    country = country_name(collection.country)
    return f"{name}, {country}" if name and name != country else country


def address_of(batch: Batch) -> str:
    return reverse("batch", args=[batch.label.code])


COLUMNS = [
    Column(gettext_lazy("Batch"), lambda row: shown(row.label), "label__code", address_of, "code"),
    Column(gettext_lazy("From"), lambda row: named(row.collection), "collection__country"),
    Column(gettext_lazy("Mailroom"), lambda row: row.hub.name, "hub__name"),
    Column(gettext_lazy("Came"), lambda row: row.received_on, "received_on", kind="day"),
    Column(gettext_lazy("Bundles"), lambda row: row.tied, "tied", kind="number"),
    Column(gettext_lazy("State"), lambda row: _("closed") if row.is_closed else _("to be counted"), "closed_at"),
]
FILTERS = [
    Filter("closed", gettext_lazy("State"), STATES, apply=lambda rows, state: rows.filter(closed_at__isnull=state == "no"))
]


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def batch_list(request: HttpRequest) -> HttpResponse:
    """The batches of this mailroom, the newest first."""
    rows = counted.with_counts(scope.batches(request.user)).select_related("label__replaced_by", "hub", "collection").order_by("-pk")
    search = ["label__code", "collection__event", "collection__office", "collection__place"]
    return Listing(request, rows, COLUMNS, "batches", search=search, filters=FILTERS).answer("logistics/batches.html")


def _receive_address(row: Collection) -> str:
    return reverse("batch-receive", args=[handle(SORT, row.pk)])


CHOOSE = [
    Column(gettext_lazy("Collection"), named, "event", _receive_address),
    Column(gettext_lazy("Place"), lambda row: row.place, "place"),
    Column(gettext_lazy("Day"), lambda row: row.day, "day", kind="day"),
    Column(gettext_lazy("Campaign"), lambda row: row.campaign.name, "campaign__name"),
]


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def batch_choose(request: HttpRequest) -> HttpResponse:
    """Of which collection the batch is that came; without what was declared."""
    rows = collections(request.user).filter(withdrawn_at=None).select_related("campaign").order_by("country", "pk")
    found = rows.order_by().values_list("country", flat=True).distinct()
    countries = sorted(((code, country_name(code)) for code in found), key=lambda choice: choice[1])
    filters = [Filter("country", gettext_lazy("Country"), countries, "country")]
    search = ["event", "office", "place", "venue"]
    return Listing(request, rows, CHOOSE, "collections", search=search, filters=filters).answer("logistics/batch_choose.html")


@page(permissions.MAILROOM)
def batch_receive(request: HttpRequest, code: str) -> HttpResponse:
    """Receive a batch of this collection and give it a label."""
    rows = collections(request.user).filter(withdrawn_at=None).select_related("campaign")
    collection = fetch(rows, pk=key_of(SORT, code))
    form = Received(request.POST or None, hubs=Hub.objects.filter(pk__in=request.user.hub_ids).order_by("name"))
    if form.is_valid():
        told = form.cleaned_data
        done = attempt(
            form, receiving.receive_batch, collection, hub=told["hub"], received_on=told["day"], key=told["key"], by=request.user
        )
        if done:
            label = done.result.label.code
            return said(request, _("The batch is received. Write its code on it, or print this page."), "batch", label)
    return render(request, "logistics/batch_receive.html", {"collection": collection, "name": named(collection), "form": form})


def fetched(request: HttpRequest, code: str) -> Batch:
    """The batch with this code, of those that this person may see."""
    rows = scope.batches(request.user).select_related("label__replaced_by", "hub", "collection__campaign")
    return fetch(rows, label=first_label(code), label__isnull=False)


def about(batch: Batch) -> dict[str, Any]:
    """What every page of a batch shows."""
    lines = counted.counted_in(batch)
    return {
        "batch": batch,
        "code": batch.label.code,
        "grouped": shown(batch.label),
        "name": named(batch.collection),
        "lines": lines,
        "pieces": sum(line.pieces for line in lines),
        "bundles": sum(line.bundles for line in lines),
    }


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def batch(request: HttpRequest, code: str) -> HttpResponse:
    """One batch: what was counted so far; once it is closed, beside what was declared."""
    found = fetched(request, code)
    rows = found.bundles.select_related("label", "case").annotate(pieces=PIECES).order_by("-pk")[:200]
    bundles = [{"bundle": row, "grouped": codes.grouped(row.label.code)} for row in rows]
    compared = counted.compared(found)
    differing = sum(not line.agrees for line in compared if line.declared is not None)
    context = about(found) | {"tied": bundles, "compared": compared, "differing": differing}
    context["split_off"] = sum(each["bundle"].split_from_id is not None for each in bundles)
    return render(request, "logistics/batch.html", context)


@page(permissions.MAILROOM)
def batch_count(request: HttpRequest, code: str) -> HttpResponse:
    """Sort and count: several piles at once, tied into bundles that each get a label."""
    found = fetched(request, code)
    known = counted.cases_to_count(found, request.user)
    limit = found.collection.campaign.bundle_limit
    asked = {"form_kwargs": {"known": known}, "prefix": "piles"}
    form = ActForm(request.POST or None)
    piles = PileLines(_with_more(request), **asked) if request.POST else PileLines(initial=[{}] * LINES, **asked)
    if request.POST and "more" not in request.POST and all([form.is_valid(), piles.is_valid()]):
        told = [pile for line in piles for pile in line.piles(limit)]
        if done := attempt(form, counting.count, found, piles=told, by=request.user, **form.told()):
            return said(request, _tied(told), "batch-labels", code, done.result.key)
    context = about(found) | {"form": form, "piles": piles, "limit": limit, "known": known}
    return render(request, "logistics/batch_count.html", context)


def _tied(piles: list[Any]) -> str:
    pieces = sum(pile.pieces for pile in piles)
    bundles = ngettext("%(n)s bundle", "%(n)s bundles", len(piles)) % {"n": figure(len(piles))}
    return ngettext("%(n)s piece is tied into %(bundles)s.", "%(n)s pieces are tied into %(bundles)s.", pieces) % {
        "n": figure(pieces),
        "bundles": bundles,
    }


def _with_more(request: HttpRequest) -> Any:
    """What was typed, with more empty lines where they are asked for."""
    typed = request.POST.copy()
    if "more" in typed:
        total = typed.get("piles-TOTAL_FORMS", "0")
        first = min(int(total) if total.isdecimal() and len(total) < 4 else 0, 36)
        typed["piles-TOTAL_FORMS"] = str(first + LINES)
        for number in range(first, first + LINES):
            typed.update({f"piles-{number}-kind": "letter", f"piles-{number}-purpose": "solidarity"})
    return typed


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def batch_labels(request: HttpRequest, code: str, key: Any) -> HttpResponse:
    """The labels of the bundles that were just tied, to be printed or copied by hand."""
    found = fetched(request, code)
    rows = list(counted.bundles_of(key, found))
    if not rows:
        raise Http404
    labels = [{"bundle": row, "code": row.label.code, "grouped": codes.grouped(row.label.code)} for row in rows]
    told = Act.objects.filter(key=key, reversal=None).first()
    undo = reverse("act-reverse", args=[key]) if told and not built_on([told.pk]) else ""
    pile = {name: request.GET.get(name, "") for name in ("case", "kind", "purpose")}
    by_hand = urlencode(pile) if request.GET.get("by") == "hand" else ""
    context = {"labels": labels, "undo": undo, "by_hand": by_hand, "print": reverse("counted-print", args=[code, key])}
    return render(request, "logistics/batch_labels.html", about(found) | context)


@page(permissions.MAILROOM)
def batch_close(request: HttpRequest, code: str) -> HttpResponse:
    """Say that all is counted; only then is it held against what was declared."""
    found = fetched(request, code)
    context = about(found)
    form = Closing(request.POST if request.method == "POST" else None, is_empty=not context["bundles"] and not found.is_closed)
    if form.is_valid() and attempt(form, receiving.close_batch, found, by=request.user):
        return said(request, _("The batch is closed. This is what was declared."), "batch", code)
    return render(request, "logistics/batch_close.html", context | {"form": form})
