"""For actions that take no key: the form's key makes a second sending of it harmless all the same."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.sessions.models import Session
from django.db import transaction
from django.http import HttpRequest

MOST = 30
"""Forms that are remembered for one who is signed in."""


def once(request: HttpRequest, key: UUID, make: Callable[[], str]) -> str:
    """What `make` answers: called at the first sending; later ones get the same answer and make nothing.

    What was made stands in the session, read anew under a lock, so that two at once wait for each other.
    """
    with transaction.atomic():
        list(Session.objects.select_for_update().filter(pk=request.session.session_key))
        made = _made(request)
        if is_new := str(key) not in made:
            made[str(key)] = make()
        request.session["made"] = dict(list(made.items())[-MOST:])
        if is_new:
            request.session.save()
    return made[str(key)]


def _made(request: HttpRequest) -> dict[str, str]:
    fresh = type(request.session)(request.session.session_key)
    return dict(fresh.get("made", {}))
