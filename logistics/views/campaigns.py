"""Campaigns: what they are about, what was published about them, and what organisers declare for them."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import BigIntegerField, Count, OuterRef, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import permissions
from logistics.actions import campaigns as acting
from logistics.forms.campaigns import EditedCampaign, NewCampaign, NewFigure
from logistics.models import Campaign, Case, Tally
from logistics.queries.cases import campaigns, cases
from logistics.queries.declared import PURPOSES, declared, figures, yearly_figures
from logistics.queries.people import workers
from logistics.resources.words.countries import country_name
from logistics.views.answering import attempt, said
from logistics.views.listing import Column, Listing
from logistics.views.once import once
from logistics.views.opening import fetch, page

CASES = 20
"""On a page of a campaign."""
COLUMNS = [
    Column(gettext_lazy("Campaign"), lambda row: row.name, "name", lambda row: reverse("campaign", args=[row.slug])),
    Column(gettext_lazy("Short name"), lambda row: row.slug, "slug"),
    Column(gettext_lazy("Opens"), lambda row: row.opens, "opens", kind="day"),
    Column(gettext_lazy("Closes"), lambda row: row.closes, "closes", kind="day"),
    Column(gettext_lazy("Cases"), lambda row: row.number_of_cases, "number_of_cases", kind="number"),
    Column(gettext_lazy("Declared"), lambda row: row.declared, "declared", kind="number"),
]


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def campaign_list(request: HttpRequest) -> HttpResponse:
    """All campaigns, and the totals that were published about whole years."""
    of_it = Case.objects.filter(campaign=OuterRef("pk")).order_by().values("campaign").annotate(all=Count("pk"))
    standing = Tally.objects.filter(collection__campaign=OuterRef("pk"), collection__withdrawn_at=None)
    sums = standing.order_by().values("collection__campaign").annotate(all=Sum("count"))
    rows = campaigns(request.user).annotate(
        number_of_cases=Coalesce(Subquery(of_it.values("all")), 0),
        declared=Coalesce(Subquery(sums.values("all")), 0, output_field=BigIntegerField()),
    )
    listing = Listing(request, rows, COLUMNS, "campaigns", search=["name", "slug"])
    return listing.answer("logistics/campaigns.html", yearly=yearly_figures(request.user))


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """One campaign with its cases, what is declared for each, and what was published."""
    found = fetch(campaigns(request.user), slug=slug)
    told = declared(found, user=request.user)
    shown = Paginator(cases(request.user).filter(campaign=found).order_by("code"), CASES).get_page(request.GET.get("page"))
    assigned = workers(found, request.user)
    rows = [
        {
            "case": case, "country": country_name(case.country) if case.country else "",
            "told": _parts(told.cases, case.code), "people": assigned.get(case.pk, []),
        }
        for case in shown
    ]
    context = {
        "campaign": found, "told": told, "rows": rows, "page": shown, "figures": figures(request.user, found),
        "together": _by_purpose(told.together), "unnamed": _by_purpose(told.unnamed),
        "sums": [told.of_purpose(purpose) for purpose in PURPOSES],
    }  # fmt: skip
    return render(request, "logistics/campaign.html", context)


def _parts(by_case: dict[str, dict[str, int]], code: str) -> list[int]:
    return _by_purpose(by_case.get(code, {}))


def _by_purpose(sums: dict[str, int]) -> list[int]:
    return [sums.get(purpose, 0) for purpose in PURPOSES]


@page(permissions.COORDINATOR)
def campaign_add(request: HttpRequest) -> HttpResponse:
    """A new campaign."""
    form = NewCampaign(request.POST or None)
    if form.is_valid():
        about = {name: form.cleaned_data[name] for name in ("name", "opens", "closes")}
        slug, key = form.cleaned_data["slug"], form.cleaned_data["key"]
        if done := attempt(
            form, once, request, key, lambda: acting.add_campaign(slug, **about, by=request.user).slug
        ):
            return said(request, _("The campaign stands. Now add its cases and its people."), "campaign", done.result)
    return _form(request, form, _("A new campaign"), _("Add the campaign"), reverse("campaigns"))


@page(permissions.COORDINATOR)
def campaign_edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Another name, other days, another largest bundle."""
    found = fetch(campaigns(request.user), slug=slug)
    form = EditedCampaign(request.POST or None, initial=_as_typed(found))
    if form.is_valid() and attempt(form, acting.edit_campaign, found, **form.cleaned_data, by=request.user):
        return said(request, _("The campaign is changed."), "campaign", slug)
    return _form(request, form, found.name, _("Keep these changes"), reverse("campaign", args=[slug]))


def _as_typed(found: Campaign) -> dict[str, Any]:
    return {name: getattr(found, name) for name in ("name", "opens", "closes", "bundle_limit")}


@page(permissions.COORDINATOR)
def figure_add(request: HttpRequest, slug: str) -> HttpResponse:
    """A figure that was published, of a case of this campaign or of a year; said again it adds nothing."""
    found = fetch(campaigns(request.user), slug=slug)
    form = NewFigure(request.POST or None, campaign=found, by=request.user)
    if form.is_valid() and (
        done := attempt(form, acting.record_figure, **form.told(), campaign=found, by=request.user)
    ):
        is_of_case = done.result[0].case_id is not None
        sentence = _("The figure is recorded beside those before.")
        return said(request, sentence, "campaign", slug) if is_of_case else said(request, sentence, "campaigns")
    back = reverse("campaign", args=[slug])
    return _form(request, form, _("A published figure"), _("Record the figure"), back)


def _form(request: HttpRequest, form: Any, title: str, button: str, back: str) -> HttpResponse:
    context = {"form": form, "title": title, "button": button, "back": back}
    return render(request, "logistics/campaign_form.html", context)
