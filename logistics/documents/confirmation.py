"""The delivery confirmation of a case: what was delivered, how that is known, and what became of the rest.

Made from the facts as they were stored at issue. Only whether it was replaced or is out of date is of today.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, steps
from logistics.documents import page, pdf, words
from logistics.documents.language import speaking
from logistics.queries import confirmation_facts as facts_of
from logistics.queries.confirmation_facts import ConfirmationFacts, Outcome, Pieces, Replaced
from logistics.words import Purpose

OUTCOMES = {
    facts_of.DELIVERED: gettext_lazy("Delivered"),
    facts_of.DELIVERED_ELSEWHERE: gettext_lazy("Delivered on other occasions"),
    facts_of.UNCONFIRMED: gettext_lazy("Gone out, not confirmed"),
    facts_of.UNCONFIRMED_ELSEWHERE: gettext_lazy("The same, other occasions"),
    steps.WITHHELD: gettext_lazy("Withheld by us"),
    steps.SEIZED: gettext_lazy("Seized by an authority"),
    steps.REFUSED: gettext_lazy("Refused"),
    steps.LOST: gettext_lazy("Lost on the way"),
    steps.DESTROYED: gettext_lazy("Destroyed by us"),
    facts_of.ON_THE_WAY: gettext_lazy("Still on their way"),
}
ONLY_IF_ANY = {facts_of.DELIVERED_ELSEWHERE, facts_of.UNCONFIRMED_ELSEWHERE, steps.REFUSED, steps.DESTROYED}
FATES = {
    steps.WITHHELD: gettext_lazy("Withheld by us"),
    steps.SEIZED: gettext_lazy("Seized"),
    steps.REFUSED: gettext_lazy("Refused"),
    steps.LOST: gettext_lazy("Lost"),
    steps.DESTROYED: gettext_lazy("Destroyed"),
}
GRADES = {
    steps.ACKNOWLEDGED: gettext_lazy("Acknowledged by the recipient"),
    steps.IN_PERSON: gettext_lazy("Handed over in person"),
    steps.CLOSE: gettext_lazy("Handed to family, lawyer or friend"),
    steps.INSTITUTION: gettext_lazy("Left with an institution"),
    steps.ASSUMED: gettext_lazy("Posted, no word since"),
}
PURPOSES = {
    Purpose.SOLIDARITY: gettext_lazy("Solidarity messages"),
    Purpose.APPEAL: gettext_lazy("Messages to the authorities"),
}
NOT_COUNTED = {
    Purpose.SOLIDARITY: gettext_lazy("letters to the authorities: they are confirmed separately"),
    Purpose.APPEAL: gettext_lazy("letters and cards to the person: they are confirmed separately"),
}
COLUMNS = 3
SETTINGS = ("", "tight", "tight tighter")
"""How the page is set: ever less white, until it is one page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """What has happened to a confirmation since it was issued."""

    replaced_by: Replaced | None = None
    is_out_of_date: bool = False


def confirmation(
    facts: ConfirmationFacts, *, standing: Standing = Standing(), paper: str = "a4", language: str = "en"
) -> bytes:
    """The PDF, set tighter where that keeps it on one page. Raises pdf.DocumentFailed."""
    with speaking(language):
        context = {**_said(facts), **_tables(facts), **_origin(facts), **_record(facts, standing)}
        return pdf.render_on_one_page([_sheet(facts, paper, {**context, "set": each}) for each in SETTINGS])


def _sheet(facts: ConfirmationFacts, paper: str, context: dict[str, Any]) -> str:
    return page.to_html(
        "confirmation", code=facts.number, paper=paper, is_constructed=facts.is_constructed, context=context
    )


def _said(facts: ConfirmationFacts) -> dict[str, Any]:
    return {
        "name": facts.case_name or facts.case,
        "campaign": facts.campaign,
        "purpose": PURPOSES[Purpose(facts.purpose)],
        "is_appeal": facts.purpose == Purpose.APPEAL,
        "issued_on": words.day(facts.issued_on),
        "delivered": facts.delivered,
        "numeral": words.total(facts.delivered),
        "months": words.months(facts.months),
        "countries": facts.countries,
        "countries_in_words": words.total(facts.countries),
    }


def _tables(facts: ConfirmationFacts) -> dict[str, Any]:
    shown = [each for each in facts.outcomes if each.pieces.together or each.what not in ONLY_IF_ANY]
    return {
        "outcomes": [{"label": OUTCOMES[each.what], **_cells(each.pieces)} for each in shown],
        "counted": _cells(facts.counted),
        "rungs": [_rung(facts, grade) for grade in GRADES if grade in steps.DELIVERED],
        "lower_rungs": [_rung(facts, grade) for grade in GRADES if grade in steps.UNCONFIRMED],
        "delivered_sum": words.figure(facts.delivered),
        "has_unconfirmed": facts.unconfirmed > 0,
        "unconfirmed_sum": words.figure(facts.unconfirmed),
        "fates": _in_rows([_fate(facts, each) for each in facts.outcomes if _needs_a_word(each)]),
    }


def _cells(pieces: Pieces) -> dict[str, str]:
    together = words.figure(pieces.together)
    return {"letters": words.figure(pieces.letters), "cards": words.figure(pieces.cards), "together": together}


def _rung(facts: ConfirmationFacts, grade: str) -> dict[str, Any]:
    """A grade as words, as squares filled out of five (without colour), and its pieces."""
    height = steps.GRADES.index(grade)
    squares = [{"x": 1 + 17 * at, "fill": "#000" if at <= height else "none"} for at in range(len(steps.GRADES))]
    return {"squares": squares, "label": GRADES[grade], "pieces": words.figure(facts.grades[grade])}


def _needs_a_word(outcome: Outcome) -> bool:
    return outcome.pieces.together > 0 and outcome.what in FATES


def _fate(facts: ConfirmationFacts, outcome: Outcome) -> dict[str, Any]:
    """How many, and why: the reasons, each with its pieces where there are several, and what holds for all."""
    several = len(outcome.reasons) > 1
    reasons = [
        _("%(reason)s: %(n)s.") % {"reason": capfirst(words.reason(each.reason)), "n": words.total(each.pieces)}
        if several
        else _("%(reason)s.") % {"reason": capfirst(words.reason(each.reason))}
        for each in outcome.reasons
    ]
    return {
        "count": words.total(outcome.pieces.together),
        "label": FATES[outcome.what],
        "why": " ".join([*reasons, *_holds_for_all(facts, outcome.what)]),
    }


def _holds_for_all(facts: ConfirmationFacts, what: str) -> list[str]:
    known = {
        steps.WITHHELD: _("They are kept in the mailroom."),
        steps.LOST: _("Not found by %(day)s.") % {"day": words.day(facts.issued_on)},
        steps.DESTROYED: _("By two persons together."),
    }
    return [known[what]] if what in known else []


def _in_rows(items: list[Any]) -> list[list[Any]]:
    """Three beside each other; the last row keeps its places."""
    rows = [items[at : at + COLUMNS] for at in range(0, len(items), COLUMNS)]
    return [row + [None] * (COLUMNS - len(row)) if len(rows) > 1 else row for row in rows]


def _origin(facts: ConfirmationFacts) -> dict[str, Any]:
    rows = [{"label": words.country(each.country), **_cells(each.pieces)} for each in facts.origins]
    rows.sort(key=lambda row: words.rank(row["label"]))
    if facts.others:
        rows.append({"label": _others(facts), **_cells(facts.others.pieces)})
    length = -(-len(rows) // COLUMNS)
    columns = [rows[at * length : (at + 1) * length] for at in range(COLUMNS)]
    return {"columns": columns if rows else [], "are_merged": facts.others is not None}


def _others(facts: ConfirmationFacts) -> str:
    count = facts.others.countries if facts.others else 0
    if facts.origins:
        return words.other_countries(count)
    return ngettext("%(n)s country", "%(n)s countries", count) % {"n": words.total(count)}


def _record(facts: ConfirmationFacts, standing: Standing) -> dict[str, Any]:
    return {
        "attested_by": facts.attested_by,
        "deliveries": [codes.grouped(number) for number in facts.deliveries],
        "replaces": _other_number(facts.replaces),
        "replaced_by": _other_number(standing.replaced_by),
        "is_out_of_date": standing.is_out_of_date and not standing.replaced_by,
        "not_counted": NOT_COUNTED[Purpose(facts.purpose)],
        "content_hash": _eights(facts_of.content_hash(facts)),
        "journey_head": _eights(facts.journey_head),
    }


def _other_number(other: Replaced | None) -> dict[str, str] | None:
    if other is None:
        return None
    why = words.reason(other.reason) if other.reason else ""
    return {"code": codes.grouped(other.number), "day": words.day(other.issued_on), "why": why}


def _eights(digits: str) -> str:
    """Groups of eight, so that an eye can compare them."""
    return " ".join(digits[at : at + 8] for at in range(0, len(digits), 8))
