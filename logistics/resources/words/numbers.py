"""Whole numbers as people write them, and how exact they say they are."""

import math
import re
from dataclasses import dataclass
from functools import lru_cache

from logistics.resources.words.kinds import kinds_in
from logistics.resources.words.normal import INVISIBLE, is_nothing, normal

LARGEST = 2_147_483_647  # what a column of the database holds

# Longest first within each; compared in the normal form, before or after the figure.
QUALIFIERS = {
    "more_than": "more than|over|upwards of|in excess of|above|well over|plus de|plus que|au dela de|mas de|mais de"
    "|mehr als|uber|ueber|gut|acima de|superior a|bem mais de|superieur a|pasan de|well above|exceeding",
    "at_least": "at least|minimum|min|no less than|not less than|au moins|au minimum|minimum de|pas moins de|nicht weniger als|no menos de|nao menos de|nao menos que|al menos|por lo menos"
    "|como minimo|cuando menos|mindestens|wenigstens|zumindest|pelo menos|no minimo|ao menos|or more|and more|plus"
    "|ou plus|o mas|ou mais|oder mehr|et plus|y mas|e mais|und mehr",
    "almost": "almost|nearly|just under|close to|not quite|presque|pres de|quasiment|un peu moins de|casi|poco menos de"
    "|fast|beinahe|knapp|nahezu|annahernd|quase|perto de|pouco menos de",
    "fewer_than": "fewer than|less than|under|below|at most|up to|no more than|not more than|maximum|max|moins de"
    "|jusqu a|au plus|menos de|hasta|como maximo|a lo sumo|weniger als|unter|bis zu|hochstens|maximal|ate|no maximo"
    "|abaixo de|inferieur a|inferior a",
    "about": "about|around|approximately|approx|roughly|some|circa|ca|c|estimated|an estimated|estimate|est|in the region of"
    "|environ|env|a peu pres|autour de|quelque|quelques|aux alentours de|estime|estimation|aproximadamente|aprox"
    "|alrededor de|unos|unas|cerca de|en torno a|estimado|etwa|rund|ungefahr|ungefaehr|zirka|geschatzt|schatzungsweise"
    "|por volta de|cerca|uns|umas|em torno de|mais ou menos|mas o menos|more or less|plus ou moins|or so|give or take"
    "|approximativement|approximate|approximation|it is thought",
}
_BY_WORDS = {normal(words): meaning for meaning, line in QUALIFIERS.items() for words in line.split("|")}
SIGNS = {">=": "at_least", "≥": "at_least", ">": "more_than", "<=": "fewer_than", "≤": "fewer_than", "<": "fewer_than",
         "~": "about", "≈": "about", "±": "about", "≃": "about", "∼": "about"}
THOUSANDS = {"thousand", "mille", "mil", "tausend", "tsd", "k", "milliers", "miles", "milhares"}
MILLIONS = {"million", "millions", "millon", "millones", "millionen", "mio", "milhao", "milhoes", "mill", "m", "mn"}
FILLER = {"de", "of", "von", "the", "les", "las", "los", "os", "as", "exactly", "exactement", "genau", "exactamente",
          "exatamente", "total", "in", "all", "en", "tout", "insgesamt", "pcs", "pieces", "piezas", "stuck", "pecas",
          "altogether", "so", "far", "a"}

SPACES = " \u00a0\u202f\u2009\u2007\u2002\u2003\u2005\u2006\u2008\u200a\u3000"
_FIGURE = re.compile(rf"\d(?:[\d.,'’`´{SPACES}]*\d)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:(?P<by>[.,' ])\d{3})(?:(?P=by)\d{3})*")
_INDIAN = re.compile(r"[1-9]\d?(?:,\d{2})+,\d{3}")


@dataclass(frozen=True)
class Figure:
    """A count and its qualifier (`exact`, `about`, …). `kind_text` is what stands behind it ("500 letters")."""

    count: int
    qualifier: str = "exact"
    kind_text: str = ""


def figure_of(cell: object) -> Figure | None:
    """The whole positive number in a cell, or None where there is none."""
    if isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        whole = math.isfinite(cell) and cell == int(cell) and 1 <= cell <= LARGEST
        return Figure(int(cell)) if whole else None
    return _from_text(cell) if isinstance(cell, str) else None


@lru_cache(maxsize=20_000)
def _from_text(text: str) -> Figure | None:
    text = " ".join(INVISIBLE.sub("", text).split())
    found = _FIGURE.search(text) if len(text) <= 120 else None
    if not found or text[0] in "=+@" or text[-1] == "%" or _FIGURE.search(text, found.end()):
        return None
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    if before.endswith(("-", "−", "–", "(")) and not after.startswith(")") or re.search(r"[-−–(]$", before):
        return None
    qualifier = _qualifier(before, after)
    number, words = _scaled(found[0], after)
    if qualifier is None or number is None or not 1 <= number <= LARGEST:
        return None
    if (words or after.rstrip(" )").endswith("?")) and qualifier == "exact":
        qualifier = "about"
    return Figure(number, qualifier, after if kinds_in(after) else "")


def whole(text: str) -> int | None:
    """`1 380`, `1,576`, `51.465`, `1'000`, `12,34,567`, `31.0`, `1.000,00` → the number; `1.5`, `12,5` → None."""
    text = re.sub("[’`´]", "'", re.sub(f"[{SPACES}]", " ", text))
    text = re.sub(r"(?<=\d)[.,]0{1,2}$", "", text)
    if text.isdecimal():
        return int(text) if len(text) < 16 else None
    if _GROUPED.fullmatch(text) or _INDIAN.fullmatch(text):
        return int(re.sub(r"\D", "", text)) if len(text) < 22 else None
    return None


def _scaled(figure: str, after: str) -> tuple[int | None, bool]:
    """The number, and whether a word such as "thousand" stands behind it."""
    words = normal(after).split()
    scale = 0
    if words and words[0] in THOUSANDS:
        scale = 1_000
    elif words and words[0] in MILLIONS:
        scale = 1_000_000
    if not scale:
        return whole(figure), False
    decimal = re.fullmatch(r"(\d{1,4})(?:[.,](\d{1,2}))?", figure)
    if not decimal:
        number = whole(figure)
        return (number * scale if number else None), True
    tenths = (decimal[2] or "").ljust(2, "0")
    return int(decimal[1]) * scale + int(tenths or 0) * scale // 100, True


def _qualifier(before: str, after: str) -> str | None:
    """What the words around the figure say of it; None where they say something that is not understood."""
    for sign, meaning in SIGNS.items():
        if before.replace(" ", "").startswith(sign):
            return meaning if _is_understood(before[before.find(sign[-1]) + 1 :]) else None
    words = _stripped(normal(before))
    if words and words in _BY_WORDS:
        return _BY_WORDS[words] if _is_understood(after) else None
    if words:
        return None
    if after.startswith("+"):
        return "at_least" if _is_understood(after[1:]) else None
    behind = _stripped(normal(after))
    if behind in _BY_WORDS:
        return _BY_WORDS[behind]
    return "exact" if _is_understood(after) else None


def _stripped(words: str) -> str:
    """Without words that say nothing here: kinds of message, "the", "thousand"."""
    if words in _BY_WORDS:
        return words
    kept = words.split()
    while kept and kept[-1] in FILLER and " ".join(kept) not in _BY_WORDS:
        kept.pop()
    while kept and (kept[0] in FILLER | THOUSANDS | MILLIONS or kinds_in(kept[0])) and " ".join(kept) not in _BY_WORDS:
        kept.pop(0)
    return " ".join(kept)


def _is_understood(words: str) -> bool:
    """Whether a text beside the figure says nothing, or only what kind of message was counted."""
    rest = _stripped(normal(words))
    if not rest:
        return True
    joined = {"and", "et", "y", "e", "und"} | FILLER
    return all(word in joined or kinds_in(word) for word in rest.split()) or bool(kinds_in(rest)) and "(" not in words


def is_left_open(cell: object) -> bool:
    """Whether a count says nothing at all (empty, a dash, "n/a")."""
    return isinstance(cell, str) and is_nothing(cell)
