"""People: who they are here, what they may do, and which cases they work on."""

import hashlib
import hmac
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, permissions
from logistics.actions import people as acting
from logistics.errors import Refused
from logistics.forms.acts import KeyForm, Refusable
from logistics.forms.people import ROLES, AssignedCases, GivenRole, Invitation, NewName
from logistics.models import Assignment, Case, Role, User
from logistics.queries.people import people
from logistics.views.answering import attempt, refused, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.once import once
from logistics.views.opening import fetch, page

SHOWN_ONCE = "new_passwords"
"""In the session: by the code of a person, the key of the form that invited them, until the password was shown."""

NONE = "none"


def _everybody(request: HttpRequest) -> QuerySet[User]:
    return people(request.user).exclude(username=acting.OPERATOR)


def _state(person: User) -> str:
    return _("open") if person.is_active else _("closed")


def _of_role(rows: QuerySet[User], role: str) -> QuerySet[User]:
    if role == NONE:
        return rows.filter(~Exists(Role.objects.filter(user=OuterRef("pk"), ended_at=None)))
    return rows.filter(Exists(Role.objects.filter(user=OuterRef("pk"), role=role, ended_at=None)))


def _said_roles(person: User) -> str:
    return ", ".join(said_role(role) for role in person.held)  # type: ignore[attr-defined]


def said_role(role: Role) -> str:
    """A role in words, with the hub where there is one."""
    label = _(role.get_role_display())
    return f"{label}, {role.hub.name}" if role.hub else label


def _address(person: User) -> str:
    return reverse("person", args=[person.code]) if person.code else ""


COLUMNS = [
    Column(gettext_lazy("Name"), lambda row: row.username, "username", _address),
    Column(gettext_lazy("Code"), lambda row: row.code or "", "code", kind="code"),
    Column(gettext_lazy("Roles"), _said_roles),
    Column(gettext_lazy("Cases"), lambda row: row.assigned, "assigned", kind="number"),
    Column(gettext_lazy("Account"), _state, "is_active"),
]
FILTERS = [
    Filter("role", gettext_lazy("Role"), [*ROLES, (NONE, gettext_lazy("none"))], apply=_of_role),
    Filter(
        "state", gettext_lazy("Account"), [("True", gettext_lazy("open")), ("False", gettext_lazy("closed"))], "is_active"
    ),
]


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def people_list(request: HttpRequest) -> HttpResponse:
    """Everybody, with the roles that they hold now."""
    held = Role.objects.filter(ended_at=None).select_related("hub").order_by("pk")
    rows = _everybody(request).prefetch_related(Prefetch("held_roles", held, to_attr="held"))
    rows = rows.annotate(assigned=Count("assignments", filter=Q(assignments__ended_at=None))).order_by("username")
    listing = Listing(request, rows, COLUMNS, "people", search=["username", "code"], filters=FILTERS)
    return listing.answer("logistics/people.html")


@page(permissions.COORDINATOR)
def person_add(request: HttpRequest) -> HttpResponse:
    """Invite somebody: a name, a first role, and a password that the next page shows once."""
    form = Invitation(request.POST or None)
    if form.is_valid():
        typed = form.cleaned_data

        def invite() -> str:
            password = password_of(typed["key"], typed["username"])
            about = {"role": typed["role"], "hub": typed["hub"], "password": password, "is_handed_on": True}
            return acting.add_person(typed["username"], **about, by=request.user).code or ""

        if done := attempt(form, once, request, typed["key"], invite):
            request.session[SHOWN_ONCE] = {
                **request.session.get(SHOWN_ONCE, {}), done.result: [str(typed["key"]), typed["username"]],
            }  # fmt: skip
            return said(request, _("%(name)s can sign in now.") % {"name": typed["username"]}, "person", done.result)
    return render(request, "logistics/person_form.html", {"form": form})


def password_of(key: UUID, username: str) -> str:
    """A password of 80 random bits, drawn from the site's secret and the form's random key, so that it is kept nowhere."""
    digest = hmac.digest(settings.SECRET_KEY.encode(), f"invitation:{key}:{username}".encode(), hashlib.sha256)
    number = int.from_bytes(digest)
    drawn = "".join(codes.ALPHABET[number >> 5 * at & 31] for at in range(16)).lower()
    return "-".join(drawn[at : at + 4] for at in range(0, 16, 4))


class PersonPage:
    """One person with the forms that change what they may do; a form that was refused is shown as it was typed."""

    def __init__(self, request: HttpRequest, code: str) -> None:
        self.request = request
        self.person = fetch(_everybody(request), code=code)

    @cached_property
    def roles(self) -> list[Role]:
        rows = list(Role.objects.filter(user=self.person).select_related("hub").order_by("pk"))
        for role in rows:
            role.said = said_role(role)  # type: ignore[attr-defined]
        return rows

    @cached_property
    def assignments(self) -> list[Assignment]:
        standing = Assignment.objects.filter(user=self.person, ended_at=None)
        return list(standing.select_related("case__campaign").order_by("case__campaign__slug", "case__code"))

    def cases_form(self, data: Any = None) -> AssignedCases:
        return AssignedCases(data, by=self.request.user, besides={each.case_id for each in self.assignments})

    def answer(self, *, role_form: GivenRole | None = None, cases_form: AssignedCases | None = None) -> HttpResponse:
        now = {role.role for role in self.roles if role.ended_at is None}
        context = {
            "person": self.person,
            "roles": [role for role in self.roles if role.ended_at is None],
            "ended": [role for role in self.roles if role.ended_at is not None],
            "assignments": self.assignments,
            "is_by_case": bool(now & permissions.ROLES_BY_CASE),
            "role_form": role_form or GivenRole(),
            "cases_form": cases_form or self.cases_form(),
            "password": self._password() if self.request.method == "GET" else "",
        }
        return render(self.request, "logistics/person.html", context)

    def _password(self) -> str:
        kept = dict(self.request.session.get(SHOWN_ONCE, {}))
        invited = kept.pop(self.person.code, None)
        if invited is None:
            return ""
        self.request.session[SHOWN_ONCE] = kept
        return password_of(UUID(invited[0]), invited[1])


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def person(request: HttpRequest, code: str) -> HttpResponse:
    """One person."""
    return PersonPage(request, code).answer()


@page(permissions.COORDINATOR, methods=("POST",))
def role_give(request: HttpRequest, code: str) -> HttpResponse:
    """One more role."""
    shown = PersonPage(request, code)
    form = GivenRole(request.POST)
    if form.is_valid() and (
        done := attempt(form, acting.give_role, shown.person, **form.cleaned_data, by=request.user)
    ):
        sentence = _("%(name)s has the role now: %(role)s.")
        return said(request, sentence % {"name": shown.person, "role": said_role(done.result)}, "person", code)
    return shown.answer(role_form=form)


@page(permissions.COORDINATOR, methods=("POST",))
def role_end(request: HttpRequest, code: str) -> HttpResponse:
    """End one role; it is named by the role and the hub."""
    shown = PersonPage(request, code)
    role, hub = request.POST.get("role", ""), request.POST.get("hub", "")
    named = [each for each in shown.roles if each.role == role and (each.hub.code if each.hub else "") == hub]
    if not named:
        raise Http404
    try:
        ended = acting.end_role(named[-1], by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "person", code)
    sentence = _("%(name)s no longer has the role: %(role)s.")
    return said(request, sentence % {"name": shown.person, "role": said_role(ended)}, "person", code)


@page(permissions.COORDINATOR, methods=("POST",))
def cases_assign(request: HttpRequest, code: str) -> HttpResponse:
    """Let somebody work on these cases, all or none."""
    shown = PersonPage(request, code)
    form = shown.cases_form(request.POST)
    if form.is_valid() and attempt(form, _assign_all, shown.person, list(form.cleaned_data["cases"]), request.user):
        return said(request, _("%(name)s works on these cases now.") % {"name": shown.person}, "person", code)
    if form.errors and _are_assigned(request.POST.getlist("cases"), shown):
        return said(request, _("%(name)s works on these cases now.") % {"name": shown.person}, "person", code)
    return shown.answer(cases_form=form)


@transaction.atomic
def _assign_all(person: User, cases: list[Case], by: User) -> None:
    for case in cases:
        acting.assign(person, case, by=by)


def _are_assigned(typed: list[str], shown: PersonPage) -> bool:
    """Whether this was sent before: whoever works on all of these cases already needs no refusal."""
    return bool(typed) and set(typed) <= {f"{each.case.campaign.slug}/{each.case.code}" for each in shown.assignments}


@page(permissions.COORDINATOR, methods=("POST",))
def case_unassign(request: HttpRequest, code: str) -> HttpResponse:
    """Make somebody a stranger to one case, named by its campaign and code."""
    shown = PersonPage(request, code)
    campaign, case = request.POST.get("campaign", ""), request.POST.get("case", "")
    of_case = Assignment.objects.filter(user=shown.person, case__campaign__slug=campaign, case__code=case)
    assignment = fetch(of_case.order_by("-pk"))
    try:
        acting.end_assignment(assignment, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "person", code)
    sentence = _("%(name)s no longer works on case %(case)s.") % {"name": shown.person, "case": case}
    return said(request, sentence, "person", code)


@page(permissions.COORDINATOR)
def person_password(request: HttpRequest, code: str) -> HttpResponse:
    """Another password for whoever has lost theirs; the next page shows it once."""
    found = fetch(_everybody(request), code=code)
    form = KeyForm(request.POST or None)
    if form.is_valid():
        key = form.cleaned_data["key"]

        def renew() -> str:
            acting.renew_password(found, password=password_of(key, found.username), by=request.user)
            return found.code or ""

        if attempt(form, once, request, key, renew):
            shown = {code: [str(key), found.username]}
            request.session[SHOWN_ONCE] = {**request.session.get(SHOWN_ONCE, {}), **shown}
            return said(request, _("%(name)s has a new password. The old one ended.") % {"name": found}, "person", code)
    return render(request, "logistics/person_password.html", {"person": found, "form": form})


@page(permissions.COORDINATOR)
def person_rename(request: HttpRequest, code: str) -> HttpResponse:
    """Another name to sign in with."""
    found = fetch(_everybody(request), code=code)
    form = NewName(request.POST or None, initial={"username": found.username})
    if form.is_valid() and (
        done := attempt(form, acting.rename_person, found, username=form.cleaned_data["username"], by=request.user)
    ):
        return said(request, _("%(name)s is the name now.") % {"name": done.result}, "person", code)
    return render(request, "logistics/person_rename.html", {"person": found, "form": form})


@page(permissions.COORDINATOR)
def person_close(request: HttpRequest, code: str) -> HttpResponse:
    """Close an account; asked once, for it cannot be opened again."""
    found = fetch(_everybody(request), code=code)
    form = Refusable(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, acting.close_person, found, by=request.user):
        return said(request, _("The account of %(name)s is closed.") % {"name": found}, "people")
    return render(request, "logistics/person_close.html", {"person": found, "form": form})
