"""Bundles: the list, one with its whole journey, and what is done with it in a mailroom."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, permissions, registry, steps
from logistics.actions import counting, labels, reversing, screening, splitting
from logistics.forms.acts import ActForm
from logistics.forms.acts_of import PartForm, Recounting, Releasing, Replacing, Splitting, Withholding
from logistics.models import Act, Bundle, Holding, Hub, Rule
from logistics.queries import mailroom, scope
from logistics.queries.cases import waits_for
from logistics.queries.finding import as_on_things, first_label, newest, shown
from logistics.queries.standing import PIECES, holdings_of
from logistics.queries.timeline import entries_of, standing_steps, timeline, where
from logistics.resources.words.countries import country_name
from logistics.steps import Step
from logistics.views import coming_back, losing, recording
from logistics.views.answering import attempt, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.words import TranslationPolicy, figure

SEES = (
    permissions.MAILROOM, permissions.TRANSLATOR, permissions.CASE_WORKER, permissions.CASE_TEAM, permissions.AUDITOR,
)  # fmt: skip


def address_of(row: Bundle) -> str:
    return reverse("bundle", args=[row.label.code])


COLUMNS = [
    Column(gettext_lazy("Bundle"), lambda row: shown(row.label), "label__code", address_of, "code"),
    Column(gettext_lazy("For"), lambda row: row.case.shown_name, "case__code"),
    Column(gettext_lazy("What"), lambda row: row.get_kind_display(), "kind"),
    Column(gettext_lazy("From"), lambda row: country_name(row.country), "country"),
    Column(gettext_lazy("Pieces"), lambda row: row.pieces, "pieces", kind="number"),
    Column(gettext_lazy("Screened"), lambda row: _("yes") if row.is_screened else _("not yet")),
]
AT = [
    (steps.MAILROOM, gettext_lazy("in a mailroom")),
    (steps.WITHHELD, gettext_lazy("withheld")),
    (steps.BAG, gettext_lazy("in a mailbag")),
    (steps.TRANSIT, gettext_lazy("in transit")),
    (steps.FIELD, gettext_lazy("with the case worker")),
    (steps.RETURNED, gettext_lazy("on the way back")),
    ("delivered", gettext_lazy("delivered")),
]


def _at(rows: QuerySet[Bundle], kind: str) -> QuerySet[Bundle]:
    kinds = steps.DELIVERED if kind == "delivered" else (kind,)
    return rows.filter(Exists(Holding.objects.filter(bundle=OuterRef("pk"), place__kind__in=kinds, pieces__gt=0)))


@page(*SEES, methods=("GET", "HEAD"))
def bundle_list(request: HttpRequest) -> HttpResponse:
    """Every bundle that this person may know of, the newest first."""
    seen = scope.bundles(request.user)
    rows = seen.annotate(pieces=PIECES, is_screened=mailroom.screened())
    rows = rows.select_related("label__replaced_by", "case").order_by("-pk")
    found = seen.order_by().values_list("country", flat=True).distinct()
    countries = sorted(((code, country_name(code)) for code in found), key=lambda choice: choice[1])
    filters = [
        Filter("at", gettext_lazy("Where"), AT, apply=_at),
        Filter("country", gettext_lazy("Country"), countries, "country"),
    ]
    search = ["label__code", "label__replaced_by__code", "case__code", "case__public_name"]
    return Listing(request, rows, COLUMNS, "bundles", search=search, filters=filters).answer("logistics/bundles.html")


def _fetch(request: HttpRequest, code: str) -> Bundle:
    """The bundle that has, or had, this code on its label."""
    label = first_label(code)
    if label is None:
        raise Http404
    rows = scope.bundles(request.user).select_related("label__replaced_by", "case", "batch__label", "split_from__label")
    return fetch(rows, label=label)


def _named(bundle: Bundle, pieces: int) -> str:
    if bundle.kind == "letter":
        what = ngettext("%(n)s letter from %(country)s", "%(n)s letters from %(country)s", pieces)
    else:
        what = ngettext("%(n)s card from %(country)s", "%(n)s cards from %(country)s", pieces)
    return what % {"n": figure(pieces), "country": country_name(bundle.country)}


def _context(bundle: Bundle) -> dict[str, Any]:
    held = holdings_of([bundle])[bundle.pk]
    pieces = sum(holding.pieces for holding in held)
    return {
        "bundle": bundle,
        "code": bundle.label.code,
        "grouped": shown(bundle.label),
        "pieces": pieces,
        "name": _named(bundle, pieces),
        "held": held,
    }


@page(*SEES, methods=("GET", "HEAD"))
def bundle(request: HttpRequest, code: str) -> HttpResponse:
    """One bundle: where its pieces are, its whole journey, and what can be done with it next."""
    found = _fetch(request, code)
    context = _context(found)
    entries = entries_of(found, request.user)
    done = standing_steps(entries)
    came_in = sum(_over_the_border(row) for row in entries)
    context |= {
        "moments": timeline(entries, request.user, reversing.PERMISSION),
        "wheres": [{"where": where(holding.place), "pieces": holding.pieces} for holding in context["held"]],
        "came_in": came_in,
        "agrees": came_in == context["pieces"],
        "is_screened": Step.SCREENED in done,
        "is_summarised": Step.SUMMARISED in done,
        "is_waived": Step.WAIVED in done,
        "needs_summary": found.case.translation_policy == TranslationPolicy.REQUIRED,
        "waits": as_on_things(waits_for([found]).get(found.pk, ("", ""))[1]),
        "country": country_name(found.country),
        "split_from": found.split_from.label.code if found.split_from else "",
        "split_from_grouped": codes.grouped(found.split_from.label.code) if found.split_from else "",
        "sees_batch": found.batch is not None and found.batch.hub_id in request.user.hub_ids,
        "batch_grouped": codes.grouped(found.batch.label.code) if found.batch else "",
        "ways": [
            *coming_back.ways(request.user, context["held"]),
            *losing.ways(request.user, found, context["held"]),
            *recording.ways(request.user, found, context["held"]),
        ],
    }
    return render(request, "logistics/bundle.html", context | _possible(request, found, context))


def _over_the_border(entry: Any) -> int:
    return entry.pieces if entry.from_border else -entry.pieces if entry.to_border else 0


def _possible(request: HttpRequest, bundle: Bundle, context: dict[str, Any]) -> dict[str, Any]:
    """What this person may do with what is at their own hub."""
    works = request.user.holds(permissions.MAILROOM)
    kinds = {row.place.kind for row in context["held"] if works and row.place.hub_id in request.user.hub_ids}
    here = steps.MAILROOM in kinds
    ready = context["is_screened"] and (
        not context["needs_summary"] or context["is_summarised"] or context["is_waived"]
    )
    may_pack = here and bool(ready) and not context["waits"]
    first = next((why for find in registry.packing_hindrances if (why := find(bundle))), "") if may_pack else ""
    return {
        "count_first": first,
        "may_screen": here and not context["is_screened"],
        "may_handle": here,
        "may_release": steps.WITHHELD in kinds,
        "may_replace": works and bundle.label.hub_id in request.user.hub_ids,
        "may_pack": may_pack and not first,
        "may_summarise": _waits_for_words(request, bundle, context) and not ready,
    }


def _waits_for_words(request: HttpRequest, bundle: Bundle, context: dict[str, Any]) -> bool:
    """Whether this person is one of its translators, and it is screened and still in a mailroom."""
    theirs = request.user.holds(permissions.TRANSLATOR) and bundle.case_id in request.user.case_ids
    return bool(theirs and context["is_screened"] and any(row.place.kind == steps.MAILROOM for row in context["held"]))


def _here(request: HttpRequest, bundle: Bundle, kind: str) -> tuple[Hub, int]:
    """The hub of this person where pieces of the bundle are, and how many; there is no such page for another."""
    for holding in holdings_of([bundle])[bundle.pk]:
        if holding.place.kind == kind and holding.place.hub_id in request.user.hub_ids:
            return holding.place.hub, holding.pieces
    if request.method == "POST":  # what was told before has moved on: the action says so, or knows its key
        return Hub.objects.get(pk=bundle.hub_id if bundle.hub_id in request.user.hub_ids else min(request.user.hub_ids)), 0
    raise Http404


@page(permissions.MAILROOM)
def bundles_screen(request: HttpRequest) -> HttpResponse:
    """What waits to be screened in this mailroom; each is opened by itself, with the rules of its case."""
    rows = mailroom.to_screen(request.user).select_related("label__replaced_by", "case").annotate(pieces=PIECES)
    rows = rows.order_by("case__code", "pk")
    columns = [
        Column(gettext_lazy("Bundle"), lambda row: shown(row.label), "", _screen_address, "code"),
        *COLUMNS[1:5],
    ]
    return Listing(request, rows, columns, "bundles-to-screen", search=["label__code", "case__public_name"]).answer(
        "logistics/bundles_screen.html"
    )


def _screen_address(row: Bundle) -> str:
    return reverse("bundle-screen", args=[row.label.code])


@page(permissions.MAILROOM)
def bundle_screen(request: HttpRequest, code: str) -> HttpResponse:
    """Say that every piece was checked; the rules of the case stand beside the button."""
    found = _fetch(request, code)
    hub, _there = _here(request, found, steps.MAILROOM)
    form = ActForm(request.POST or None)
    if form.is_valid() and (
        done := attempt(form, screening.screen, [found], hub=hub, by=request.user, **form.told())
    ):
        undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
        following = mailroom.to_screen(request.user).select_related("label").order_by("case__code", "pk").first()
        if following:
            return said(request, _("Screened. This is the next bundle."), "bundle-screen", following.label.code, link=undo)
        return said(request, _("Screened. No other bundle waits for it."), "bundle", code, link=undo)
    context = _context(found) | {"form": form, "rules": _rules(found)}
    return render(request, "logistics/bundle_screen.html", context)


def _rules(bundle: Bundle) -> list[Rule]:
    """The latest version of each rule of the case that holds today."""
    latest: dict[int, Rule] = {}
    for rule in Rule.objects.filter(case=bundle.case_id).order_by("number", "version"):
        latest[rule.number] = rule
    today = timezone.localdate()
    return [rule for rule in latest.values() if rule.holds_until is None or rule.holds_until >= today]


def _part(request: HttpRequest, code: str, kind: str, form_class: type[PartForm], **more: Any) -> tuple[Any, ...]:
    found = _fetch(request, code)
    hub, there = _here(request, found, kind)
    kwargs = {name: make(hub) for name, make in more.items()}
    form = form_class(request.POST or None, initial={"before": there}, **kwargs)
    return found, hub, there, form


def _answer(request: HttpRequest, found: Bundle, there: int, form: Any, template: str) -> HttpResponse:
    return render(request, template, _context(found) | {"form": form, "there": there})


def _told(request: HttpRequest, act: Any, code: str, sentence: str) -> HttpResponse:
    undo = (reverse("act-reverse", args=[act.key]), _("Take it back"))
    return said(request, sentence, "bundle", code, link=undo)


@page(permissions.MAILROOM)
def bundle_withhold(request: HttpRequest, code: str) -> HttpResponse:
    """Hold pieces back, with a reason."""
    found, hub, there, form = _part(request, code, steps.MAILROOM, Withholding)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("pieces", "before", "reason")}
        if done := attempt(form, screening.withhold, found, hub=hub, by=request.user, **asked, **form.told()):
            return _told(request, done.result, code, _held_back(asked["pieces"]))
    return _answer(request, found, there, form, "logistics/bundle_withhold.html")


def _made(act: Act, bundle: Bundle) -> str:
    """The code of the new bundle that an act on this one has tied; none where it has not."""
    rows = Bundle.objects.exclude(pk=bundle.pk).filter(entries__act=act).values_list("label__code", flat=True)
    return rows.first() or ""


def _held_back(pieces: int) -> str:
    return ngettext("%(n)s piece is held back.", "%(n)s pieces are held back.", pieces) % {"n": figure(pieces)}


@page(permissions.MAILROOM)
def bundle_release(request: HttpRequest, code: str) -> HttpResponse:
    """Let withheld pieces go after all; a second person agrees with their own password."""
    found, hub, there, form = _part(
        request, code, steps.WITHHELD, Releasing, people=lambda hub: mailroom.others_at(hub.pk, request.user)
    )
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("pieces", "before", "second")}
        if done := attempt(form, screening.release, found, hub=hub, by=request.user, **asked, **form.told()):
            made = _made(done.result, found)
            sentence = _("They go on in this new bundle; write its code on it.") if made else _("They go on in their bundle.")
            return _told(request, done.result, made or code, sentence)
    return _answer(request, found, there, form, "logistics/bundle_release.html")


@page(permissions.MAILROOM)
def bundle_split(request: HttpRequest, code: str) -> HttpResponse:
    """Tie part of it into a new bundle with a label of its own."""
    found, hub, there, form = _part(request, code, steps.MAILROOM, Splitting)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("pieces", "before")}
        if done := attempt(form, splitting.split, found, hub=hub, by=request.user, **asked, **form.told()):
            sentence = _("The bundle is split. This is the new one; write its code on it.")
            return _told(request, done.result, _made(done.result, found) or code, sentence)
    return _answer(request, found, there, form, "logistics/bundle_split.html")


@page(permissions.MAILROOM)
def bundle_recount(request: HttpRequest, code: str) -> HttpResponse:
    """Count it again; what is known is not shown before a number is typed, and then only where it is another."""
    found, hub, there, form = _part(request, code, steps.MAILROOM, Recounting)
    form.most = max(found.case.campaign.bundle_limit, there)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("found", "before")}
        if done := attempt(form, counting.recount, found, hub=hub, by=request.user, **asked, **form.told()):
            return _told(request, done.result, code, _("The new count is recorded."))
    return _answer(request, found, there, form, "logistics/bundle_recount.html")


@page(permissions.MAILROOM)
def bundle_label(request: HttpRequest, code: str) -> HttpResponse:
    """A new label where the old one was lost or torn."""
    found = _fetch(request, code)
    label = newest(found.label)
    if found.label.hub_id not in request.user.hub_ids:
        raise Http404
    form = Replacing(request.POST or None, initial={"old": label.code})
    if form.is_valid():
        if form.cleaned_data["old"] != label.code:
            return redirect("bundle", code)  # the same form, sent again
        if attempt(form, labels.replace_label, label, by=request.user):
            paper = (reverse("labels-print", args=[code]), _("Print it"))
            return said(request, _("There is a new label; the old one leads here."), "bundle", code, link=paper)
    return _answer(request, found, 0, form, "logistics/bundle_label.html")
