"""Countries by name, in many languages and spellings, or inside a place ("Lubumbashi, Katanga, DRC")."""

import difflib
import re
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from django.utils.translation import get_language

from logistics.resources.words.country_names import (
    ALIASES,
    AMBIGUOUS,
    LANGUAGES,
    MORE_LANGUAGES,
    NO_COUNTRY,
    OTHER_PLACE,
    TITLES,
)
from logistics.resources.words.normal import normal

_TITLES_BEGIN = frozenset(title.split()[0] for title in TITLES)
_CODE = re.compile(r"[A-Z]{2,3}")


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names = dict(ALIASES)
    for language in LANGUAGES + MORE_LANGUAGES:
        for code, name in Locale.parse(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in NO_COUNTRY:
                for spelling in _spellings(name):
                    if spelling and spelling not in AMBIGUOUS:
                        names.setdefault(spelling, code)
    return names


def _spellings(name: str) -> set[str]:
    umlauts = name.translate(str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"}))
    return {normal(name), normal(umlauts), normal(re.sub(r"\(.*?\)", "", name))}


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    two = {c: c for c in Locale("en").territories if len(c) == 2 and c.isalpha() and c not in NO_COUNTRY}
    three = {
        code: meant[0]
        for code, meant in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and len(meant) == 1
    }
    return three | two | {"UK": "GB"}


def country_name(code: str, language: str = "") -> str:
    """The name of a country, for people: in this language, or else in that of the page."""
    return _country_name(code, language or get_language() or "en")


def locale_of(language: str) -> Locale:
    """What CLDR knows of a language of the pages; of one that it does not know, what it knows of English."""
    try:
        return Locale.parse(language, sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale("en")


@lru_cache(maxsize=3_000)
def _country_name(code: str, language: str) -> str:
    ours = {"CD": "Congo (DRC)", "CG": "Congo (Republic)", "PS": "Palestine"}
    locale = locale_of(language)
    if locale.language == "en" and code in ours:
        return ours[code]
    return locale.territories.get(code) or Locale("en").territories.get(code, code)


@lru_cache(maxsize=30_000)
def country_of(text: str) -> str | None:
    """The ISO 3166-1 code of the country that a cell names and nothing else, or None."""
    code = text.strip()
    if len(code) in (2, 3) and code.isalpha() and code.isascii() and code.upper() in _codes():
        return _codes()[code.upper()]
    return _by_name(normal(text))


def _by_name(name: str) -> str | None:
    for _ in range(3):
        if name in _names():
            return _names()[name]
        if name in AMBIGUOUS or name.partition(" ")[0] not in _TITLES_BEGIN:
            return None
        stripped = next((name[len(title) :] for title in TITLES if name.startswith(title)), "")
        if not stripped:
            return None
        name = stripped
    return None


@lru_cache(maxsize=30_000)
def countries_in(text: str) -> tuple[str, ...]:
    """The countries that a cell names, itself or by its parts, last part first; none twice.

    A remark in brackets counts only where the rest names none ("Belgium (Flanders)", "Dakar (Senegal)").
    """
    if len(text) > 300:
        return ()
    whole = country_of(text)
    if whole:
        return (whole,)
    if normal(text) in AMBIGUOUS:
        return ()
    for part in (re.sub(r"[(\[].*?[)\]]", " ", text), text):
        parts = [piece for piece in re.split(r"[,;/|()\[\]+&\n:•]| - | – | — |-(?=[A-Z])| and | et | und | y ", part)]
        found = [code for code in map(_in_part, reversed(parts)) if code]
        if found:
            return tuple(dict.fromkeys(found))
    return ()


def country_in_place(text: str) -> str | None:
    """The country that a place lies in: the last part of it that names one. A bare code counts only in capitals."""
    found = countries_in(text)
    return found[0] if found else None


def country_in_name(text: str) -> str | None:
    """The country that an office's name or a title names ("Amnesty Peru"); a bare code ("AI") counts for nothing."""
    words = " ".join(word for word in re.split(r"([,;/|()\[\]+&:•\s])", text) if len(word) > 3 or not word.isupper())
    found = countries_in(words)
    return found[0] if found else None


def _in_part(part: str) -> str | None:
    """A country that is the part, or its last words or first words ("Buenos Aires Argentina")."""
    part = part.strip()
    words = normal(part).split()
    if not words or " ".join(words) in AMBIGUOUS:
        return None
    if len(words) == 1 and len(part) <= 3:
        return (_codes().get(part) if _CODE.fullmatch(part) else None) or ALIASES.get(words[0])
    for length in range(min(len(words), 6), 0, -1):
        for before, some in ((words[:-length][-1:], words[-length:]), ([], words[:length])):
            name = " ".join(some)
            if before and before[0] in OTHER_PLACE:
                continue
            if len(name) > 3 or name in ("usa", "uk", "drc", "rdc", "uae"):
                code = _by_name(name) if length == len(words) else _names().get(name)
                if code:
                    return code
    return None


def countries_meant(text: str) -> tuple[str, ...]:
    """The codes that a cell, taken whole, can mean: one, several where it is ambiguous ("Congo"), or none."""
    code = country_of(text)
    return (code,) if code else AMBIGUOUS.get(normal(text), ())


@lru_cache(maxsize=30_000)
def countries_in_cell(text: str) -> tuple[str, ...]:
    """The codes that a cell for a country can mean: the whole, or its parts ("Belgium (Flanders)", "BE - Belgium").

    Unlike in a place, no part of a name will do: "West Jordan" is no country.
    """
    if len(text) > 200:
        return ()
    whole = countries_meant(text)
    if whole:
        return whole
    outside = re.sub(r"[(\[].*?[)\]]", " ", text)
    for some in (outside, text):
        parts = [p for p in re.split(r"[,;/|()\[\]+&\n:•]| - | – | — | and | et | und | y ", some) if p.strip()]
        found = tuple(dict.fromkeys(code for part in reversed(parts) for code in countries_meant(part)))
        if found:
            return found
    return ()


def nearest(text: str) -> str:
    """The name of the country whose name is written most alike, or `""`."""
    close = difflib.get_close_matches(normal(text)[:60], _names().keys(), n=1, cutoff=0.8)
    return country_name(_names()[close[0]]) if close else ""
