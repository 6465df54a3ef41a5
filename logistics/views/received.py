"""How many letters each person received, and where the others are: as of a day, as it was known at a time."""

from collections.abc import Iterable
from typing import Any

import tablib
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import permissions, steps
from logistics.forms.received import APPEALS, FOR_WHOM, NOT_TOLD, Asked
from logistics.models import Case, PublishedFigure
from logistics.queries.cases import cases
from logistics.queries.received import FIGURES, figures_of
from logistics.reports.sheets import as_csv, as_xlsx
from logistics.resources.words.countries import country_name
from logistics.templatetags.moments import stamp
from logistics.views.cases import SEES as SEES_CASES
from logistics.views.cases import address_of
from logistics.views.flow import PARTS, flow, shares
from logistics.views.opening import page

READERS = (
    permissions.CASE_TEAM, permissions.CASE_WORKER, permissions.COORDINATOR, permissions.AUDITOR, permissions.MAILROOM,
)  # fmt: skip
KNOWS_DECLARED = frozenset(READERS) - {permissions.MAILROOM}
TITLES = {
    "delivered": gettext_lazy("Delivered"), "unconfirmed": gettext_lazy("Not confirmed"),
    "on_the_way": gettext_lazy("On the way"), "withheld": gettext_lazy("Held back"), "other": gettext_lazy("Other"),
    "counted": gettext_lazy("Counted"), "declared": gettext_lazy("Declared"),
}  # fmt: skip
"""The figures in the order in which they add up."""


def _titles(roles: frozenset[str]) -> dict[str, Any]:
    """Whoever only counts is not told what was declared, nor what was published: it could lead their hand."""
    return {name: title for name, title in TITLES.items() if name != "declared" or roles & KNOWS_DECLARED}


@page(*READERS, methods=("GET", "HEAD"))
def received_page(request: HttpRequest) -> HttpResponse:
    """Figures of the cases that this person may see, as asked for by the address."""
    every = list(cases(request.user).select_related("campaign").order_by("campaign__slug", "code"))
    asked = _asked(request, every)
    chosen = [row for row in every if _fits(row, asked)]
    titles = _titles(request.user.roles)
    rows = _rows(chosen, asked, titles)
    order = _order(request.GET.get("order", ""), titles)
    rows.sort(key=lambda row: row[order.lstrip("-")] if order else 0, reverse=order.startswith("-"))
    if (kind := request.GET.get("as", "")) in ("csv", "xlsx"):
        return _file(kind, rows, asked, titles)
    total = _total(rows, titles)
    with_letters, without = _parted(rows)
    context = {
        "rows": rows, "with_letters": with_letters, "without": without, "total": total, "asked": asked, "any": bool(every), "heads": _heads(request, order, titles),
        "today": timezone.localdate(),
        "as_of": asked.as_of or timezone.localdate(), "purpose": asked.for_whom, "for_whom": dict(FOR_WHOM)[asked.for_whom],
        "many": len({row["case"].campaign_id for row in rows}) > 1, "constructed": any(row["case"].campaign.is_constructed for row in rows),
        "exports": [(each.upper(), _query(request, **{"as": each})) for each in ("csv", "xlsx")],
        "figures": _published(chosen) if "declared" in titles else [], "cells": list(titles.items()), "knows_declared": "declared" in titles,
        "links": bool(request.user.roles & set(SEES_CASES)),
        **(flow(total) if total["counted"] else {}),
    }  # fmt: skip
    return render(request, "logistics/received.html", context)


def _asked(request: HttpRequest, every: Iterable[Case]) -> Asked:
    campaigns = dict.fromkeys((row.campaign.slug, row.campaign.name) for row in every)
    countries = {(row.country, country_name(row.country)) for row in every if row.country}
    return Asked(request.GET, campaigns=list(campaigns), countries=sorted(countries, key=lambda pair: pair[1]))


def _fits(row: Case, asked: Asked) -> bool:
    wanted = " ".join(asked.told("q").casefold().split())
    return (
        (wanted in row.code.casefold() or wanted in row.shown_name.casefold())
        and asked.told("campaign") in ("", row.campaign.slug)
        and asked.told("status") in ("", row.status)
        and asked.told("country") in ("", row.country)
    )


def _rows(chosen: list[Case], asked: Asked, titles: dict[str, Any]) -> list[dict[str, Any]]:
    """The figures for whom they were asked, with the case and its little picture. Two queries."""
    rows = []
    told = figures_of(chosen, as_of=asked.as_of, known_at=asked.known_at)
    for case, row in zip(chosen, told, strict=True):
        figures = row[asked.for_whom] if asked.for_whom in (APPEALS, NOT_TOLD) else row
        kinds = [kind for kind in PARTS if figures["places"].get(kind, 0) > 0]
        rows.append(
            {name: figures[name] for name in (*FIGURES, "places", "grades")}
            | {"case": case, "name": case.shown_name, "address": address_of(case)}
            | {"shares": shares(kinds, figures["places"], figures["counted"]), "numbers": [(t, figures[n]) for n, t in titles.items()]}
        )
    return rows


def _total(rows: list[dict[str, Any]], titles: dict[str, Any]) -> dict[str, Any]:
    """The sums of one purpose over the cases shown."""
    sums: dict[str, Any] = {name: sum(row[name] for row in rows) for name in FIGURES}
    sums["places"] = {kind: sum(row["places"][kind] for row in rows) for kind in steps.PLACES}
    sums["numbers"] = [(title, sums[name]) for name, title in titles.items()]
    return sums


def _parted(rows: list[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Cases with a figure, and those of which there is nothing to show yet; all are of the first where none has one."""
    empty = [row for row in rows if not any(pieces for _title, pieces in row["numbers"])]
    return ([row for row in rows if row not in empty], empty) if len(empty) < len(rows) else (rows, [])


def _published(chosen: list[Case]) -> QuerySet[PublishedFigure]:
    rows = PublishedFigure.objects.filter(case__in=[row.pk for row in chosen])
    return rows.select_related("case").order_by("case__code", "as_of", "pk")


def _order(asked: str, titles: dict[str, Any]) -> str:
    return asked if asked.lstrip("-") in {"name", *titles} else ""


def _heads(request: HttpRequest, order: str, titles: dict[str, Any]) -> list[dict[str, str]]:
    """Each column, and the address that orders by it: figures largest first, the other way round where it does already."""
    heads = []
    for name, title in {"name": _("Case"), **titles}.items():
        first, second = (name, f"-{name}") if name == "name" else (f"-{name}", name)
        wanted = second if order == first else first
        aria = {name: "ascending", f"-{name}": "descending"}.get(order, "")
        heads.append({"title": title, "name": name, "query": _query(request, order=wanted), "order": aria})
    return heads


def _query(request: HttpRequest, **changed: str) -> str:
    asked = request.GET.copy()
    asked.pop("as", None)
    for name, value in changed.items():
        asked[name] = value
    return asked.urlencode()


def _file(kind: str, rows: list[dict[str, Any]], asked: Asked, titles: dict[str, Any]) -> HttpResponse:
    """Just what is shown, with what it takes to read it alone: for whom, as of when, known when, and whether it is made up."""
    grades = {"acknowledged": _("Acknowledged"), "in_person": _("In person"), "close": _("Somebody close")}
    heads = [_("Campaign"), _("Code"), _("Case"), _("Country"), _("State"), _("For whom"), *titles.values(), *grades.values()]
    heads += [_("As of"), _("Known at"), _("Constructed")]
    data = tablib.Dataset(headers=[str(head) for head in heads])
    as_of, known_at = asked.as_of or timezone.localdate(), stamp(asked.known_at or timezone.now())
    for row in rows:
        case = row["case"]
        country = country_name(case.country) if case.country else None
        about = [case.campaign.slug, case.code, case.shown_name, country, case.get_status_display(), dict(FOR_WHOM)[asked.for_whom]]
        figures = [row[name] for name in titles] + [row["grades"][name] for name in grades]
        data.append([*about, *figures, as_of, known_at, _("yes") if case.campaign.is_constructed else _("no")])
    return as_csv(data, "received") if kind == "csv" else as_xlsx(data, "received")
