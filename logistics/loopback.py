"""Whether something can be reached from this machine only. The demo depends on it."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

FORWARDING_HEADERS = {"HTTP_FORWARDED", "HTTP_VIA", "HTTP_X_REAL_IP", "HTTP_X_CLIENT_IP", "HTTP_TRUE_CLIENT_IP"}
FORWARDING_PREFIXES = ("HTTP_X_FORWARDED", "HTTP_CF_")


def came_over_loopback(meta: Mapping[str, Any]) -> bool:
    """Whether client and server address are loopback and no proxy has handed the request on.

    SERVER_NAME is the address that gunicorn is bound to; runserver and the test client put a name there.
    """
    if any(key in FORWARDING_HEADERS or key.startswith(FORWARDING_PREFIXES) for key in meta):
        return False
    server = meta.get("SERVER_NAME", "")
    return is_loopback(meta.get("REMOTE_ADDR", "")) and (is_loopback(server) or not is_address(server))


def refuse_demo_beyond_loopback(bind: str) -> None:
    """Stop a server of the demo that would listen on `bind`: an address, with or without a port."""
    host = bind.rpartition(":")[0] if bind.count(":") == 1 or "]:" in bind else bind
    if settings.DEMO and host != "localhost" and not is_loopback(host.strip("[]")):
        raise ImproperlyConfigured(
            f"The demo may only listen on 127.0.0.1, not on {bind}: its passwords are printed in public. "
            "Leave the address out, or run a site of your own without LIGHTPOST_DEMO."
        )


def is_loopback(host: str) -> bool:
    return is_address(host) and ip_address(host).is_loopback


def is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
