"""Mailbags: the list, opening one, and packing it."""

from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions
from logistics.errors import Refused
from logistics.forms.acts import ActForm, Refusable
from logistics.models import Bundle, Holding, Shipment
from logistics.queries import scope
from logistics.queries.finding import first_label, shown
from logistics.queries.standing import steps_of
from logistics.registry import Paper
from logistics.resources.words.countries import country_name
from logistics.steps import BAG, Step
from logistics.views.answering import attempt, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.views.tongues import tongues
from mailbags.actions import forwarding, packing, sealing
from mailbags.forms import Forwarding, NewBag, Scan, Weight, named
from mailbags.models import Mailbag
from mailbags.queries.bags import bags, contents, seal_on
from mailbags.queries.waiting import is_sealed, lies_on_its_way

TO = "shipment__to_hub", "shipment__to_worker"


def address_of(row: Mailbag) -> str:
    return reverse("mailbags:bag", args=[row.label.code])


def _state(row: Mailbag) -> str:
    if row.emptied_at is not None:
        return _("emptied")
    if row.on_its_way:
        return _("to send on")
    if row.shipment.is_dispatched:
        return _("left")
    return _("sealed") if row.sealed else _("open")


COLUMNS = [
    Column(gettext_lazy("Mailbag"), lambda row: shown(row.label), "label__code", address_of, "code"),
    Column(gettext_lazy("For shipment"), lambda row: named(row.shipment), "shipment__number"),
    Column(gettext_lazy("At"), lambda row: row.hub.name, "hub__name"),
    Column(gettext_lazy("What"), lambda row: row.get_form_display(), "form"),
    Column(gettext_lazy("Weight (g)"), lambda row: row.gross_grams, "gross_grams", kind="number"),
    Column(gettext_lazy("State"), _state),
]
STATES = [
    ("open", gettext_lazy("open")), ("sealed", gettext_lazy("sealed")), ("left", gettext_lazy("left")),
    ("here", gettext_lazy("to send on")), ("emptied", gettext_lazy("emptied")),
]  # fmt: skip


def _in_state(rows: QuerySet[Mailbag], state: str) -> QuerySet[Mailbag]:
    if state == "emptied":
        return rows.filter(emptied_at__isnull=False)
    if state == "here":
        return rows.filter(on_its_way=True)
    if state == "left":
        return rows.filter(emptied_at=None, shipment__dispatched_on__isnull=False, on_its_way=False)
    return rows.filter(emptied_at=None, shipment__dispatched_on=None, sealed=state == "sealed")


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def bag_list(request: HttpRequest) -> HttpResponse:
    """The bags at this mailroom and on their way to it, the newest first."""
    rows = bags(request.user).annotate(sealed=is_sealed(), on_its_way=ExpressionWrapper(lies_on_its_way(), BooleanField()))
    rows = rows.select_related("label__replaced_by", "hub", *TO).order_by("-pk")
    filters = [Filter("state", gettext_lazy("State"), STATES, apply=_in_state)]
    search = ["label__code", "label__replaced_by__code", "shipment__number"]
    return Listing(request, rows, COLUMNS, "mailbags", search=search, filters=filters).answer("mailbags/bags.html")


def planned(request: HttpRequest) -> QuerySet[Shipment]:
    """Shipments from this person's hubs that have not left."""
    rows = scope.shipments(request.user).filter(from_hub__in=request.user.hub_ids, dispatched_on=None)
    return rows.select_related("to_hub", "to_worker", "from_hub").order_by("-pk")


@page(permissions.MAILROOM)
def bag_open(request: HttpRequest) -> HttpResponse:
    """An empty bag with a label, for a shipment."""
    shipments = planned(request)
    form = NewBag(request.POST or None, shipments=shipments, by=request.user, initial={"shipment": request.GET.get("shipment", "")})
    if form.is_valid():
        if done := attempt(form, _opened, request, form.cleaned_data):
            return said(request, _("The bag is open. Write its code on it."), "mailbags:bag", done.result.label.code)
    return render(request, "mailbags/bag_open.html", {"form": form, "any": shipments.exists()})


def _opened(request: HttpRequest, told: dict[str, Any]) -> Mailbag:
    shipment, asked = told["shipment"], {name: told[name] for name in ("form", "tare_grams", "key")}
    return packing.open_bag(shipment, hub=shipment.from_hub, by=request.user, **asked)


def fetch_bag(request: HttpRequest, code: str) -> Mailbag:
    """The bag that has, or had, this code on its label."""
    label = first_label(code)
    if label is None:
        raise Http404
    rows = bags(request.user).select_related("label__replaced_by", "hub", "shipment__from_hub", *TO)
    return fetch(rows, label=label)


def bag_context(bag: Mailbag) -> dict[str, Any]:
    """What every page of a bag shows. Five queries."""
    lying = contents([bag])
    pieces = dict(
        Holding.objects.filter(place__kind=BAG, place__label=bag.label, pieces__gt=0).values_list("bundle_id", "pieces")
    )
    done = steps_of([content.bundle for content in lying])
    lines = [_line(content.bundle, pieces, done) for content in reversed(lying)]
    seal = seal_on(bag)
    at_home = bag.emptied_at is None and not bag.shipment.is_dispatched
    return _named(bag) | {
        "lines": lines,
        "pieces": sum(line["pieces"] for line in lines),
        "unready": [line for line in lines if line["needs"]],
        "seal": seal,
        "is_open": at_home and seal is None,
        "at_home": at_home,
        "on_its_way": bag.emptied_at is None and bag.shipment.is_dispatched and bool(lines),
        "was_opened": bag.emptied_at is None and bag.shipment.is_dispatched and bag.hub_id != bag.shipment.from_hub_id,
    }


def _named(bag: Mailbag) -> dict[str, Any]:
    return {
        "bag": bag,
        "code": bag.label.code,
        "grouped": shown(bag.label),
        "goes_to": named(bag.shipment).rpartition(" · ")[2],
        "shipment": codes.grouped(bag.shipment.number),
    }


def _line(bundle: Bundle, pieces: dict[int, int], done: dict[int, set[str]]) -> dict[str, Any]:
    steps = done[bundle.pk]
    needs = "screen" if Step.SCREENED not in steps else ""
    if not needs and sealing.needs_summary(bundle) and not steps & {Step.SUMMARISED, Step.WAIVED}:
        needs = "summary"
    return {
        "bundle": bundle,
        "code": bundle.label.code,
        "grouped": codes.grouped(bundle.label.code),
        "what": f"{bundle.get_kind_display()}, {country_name(bundle.country)}",
        "pieces": pieces.get(bundle.pk, 0),
        "needs": needs,
    }


@page(permissions.MAILROOM)
def bag(request: HttpRequest, code: str) -> HttpResponse:
    """Packing: each scanned code goes in, or the page says why not and what to do."""
    found = fetch_bag(request, code)
    form = Scan(request.POST or None)
    if form.is_valid() and (done := attempt(form, _put_in, request, found, form)):
        undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
        grouped = codes.grouped(form.cleaned_data["code"])
        sentence = _("Bundle %(code)s is in the bag.") % {"code": grouped}
        return said(request, _and_weight(sentence, found), "mailbags:bag", code, link=undo)
    context = bag_context(found) | {"form": form, "field": form.for_the_next() if form.is_bound else form}
    context["typed"] = request.POST.get("code", "").strip()[:40]
    context["is_at_mine"] = found.hub_id in request.user.hub_ids
    context["may_replace"] = found.label.hub_id in request.user.hub_ids
    context["papers"] = papers_of(context["code"]) if context["lines"] or found.shipment.is_dispatched else []
    return render(request, "mailbags/bag.html", context)


def _and_weight(sentence: str, before: Mailbag) -> str:
    """With what became of the weight of the bag as it was before something was put in or taken out."""
    return sentence if before.gross_grams is None else f"{sentence} {_('What it weighed holds no more: weigh it again.')}"


def papers_of(code: str) -> list[Paper]:
    """What is printed for one bag."""
    return [
        Paper(_("Packing list"), _("Lies inside the bag; never outside"), reverse("mailbags:packing-list", args=[code]), languages=tongues()),
        Paper(_("Bag list"), _("Goes outside: code, counts and weight only"), reverse("mailbags:bag-list", args=[code])),
    ]


def _put_in(request: HttpRequest, bag: Mailbag, form: Scan) -> Any:
    label = first_label(form.cleaned_data["code"])
    bundle = scope.bundles(request.user).filter(label=label).first() if label else None
    if bundle is None:
        raise Refused("unknown_bundle", _("There is no such bundle here. Look at the code on the label again."))
    return packing.put_in(bag, bundles=[bundle], by=request.user, **form.told())


def _weights(bag: Mailbag) -> dict[str, int | None]:
    return {"gross_grams": bag.gross_grams, "tare_grams": bag.tare_grams}


@page(permissions.MAILROOM)
def bag_weigh(request: HttpRequest, code: str) -> HttpResponse:
    """Write down what it weighs."""
    found = fetch_bag(request, code)
    form = Weight(request.POST or None, initial=_weights(found))
    if form.is_valid() and attempt(form, packing.weigh, found, by=request.user, **form.cleaned_data):
        return said(request, _("The weight is written down."), "mailbags:bag", code)
    return render(request, "mailbags/bag_weigh.html", bag_context(found) | {"form": form})


@page(permissions.MAILROOM)
def bag_take_out(request: HttpRequest, code: str, bundle: str) -> HttpResponse:
    """Take one bundle out of an open bag."""
    found = fetch_bag(request, code)
    row = fetch(scope.bundles(request.user).select_related("label", "case"), label=first_label(bundle), label__isnull=False)
    form = ActForm(request.POST or None)
    if form.is_valid() and attempt(form, packing.take_out, found, bundles=[row], by=request.user, **form.told()):
        return said(request, _and_weight(_("The bundle is out, back in the mailroom."), found), "mailbags:bag", code)
    context = bag_context(found) | {"form": form, "bundle": row, "bundle_grouped": codes.grouped(row.label.code)}
    return render(request, "mailbags/bag_take_out.html", context)


@page(permissions.MAILROOM)
def bag_put_aside(request: HttpRequest, code: str) -> HttpResponse:
    """Take an empty bag off its shipment."""
    found = fetch_bag(request, code)
    form = Refusable(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, packing.put_aside, found, by=request.user):
        return said(request, _("The bag is put aside."), "mailbags:bags")
    return render(request, "mailbags/bag_put_aside.html", bag_context(found) | {"form": form})


@page(permissions.MAILROOM)
def bag_forward(request: HttpRequest, code: str) -> HttpResponse:
    """Put a bag onto another shipment from this hub, as it is."""
    found = fetch_bag(request, code)
    rows = planned(request).filter(from_hub=found.hub_id).exclude(pk=found.shipment_id)
    form = Forwarding(request.POST or None, shipments=rows, by=request.user)
    if form.is_valid() and attempt(form, forwarding.forward, found, onto=form.cleaned_data["shipment"], by=request.user):
        return said(request, _("The bag goes with the other shipment now."), "mailbags:bag", code)
    return render(request, "mailbags/bag_forward.html", bag_context(found) | {"form": form, "any": rows.exists()})
