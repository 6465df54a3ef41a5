"""Where one can go from every page: at most five places by role."""

from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from logistics import permissions
from logistics.models import Campaign

SECTIONS: dict[str, list[tuple[Any, str]]] = {
    permissions.MAILROOM: [
        (_("Batches"), "batches"),
        (_("Bundles"), "bundles"),
        (_("Mailbags"), "mailbags:bags"),
        (_("Shipments"), "shipments"),
        (_("Differences"), "discrepancies"),
    ],
    permissions.TRANSLATOR: [(_("Summaries"), "translations:summaries"), (_("Cases"), "cases")],
    permissions.CASE_WORKER: [
        (_("Shipments"), "shipments"),
        (_("Bundles"), "bundles"),
        (_("Deliveries"), "deliveries"),
        (_("Cases"), "cases"),
    ],
    permissions.CASE_TEAM: [
        (_("Cases"), "cases"),
        (_("Bundles"), "bundles"),
        (_("Shipments"), "shipments"),
        (_("Deliveries"), "deliveries"),
        (_("Received"), "received"),
    ],
    permissions.COORDINATOR: [
        (_("Campaigns"), "campaigns"),
        (_("Collections"), "collections"),
        (_("Returns"), "returns"),
        (_("People"), "people"),
        (_("Received"), "received"),
    ],
    permissions.AUDITOR: [(_("Ledger"), "ledger"), (_("Audit trail"), "audit"), (_("Received"), "received")],
}
"""By role, the words and the name of the address."""

MOST = 5


def sections(request: HttpRequest) -> dict[str, Any]:
    """For every template: the places, and whether this site shows a constructed campaign."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {}
    return {
        "sections": _places(request),
        "role_names": [str(label) for role, label in permissions.ROLES if role in request.user.roles],
        "constructed": Campaign.objects.filter(is_constructed=True).exists(),
    }


def _places(request: HttpRequest) -> list[dict[str, Any]]:
    found: dict[str, Any] = {}
    for role, places in SECTIONS.items():
        if role in request.user.roles:
            found |= {name: label for label, name in places if name not in found}
    rows = [(label, _address(name)) for name, label in found.items()]
    return [
        {"label": label, "address": address, "is_here": request.path.startswith(address)}
        for label, address in rows
        if address
    ][:MOST]


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
