"""What a case worker records: what was handed over, what became of it later, a recount where the bundle is."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.actions import counting, delivering, following, wording
from logistics.actions.following import Part
from logistics.forms.recording import Deliver, FieldRecount, TellLater, With
from logistics.models import Act, Bundle, Case, Entry, Holding, Shipment, User
from logistics.queries import scope
from logistics.queries.cases import cases
from logistics.queries.finding import newest, shown
from logistics.queries.standing import pieces_at
from logistics.queries.week import handed_in_week
from logistics.views.answering import attempt, said
from logistics.views.opening import fetch, page
from logistics.views.ways import way
from logistics.words import figure


@page(permissions.CASE_WORKER)
def deliver(request: HttpRequest, number: str, slug: str, code: str) -> HttpResponse:
    """An outcome for every bundle of a case that a shipment brought; all handed over, where nothing else is said."""
    shipment = fetch(_mine(request.user), number=number)
    case = fetch(cases(request.user).select_related("campaign"), campaign__slug=slug, code=code)
    bundles, form = _to_hand_over(request, shipment, case)
    if form.is_valid():
        by_code = {bundle.label.code: bundle for bundle in bundles}
        outcomes = [
            delivering.Outcome(by_code[bundle], became, pieces, known)
            for bundle, became, pieces, known in form.outcomes()
        ]
        told = {name: form.cleaned_data[name] for name in ("reason", "words", "consent")} | form.told()
        done = attempt(
            form, wording.record_with_words, shipment, case=case, outcomes=outcomes, capacity=form.capacity, by=request.user, **told
        )  # fmt: skip
        if done:
            return said(request, _recorded(done.result, told), "delivery", done.result.delivery.number, link=_link(done.result))
    groups = list(form.groups())
    handed = handed_in_week(case, timezone.localdate()) if case.weekly_limit and groups else 0
    context = {
        "handed": handed, "is_much": bool(case.weekly_limit and groups and handed + form.likely_pieces > case.weekly_limit),
        "form": form, "shipment": shipment, "number": codes.grouped(shipment.number), "case": case, "groups": groups,
        "bundles": len(bundles), "pieces": form.likely_pieces, "several": len(groups) > 1,
        "earlier": _left_elsewhere(request.user, shipment, case), "in_transit": any(row["in_transit"] for each in groups for row in each["rows"]),
    }  # fmt: skip
    return render(request, "logistics/delivery_record.html", context)


def _mine(user: User) -> QuerySet[Shipment]:
    arrived = Entry.objects.filter(act__shipment=OuterRef("pk"), step=steps.Step.ARRIVED, to_place__kind=steps.FIELD)
    rows = scope.shipments(user).filter(to_worker=user, dispatched_on__isnull=False)
    return rows.select_related("from_hub").annotate(has_arrived=Exists(arrived))


def _known(user: User) -> QuerySet[Bundle]:
    return scope.bundles(user).select_related("label__replaced_by", "case__campaign").order_by("pk")


def _to_hand_over(request: HttpRequest, shipment: Shipment, case: Case) -> tuple[list[Bundle], Deliver]:
    """What is there now; after a post what the form had listed, so that a second sending says the same."""
    held = Holding.objects.filter(place__kind__in=delivering.HANDED_FROM, place__shipment=shipment, pieces__gt=0)
    bundles = _known(request.user).filter(case=case)
    if request.method == "POST":
        bundles = bundles.filter(label__code__in=request.POST.getlist("listed"))
    else:
        bundles = bundles.filter(pk__in=held.values("bundle"))
    bundles = list(bundles)
    places: dict[int, dict[str, int]] = {}
    for key, kind, number in held.filter(bundle__in=bundles).values_list("bundle", "place__kind", "pieces"):
        places.setdefault(key, {})[kind] = number
    rows = [
        With(row.label.code, newest(row.label).code, row.get_kind_display(), row.purpose, places.get(row.pk, {})) for row in bundles
    ]
    return bundles, Deliver(request.POST or None, bundles=rows, has_arrived=shipment.has_arrived)


def _recorded(act: Act, told: dict[str, Any]) -> str:
    handed = sum(entry.pieces for entry in act.entries.all() if entry.to_place_id and entry.step == steps.Step.HANDED)
    others = sum(entry.pieces for entry in act.entries.all() if entry.step in delivering.STEP_TO.values()) - handed
    sentence = ngettext("%(n)s piece is handed over.", "%(n)s pieces are handed over.", handed) % {"n": figure(handed)}
    surplus = sum(entry.pieces for entry in act.entries.all() if entry.step == steps.Step.RECOUNTED)
    if others:
        sentence += " " + ngettext("%(n)s went another way.", "%(n)s went another way.", others) % {"n": figure(others)}
    if surplus:
        more = ngettext("%(n)s more than was known: the case team will look at it.", "%(n)s more than was known: the case team will look at it.", surplus)
        sentence += " " + more % {"n": figure(surplus)}
    if told["words"]:
        sentence += " " + (_("Their words are kept.") if told["consent"] else _("Their words are not kept: they did not agree."))
    return sentence


def _link(act: Act) -> tuple[str, str] | None:
    undo = way("act-reverse", act.key)
    return (undo, _("That was wrong: take it back")) if undo else None


def _left_elsewhere(user: User, shipment: Shipment, case: Case) -> list[tuple[str, str]]:
    """Bundles of this shipment and case of which something may still be told: their codes, and where to."""
    theirs = Entry.objects.filter(act__shipment=shipment, act__by=user, to_place__kind__in=LATER_FROM)
    held = Holding.objects.filter(place__in=theirs.values("to_place"), pieces__gt=0)
    rows = _known(user).filter(case=case, pk__in=theirs.values("bundle")).filter(pk__in=held.values("bundle"))
    return [(shown(row.label), way("tell-later", shipment.number, row.label.code)) for row in rows]


def ways(user: User, bundle: Bundle, held: Iterable[Holding]) -> list[tuple[str, str]]:
    """For the page of a bundle: what its case worker can tell of pieces with them, or left somewhere. At most one query."""
    if not user.holds(permissions.CASE_WORKER):
        return []
    code, held = bundle.label.code, list(held)
    with_them = [row.place.shipment.number for row in held if row.place.kind == steps.FIELD and row.place.shipment.to_worker_id == user.pk]
    found = [(way("field-recount", number, code), _("Count it again")) for number in with_them]
    if places := [row.place_id for row in held if row.place.kind in LATER_FROM]:
        told = Entry.objects.filter(bundle=bundle, to_place__in=places, act__by=user).order_by()
        numbers = sorted(set(told.values_list("act__shipment__number", flat=True)))
        found += [(way("tell-later", number, code), _("Tell what became of them")) for number in numbers]
    return found


LATER_FROM = (steps.INSTITUTION, steps.REFUSED, steps.SEIZED)
"""From where pieces may take a turn that is told later."""


@page(permissions.CASE_WORKER)
def tell_later(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """What became of pieces left with an institution, refused, or seized."""
    shipment = fetch(_mine(request.user), number=number)
    bundle = fetch(_known(request.user), label__code=codes.normalise(code))
    told = _told_of(request.user, shipment, bundle)
    held = {
        key: pieces for key, pieces in Holding.objects.filter(bundle=bundle, pieces__gt=0).values_list("place", "pieces")
    }
    starts = {_handle(entry): entry for entry in told if request.method == "POST" or entry.to_place_id in held}
    form = TellLater(request.POST or None, starts=[(key, _words(entry, held)) for key, entry in starts.items()])
    if form.is_valid():
        typed, entry = form.cleaned_data, starts[form.cleaned_data["start"]]
        done = attempt(
            form, following.tell_later, Part(bundle, typed["pieces"]), start=entry.to_place.kind, became=typed["became"],
            shipment=shipment, delivery=entry.to_place.delivery, reason=typed["reason"], by=request.user, **form.told(),
        )  # fmt: skip
        if done:
            return said(request, _("What became of them is told.") + _next(typed["became"]), "bundle", bundle.label.code, link=_link(done.result))
    context = {"form": form, "number": codes.grouped(shipment.number), "bundle": bundle, "starts": starts,
               "grouped": shown(bundle.label)}  # fmt: skip
    return render(request, "logistics/tell_later.html", context)


def _next(became: str) -> str:
    """What happens next, where it is not for the case worker to do."""
    if became == steps.RETURNED:
        return " " + _("The mailroom takes them in when they are back.")
    return " " + _("They are with you again: record a delivery when you hand them over.") if became == steps.FIELD else ""


def _told_of(user: User, shipment: Shipment, bundle: Bundle) -> list[Entry]:
    """What this person told of the bundle that may take another turn: the last entry to each place."""
    rows = Entry.objects.filter(bundle=bundle, act__shipment=shipment, act__by=user, to_place__kind__in=LATER_FROM)
    rows = rows.select_related("to_place__delivery").order_by("sequence")
    return list({entry.to_place_id: entry for entry in rows}.values())


def _handle(entry: Entry) -> str:
    delivery = entry.to_place.delivery
    return f"{entry.to_place.kind}-{delivery.number}" if delivery else entry.to_place.kind


def _words(entry: Entry, held: dict[int, int]) -> str:
    number = held.get(entry.to_place_id, 0)
    said_by_kind = {
        steps.INSTITUTION: ngettext("%(n)s left with an institution on %(day)s", "%(n)s left with an institution on %(day)s", number),
        steps.REFUSED: ngettext("%(n)s refused on %(day)s", "%(n)s refused on %(day)s", number),
        steps.SEIZED: ngettext("%(n)s seized on %(day)s", "%(n)s seized on %(day)s", number),
    }
    return said_by_kind[entry.to_place.kind] % {"n": figure(number), "day": date_format(entry.day, "j F Y")}


@page(permissions.CASE_WORKER)
def field_recount(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Count again what is with the case worker: the number found."""
    shipment = fetch(_mine(request.user), number=number)
    bundle = fetch(_known(request.user), label__code=codes.normalise(code))
    there = pieces_at(bundle, steps.FIELD, shipment=shipment)
    form = FieldRecount(request.POST or None, initial={"before": there})
    if form.is_valid():
        typed = form.cleaned_data
        done = attempt(
            form, counting.recount, bundle, found=typed["found"], before=typed["before"], shipment=shipment,
            by=request.user, **form.told(),
        )  # fmt: skip
        if done:
            return said(request, _counted(done.result, typed["found"], typed["before"]), "bundle", bundle.label.code, link=_link(done.result))
    context = {"form": form, "number": codes.grouped(shipment.number), "bundle": bundle, "there": there,
               "grouped": shown(bundle.label)}  # fmt: skip
    return render(request, "logistics/field_recount.html", context)


def _counted(act: Act, found: int, before: int) -> str:
    sentence = ngettext("%(n)s piece was found.", "%(n)s pieces were found.", found) % {"n": figure(found)}
    if found == before:
        return sentence + " " + _("That is what was known.")
    return sentence + " " + _("It differs from what was known; the case team will look at it.")
