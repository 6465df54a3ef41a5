"""The letter that a recipient may be read: how many letters and cards have come, and from which countries.

A sheet of its own, not a part of the confirmation: that one is for the record and may be framed or filed, this
one is for the person alone. Made from the same stored facts, under the same number; without days, grades, codes
of people or anything that was withheld.
"""

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics.documents import page, pdf, words
from logistics.documents.language import speaking
from logistics.queries.confirmation_facts import ConfirmationFacts, Pieces


def letter(facts: ConfirmationFacts, *, paper: str = "a4", language: str = "en") -> bytes:
    """The PDF. `facts`: those of a confirmation of messages to the person. Raises pdf.DocumentFailed."""
    with speaking(language):
        return pdf.render([_sheet(facts, paper)])


def _sheet(facts: ConfirmationFacts, paper: str) -> str:
    origins = sum((origin.pieces for origin in facts.origins), facts.others.pieces if facts.others else Pieces())
    context = {"name": facts.case_name or facts.case, "has_come": _has_come(origins), "written_in": _written_in(facts)}
    return page.to_html("letter", code=facts.number, paper=paper, is_constructed=facts.is_constructed, context=context)


def _has_come(pieces: Pieces) -> str:
    said = {"pieces": words.listed(counted(pieces)), "total": words.total(pieces.together)}
    if pieces.letters and pieces.cards:
        return _("This is what has come for you: %(pieces)s, %(total)s in all.") % said
    return _("This is what has come for you: %(pieces)s.") % said


def counted(pieces: Pieces) -> list[str]:
    """Of each sort that there is: how many, in words of the active language."""
    letters = ngettext("%(n)s letter", "%(n)s letters", pieces.letters) % {"n": words.total(pieces.letters)}
    cards = ngettext("%(n)s card", "%(n)s cards", pieces.cards) % {"n": words.total(pieces.cards)}
    return [said for said, number in ((letters, pieces.letters), (cards, pieces.cards)) if number]


def _written_in(facts: ConfirmationFacts) -> str:
    """The countries by name; those that are given together only by their number."""
    names = sorted((words.country(origin.country) for origin in facts.origins), key=words.rank)
    said: dict[str, Any] = {"n": words.total(facts.countries)}
    if not names:
        pattern = ngettext("Written in %(n)s country.", "Written in %(n)s countries.", facts.countries)
        return pattern % said
    if facts.others:
        names.append(words.other_countries(facts.others.countries))
    pattern = ngettext("Written in %(n)s country: %(names)s.", "Written in %(n)s countries: %(names)s.", facts.countries)
    return pattern % {**said, "names": words.listed(names)}
