"""Cases: the list, one with where its letters are now, what is known and allowed, adding and editing."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import permissions
from logistics.actions import cases as acting
from logistics.actions.discrepancies import discrepancies
from logistics.forms.cases import AboutCase, NewCase, Sure
from logistics.models import Campaign, Case, User
from logistics.permissions import may
from logistics.queries.cases import campaigns_to_add_to, cases, cases_in_charge
from logistics.queries.waiting import waiting
from logistics.queries.week import TooMuch
from logistics.registry import Waiting
from logistics.resources.words.countries import country_name
from logistics.views.answering import attempt, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.once import once
from logistics.views.opening import fetch, page
from logistics.words import CaseStatus

SEES = (
    permissions.CASE_TEAM, permissions.CASE_WORKER, permissions.TRANSLATOR, permissions.COORDINATOR, permissions.AUDITOR,
)  # fmt: skip


def address_of(row: Case, name: str = "case") -> str:
    return reverse(name, args=[row.campaign.slug, row.code])


COLUMNS = [
    Column(gettext_lazy("Case"), lambda row: row.shown_name, "public_name", address_of),
    Column(gettext_lazy("Code"), lambda row: row.code, "code", kind="code"),
    Column(gettext_lazy("Campaign"), lambda row: row.campaign.name, "campaign__name"),
    Column(gettext_lazy("Country"), lambda row: country_name(row.country) if row.country else "–", "country"),
    Column(gettext_lazy("State"), lambda row: row.get_status_display(), "status"),
]


@page(*SEES, methods=("GET", "HEAD"))
def case_list(request: HttpRequest) -> HttpResponse:
    """The cases that this person works on, or may see."""
    rows = cases(request.user).select_related("campaign")
    filters = [Filter("state", gettext_lazy("State"), CaseStatus.choices, "status")]
    listing = Listing(request, rows, COLUMNS, "cases", search=["code", "public_name"], filters=filters)
    return listing.answer("logistics/cases.html", may_add=may(request.user, "logistics.add_case"))


def the_case(request: HttpRequest, slug: str, code: str) -> Case:
    return fetch(cases(request.user).select_related("campaign"), campaign__slug=slug, code=code)


def in_charge(request: HttpRequest, slug: str, code: str) -> Case:
    """One of the cases that this person decides about."""
    return fetch(cases_in_charge(request.user).select_related("campaign"), campaign__slug=slug, code=code)


@page(permissions.CASE_TEAM, permissions.COORDINATOR, methods=("GET", "HEAD"))
def case_choose(request: HttpRequest) -> HttpResponse:
    """Of which campaign the new case is; the only one needs no choice."""
    rows = list(campaigns_to_add_to(request.user))
    if len(rows) == 1:
        return redirect("case-add", rows[0].slug)
    return render(request, "logistics/case_choose.html", {"campaigns": rows})


@page(permissions.CASE_TEAM, permissions.COORDINATOR)
def case_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new case of a campaign, with its recipients."""
    campaign: Campaign = fetch(campaigns_to_add_to(request.user), slug=slug)
    form = NewCase(request.POST or None)
    if form.is_valid():
        told = dict(form.cleaned_data)
        key = told.pop("key")

        def make() -> str:
            return acting.add_case(campaign, told.pop("code"), by=request.user, **told).code

        if done := attempt(form, once, request, key, make):
            return _added(request, slug, done.result)
    answer = _("It will be a case of %(campaign)s.") % {"campaign": campaign.name}
    if request.user.holds(permissions.COORDINATOR):
        back, of = reverse("campaign", args=[slug]), campaign.name
    else:
        back, of = reverse("cases"), _("Cases")
    return form_page(request, form, _("Add a case"), _("Add the case"), back, of, answer=answer)


def _added(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """On to the next step: of a case team consents, of a coordinator (who sees no consents) the people who work on it."""
    if request.user.holds(permissions.CASE_TEAM):
        return said(request, _("The case is added. Record who agreed to receive mail next."), "case-about", slug, code)
    sentence = _("Case %(code)s is added. Nobody works on it yet: open each person who will, and assign it to them.")
    link = (reverse("case", args=[slug, code]), _("See the case"))
    return said(request, sentence % {"code": code}, "people", link=link)


@page(permissions.CASE_TEAM)
def case_edit(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What is known of a case."""
    found = in_charge(request, slug, code)
    form = AboutCase(request.POST or None, initial=_as_typed(found))
    if form.is_valid() and attempt(form, acting.edit_case, found, by=request.user, **form.cleaned_data):
        return said(request, _("The case is changed."), "case-about", slug, code)
    return form_page(request, form, _("Edit this case"), _("Keep these changes"), address_of(found, "case-about"), found.shown_name)


def _as_typed(found: Case) -> dict[str, Any]:
    return {name: getattr(found, name) for name in acting.EDITABLE} | {"languages": " ".join(found.languages)}


STATES = {
    "pause": (
        acting.pause_case, gettext_lazy("Pause this case"), gettext_lazy("Pause the case"),
        gettext_lazy("Nothing is packed, sealed or sent until it goes on. What has happened is still told."),
        gettext_lazy("The case is paused."),
    ),
    "resume": (
        acting.resume_case, gettext_lazy("Go on with this case"), gettext_lazy("Let its mail go on"),
        gettext_lazy("It is packed, sealed and sent again."), gettext_lazy("The case goes on."),
    ),
    "close": (
        acting.close_case, gettext_lazy("Close this case"), gettext_lazy("Close the case for good"),
        gettext_lazy("Nothing more is sent. It cannot be opened again."), gettext_lazy("The case is closed."),
    ),
}  # fmt: skip


def _state(request: HttpRequest, slug: str, code: str, change: str) -> HttpResponse:
    found = in_charge(request, slug, code)
    action, title, button, answer, sentence = STATES[change]
    form = Sure(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, action, found, by=request.user):
        return said(request, sentence, "case", slug, code)
    return form_page(request, form, title, button, address_of(found), found.shown_name, answer=answer)


@page(permissions.CASE_TEAM)
def case_pause(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Nothing goes out until it is resumed."""
    return _state(request, slug, code, "pause")


@page(permissions.CASE_TEAM)
def case_resume(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A paused case goes on."""
    return _state(request, slug, code, "resume")


@page(permissions.CASE_TEAM)
def case_close(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Nothing more is sent, for good."""
    return _state(request, slug, code, "close")


def form_page(
    request: HttpRequest, form: Any, title: Any, button: Any, back: str, of: Any, answer: Any = "", too_much: Sequence[TooMuch] = ()
) -> HttpResponse:
    """One form on a page of its own. `too_much`: of which cases it warns above the form."""
    context = {"form": form, "title": title, "button": button, "back": back, "of": of, "answer": answer, "too_much": too_much}
    return render(request, "logistics/case_form.html", context)


def cards(user: User) -> Iterator[Waiting]:
    """What waits for a case team."""
    if user.holds(permissions.CASE_TEAM):
        yield from waiting(user, discrepancies(user))
