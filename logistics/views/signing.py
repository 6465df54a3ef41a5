"""Signing in and out, and what one can change about oneself."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.actions.people import choose_time_zone
from logistics.forms.signing import SITE, NewPassword, SignIn, TimeZone
from logistics.models import Assignment
from logistics.views.answering import attempt, said
from logistics.views.opening import page

sign_in = LoginView.as_view(
    template_name="logistics/sign_in.html", authentication_form=SignIn, redirect_authenticated_user=True
)
sign_in.policy = "anybody"  # type: ignore[attr-defined]
sign_out = LogoutView.as_view(http_method_names=["post", "options"])
sign_out.policy = "anybody"  # type: ignore[attr-defined]


@page(before_own_password=True)
def you(request: HttpRequest) -> HttpResponse:
    """Roles, cases, the zone of times, and a new password."""
    form = NewPassword(request.user, request.POST or None)
    was_first = request.user.has_first_password
    if form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("home" if was_first else "you")
    return _about_you(request, form=form)


@page()
def time_zone(request: HttpRequest) -> HttpResponse:
    """The zone in which times are shown to this person."""
    form = TimeZone(request.POST or None, initial={"time_zone": request.user.time_zone or SITE})
    if form.is_valid() and attempt(form, choose_time_zone, form.cleaned_data["time_zone"], by=request.user):
        return said(request, _("From now on times are shown to you in the zone that you chose."), "you")
    return _about_you(request, zone=form)


def _about_you(request: HttpRequest, **forms: Form) -> HttpResponse:
    assignments = Assignment.objects.filter(user=request.user, ended_at=None).select_related("case__campaign")
    context = {
        "form": NewPassword(request.user),
        "zone": TimeZone(initial={"time_zone": request.user.time_zone or SITE}),
        "assignments": assignments.order_by("case__campaign", "case__code"),
        "now": timezone.now(),
    }
    return render(request, "logistics/you.html", context | forms)
