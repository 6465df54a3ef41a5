"""Collections: where messages were gathered and what is declared for them, imported or entered by hand."""

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import permissions
from logistics.actions import collecting
from logistics.actions.collecting import Event, Line
from logistics.errors import Refused
from logistics.forms.acts import Refusable
from logistics.forms.collections import CountedLines, NewCollection
from logistics.models import Campaign, Case, Collection, Tally, User
from logistics.queries.cases import campaigns, cases
from logistics.queries.declared import collections, returns, with_mail, with_sums
from logistics.reports.lines import lines
from logistics.reports.sheets import as_csv, as_xlsx
from logistics.resources.words.countries import country_name
from logistics.views import returns as return_views
from logistics.views.answering import attempt, said
from logistics.views.handles import handle, key_of
from logistics.views.listing import Column, Filter, Listing
from logistics.views.once import once
from logistics.views.opening import fetch, page

SORT = "collection"
LINES = 4
"""Empty lines of a new form; as many are added each time more are asked for."""
LINES_AS = {"lines": ("CSV", as_csv), "lines-xlsx": ("XLSX", as_xlsx)}
"""How the address asks for every figure of what is shown, as a file that can be imported."""
FORMATS = {"day": "j F Y", "month": "F Y", "year": "Y"}


def day_said(day: date | None, precision: str) -> str:
    """A day as exactly as it is known."""
    return date_format(day, FORMATS[precision]) if day else ""


def _state(row: Collection) -> str:
    return _("taken back") if row.withdrawn_at else _("counts")


def address_of(row: Collection) -> str:
    return reverse("collection", args=[handle(SORT, row.pk)])


def named(row: Collection) -> str:
    """What a collection is called: the event, or the office, or the place."""
    return row.event or row.office or row.venue or row.place or _("collection")


COLUMNS = [
    Column(gettext_lazy("Collection"), named, "event", address_of),
    Column(gettext_lazy("Country"), lambda row: country_name(row.country), "country"),
    Column(gettext_lazy("Office"), lambda row: row.office, "office"),
    Column(gettext_lazy("Place"), lambda row: row.place, "place"),
    Column(gettext_lazy("Day"), lambda row: day_said(row.day, row.precision), "day"),
    Column(gettext_lazy("Declared"), lambda row: row.declared, "declared", kind="number"),
    Column(gettext_lazy("State"), _state, "withdrawn_at"),
]
STATES = [("no", gettext_lazy("counts")), ("yes", gettext_lazy("taken back"))]


def _in_state(rows: QuerySet[Collection], state: str) -> QuerySet[Collection]:
    return rows.filter(withdrawn_at__isnull=state == "no")


def _of_return(rows: QuerySet[Collection], code: str) -> QuerySet[Collection]:
    return rows.filter(source=None) if code == "hand" else rows.filter(source=key_of(return_views.SORT, code))


def _of_case(rows: QuerySet[Collection], chosen: str) -> QuerySet[Collection]:
    slug, _slash, code = chosen.partition("/")
    named_in = Tally.objects.filter(cases__code=code, cases__campaign__slug=slug)
    return rows.filter(pk__in=named_in.order_by().values("collection"))


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def collection_list(request: HttpRequest) -> HttpResponse:
    """All collections, the newest first."""
    rows = with_sums(collections(request.user)).order_by("-pk")
    listing = Listing(
        request, rows, COLUMNS, "collections", search=["event", "office", "place", "venue"], filters=_filters(request.user)
    )
    if (kind := request.GET.get("as", "")) in LINES_AS:
        return LINES_AS[kind][1](lines(listing.rows), "figures")
    asked = request.GET.copy()
    asked.pop("page", None)
    files = []
    for asked["as"], (title, _write) in LINES_AS.items():
        files.append((title, asked.urlencode()))
    return listing.answer("logistics/collections.html", lines=files)


def _titled(case: Case) -> str:
    """The code, the name where it may be said, and the campaign: two campaigns may use the same code."""
    return " · ".join(text for text in (case.code, case.public_name, case.campaign.name) if text)


def _filters(user: User) -> list[Filter]:
    by_name = [(row.slug, row.name) for row in campaigns(user)]
    codes = collections(user).order_by().values_list("country", flat=True).distinct()
    countries = sorted(((code, country_name(code)) for code in codes), key=lambda choice: choice[1])
    files = [(handle(return_views.SORT, key), name) for key, name in returns(user).values_list("pk", "file_name")]
    of_cases = cases(user).select_related("campaign").order_by("campaign__slug", "code")
    return [
        Filter("campaign", gettext_lazy("Campaign"), by_name, "campaign__slug"),
        Filter("case", gettext_lazy("Case"), [(f"{row.campaign.slug}/{row.code}", _titled(row)) for row in of_cases], apply=_of_case),
        Filter("country", gettext_lazy("Country"), countries, "country"),
        Filter("return", gettext_lazy("From"), [("hand", gettext_lazy("entered by hand")), *files], apply=_of_return),
        Filter("withdrawn", gettext_lazy("State"), STATES, apply=_in_state),
    ]


def _fetch(request: HttpRequest, code: str) -> Collection:
    rows = with_mail(with_sums(collections(request.user)), "collection").select_related("campaign", "source")
    return fetch(rows, pk=key_of(SORT, code))


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def collection(request: HttpRequest, code: str) -> HttpResponse:
    """One collection with what it declares, line by line."""
    found = _fetch(request, code)
    context = {
        "collection": found,
        "code": code,
        "name": named(found),
        "country": country_name(found.country),
        "day": day_said(found.day, found.precision),
        "organiser": found.organiser if _is_kept(found) else "",
        "tallies": found.tallies.prefetch_related("cases").order_by("pk"),
        "source": return_views.address_of(found.source) if found.source else "",
    }
    return render(request, "logistics/collection.html", context)


def _is_kept(found: Collection) -> bool:
    return bool(found.organiser_expires and found.organiser_expires >= timezone.localdate())


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def collection_choose(request: HttpRequest) -> HttpResponse:
    """Of which campaign a new collection is."""
    rows = list(campaigns(request.user).order_by("-opens", "slug"))
    if len(rows) == 1:
        return redirect("collection-add", rows[0].slug)
    return render(request, "logistics/collection_choose.html", {"campaigns": rows})


@page(permissions.COORDINATOR)
def collection_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A new collection of a campaign, with its lines; or a nil return."""
    campaign = fetch(campaigns(request.user), slug=slug)
    known = {case.code.upper(): case for case in cases(request.user).filter(campaign=campaign).order_by("code")}
    form = NewCollection(request.POST or None)
    asked = {"form_kwargs": {"known": known}, "prefix": "lines"}
    rows = CountedLines(_with_more(request), **asked) if request.POST else CountedLines(initial=[{}] * LINES, **asked)
    if request.POST and "more" not in request.POST and all([form.is_valid(), rows.is_valid()]):
        told = [line for each in rows if (line := each.told_line())]
        key = form.cleaned_data["key"]
        if done := attempt(form, once, request, key, lambda: _add(campaign, form, told, request.user)):
            back = (reverse("collection-withdraw", args=[done.result]), _("Take it back"))
            return said(request, _("The collection counts now."), "collection", done.result, link=back)
    context = {"campaign": campaign, "form": form, "lines": rows, "known": known.values()}
    return render(request, "logistics/collection_form.html", context)


def _with_more(request: HttpRequest) -> Any:
    """What was typed, with more empty lines where they are asked for."""
    typed = request.POST.copy()
    if "more" in typed:
        first = int(typed.get("lines-TOTAL_FORMS", "0") if typed.get("lines-TOTAL_FORMS", "").isdecimal() else 0)
        typed["lines-TOTAL_FORMS"] = str(first + LINES)
        for number in range(first, first + LINES):
            typed.update({f"lines-{number}-{name}": value for name, value in EMPTY_LINE.items()})
    return typed


EMPTY_LINE = {"qualifier": "exact", "kind": "letter", "purpose": "solidarity", "method": "declared"}


def _add(campaign: Campaign, form: NewCollection, lines: list[Line], by: User) -> str:
    event: Event = form.told_event()
    if not form.cleaned_data["is_nil"]:
        return handle(SORT, collecting.add_collection(campaign, event, lines=lines, by=by).pk)
    if lines:
        raise Refused("not_nil", _("A nil return has no lines. Empty them, or take the mark away."))
    return handle(SORT, collecting.add_nil_return(campaign, event, by=by).pk)


@page(permissions.COORDINATOR)
def collection_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take one collection back; asked once, with what will count no more."""
    found = _fetch(request, code)
    form = Refusable(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, collecting.withdraw_collection, found, by=request.user):
        return said(request, _("The collection counts no more."), "collection", code)
    context = {"collection": found, "code": code, "name": named(found), "form": form}
    return render(request, "logistics/collection_withdraw.html", context)
