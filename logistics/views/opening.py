"""Who may open which address. For everybody else it is not there."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.decorators import login_required
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

View = Callable[..., HttpResponse]
Row = TypeVar("Row", bound=Model)


def page(
    *roles: str, methods: tuple[str, ...] = ("GET", "HEAD", "POST"), before_own_password: bool = False
) -> Callable[[View], View]:
    """Declares the policy of a view: the roles that may open it (none: whoever is signed in).

    Whoever is not signed in is asked to; whoever has none of the roles is answered as if there were no such page. Whoever
    has a password that somebody else gave them is led to You, to choose their own, but for pages that are open
    `before_own_password`. A view without a policy fails the tests.
    """
    allowed = frozenset(roles)

    def decorate(view: View) -> View:
        asked_rightly = require_http_methods(methods)(view)

        @wraps(view)
        def opened(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.user.has_first_password and not before_own_password:
                return redirect("you")
            if allowed and not request.user.roles & allowed:
                raise Http404
            return asked_rightly(request, *args, **kwargs)

        guarded = login_required(opened)
        guarded.policy = allowed  # type: ignore[attr-defined]
        guarded.methods = frozenset(methods)  # type: ignore[attr-defined]
        return guarded

    return decorate


def fetch(rows: QuerySet[Row], **where: Any) -> Row:
    """The one row, out of those that this person may see; else there is no such page."""
    found = rows.filter(**where).first()
    if found is None:
        raise Http404
    return found
