"""How many letters each person received, and where the others are."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.queries.received import received
from logistics.views.opening import page

SHARES = (
    ("acknowledged", ("grades", "acknowledged")),
    ("in-person", ("grades", "in_person")),
    ("somebody-close", ("grades", "close")),
    ("institution", ("unconfirmed",)),
    ("in-transit", ("on_the_way",)),
    ("held-back", ("withheld",)),
)
"""The parts of the little picture, surest first, and the figures that they show."""

SUMMED = ("delivered", "on_the_way")


READERS = (
    permissions.CASE_TEAM, permissions.CASE_WORKER, permissions.COORDINATOR, permissions.AUDITOR, permissions.MAILROOM,
)  # fmt: skip


@page(*READERS, methods=("GET", "HEAD"))
def received_page(request: HttpRequest) -> HttpResponse:
    """Figures of the cases that this person may see, as of a day."""
    as_of, problem = _day(request.GET.get("as-of", ""))
    rows = received(request.user, as_of=as_of)
    for row in rows:
        row["shares"] = _shares(row)
    slugs = {row["campaign"] for row in rows}
    context = {
        "rows": rows,
        "sums": {name: sum(row[name] for row in rows) for name in SUMMED},
        "as_of": as_of or timezone.localdate(),
        "today": timezone.localdate(),
        "problem": problem,
        "many": len(slugs) > 1,
    }
    return render(request, "logistics/received.html", context)


def _day(text: str) -> tuple[date | None, str]:
    """The day asked for, or none with what is wrong about what was asked."""
    if not text:
        return None, ""
    try:
        return date.fromisoformat(text), ""
    except ValueError:
        return None, _("Write it as 2014-01-31. The figures below are those of today.")


def _shares(row: dict[str, Any]) -> list[dict[str, Any]]:
    """Where each part of the picture begins and how wide it is, in per cent of what was counted."""
    shares, start = [], 0
    for part, path in SHARES:
        pieces = row[path[0]] if len(path) == 1 else row[path[0]][path[1]]
        if pieces:
            width = 100 * pieces / row["counted"]
            shares.append({"part": part, "start": round(start, 2), "width": round(width, 2)})
            start += width
    return shares
