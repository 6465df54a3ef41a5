"""Hubs: the places with a mailroom."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import permissions
from logistics.actions.hubs import add_hub, close_hub
from logistics.forms.acts import Refusable
from logistics.forms.hubs import NewHub
from logistics.models import Hub
from logistics.resources.words.countries import country_name
from logistics.views.answering import attempt, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.once import once
from logistics.views.opening import fetch, page


def _state(hub: Hub) -> str:
    return _("open") if hub.is_open else _("closed")


def _closing(hub: Hub) -> str:
    return reverse("hub-close", args=[hub.code]) if hub.is_open else ""


COLUMNS = [
    Column(gettext_lazy("Hub"), lambda row: row.name, "name"),
    Column(gettext_lazy("Code"), lambda row: row.code, "code"),
    Column(gettext_lazy("Country"), lambda row: country_name(row.country) if row.country else "", "country"),
    Column(gettext_lazy("Time zone"), lambda row: row.time_zone.replace("_", " "), "time_zone"),
    Column(gettext_lazy("Volunteers"), lambda row: row.volunteers, "volunteers", kind="number"),
    Column(gettext_lazy("State"), _state, "is_open"),
    Column(gettext_lazy("Next"), lambda row: _("Close it") if row.is_open else "", link=_closing, kind="next"),
]
STATES = [("True", gettext_lazy("open")), ("False", gettext_lazy("closed"))]
STATE = Filter("state", gettext_lazy("State"), STATES, "is_open")


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def hub_list(request: HttpRequest) -> HttpResponse:
    """All hubs, with how many volunteers work there."""
    rows = Hub.objects.annotate(volunteers=Count("held_roles", filter=Q(held_roles__ended_at=None))).order_by("code")
    return Listing(request, rows, COLUMNS, "hubs", search=["name", "code"], filters=[STATE]).answer("logistics/hubs.html")


@page(permissions.COORDINATOR)
def hub_add(request: HttpRequest) -> HttpResponse:
    """A new hub."""
    form = NewHub(request.POST or None)
    if form.is_valid():
        typed = dict(form.cleaned_data)
        key, code = typed.pop("key"), typed.pop("code")
        if attempt(form, once, request, key, lambda: add_hub(code, **typed, by=request.user).code):
            people = (reverse("person-add"), _("Invite its volunteers"))
            return said(request, _("The hub %(name)s stands.") % {"name": typed["name"]}, "hubs", link=people)
    return render(request, "logistics/hub_form.html", {"form": form})


@page(permissions.COORDINATOR)
def hub_close(request: HttpRequest, code: str) -> HttpResponse:
    """Nothing new is received there or sent there; asked once, for it cannot be opened again."""
    hub = fetch(Hub.objects.all(), code=code)
    form = Refusable(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, close_hub, hub, by=request.user):
        return said(request, _("The hub %(name)s is closed.") % {"name": hub.name}, "hubs")
    return render(request, "logistics/hub_close.html", {"hub": hub, "form": form})
