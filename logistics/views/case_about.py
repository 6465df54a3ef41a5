"""What is known of a case and what is allowed: consents, rules, situations, names, and what was said in public."""

from typing import Any

from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.actions import cases as acting
from logistics.documents.words import language
from logistics.forms.cases import RemovedNames
from logistics.models import Case, ConsentWaiver, PublishedFigure, Rule
from logistics.permissions import may
from logistics.resources.words.countries import country_name
from logistics.views.answering import attempt, said
from logistics.views.cases import address_of, form_page, in_charge, the_case
from logistics.views.opening import page
from logistics.words import ConsentPurpose

ABOUT = (permissions.CASE_TEAM, permissions.CASE_WORKER, permissions.TRANSLATOR)
"""Those who work on a case; whoever only sees figures of all cases, or the ledger, does not see what is allowed in each."""


@page(*ABOUT, methods=("GET", "HEAD"))
def case_about(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """For the case team also consents and situations."""
    found = the_case(request, slug, code)
    decides = may(request.user, "logistics.edit_case") and found.pk in request.user.case_ids
    context: dict[str, Any] = {
        "case": found, "decides": decides, "country": country_name(found.country) if found.country else "",
        "languages": [language(tag) for tag in found.languages], "rules": _rules(found), "today": timezone.localdate(),
        "figures": PublishedFigure.objects.filter(case=found).order_by("as_of", "pk"),
    }  # fmt: skip
    if decides:
        context |= {
            "recipients": _recipients(found),
            "names": found.names.order_by("name"),
            "waivers": ConsentWaiver.objects.filter(case=found).order_by("-pk"),
            "situations": found.situations.select_related("recipient").order_by("-day", "-pk"),
        }  # fmt: skip
        context["agreed"] = [row for row in context["recipients"] if row["receives"]]
        context["waiver"] = next((row for row in context["waivers"] if row.ended_at is None), None)
    return render(request, "logistics/case_about.html", context)


def _recipients(found: Case) -> list[dict[str, Any]]:
    """Of each recipient what they agree to now, and what was taken back. One query."""
    rows = found.recipients.order_by("number", F("consents__given_on").desc(), "-consents__pk")
    told: dict[int, dict[str, Any]] = {}
    columns = ("number", "consents__purpose", "consents__given_on", "consents__taken_back_on")
    for number, purpose, given_on, taken_back_on in rows.values_list(*columns):
        row = told.setdefault(number, {"number": number, "standing": [], "past": [], "receives": False})
        if purpose is None:
            continue
        consent = {"purpose": ConsentPurpose(purpose).label, "given_on": given_on, "taken_back_on": taken_back_on}
        row["past" if taken_back_on else "standing"].append(consent)
        row["receives"] |= purpose == ConsentPurpose.RECEIVE and not taken_back_on
    return list(told.values())


def _rules(found: Case) -> list[dict[str, Any]]:
    """Each rule as it is now, and its earlier versions, newest first."""
    by_number: dict[int, list[Rule]] = {}
    for rule in Rule.objects.filter(case=found).order_by("number", "-version"):
        by_number.setdefault(rule.number, []).append(rule)
    return [{"now": versions[0], "before": versions[1:]} for versions in by_number.values()]


@page(permissions.CASE_TEAM)
def case_names(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Take away names that the case does not go by."""
    found = in_charge(request, slug, code)
    form = RemovedNames(request.POST or None, case=found)
    if form.is_valid():
        names = [row.name for row in form.cleaned_data["names"]]
        if attempt(form, acting.remove_names, found, names, by=request.user):
            return said(request, _("The case does not go by that any more."), "case-about", slug, code)
    answer = _("Returns are no longer recognised by a name that is taken away. What was imported stays as it is.")
    back = address_of(found, "case-about")
    return form_page(request, form, _("Take other names away"), _("Take these names away"), back, found.shown_name, answer=answer)
