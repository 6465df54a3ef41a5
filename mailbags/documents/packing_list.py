"""The packing list of a mailbag: for each case in it, what it holds. Lies inside; never outside."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes
from logistics.documents import lists, page, pdf, words
from logistics.documents.language import offered, speaking
from logistics.words import Kind
from mailbags.queries.packing_facts import CaseList, PackedBundle, PackingFacts

LONGEST_PLAIN = 200
"""Beyond so many lines a list is set in two halves (documents.md, Lists)."""


def packing_list(facts: PackingFacts, *, paper: str = "a4", language: str | None = None) -> bytes:
    """The PDF: one list for each case, each with its own page numbers. No language: each in its case's own.

    Raises pdf.DocumentFailed.
    """
    return pdf.render([_said(facts, each, paper, language or offered(each.languages)[0]) for each in facts.lists])


def _said(facts: PackingFacts, case: CaseList, paper: str, language: str) -> str:
    with speaking(language):
        return _sheet(facts, _in_order(case), paper)


def _in_order(case: CaseList) -> CaseList:
    """By the name of the country, letters before cards, then what is alike in its summary."""
    return replace(case, bundles=tuple(sorted(case.bundles, key=_rank)))


def _rank(bundle: PackedBundle) -> tuple[str, bool, str, str]:
    return words.rank(words.country(bundle.country)), bundle.kind != Kind.LETTER, _summary(bundle), bundle.code


def _sheet(facts: PackingFacts, case: CaseList, paper: str) -> str:
    context = {**_figures(case), **_lines(case.bundles), "name": case.name, "sentences": _sentences(facts, case)}
    return page.to_html(
        "packing_list", code=facts.code, paper=paper, is_constructed=facts.is_constructed, context=context
    )


def _figures(case: CaseList) -> dict[str, Any]:
    letters, cards = (_pieces(case.bundles, kind) for kind in (Kind.LETTER, Kind.CARD))
    count = len(case.bundles)
    return {
        "bundles": words.figure(count),
        "bundles_in_words": ngettext("%(n)s bundle", "%(n)s bundles", count) % {"n": words.total(count)},
        "letters": words.figure(letters),
        "cards": words.figure(cards),
        "together": words.figure(letters + cards),
        "has_letters": letters > 0,
        "has_cards": cards > 0,
        "has_country_column": len({bundle.country for bundle in case.bundles}) > 1,
        "has_summary_column": case.needs_summaries and len({_summary(bundle) for bundle in case.bundles}) > 1,
    }


def _pieces(bundles: Sequence[PackedBundle], kind: Kind) -> int:
    return sum(bundle.pieces for bundle in bundles if bundle.kind == kind)


def _lines(bundles: Sequence[PackedBundle]) -> dict[str, Any]:
    lines = [_line(number, bundle) for number, bundle in enumerate(bundles, 1)]
    if len(lines) <= LONGEST_PLAIN:
        return {"lines": lines, "is_long": False}
    runs = _runs(bundles)
    return {
        "is_long": True,
        "blocks": lists.in_blocks(lines),
        "fives": [runs[at : at + 5] for at in range(0, len(runs), 5)],
    }


def _line(number: int, bundle: PackedBundle) -> dict[str, str]:
    pieces = words.figure(bundle.pieces)
    return {
        "number": str(number),
        "code": codes.grouped(bundle.code),
        "country": words.country(bundle.country),
        "summary": _summary(bundle),
        "pieces": pieces,
        "letters": pieces if bundle.kind == Kind.LETTER else "",
        "cards": pieces if bundle.kind == Kind.CARD else "",
    }


def _runs(bundles: Sequence[PackedBundle]) -> list[dict[str, str]]:
    """Numbers that follow each other and are alike in everything but code and pieces."""
    runs = []
    for _key, group in groupby(enumerate(bundles, 1), key=lambda each: _likeness(each[1])):
        numbers, run = zip(*group, strict=True)
        first, last = words.total(numbers[0]), words.total(numbers[-1])
        runs.append(
            {
                "numbers": first if first == last else f"{first} – {last}",
                "country": words.country(run[0].country),
                "summary": _summary(run[0]),
                "letters": words.figure(_pieces(run, Kind.LETTER)),
                "cards": words.figure(_pieces(run, Kind.CARD)),
            }
        )
    return runs


def _likeness(bundle: PackedBundle) -> tuple[str, str, str]:
    return bundle.country, bundle.kind, _summary(bundle)


def _summary(bundle: PackedBundle) -> str:
    """In which languages there is an approved summary, or that it was waived, or that there is none."""
    if bundle.summary_languages:
        return ", ".join(words.language(tag) for tag in bundle.summary_languages)
    if bundle.is_summarised:
        return _("approved")
    return _("waived") if bundle.is_waived else words.NONE


def _sentences(facts: PackingFacts, case: CaseList) -> list[str]:
    """What would be the same on every line, and how the bag came about."""
    countries = {bundle.country for bundle in case.bundles}
    place = {"country": words.country(*countries)} if len(countries) == 1 else None
    written = [_("All were written in %(country)s.") % place] if place else []
    return [*written, *_counted(case.bundles), *_packed(facts), *_summarised(case)]


def _counted(bundles: Sequence[PackedBundle]) -> list[str]:
    days = sorted({bundle.counted_on for bundle in bundles if bundle.counted_on})
    if not days:
        return []
    if len(days) == 1:
        return [_("Counted one by one on %(day)s by the mailroom.") % {"day": words.day(days[0])}]
    between = {"first": words.day(days[0]), "last": words.day(days[-1])}
    return [_("Counted one by one between %(first)s and %(last)s by the mailroom.") % between]


def _packed(facts: PackingFacts) -> list[str]:
    packed, sealed = ({"day": words.day(day)} if day else None for day in (facts.packed_on, facts.sealed_on))
    if sealed and not facts.is_witnessed:
        closed = _("Sealed on %(day)s by one person alone; the reason is on record.") % sealed
    elif sealed and facts.packed_on == facts.sealed_on:
        return [_("Packed and sealed before a witness on %(day)s.") % sealed]
    elif sealed:
        closed = _("Sealed before a witness on %(day)s.") % sealed
    else:
        closed = _("Not yet sealed at the time of printing.")
    return [_("Packed on %(day)s.") % packed, closed] if packed else [closed]


def _summarised(case: CaseList) -> list[str]:
    if not case.needs_summaries:
        return [_("No summary is needed for this case.")]
    if len({_summary(bundle) for bundle in case.bundles}) > 1:
        return [
            _("Under Summary stands in which language a bundle has an approved summary, or that it was waived.")
        ]
    bundle = case.bundles[0]
    if bundle.summary_languages:
        return [_("Every bundle has an approved summary in %(languages)s.") % {"languages": _summary(bundle)}]
    if bundle.is_summarised:
        return [_("Every bundle has an approved summary.")]
    if bundle.is_waived:
        return [_("The case team let every bundle go without a summary.")]
    return [_("No bundle has a summary yet.")]
