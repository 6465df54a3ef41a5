"""Lost, found, destroyed: what a case team says of a bundle when searching has ended."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.actions import losing
from logistics.actions.following import Part
from logistics.forms.losing import Destroying, Finding, Losing
from logistics.models import Act, Bundle, Entry, Holding, Hub, Shipment, User
from logistics.queries import scope
from logistics.queries.cases import cases_in_charge
from logistics.queries.finding import first_label, shown
from logistics.queries.standing import holdings_of
from logistics.queries.timeline import where
from logistics.views.answering import attempt, said
from logistics.views.opening import fetch, page


def ways(user: User, bundle: Bundle, held: Iterable[Holding]) -> list[tuple[str, str]]:
    """What this person may tell of the bundle here, as addresses and words of links. `held`: where its pieces are."""
    kinds = {row.place.kind for row in held}
    code, found = bundle.label.code, []
    decides = user.holds(permissions.CASE_TEAM) and bundle.case_id in user.case_ids
    if decides and kinds & set(steps.OURS):
        found.append((reverse("bundle-lost", args=[code]), _("Tell pieces as lost")))
    if decides and steps.LOST in kinds:
        found.append((reverse("bundle-found", args=[code]), _("They turned up")))
    if _destructible(user, bundle, held):
        found.append((reverse("bundle-destroy", args=[code]), _("Tell pieces as destroyed")))
    return found


def _destructible(user: User, bundle: Bundle, held: Iterable[Holding]) -> list[Holding]:
    """What may be destroyed: for the case team all that the table of the journey lets; for a mailroom what it withholds."""
    if user.holds(permissions.CASE_TEAM) and bundle.case_id in user.case_ids:
        return [row for row in held if row.place.kind in Destroying.kinds]
    return [row for row in held if row.place.kind == steps.WITHHELD and row.place.hub_id in user.hub_ids]


def _fetch(request: HttpRequest, code: str) -> Bundle:
    """The bundle that has, or had, this code on its label."""
    label = first_label(code)
    if label is None:
        raise Http404
    return fetch(scope.bundles(request.user).select_related("label__replaced_by", "case"), label=label)


def _in_charge(request: HttpRequest, code: str) -> tuple[Bundle, list[Holding]]:
    bundle = _fetch(request, code)
    if not cases_in_charge(request.user).filter(pk=bundle.case_id).exists():
        raise Http404
    return bundle, holdings_of([bundle])[bundle.pk]


def _choices(held: Iterable[Holding]) -> list[tuple[str, str]]:
    """Each place and what is there, for a form."""
    return [(f"{row.place.kind}.{row.pieces}", f"{where(row.place)} · {_pieces(row.pieces)}") for row in held]


def _pieces(number: int) -> str:
    return ngettext("%(n)s piece", "%(n)s pieces", number) % {"n": number_format(number, force_grouping=True)}


def _form(request: HttpRequest, form_class: Any, held: list[Holding], **kwargs: Any) -> Any:
    """Nothing there: no such page, unless a form that was shown earlier is sent; then the action says what became of it."""
    if not held and request.method != "POST":
        raise Http404
    return form_class(request.POST or None, places=_choices(held), initial={"pieces": held[0].pieces if held else None}, **kwargs)


def _answer(request: HttpRequest, bundle: Bundle, form: Any, **words: Any) -> HttpResponse:
    context = {"bundle": bundle, "code": bundle.label.code, "grouped": shown(bundle.label), "form": form, **words}
    context["where"] = form.only_place
    return render(request, "logistics/bundle_tell.html", context)


def _told(request: HttpRequest, act: Act, code: str, sentence: str) -> HttpResponse:
    return said(request, sentence, "bundle", code, link=(reverse("act-reverse", args=[act.key]), _("Take it back")))


def _part(bundle: Bundle, told: dict[str, Any], before: int) -> Part:
    return Part(bundle, told["pieces"], before)


@page(permissions.CASE_TEAM)
def bundle_lost(request: HttpRequest, code: str) -> HttpResponse:
    """Pieces that should be with us cannot be found."""
    bundle, held = _in_charge(request, code)
    form = _form(request, Losing, [row for row in held if row.place.kind in steps.OURS])
    if form.is_valid():
        start, before = form.cleaned_data["start"]
        part = _part(bundle, form.cleaned_data, before)
        if done := attempt(form, losing.declare_lost, part, start=start, by=request.user, **form.told()):
            lost = ngettext("%(n)s piece is told as lost.", "%(n)s pieces are told as lost.", part.pieces)
            return _told(request, done.result, code, lost % {"n": number_format(part.pieces, force_grouping=True)})
    return _answer(
        request, bundle, form, title=_("Tell pieces as lost"), button=_("Record them as lost"),
        answer=_("Search first: look in the bag, ask the carrier and the case worker. Should they turn up, you tell it here."),
    )  # fmt: skip


@page(permissions.CASE_TEAM)
def bundle_found(request: HttpRequest, code: str) -> HttpResponse:
    """Lost pieces have turned up."""
    bundle, held = _in_charge(request, code)
    there = sum(row.pieces for row in held if row.place.kind == steps.LOST)
    if not there and request.method != "POST":
        raise Http404
    form = Finding(request.POST or None, ends=_ends(bundle), initial={"before": there, "pieces": there})
    if form.is_valid():
        sort, which = form.cleaned_data["end"]
        hub = Hub.objects.get(code=which) if sort == "hub" else None
        shipment = Shipment.objects.get(number=which) if sort == "shipment" else None
        part = _part(bundle, form.cleaned_data, form.cleaned_data["before"])
        if done := attempt(form, losing.declare_found, part, hub=hub, shipment=shipment, by=request.user, **form.told()):
            found = ngettext("%(n)s piece has turned up and goes on.", "%(n)s pieces have turned up and go on.", part.pieces)
            return _told(request, done.result, code, found % {"n": number_format(part.pieces, force_grouping=True)})
    return _answer(
        request, bundle, form, title=_("They turned up"), button=_("Record them as found"),
        answer=_("They are then where they turned up, and go on from there."),
    )  # fmt: skip


def _ends(bundle: Bundle) -> list[tuple[str, str]]:
    """Where it can turn up: with the case worker of a shipment that it was on, or in an open hub."""
    on = Entry.objects.filter(Q(bundle=bundle), Q(to_place__shipment__to_worker__isnull=False))
    sent = Shipment.objects.filter(pk__in=on.values("to_place__shipment")).order_by("-pk")
    with_worker = [
        (f"shipment:{row.number}", _("with the case worker of shipment %(number)s") % {"number": codes.grouped(row.number)})
        for row in sent
    ]
    hubs = Hub.objects.filter(Q(is_open=True) | Q(pk=bundle.hub_id)).order_by("name")
    return with_worker + [(f"hub:{row.code}", _("in the mailroom of %(hub)s") % {"hub": row.name}) for row in hubs]


@page(permissions.CASE_TEAM, permissions.MAILROOM)
def bundle_destroy(request: HttpRequest, code: str) -> HttpResponse:
    """Pieces that can go nowhere were destroyed; a second person says so with their own password."""
    bundle = _fetch(request, code)
    held = _destructible(request.user, bundle, holdings_of([bundle])[bundle.pk])
    form = _form(request, Destroying, held, people=_seconds(request.user, bundle))
    if form.is_valid():
        start, before = form.cleaned_data["start"]
        part = _part(bundle, form.cleaned_data, before)
        told = {name: form.cleaned_data[name] for name in ("reason", "second")}
        if done := attempt(form, losing.destroy, part, start=start, by=request.user, **told, **form.told()):
            gone = ngettext("%(n)s piece is told as destroyed.", "%(n)s pieces are told as destroyed.", part.pieces)
            return _told(request, done.result, code, gone % {"n": number_format(part.pieces, force_grouping=True)})
    return _answer(
        request, bundle, form, title=_("Tell pieces as destroyed"), button=_("Record them as destroyed"),
        answer=_("Two people do this together. Only what is withheld, was refused or came back can be destroyed."),
    )  # fmt: skip


def _seconds(user: User, bundle: Bundle) -> QuerySet[User]:
    """Who can be the second person: the case's own team, and who works in a mailroom that withheld of it."""
    hubs = Entry.objects.filter(bundle=bundle, to_place__kind=steps.WITHHELD).values("to_place__hub")
    team = Q(held_roles__role=permissions.CASE_TEAM, held_roles__ended_at=None) & Q(
        pk__in=bundle.case.assignments.filter(ended_at=None).values("user")
    )
    room = Q(held_roles__role=permissions.MAILROOM, held_roles__ended_at=None, held_roles__hub__in=hubs)
    return User.objects.filter(team | room, is_active=True).exclude(pk=user.pk).order_by("username").distinct()
