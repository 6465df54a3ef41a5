"""Confirmations: the list, one as it stands, issuing, replacing, and the paper."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, permissions, steps
from logistics.actions.confirming import issue
from logistics.forms.confirmations import Issue
from logistics.models import Case, Confirmation, Delivery
from logistics.queries.confirmable import changed_since, open_deliveries, pieces_at
from logistics.queries.confirmations import confirmations
from logistics.queries.timeline import PLACES, STEPS
from logistics.queries.waiting import standing_deliveries, with_age
from logistics.registry import Paper
from logistics.steps import Step
from logistics.views.answering import attempt, said
from logistics.views.cases import address_of as address_of_case
from logistics.views.cases import form_page, in_charge
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.views.papers import hand_out
from logistics.views.tongues import tongues
from logistics.words import FOR_WHOM, Purpose, Reason

SEES = (permissions.CASE_TEAM, permissions.CASE_WORKER)


def address_of(row: Confirmation) -> str:
    return reverse("confirmation", args=[row.number])


def standing(row: Any) -> str:
    """Whether it holds."""
    if getattr(row, "replaced_by", None):
        return _("replaced")
    return _("out of date") if row.is_late else _("holds")


COLUMNS = [
    Column(gettext_lazy("Confirmation"), lambda row: codes.grouped(row.number), "number", address_of, "code"),
    Column(gettext_lazy("Case"), lambda row: row.case.code, "case__code", kind="code"),
    Column(gettext_lazy("Issued"), lambda row: row.issued_on, "issued_on", kind="day"),
    Column(gettext_lazy("Purpose"), lambda row: FOR_WHOM[row.purpose], "purpose"),
    Column(gettext_lazy("Stands"), standing),
]
STATES = [("late", gettext_lazy("out of date")), ("holds", gettext_lazy("holds")), ("replaced", gettext_lazy("replaced"))]


def _in_state(rows: QuerySet[Confirmation], chosen: str) -> QuerySet[Confirmation]:
    if chosen == "replaced":
        return rows.filter(replaced_by__isnull=False)
    return rows.filter(replaced_by=None, is_late=chosen == "late")


@page(*SEES, methods=("GET", "HEAD"))
def confirmation_list(request: HttpRequest) -> HttpResponse:
    """The confirmations of one's cases, the newest first."""
    rows = with_age(confirmations(request.user)).select_related("case", "replaced_by").order_by("-pk")
    filters = [Filter("state", gettext_lazy("State"), STATES, apply=_in_state)]
    listing = Listing(request, rows, COLUMNS, "confirmations", search=["number", "case__code"], filters=filters)
    return listing.answer("logistics/confirmations.html")


def _confirmation(request: HttpRequest, number: str) -> Confirmation:
    rows = with_age(confirmations(request.user)).select_related("case__campaign", "replaced_by", "replaces")
    return fetch(rows, number=codes.normalise(number))


@page(*SEES, methods=("GET", "HEAD"))
def confirmation(request: HttpRequest, number: str) -> HttpResponse:
    """What it says, whether it still holds, and the paper."""
    found = _confirmation(request, number)
    grades = found.facts.get("grades", {})
    said = [(PLACES[grade](), grades.get(grade, 0)) for grade in reversed(steps.GRADES)]
    later = getattr(found, "replaced_by", None)
    delivered = sum(grades.get(grade, 0) for grade in steps.DELIVERED)
    context = {
        "papers": _papers(found, delivered), "delivered": delivered,
        "confirmation": found, "number": codes.grouped(found.number), "state": standing(found), "later": later,
        "unconfirmed": sum(grades.get(grade, 0) for grade in steps.UNCONFIRMED),
        "said": [(words, pieces) for words, pieces in said if pieces], "replaces": codes.grouped(found.replaces.number) if found.replaces else "",
        "deliveries": [{"number": row.number, "grouped": codes.grouped(row.number), "day": row.day} for row in found.deliveries.order_by("day")],
        "changes": [_change(row) for row in changed_since(found)] if found.is_late and not later else [],
        "is_team": request.user.holds(permissions.CASE_TEAM) and found.case_id in request.user.case_ids,
    }  # fmt: skip
    return render(request, "logistics/confirmation.html", context)


def _change(row: dict[str, Any]) -> dict[str, Any]:
    reason = Reason(row["act__reason"]).label if row["act__reason"] else ""
    number = row["act__delivery__number"] or ""
    return {"day": row["day"], "words": STEPS[Step(row["step"])](), "pieces": row["moved"], "reason": reason, "number": number}


@page(permissions.CASE_TEAM)
def confirmation_issue(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A new one, of deliveries that none names yet."""
    case = in_charge(request, slug, code)
    answer = _("Its figures are kept as they are now. What no confirmation names yet is chosen.")
    return _issue(request, case, None, _("Confirm deliveries"), address_of_case(case), answer)


@page(permissions.CASE_TEAM)
def confirmation_replace(request: HttpRequest, number: str) -> HttpResponse:
    """A corrected one in its place."""
    found = _confirmation(request, number)
    case = in_charge(request, found.case.campaign.slug, found.case.code)
    answer = _("The new one names the one that it replaces, and why. The old one stays readable and says that it was replaced.")
    return _issue(request, case, found, _("Replace this confirmation"), address_of(found), answer)


NOTHING_WAITS = gettext_lazy(
    "No delivery of this case waits to be confirmed. One that was corrected is replaced where its confirmation stands."
)
NOTHING_TO_NAME = gettext_lazy(
    "Nothing stands any more of what it names, and no other delivery waits to be confirmed. When the right delivery is "
    "recorded, replace it here. Until then it is out of date, and its paper says so."
)


def _issue(
    request: HttpRequest, case: Case, replaces: Confirmation | None, title: str, back: str, answer: str
) -> HttpResponse:
    deliveries: QuerySet[Delivery] = standing_deliveries(request.user).filter(case=case).order_by("day", "pk")
    every = list(deliveries)
    pieces = pieces_at(every)
    offered = open_deliveries(every, pieces, replaces)
    form = Issue(
        request.POST or None, deliveries=deliveries, offered=[(row.number, _named(row, pieces[row.pk])) for row in offered],
        initial={"purpose": replaces.purpose} if replaces else None,
    )  # fmt: skip
    if not offered and request.method != "POST":
        answer = NOTHING_TO_NAME if replaces else NOTHING_WAITS
    if form.is_valid():
        told = form.cleaned_data
        done = attempt(
            form, issue, case, deliveries=list(told["deliveries"]), purpose=told["purpose"], replaces=replaces, by=request.user,
            **form.told(),
        )  # fmt: skip
        if done:
            return said(request, _("The confirmation is issued. Print it below."), "confirmation", done.result.number)
    button = _("Issue the confirmation") if offered or request.method == "POST" else ""
    return form_page(request, form, title, button, back, case.shown_name, answer=answer)


def _named(row: Delivery, pieces: dict[str, int]) -> str:
    """A delivery with its day and what was handed over, by purpose."""
    told = ngettext("%(n)s piece", "%(n)s pieces", pieces.get(Purpose.SOLIDARITY, 0))
    parts = [codes.grouped(row.number), date_format(row.day, "j F Y")]
    if solidarity := pieces.get(Purpose.SOLIDARITY):
        parts.append(told % {"n": number_format(solidarity, force_grouping=True)})
    if appeals := pieces.get(Purpose.APPEAL):
        parts.append(_("%(n)s to authorities") % {"n": number_format(appeals, force_grouping=True)})
    return " · ".join(parts)


@page(*SEES, methods=("GET", "HEAD"))
def confirmation_paper(request: HttpRequest, number: str) -> HttpResponse:
    """The PDF, and a row in the audit trail that it was printed."""
    return hand_out(request, "confirmation", _confirmation(request, number).number)


@page(*SEES, methods=("GET", "HEAD"))
def confirmation_letter(request: HttpRequest, number: str) -> HttpResponse:
    """What the recipient may be read: how many letters and cards have come, and from which countries."""
    return hand_out(request, "letter", _confirmation(request, number).number)


def _papers(found: Confirmation, delivered: int) -> list[Paper]:
    """What is printed of it."""
    record = Paper(
        _("Delivery confirmation"), _("One page, in the language that they read"),
        reverse("confirmation-paper", args=[found.number]), languages=tongues(found.case.languages),
    )  # fmt: skip
    return [record, *letters(found, found.case.languages, delivered)]


def letters(found: Confirmation, languages: list[str], delivered: int) -> list[Paper]:
    """The letter to be read, where there is one: only of what was written to the person and came, as it is known now."""
    if found.purpose != Purpose.SOLIDARITY or not delivered or found.is_late or getattr(found, "replaced_by", None):
        return []
    address = reverse("confirmation-letter", args=[found.number])
    what = _("How many letters and cards have come, and from which countries")
    return [Paper(_("Letter to be read to the recipient"), what, address, languages=tongues(languages))]
