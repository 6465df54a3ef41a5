"""Compare words as people write them: without case, accents, punctuation or double spaces."""

import re
import unicodedata
from functools import lru_cache

# Letters that do not come apart into a letter and an accent.
PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ħ": "h"})
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


NOT_IN_A_WORD = re.compile("[^0-9a-z]+")
WORD = re.compile(r"[^\W_]+")
COMBINING = re.compile("[" + "".join(c for c in map(chr, range(0x300, 0x3100)) if unicodedata.combining(c)) + "\ufe20-\ufe2f]")
CONTROL = re.compile("[\x00-\x1f\x7f-\x9f]")


@lru_cache(maxsize=100_000)
def normal(text: str) -> str:
    """`Côte d’Ivoire ` → `cote d ivoire`; `U.S.A.` → `usa`."""
    if text.isascii():
        words = NOT_IN_A_WORD.sub(" ", text.lower()).split()
    else:
        apart = unicodedata.normalize("NFKD", INVISIBLE.sub("", text).casefold()).casefold().translate(PLAIN)
        words = WORD.findall(COMBINING.sub("", apart))
    if len(words) > 1 and all(len(word) == 1 and word.isalpha() for word in words):
        return "".join(words)
    return " ".join(words)


def tidy(value: object) -> str:
    """A cell as text for people: no invisible characters, single spaces, nothing before or after."""
    if isinstance(value, str):
        return " ".join(value.split()) if value.isascii() and value.isprintable() else _tidied(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


@lru_cache(maxsize=100_000)
def _tidied(text: str) -> str:
    text = CONTROL.sub(" ", INVISIBLE.sub("", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def table(words: dict[str, str]) -> dict[str, str]:
    """Turn `{meaning: "word | word"}` into `{normal word: meaning}`."""
    return {normal(word): meaning for meaning, line in words.items() for word in line.split("|") if normal(word)}


# What people write into a cell that they leave open.
NOTHING = frozenset(
    normal(word)
    for word in (
        "|-|–|n/a|na|n.a.|none|unknown|not known|not told|tbc|tbd|tba|?|null|nil|not stated|not given|not specified"
        "|inconnu|inconnue|néant|aucun|aucune|s.o.|non précisé|nd|n.d.|unbekannt|keine|kein|k.a.|k. A.|keine Angabe"
        "|desconocido|desconocida|ninguno|ninguna|sin datos|s/d|no consta|desconhecido|desconhecida|nenhum|nenhuma"
        "|sem dados|não informado|various|divers|diverses|verschiedene|varios|varias|vários|várias"
    ).split("|")
)


def is_nothing(text: str) -> bool:
    return normal(text) in NOTHING
