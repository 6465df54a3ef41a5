"""Who may sign in: not whoever guesses, and demo users, whose passwords are printed in public, only where nobody else
can reach them."""

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from logistics.actions.guarding import guarded
from logistics.loopback import came_over_loopback
from logistics.models import User


class Backend(ModelBackend):
    """Django's own, except that guesses are counted, and demo users exist only in a demo that is reached over loopback."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        """Refused: `too_many_misses`."""
        return guarded(str(credentials.get("username") or ""), lambda: self._known(request, **credentials))

    def _known(self, request: HttpRequest | None, **credentials: Any) -> User | None:
        user = super().authenticate(request, **credentials)
        if user is not None and user.is_demo and not is_demo_over_loopback(request):
            return None
        return user

    def get_user(self, user_id: int) -> User | None:
        user = super().get_user(user_id)
        if user is not None and user.is_demo and not settings.DEMO:
            return None
        return user


def is_demo_over_loopback(request: HttpRequest | None) -> bool:
    return settings.DEMO and request is not None and came_over_loopback(request.META)
