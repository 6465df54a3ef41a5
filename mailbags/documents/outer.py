"""The outer papers of a shipment: bag list and letter bill. No name, case, country or house; the language of the hub."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes
from logistics.documents import lists, page, pdf, qr, words
from logistics.documents.language import speaking
from mailbags.queries.shipment_facts import BagFacts, ShipmentFacts

LONGEST_PLAIN = 200
"""Beyond so many lines lists are set in tens (documents.md, Lists)."""


def bag_list(facts: ShipmentFacts, *, paper: str = "a4", language: str = "en") -> bytes:
    """The PDF: each bag by its symbol, code, counts and weight. Raises pdf.DocumentFailed."""
    with speaking(language):
        bags = [_bag(bag) | {"qr_path": qr.path(bag.code), "qr_side": qr.side(bag.code)} for bag in facts.bags]
        return _printed("bag_list", facts, paper, {"rows": bags, **_sums(facts)})


def letter_bill(facts: ShipmentFacts, *, paper: str = "a4", language: str = "en") -> bytes:
    """The PDF: totals, bags with seals and weights, the handover, and what each bag holds. Raises pdf.DocumentFailed."""
    with speaking(language):
        is_long = sum(len(bag.bundles) for bag in facts.bags) > LONGEST_PLAIN
        return _printed("letter_bill", facts, paper, {"rows": list(_holding(facts, is_long)), "is_long": is_long, **_sums(facts)})


def _printed(template: str, facts: ShipmentFacts, paper: str, context: dict[str, Any]) -> bytes:
    return pdf.render(
        [page.to_html(template, code=facts.number, paper=paper, is_constructed=facts.is_constructed, context=context)]
    )


def _bag(bag: BagFacts) -> dict[str, Any]:
    return {
        "code": codes.grouped(bag.code),
        "seal": bag.seal or words.NONE,
        "bundles": words.figure(len(bag.bundles)),
        "bundles_in_words": _bundles(len(bag.bundles)),
        "pieces": words.figure(bag.pieces),
        "net": words.kilograms(bag.net),
        "tare": words.kilograms(bag.tare),
        "gross": words.kilograms(bag.gross),
    }


def _bundles(count: int) -> str:
    return ngettext("%(n)s bundle", "%(n)s bundles", count) % {"n": words.total(count)}


def _sums(facts: ShipmentFacts) -> dict[str, Any]:
    """A weight is added up only where every bag was weighed."""
    count = len(facts.bags)
    bundles = sum(len(bag.bundles) for bag in facts.bags)
    return {
        "bags": words.figure(count),
        "bags_in_words": ngettext("%(n)s mailbag", "%(n)s mailbags", count) % {"n": words.total(count)},
        "bundles": words.figure(bundles),
        "bundles_in_words": _bundles(bundles),
        "pieces": words.figure(sum(bag.pieces for bag in facts.bags)),
        "net": words.kilograms(_together(bag.net for bag in facts.bags)),
        "tare": words.kilograms(_together(bag.tare for bag in facts.bags)),
        "gross": words.kilograms(_together(bag.gross for bag in facts.bags)),
    }


def _together(grams: Iterable[int | None]) -> int | None:
    found = list(grams)
    return None if None in found else sum(each or 0 for each in found)


def _holding(facts: ShipmentFacts, is_long: bool) -> Iterable[dict[str, Any]]:
    """Each bag with its bundles; these are numbered through all bags."""
    first = 1
    for number, bag in enumerate(facts.bags, 1):
        lines = [
            {"number": str(at), "code": codes.grouped(code), "pieces": words.figure(pieces)}
            for at, (code, pieces) in enumerate(bag.bundles, first)
        ]
        first += len(lines)
        title = _("Mailbag %(n)s of %(all)s") % {"n": words.total(number), "all": words.total(len(facts.bags))}
        symbol = {"qr_path": qr.path(bag.code), "qr_side": qr.side(bag.code)}
        yield _bag(bag) | symbol | {"number": words.total(number), "title": title, "has_seal": bool(bag.seal)} | _set(lines, is_long)


def _set(lines: list[dict[str, str]], is_long: bool) -> dict[str, Any]:
    if not is_long:
        half = -(-len(lines) // 2)
        return {"pairs": _pairs(lines, half)}
    return {"blocks": lists.in_blocks(lines)}


def _pairs(lines: list[dict[str, str]], half: int) -> list[tuple[dict[str, str], dict[str, str] | None]]:
    """The first half beside the second."""
    return [(left, lines[at + half] if at + half < len(lines) else None) for at, left in enumerate(lines[:half])]
