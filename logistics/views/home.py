"""Home: what waits for you. And search: any code or name, from anywhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from logistics import codes, registry
from logistics.views import returns
from logistics.views.opening import page

LONGEST = 100
"""Characters of what is looked for."""


@page(methods=("GET", "HEAD"))
def home(request: HttpRequest) -> HttpResponse:
    """What waits for this person; what can be done now comes first, and the first of it under the lamp."""
    found = [*returns.waiting(request), *(card for find in registry.home_cards for card in find(request.user))]
    waiting = [card for card in found if card.number]
    now = sorted((card for card in waiting if card.can_be_done), key=lambda card: card.can_wait)
    context = {
        "first": now[0] if now else None,
        "then": now[1:],
        "cannot": [card for card in waiting if not card.can_be_done],
        "things": sum(card.number for card in waiting),
        "doable": sum(card.number for card in now),
    }
    return render(request, "logistics/home.html", context)


@page(methods=("GET", "HEAD"))
def search(request: HttpRequest) -> HttpResponse:
    """What this person may see that fits; a single thing is opened at once."""
    q = " ".join(request.GET.get("q", "").split())[:LONGEST]
    found = [thing for find in registry.finders for thing in find(request.user, q)] if q else []
    if len(found) == 1:
        return redirect(found[0][2])
    return render(request, "logistics/search.html", {"q": q, "found": found, "is_misread": codes.is_misread(q)})
