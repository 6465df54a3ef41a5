"""A new label for a mailbag whose old one was lost or torn."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.views.opening import page
from logistics.views.relabelling import replaced
from mailbags.views.bags import fetch_bag


@page(permissions.MAILROOM)
def bag_label(request: HttpRequest, code: str) -> HttpResponse:
    """The old code leads to the bag from then on."""
    return replaced(request, fetch_bag(request, code).label, "mailbags:bag", _("Mailbags"))
