"""Putting a seal on a bag before a witness, and opening it again."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.queries.mailroom import others_at
from logistics.views.answering import attempt, said
from logistics.views.opening import page
from mailbags.actions import sealing
from mailbags.forms import Sealing, Unsealing
from mailbags.views.bags import bag_context, fetch_bag


@page(permissions.MAILROOM)
def bag_seal(request: HttpRequest, code: str) -> HttpResponse:
    """Seal the bag; the witness confirms with their own password in the same form."""
    bag = fetch_bag(request, code)
    form = Sealing(request.POST or None, people=others_at(bag.hub_id, request.user))
    if form.is_valid() and (done := attempt(form, sealing.seal, bag, by=request.user, **form.sealed(), **form.told())):
        undo = (reverse("act-reverse", args=[done.result.key]), _("Take it back"))
        return said(request, _("The bag is sealed. Its contents cannot change now."), "mailbags:bag", code, link=undo)
    return render(request, "mailbags/bag_seal.html", bag_context(bag) | {"form": form})


@page(permissions.MAILROOM)
def bag_unseal(request: HttpRequest, code: str) -> HttpResponse:
    """Open a sealed bag that is still here: how the seal was; all of it is back in the mailroom."""
    bag = fetch_bag(request, code)
    form = Unsealing(request.POST or None)
    if form.is_valid():
        asked = {name: form.cleaned_data[name] for name in ("found", "found_number")}
        if attempt(form, sealing.open_sealed, bag, by=request.user, **asked, **form.told()):
            return said(request, _("The bag is open; its bundles are back in the mailroom."), "mailbags:bag", code)
    return render(request, "mailbags/bag_unseal.html", bag_context(bag) | {"form": form})
