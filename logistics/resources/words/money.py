"""Money spent, and in what."""

import re
from decimal import Decimal
from functools import lru_cache

from babel import Locale

from logistics.resources.words.normal import is_nothing, normal, table

SYMBOLS = {"£": "GBP", "€": "EUR", "¥": "JPY", "₹": "INR", "₽": "RUB", "₺": "TRY", "₦": "NGN", "₩": "KRW", "US$": "USD"}
WORDS = table({
    "GBP": "pound | pounds | pounds sterling | sterling | livres sterling | pfund | libras | libras esterlinas",
    "EUR": "euro | euros",
    "USD": "us dollar | us dollars | dollars americains | dolares estadounidenses | us dollar",
    "CHF": "swiss francs | franken | francs suisses",
    "XOF": "fcfa | f cfa | cfa | francs cfa | franc cfa",
    "CZK": "kc | koruna | crowns czech",
    "PLN": "zl | zloty | zlotys",
})
LARGEST = Decimal("999999999999.99")


@lru_cache(maxsize=1)
def _codes() -> frozenset[str]:
    return frozenset(Locale("en").currencies)


@lru_cache(maxsize=2_000)
def currency_in(text: str) -> str:
    """The ISO 4217 code that a text names, or `""`. A bare dollar names none: there are twenty."""
    for sign, code in SYMBOLS.items():
        if sign in text:
            return code
    for word in re.findall(r"[A-Za-z]{3,}", text):
        if word.upper() in _codes() and len(word) == 3 and (word.isupper() or len(text.strip()) == 3):
            return word.upper()
    return WORDS.get(normal(re.sub(r"[\d.,']", " ", text)), "")


def money_of(cell: object) -> Decimal | None:
    """An amount, not negative, of at most two decimals, or None."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return _allowed(Decimal(str(cell))) if abs(cell) < 1e12 else None
    return _from_text(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=5_000)
def _from_text(text: str) -> Decimal | None:
    found = re.findall(r"\d[\d.,' \u00a0\u202f’]*", text) if len(text) < 60 and not is_nothing(text) else []
    if len(found) != 1 or re.search(r"[-−–(]\s*\W?\s*\d", text) or text.lstrip()[:1] in "=+@":
        return None
    digits = re.sub("[' \u00a0\u202f’]", "", found[0]).rstrip(".,")
    cents = re.fullmatch(r"([\d.,]+?)[.,](\d{1,2})", digits)
    main, rest = (cents[1], cents[2]) if cents else (digits, "0")
    if not re.fullmatch(r"\d+|\d{1,3}([.,]\d{3})+", main):
        return None
    return _allowed(Decimal(re.sub("[.,]", "", main) + "." + rest))


def _allowed(amount: Decimal) -> Decimal | None:
    return amount.quantize(Decimal("0.01")) if amount.is_finite() and 0 <= amount <= LARGEST else None
