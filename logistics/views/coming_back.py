"""What a case worker sent back reaches a mailroom, and lies there again."""

from collections.abc import Iterable, Iterator

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.actions import following
from logistics.forms.coming_back import ComingBack
from logistics.models import Bundle, Holding, Hub, Shipment, User
from logistics.queries import scope
from logistics.queries.finding import newest
from logistics.queries.standing import holdings_of
from logistics.registry import Waiting
from logistics.views.answering import attempt, said
from logistics.views.opening import fetch, page


def on_the_way_back(user: User) -> QuerySet[Holding]:
    """What was sent back of bundles that this mailroom volunteer may know of, by shipment."""
    seen = scope.bundles(user).filter(pk=OuterRef("bundle"))
    return Holding.objects.filter(Exists(seen), place__kind=steps.RETURNED, pieces__gt=0).order_by("pk")


def cards(user: User) -> Iterator[Waiting]:
    """Home: bundles that are on their way back. One query."""
    if not user.holds(permissions.MAILROOM):
        return
    numbers = list(on_the_way_back(user).values_list("place__shipment__number", flat=True))
    address = reverse("shipment-take-in", args=numbers[:1]) if len(set(numbers)) == 1 else f"{reverse('bundles')}?at={steps.RETURNED}"
    yield Waiting(
        len(numbers),
        ngettext("bundle was sent back", "bundles were sent back", len(numbers)),
        _("Take in what has reached this mailroom; then it can be kept, or go out again."),
        address,
        _("Take in"),
    )


def ways(user: User, held: Iterable[Holding]) -> list[tuple[str, str]]:
    """For the page of a bundle: where what was sent back of it is taken in."""
    if not user.holds(permissions.MAILROOM):
        return []
    numbers = [row.place.shipment.number for row in held if row.place.kind == steps.RETURNED]
    return [(reverse("shipment-take-in", args=[number]), _("It has come back")) for number in numbers]


@page(permissions.MAILROOM)
def shipment_take_in(request: HttpRequest, number: str) -> HttpResponse:
    """Tick what has come back of a shipment."""
    shipment = _fetch(request.user, number)
    bundles = _sent_back(request, shipment)
    if not bundles and request.method != "POST":
        raise Http404
    form = ComingBack(request.POST or None, rows=_rows(bundles, shipment), hubs=_hubs(request.user))
    if form.is_valid():
        chosen = [row for row in bundles if row.label.code in form.cleaned_data["bundles"]]
        hub = Hub.objects.get(code=form.cleaned_data["hub"])
        if done := attempt(form, following.take_back, chosen, shipment=shipment, hub=hub, by=request.user, **form.told()):
            sentence = ngettext("%(n)s bundle lies in %(hub)s again.", "%(n)s bundles lie in %(hub)s again.", len(chosen))
            told = sentence % {"n": number_format(len(chosen), force_grouping=True), "hub": hub.name}
            undo = reverse("act-reverse", args=[done.result.key]), _("Take it back")
            return said(request, told, "bundle", newest(chosen[0].label).code, link=undo)
    context = {"shipment": shipment, "grouped": codes.grouped(shipment.number), "form": form, "number": len(bundles)}
    return render(request, "logistics/shipment_take_in.html", context)


def _fetch(user: User, number: str) -> Shipment:
    """A shipment of which this person may know a bundle; whether it left from their own hub or not."""
    seen = on_the_way_back(user).values("place__shipment")
    return fetch(Shipment.objects.filter(pk__in=scope.shipments(user).values("pk")) | Shipment.objects.filter(pk__in=seen), number=number)


def _sent_back(request: HttpRequest, shipment: Shipment) -> list[Bundle]:
    """What is on its way back; after a post what was ticked, so that a second sending says the same."""
    rows = scope.bundles(request.user).select_related("label__replaced_by", "case").order_by("pk")
    if request.method == "POST":
        ticked = [codes.normalise(code) for code in request.POST.getlist("bundles")]
        back = Holding.objects.filter(place__shipment=shipment, place__kind=steps.RETURNED)
        return list(rows.filter(Exists(back.filter(bundle=OuterRef("pk"), pieces__gt=0))) | rows.filter(label__code__in=ticked))
    there = Holding.objects.filter(bundle=OuterRef("pk"), place__shipment=shipment, place__kind=steps.RETURNED, pieces__gt=0)
    return list(rows.filter(Exists(there)))


def _rows(bundles: list[Bundle], shipment: Shipment) -> list[tuple[str, str]]:
    """Each bundle by its code, whom it is for, and how many pieces came back."""
    held = holdings_of(bundles)
    return [(row.label.code, _line(row, held[row.pk], shipment)) for row in bundles]


def _line(bundle: Bundle, held: Iterable[Holding], shipment: Shipment) -> str:
    back = sum(each.pieces for each in held if each.place.kind == steps.RETURNED and each.place.shipment_id == shipment.pk)
    pieces = ngettext("%(n)s piece", "%(n)s pieces", back) % {"n": number_format(back, force_grouping=True)}
    return f"{codes.grouped(newest(bundle.label).code)} · {bundle.case.shown_name} · {pieces}"


def _hubs(user: User) -> list[tuple[str, str]]:
    return list(Hub.objects.filter(pk__in=user.hub_ids, is_open=True).order_by("name").values_list("code", "name"))
