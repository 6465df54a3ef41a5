"""Taking an act back: its exact opposite, with a reason. Both stay in the journey."""

from uuid import UUID

from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.actions import reversing
from logistics.forms.acts_of import Reversal
from logistics.models import Act, Bundle, Entry
from logistics.permissions import may
from logistics.queries import scope
from logistics.queries.finding import as_on_things, shown
from logistics.queries.timeline import STEPS
from logistics.steps import Step
from logistics.views.answering import attempt, said
from logistics.views.opening import page

WHO = (permissions.MAILROOM, permissions.TRANSLATOR, permissions.CASE_WORKER, permissions.CASE_TEAM)


def _fetch(request: HttpRequest, key: UUID) -> tuple[Act, list[Bundle]]:
    act = Act.objects.select_related("hub", "reversal").filter(key=key).exclude(kind=Step.REVERSED).first()
    if act is None or not may(request.user, reversing.PERMISSION[act.kind]):
        raise Http404
    of_act = Exists(Entry.objects.filter(act=act, bundle=OuterRef("pk")))
    seen = scope.bundles(request.user).filter(of_act).select_related("label__replaced_by", "case")
    bundles = list(seen.order_by("pk"))
    if not bundles or Entry.objects.filter(act=act).order_by().values("bundle").distinct().count() != len(bundles):
        raise Http404
    return act, bundles


def _hindrance(act: Act, form: Reversal) -> str:
    """Why it cannot be taken back now, before anybody has filled in the form."""
    refusal = None if form.is_bound or hasattr(act, "reversal") else reversing.hindrance(act)
    return as_on_things(refusal.sentence) if refusal else ""


@page(*WHO)
def act_reverse(request: HttpRequest, key: UUID) -> HttpResponse:
    """Take a whole act back."""
    act, bundles = _fetch(request, key)
    form = Reversal(request.POST or None)
    if form.is_valid() and attempt(
        form, reversing.reverse, act, reason=form.cleaned_data["reason"], by=request.user, **form.told()
    ):
        return said(request, _("It is taken back. Tell again what was right."), "bundle", bundles[0].label.code)
    context = {
        "act": act,
        "what": STEPS[Step(act.kind)](),
        "bundles": [{"bundle": row, "grouped": shown(row.label), "code": row.label.code} for row in bundles],
        "was_reversed": hasattr(act, "reversal"),
        "hindrance": _hindrance(act, form),
        "form": form,
    }
    return render(request, "logistics/act_reverse.html", context)
