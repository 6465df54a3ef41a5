"""The case report, for the case team: it names the case and stays with them. Words of notes are not printed."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from logistics import codes, steps
from logistics.documents import page, pdf, words
from logistics.documents.language import speaking
from logistics.queries.case_report import CaseReport, Delivered, Known
from logistics.queries.timeline import PLACES
from logistics.words import Capacity, CaseStatus, DiscrepancyKind, Precision, Purpose, SituationWhat

COLUMNS = 3
WIDTH = 200
"""Units of the picture: its bars begin where the one above ends."""


def case_report(facts: CaseReport, *, paper: str = "a4", language: str = "en") -> bytes:
    """The PDF. Raises pdf.DocumentFailed."""
    with speaking(language):
        context = {**_head(facts), **_figures(facts), **_lists(facts), "origins": _origins(facts)}
        return pdf.render(
            [page.to_html("case_report", code=facts.number, paper=paper, is_constructed=facts.is_constructed, context=context)]
        )


def _head(facts: CaseReport) -> dict[str, Any]:
    return {
        "name": facts.name,
        "case": facts.case,
        "campaign": facts.campaign,
        "country": words.country(facts.country) if facts.country else "",
        "status": CaseStatus(facts.status).label,
        "as_of": words.day(facts.as_of),
    }


def _figures(facts: CaseReport) -> dict[str, Any]:
    row = facts.figures
    names = ("declared", "counted", "delivered", "unconfirmed", "on_the_way", "withheld", "other")
    others = [(_("Messages to the authorities"), facts.appeals), (_("Purpose not told"), facts.not_told)]
    return {
        **{name: words.figure(int(str(row[name]))) for name in names},
        "groups": list(_groups(row)),
        "apart": [
            {"title": title, "declared": words.total(of["declared"]), "counted": words.total(of["counted"]), "delivered": words.total(of["delivered"])}
            for title, of in others
            if of["declared"] or of["counted"]
        ],
        "has_appeals": any(of["declared"] or of["counted"] for _title, of in others),
    }


GROUPS = (
    (lambda: _("Delivered"), tuple(reversed(steps.DELIVERED)), "#000"),
    (lambda: _("Not confirmed"), tuple(reversed(steps.UNCONFIRMED)), "none"),
    (lambda: _("On their way"), tuple(reversed(steps.ON_THE_WAY)), "none"),
    (lambda: _("Withheld and other"), (steps.WITHHELD, *steps.OTHER), "none"),
)
"""Surest first; the bar of what was delivered is filled."""


def _groups(row: dict[str, Any]) -> Any:
    """Each group with its places; the bar of each place begins where the one before ends."""
    held, whole, start = row["places"], row["counted"] or 1, 0.0
    for title, kinds, fill in GROUPS:
        places = []
        for kind in kinds:
            if pieces := held.get(kind, 0):
                width = WIDTH * pieces / whole
                bar = {"x": f"{start:.2f}", "width": f"{max(width, 0.6):.2f}", "fill": fill}
                places.append({"words": PLACES[kind](), "pieces": words.figure(pieces), **bar})
                start += width
        if places:
            yield {"title": title(), "pieces": words.figure(sum(held.get(kind, 0) for kind in kinds)), "places": places}


def _lists(facts: CaseReport) -> dict[str, Any]:
    standing = {"holds": _("holds"), "late": _("out of date"), "replaced": _("replaced")}
    return {
        "deliveries": [_delivery(each) for each in facts.deliveries],
        "confirmations": [
            {
                "code": codes.grouped(each.number), "day": words.day(each.issued_on), "purpose": capfirst(Purpose(each.purpose).label),
                "delivered": words.figure(each.delivered), "standing": standing[each.standing],
            }
            for each in facts.confirmations
        ],
        "differences": [
            {
                "what": capfirst(DiscrepancyKind(each.kind).label), "code": codes.grouped(each.code),
                "expected": _known(each.expected), "found": _known(each.found), "opened": words.day(each.opened_on),
                "closed": words.day(each.closed_on) if each.closed_on else _("open"),
            }
            for each in facts.differences
        ],
        "situation": [_fact(each) for each in facts.situation],
    }  # fmt: skip


def _known(pieces: int | None) -> str:
    return words.NONE if pieces is None else words.total(pieces)


def _delivery(each: Delivered) -> dict[str, Any]:
    delivered = sum(each.grades.get(kind, 0) for kind in steps.DELIVERED)
    told = {**{kind: each.grades[kind] for kind in reversed(steps.GRADES) if kind in each.grades}, **each.others}
    known = [f"{PLACES[kind]()}: {words.total(pieces)}" for kind, pieces in told.items()]
    return {
        "code": codes.grouped(each.number),
        "day": words.day(each.day),
        "capacity": capfirst(Capacity(each.capacity).label) if each.capacity else words.NONE,
        "how": " · ".join(known) or _("taken back"),
        "delivered": words.figure(delivered),
        "unconfirmed": words.figure(sum(each.grades.values()) - delivered),
    }


def _fact(each: Known) -> dict[str, str]:
    day = {
        Precision.DAY: lambda: words.day(each.day),
        Precision.MONTH: lambda: words.months((f"{each.day:%Y-%m}",)),
        Precision.YEAR: lambda: f"{each.day:%Y}",
    }[Precision(each.precision)]()
    return {"day": day, "what": capfirst(SituationWhat(each.what).label), "recipient": words.total(each.recipient) if each.recipient else ""}


def _origins(facts: CaseReport) -> list[list[dict[str, str]]]:
    rows = [{"label": words.country(code) if code else _("Other countries"), "pieces": words.figure(n)} for code, n in facts.origins]
    length = -(-len(rows) // COLUMNS)
    return [rows[at * length : (at + 1) * length] for at in range(COLUMNS)] if rows else []
