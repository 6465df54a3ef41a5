"""One pile in the hand: a number that grows by buttons, then a bundle with its label. Counted blind."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import ngettext

from logistics import permissions
from logistics.actions import sorting
from logistics.forms.batches import InHand
from logistics.queries import counted
from logistics.views import batches
from logistics.views.answering import attempt
from logistics.views.opening import page
from logistics.words import figure

KEPT = ("case", "kind", "purpose", "held_back", "reason", "day")
"""What is not counted travels along when a button is pressed."""


@page(permissions.MAILROOM)
def batch_count_one(request: HttpRequest, code: str) -> HttpResponse:
    """Count one pile: every button answers with the new count; tying makes the bundle and its label."""
    found = batches.fetched(request, code)
    about = {
        "known": counted.cases_to_count(found, request.user),
        "limit": found.collection.campaign.bundle_limit,
    }
    if request.POST and "tie" not in request.POST:
        form = InHand(request.POST, **about)
        return redirect(f"{request.path}?{urlencode(_typed(form, request.POST.get('add', '')))}#pile")
    form = InHand(request.POST or None, initial=_asked(request, about), **about)
    if request.POST and form.is_valid() and (done := attempt(form, _tie, found, form, request.user)):
        messages.success(request, _said(form.cleaned_data))
        again = urlencode({name: form.cleaned_data[name] for name in ("case", "kind", "purpose")} | {"by": "hand"})
        return redirect(reverse("batch-labels", args=[code, done.result.key]) + f"?{again}")
    number = form.counted("")
    context = batches.about(found) | {"form": form, "number": number, "is_full": number >= about["limit"]} | about
    return render(request, "logistics/batch_count_one.html", context)


def _typed(form: InHand, more: str) -> dict[str, Any]:
    kept = {name: value for name in KEPT if (value := form[name].value())}
    return kept | {"count": form.counted(more)}


def _asked(request: HttpRequest, about: dict[str, Any]) -> dict[str, Any]:
    """What stands in the address: the pile as it was when a button was pressed."""
    asked = {name: value for name in KEPT if (value := request.GET.get(name))}
    return asked | {"count": InHand(request.GET, **about).counted("")}


def _tie(batch: Any, form: InHand, by: Any) -> Any:
    told = form.cleaned_data
    held = {"held_back": told["held_back"] or 0, "reason": told["reason"]}
    return sorting.tie(batch, pile=form.pile(), by=by, **held, **form.told())


def _said(told: dict[str, Any]) -> str:
    pieces, held = told["count"], told["held_back"] or 0
    tied = ngettext("%(n)s piece is tied.", "%(n)s pieces are tied.", pieces) % {"n": figure(pieces)}
    if not held:
        return tied
    back = ngettext("%(n)s of them is held back.", "%(n)s of them are held back.", held) % {"n": figure(held)}
    return f"{tied} {back}"
