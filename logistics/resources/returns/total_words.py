"""Rows that add up other rows, known by a word in them."""

from logistics.resources.words.normal import normal

SUB = frozenset(
    normal(word)
    for word in (
        "subtotal|sub total|sub-total|sub totals|sous-total|sous total|zwischensumme|teilsumme|subtotales|suma parcial"
        "|soma parcial|teilergebnis|zwischentotal|partial total|intermediate total|sub-totais|carried forward|übertrag|total partiel|total parcial|subtotais"
    ).split("|")
)
WHOLE = frozenset(
    normal(word)
    for word in (
        "total|totals|grand total|sum|sum total|overall|overall total|altogether|in all|all together|total general"
        "|total général|en tout|somme|total geral|gesamt|gesamtsumme|gesamtzahl|summe|insgesamt|endsumme|suma|suma total"
        "|soma|totale|totaux|totales|totais|gesamttotal|gesamtergebnis|total all countries|world total|total messages"
        "|total actions|total sent|total count|total number|nombre total|número total|gesamtanzahl|au total|en total|no total"
        "|somatório|sumatoria|ensemble|zusammen|tot|ges|total worldwide|worldwide|all countries|somme totale|soma total|total of all|total tous pays|gesamt alle länder"
    ).split("|")
)
GRAND = frozenset(normal(word) for word in (
    "grand total|overall total|total general|total général|total geral|gesamtsumme|endsumme|gesamttotal|world total|final total|gran total"
    "|total final|campaign total|total campaign|total global|grand totals"
).split("|"))  # fmt: skip
ALONE = frozenset(("total", "subtotal", "gesamt", "summe", "zwischensumme", "totals", "totales", "sous", "sub"))


def total_in(text: str) -> str:
    """`sub` or `whole` where a cell says nothing but that its row is a total, `grand` where it is the last; or `""`."""
    words = normal(text)
    if words in GRAND:
        return "grand"
    if words in SUB:
        return "sub"
    return "whole" if words in WHOLE else ""


def total_of(text: str) -> str:
    """The same for a cell that says of what ("Total Algeria", "Algeria subtotal"): `sub`, or `""`."""
    words = normal(text).split()
    if len(words) < 2 or len(words) > 8:
        return ""
    ends = {words[0], words[-1], " ".join(words[:2]), " ".join(words[-2:])}
    return "sub" if ends & (ALONE | SUB) else ""
