"""What is ready to be packed."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy

from logistics import permissions
from logistics.queries.standing import PIECES
from logistics.views.bundles import COLUMNS
from logistics.views.listing import Filter, Listing
from logistics.views.opening import page
from mailbags.queries import waiting

READY = COLUMNS[:5]
"""Without whether it is screened: all of these are."""


@page(permissions.MAILROOM, methods=("GET", "HEAD"))
def to_pack(request: HttpRequest) -> HttpResponse:
    """The bundles here that have what their case requires and that nothing holds up."""
    ready = waiting.to_pack(request.user)
    rows = ready.annotate(pieces=PIECES).select_related("label__replaced_by", "case").order_by("case__code", "pk")
    cases = ready.order_by("case__code").values_list("case__code", "case__public_name").distinct()
    named = [(code, f"{name} ({code})" if name else code) for code, name in cases]
    search = ["label__code", "label__replaced_by__code", "case__code", "case__public_name"]
    filters = [Filter("case", gettext_lazy("For"), named, "case__code")]
    return Listing(request, rows, READY, "bundles-to-pack", search=search, filters=filters).answer("mailbags/to_pack.html")
