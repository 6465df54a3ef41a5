"""What holds for every request: headers that let nothing come from elsewhere, a limit on what is sent, the reader's clock."""

from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from logistics.actions.guarding import coming_from
from logistics.models import User
from logistics.resources.reading.limits import MAX_FILE_BYTES

POLICY = "; ".join(
    [
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)


class Headers:
    """On every answer, also on those of the server itself: where things may come from, no referrer, and no-store for all
    but static files."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers["Content-Security-Policy"] = POLICY
        response.headers["Referrer-Policy"] = "no-referrer"
        response.headers.setdefault("Cache-Control", "no-store")
        return response


MOST_BYTES = MAX_FILE_BYTES + 2**20
"""Of anything that is sent: as much as one file may have, and what a form adds."""


class Size:
    """Too much is answered before any of it is read, and so before the check of the form's token, which reads it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = str(request.META.get("CONTENT_LENGTH") or "0")
        if not length.isdigit() or int(length) > MOST_BYTES:
            return render(request, "logistics/too_large.html", status=413)
        return self.get_response(request)


class Whence:
    """From where passwords that come with this request are counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with coming_from(address_of(request)):
            return self.get_response(request)


def address_of(request: HttpRequest) -> str:
    """Who is at the other end. Behind a proxy that is the last address in X-Forwarded-For, which the proxy has written;
    those before it, and all of them where there is no proxy, are whatever the sender likes."""
    if settings.BEHIND_PROXY:
        return str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2]
    return str(request.META.get("REMOTE_ADDR", ""))


class ReaderZone:
    """Times are shown in the zone that the reader has chosen, else in the site's."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with timezone.override(zone_of(request.user)):
            return self.get_response(request)


def zone_of(user: User | AnonymousUser) -> ZoneInfo | None:
    """What they chose; nothing where they did not, or where this machine no longer knows the name."""
    try:
        return ZoneInfo(user.time_zone) if user.is_authenticated and user.time_zone else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
