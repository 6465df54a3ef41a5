"""The page of a case: one line that says it, where its letters are now, what came when, from where, and the papers."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.actions.discrepancies import discrepancies
from logistics.models import Case, Confirmation, Situation
from logistics.queries import case_story
from logistics.queries.cases import cases
from logistics.queries.confirmations import confirmations
from logistics.queries.received import figures_of
from logistics.queries.timeline import STEPS
from logistics.queries.waiting import with_age
from logistics.resources.words.countries import country_name
from logistics.steps import Step
from logistics.views.case_about import ABOUT
from logistics.views.cases import SEES
from logistics.views.confirmations import letters
from logistics.views.flow import flow
from logistics.views.opening import fetch, page
from logistics.words import figure

COUNTS = frozenset({permissions.CASE_TEAM, permissions.CASE_WORKER, permissions.COORDINATOR, permissions.AUDITOR})
KNOWS_JOURNEY = frozenset({permissions.CASE_TEAM, permissions.AUDITOR})
COUNTRIES = 6
"""Countries of origin that are named; the rest are told together."""


@dataclass(frozen=True)
class Next:
    """What to do now, and where."""

    title: str
    why: str
    address: str
    button: str


@page(*SEES, methods=("GET", "HEAD"))
def case(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """How many letters reached them, where the others are, what came when, and the papers."""
    user = request.user
    rows = case_story.with_what_waits(cases(user), user, discrepancies(user))
    found = fetch(rows.select_related("campaign"), campaign__slug=slug, code=code)
    context: dict[str, Any] = {"case": found, "country": country_name(found.country) if found.country else ""}
    context |= {"today": timezone.localdate(), "decides": user.holds(permissions.CASE_TEAM) and found.pk in user.case_ids}
    if context["decides"]:
        context["withheld_address"] = f"{reverse('bundles')}?{urlencode({'at': steps.WITHHELD, 'q': found.shown_name})}"
    context["opens_about"] = bool(user.roles & set(ABOUT))
    if user.roles & COUNTS:
        (row,) = figures_of([found])
        context |= {"row": row, "apart": _apart(row), **_sums(row), **flow(row)}
    if user.roles & KNOWS_JOURNEY:
        context |= _what_came(found, links=context["decides"])
        context["too_much"] = _too_much(found, context)
    if user.roles & {permissions.CASE_TEAM, permissions.CASE_WORKER}:
        papers = with_age(confirmations(user).filter(case=found)).select_related("replaced_by").order_by("-pk")
        context["papers"] = [_told(paper, found) for paper in papers]
    if context["decides"]:
        context["next"] = _next(found, context)
    return render(request, "logistics/case.html", context)


def _too_much(found: Case, context: dict[str, Any]) -> str:
    """A warning where more is coming than is safe in one week."""
    places = context.get("row", {}).get("places", {})
    coming = sum(places.get(kind, 0) for kind in (steps.TRANSIT, steps.FIELD))
    if not found.weekly_limit or coming <= found.weekly_limit:
        return ""
    words = _("%(n)s are coming to them and at most %(limit)s a week are safe. Agree with the case worker on handing them over in parts.")
    return words % {"n": figure(coming), "limit": figure(found.weekly_limit)}


def _told(paper: Confirmation, found: Case) -> dict[str, Any]:
    """A confirmation, the pieces that it says were delivered, and the letter that may be read of it."""
    grades = paper.facts.get("grades", {})
    delivered = sum(grades.get(grade, 0) for grade in steps.DELIVERED)
    told = {"paper": paper, "number": codes.grouped(paper.number), "delivered": delivered}
    return told | {"letters": letters(paper, found.languages, delivered)}


PARTS = ("delivered", "unconfirmed", "on_the_way", "withheld", "other")
"""The figures that add up to what was counted."""


def _sums(row: dict[str, Any]) -> dict[str, Any]:
    """The parts that add up, and what of the declared is not counted yet or was counted beside it."""
    parts = [row[name] for name in PARTS if row[name]]
    return {"parts": parts, "short": row["declared"] - row["counted"], "over": row["counted"] - row["declared"]}


def _apart(row: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures by purpose, where there are others than letters to the people: they are never added."""
    others = [(_("To authorities"), row["appeals"]), (_("Purpose not told"), row["not_told"])]
    others = [{"title": title, "row": of} for title, of in others if of["declared"] or of["counted"]]
    return [{"title": _("To the people"), "row": row}, *others] if others else []


def _what_came(found: Case, *, links: bool) -> dict[str, Any]:
    """The timeline, what is ahead in it, and the countries. Three queries."""
    told = case_story.story(found)
    first, (rest, pieces) = case_story.joined(told.origins, COUNTRIES)
    most = first[0][1] if first else 1
    origins = [{"country": country_name(code) or _("not known"), "pieces": n, "width": round(100 * n / most, 2)} for code, n in first]
    moments = [_moment(each, links) for each in told.moments] + [_situation(each) for each in _situations(found)]
    moments.sort(key=lambda each: each["day"], reverse=True)
    today = timezone.localdate()
    ahead = [
        {
            **row, "code": codes.grouped(row["number"]), "address": reverse("shipment", args=[row["number"]]) if links else "",
            "is_late": bool(row["expected_on"] and row["expected_on"] < today),
        }
        for row in case_story.expected(found)
    ]  # fmt: skip
    return {"moments": _by_day(moments), "ahead": ahead, "origins": origins, "origins_rest": rest, "origins_rest_pieces": pieces}


def _moment(each: case_story.Moment, links: bool) -> dict[str, Any]:
    to, number = ("delivery", each.delivery) if each.delivery else ("shipment", each.shipment)
    words = STEPS[each.step]()
    if each.step is Step.RECOUNTED:
        words = _("Counted again: fewer") if each.fewer else _("Counted again: more")
    return {
        "day": each.day, "since": each.since, "days": each.days, "pieces": each.pieces, "words": words, "sort": "",
        "address": reverse(to, args=[number]) if number and links else "", "number": codes.grouped(number) if number else "",
    }  # fmt: skip


def _situations(found: Case) -> list[Situation]:
    return list(found.situations.select_related("recipient"))


def _situation(each: Situation) -> dict[str, Any]:
    words = each.get_what_display().capitalize()
    if each.recipient and each.case_id and each.recipient.number > 1:
        words = _("%(what)s: recipient %(n)s") % {"what": words, "n": each.recipient.number}
    return {"day": each.day, "since": each.day, "precision": each.precision, "words": words, "sort": "milestone"}


def _by_day(moments: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each says its day only where it is another than that of the moment above it."""
    above = None
    for each in moments:
        each["again"] = each["day"] == above and not each.get("days")
        above = each["day"]
    return moments


def _next(found: Case, context: dict[str, Any]) -> Next | None:
    """The one next step: what could harm first, then what keeps mail here, then what is owed."""
    of = (found.campaign.slug, found.code)
    late = next((each for each in context["papers"] if each["paper"].is_late and not hasattr(each["paper"], "replaced_by")), None)
    if found.flags:
        title = ngettext("Decide on %(n)s bundle", "Decide on %(n)s bundles", found.flags)
        why = _("Something changed for the recipient while they were on their way. They wait where they are.")
        return Next(title % {"n": figure(found.flags)}, why, reverse("case-flags", args=of), _("Decide"))
    if not found.may_be_sent:
        why = _("Nothing goes out until one recipient has agreed to receive mail, or you waive that with a reason.")
        return Next(_("Record who agreed to receive mail"), why, reverse("consent-record", args=of), _("Record a consent"))
    if found.differences:
        title = ngettext("Explain %(n)s difference", "Explain %(n)s differences", found.differences) % {"n": figure(found.differences)}
        address = f"{reverse('discrepancies')}?state=open&case={found.code}"
        return Next(title, _("What was expected and what was found differ."), address, _("See what differs"))
    if late:
        why = _("Something was corrected or is better known since. A new one replaces it by number.")
        title = _("Confirmation %(number)s is out of date") % late
        return Next(title, why, reverse("confirmation-replace", args=[late["paper"].number]), _("Replace it"))
    if found.deliveries_open:
        title = ngettext("Confirm %(n)s delivery", "Confirm %(n)s deliveries", found.deliveries_open)
        why = _("They were handed over; no confirmation names them.")
        return Next(title % {"n": figure(found.deliveries_open)}, why, reverse("confirmation-issue", args=of), _("Confirm"))
    return None
