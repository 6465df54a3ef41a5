"""A new label where the old one was lost or torn; whoever scans the old one is led to the thing."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.actions import labels
from logistics.forms.acts_of import Replacing
from logistics.models import Label
from logistics.queries.finding import newest, shown
from logistics.views import batches
from logistics.views.answering import attempt, said
from logistics.views.opening import page


def replaced(request: HttpRequest, first: Label, to: str, title: str) -> HttpResponse:
    """Ask once, then replace the label that is on a thing now. `to` names its page, which takes the first code."""
    label = newest(first)
    if first.hub_id not in request.user.hub_ids:
        raise Http404
    form = Replacing(request.POST or None, initial={"old": label.code})
    if form.is_valid():
        if form.cleaned_data["old"] != label.code:
            return redirect(to, first.code)  # the same form, sent again
        if attempt(form, labels.replace_label, label, by=request.user):
            paper = (reverse("labels-print", args=[first.code]), _("Print it"))
            return said(request, _("There is a new label; the old one leads here."), to, first.code, link=paper)
    context = {"form": form, "grouped": shown(first), "back": reverse(to, args=[first.code]), "title": title}
    return render(request, "logistics/label_replace.html", context)


@page(permissions.MAILROOM)
def batch_label(request: HttpRequest, code: str) -> HttpResponse:
    """A new label for a batch."""
    return replaced(request, batches.fetched(request, code).label, "batch", _("Batches"))
