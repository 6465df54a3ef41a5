"""Shipments that leave this hub or come to it: dispatching, and passing bags through sealed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from logistics import codes, permissions
from logistics.forms.acts import ActForm
from logistics.models import Shipment
from logistics.queries import scope
from logistics.queries.finding import shown
from logistics.views.answering import attempt, said
from logistics.views.opening import fetch, page
from mailbags.actions import arriving, dispatching
from mailbags.forms import named
from mailbags.models import Mailbag
from mailbags.queries import waiting
from mailbags.queries.bags import bags_of, contents, travelling

TO = "to_hub", "to_worker", "from_hub"


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def leaving(request: HttpRequest) -> HttpResponse:
    """What can leave this hub now, and what is on its way to it."""
    out = waiting.to_dispatch(request.user).select_related(*TO).order_by("pk")
    coming = waiting.arriving(request.user).select_related(*TO).order_by("dispatched_on", "pk")
    context = {"out": [_shown(row) for row in out], "coming": [_shown(row) for row in coming]}
    return render(request, "mailbags/leaving.html", context)


def _shown(row: Shipment) -> dict[str, object]:
    return {"shipment": row, "number": row.number, "grouped": codes.grouped(row.number), "goes_to": named(row).rpartition(" · ")[2]}


def _fetch(request: HttpRequest, number: str, **where: object) -> Shipment:
    return fetch(scope.shipments(request.user).select_related(*TO), number=codes.normalise(number), **where)


@page(permissions.MAILROOM)
def dispatch(request: HttpRequest, number: str) -> HttpResponse:
    """Send all bags of a shipment on their way."""
    shipment = _fetch(request, number, from_hub__in=request.user.hub_ids)
    form = ActForm(request.POST or None)
    if form.is_valid() and (done := attempt(form, dispatching.dispatch, shipment, by=request.user, **form.told())):
        undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
        return said(request, _("The shipment is on its way."), "mailbags:leaving", link=_link(shipment), undo=undo)
    bags = list(bags_of(shipment).annotate(sealed=waiting.is_sealed()))
    lying = contents(bags)
    lines = [_bag(bag, sum(item.bag_id == bag.pk for item in lying)) for bag in bags]
    ready = bool(lines) and all(line["bag"].sealed and line["bundles"] for line in lines)
    return render(request, "mailbags/dispatch.html", _shown(shipment) | {"form": form, "lines": lines, "ready": ready})


def _link(shipment: Shipment) -> tuple[str, str]:
    return reverse("shipment", args=[shipment.number]), codes.grouped(shipment.number)


def _bag(bag: Mailbag, bundles: int) -> dict[str, object]:
    return {"bag": bag, "code": bag.label.code, "grouped": shown(bag.label), "bundles": bundles}


@page(permissions.MAILROOM)
def pass_through(request: HttpRequest, number: str) -> HttpResponse:
    """Receive bags that go on as they are, sealed."""
    shipment = _fetch(request, number, to_hub__in=request.user.hub_ids)
    coming = travelling(shipment)
    by_code = {item.bag.label.code: item.bag for item in coming}
    lines = [_bag(bag, sum(item.bag_id == bag.pk for item in coming)) for bag in by_code.values()]
    form = ActForm(request.POST or None)
    if form.is_valid():
        rows = Mailbag.objects.filter(label__code__in=request.POST.getlist("bag"), shipment=shipment)
        bags = list(rows.select_related("label").order_by("pk"))
        if done := attempt(form, arriving.pass_through, shipment, bags=bags, by=request.user, **form.told()):
            undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
            return said(request, _("The bags are here, sealed as they were."), "mailbags:bags", link=_link(shipment), undo=undo)
    context = _shown(shipment) | {"form": form, "lines": lines, "ticked": request.POST.getlist("bag"), "open": _opening(number)}
    return render(request, "mailbags/pass_through.html", context)


def _opening(number: str) -> str:
    try:
        return reverse("mailbags:take-over", args=[number])
    except NoReverseMatch:
        return ""
