"""Signing in and out, and what one can change about oneself."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from logistics.models import Assignment
from logistics.views.opening import page

sign_in = LoginView.as_view(template_name="logistics/sign_in.html", redirect_authenticated_user=True)
sign_in.policy = "anybody"  # type: ignore[attr-defined]
sign_out = LogoutView.as_view(http_method_names=["post", "options"])
sign_out.policy = "anybody"  # type: ignore[attr-defined]


@page()
def you(request: HttpRequest) -> HttpResponse:
    """Roles, cases, and a new password."""
    form = PasswordChangeForm(request.user, request.POST or None)
    if form.is_valid():
        form.save()
        update_session_auth_hash(request, form.user)
        messages.success(request, _("Your password is changed. Other devices are signed out."))
        return redirect("you")
    assignments = Assignment.objects.filter(user=request.user, ended_at=None).select_related("case__campaign")
    context = {"form": form, "assignments": assignments.order_by("case__campaign", "case__code")}
    return render(request, "logistics/you.html", context)
