"""The form of one handover, to be filled by hand where there is no phone; its parts stand as on the page of a delivery."""

from typing import Any

from django.utils.translation import gettext as _

from logistics import codes
from logistics.documents import page, pdf, words
from logistics.documents.language import offered, speaking
from logistics.words import Reason
from mailbags.queries.delivery_facts import DeliveryFacts, Sheet

WHY = (
    Reason.CUSTOMS, Reason.PRISON, Reason.POLICE, Reason.KEPT_FOR_RELEASE, Reason.TOO_MANY_AT_ONCE, Reason.MOVED,
    Reason.DECEASED, Reason.UNKNOWN, Reason.UNCLAIMED, Reason.DECLINED, Reason.PROHIBITED, Reason.INSUFFICIENT_ADDRESS,
)  # fmt: skip
"""The reasons that the page offers, in its order."""


def delivery_form(facts: DeliveryFacts, *, paper: str = "a4", language: str | None = None) -> bytes:
    """The PDF: one form for each case, each with its own page numbers. No language: each in its case's own.

    Raises pdf.DocumentFailed.
    """
    several = len(facts.sheets) if len(facts.sheets) > 1 else 0
    return pdf.render([
        _said(facts, each, paper, language or offered(each.languages)[0], f"{number}/{several}" if several else "")
        for number, each in enumerate(facts.sheets, 1)
    ])  # fmt: skip


def _said(facts: DeliveryFacts, sheet: Sheet, paper: str, language: str, of: str) -> str:
    """`of`: which form it is of how many, where there are several."""
    with speaking(language):
        context = {**_lines(sheet), "handed": handed(), "not_handed": not_handed(), "reasons": reasons(), "consents": consents(), "of": of}
        return page.to_html("delivery_form", code=facts.number, paper=paper, is_constructed=facts.is_constructed, context=context)


def _lines(sheet: Sheet) -> dict[str, Any]:
    rows = [{"code": codes.grouped(code), "pieces": words.figure(pieces)} for code, pieces in sheet.bundles]
    return {"rows": rows, "pieces": words.total(sum(pieces for _code, pieces in sheet.bundles))}


def handed() -> list[str]:
    """Who took them, in the words and the order of the page."""
    return [
        _("The person"), _("The person, who has said so"), _("Family"), _("A lawyer"), _("A friend"),
        _("A prison, a hospital, a post office"), _("Not known: they were posted directly"),
    ]  # fmt: skip


def not_handed() -> list[str]:
    """What else became of them, in the words and the order of the page."""
    return [_("They were refused"), _("They were seized"), _("They are kept for release"), _("They go back to the hub")]


def consents() -> list[str]:
    """What may be done with their words, in the order of the page."""
    return [_("Nothing is kept"), _("They may be quoted"), _("Only for the case team")]


def reasons() -> list[str]:
    return [words.reason(each) for each in WHY]
