"""Codes of other people's standards: ISO 3166-1 for countries and BCP 47 for languages, as CLDR (Babel) has them, and
the IANA time zones."""

import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global

from logistics.errors import Refused

NO_COUNTRY = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"})
"""In CLDR, but no countries of ISO 3166-1 (XK, Kosovo, has no other code and is taken)."""
NO_LANGUAGE = frozenset({"und", "mul", "mis", "zxx", "root"})
MEMBERS = frozenset(
    "als arb ayr azj cmn cwd ekk esk fuc gaz gug ike khk kmr knc kng kpv lvs npi ojg ory pbu pes plt quz src swh uzn ydd"
    " zsm zyb".split()
)
"""Languages with a tag of their own that CLDR counts to a larger one (kmr: Kurmanji, within ku: Kurdish)."""
TAG = re.compile(r"([a-z]{2,3})(-[a-z]{4})?(-(?:[a-z]{2}|\d{3}))?((?:-(?:[a-z0-9]{5,8}|\d[a-z0-9]{3}))*)")


@cache
def countries() -> frozenset[str]:
    """All codes of two letters."""
    return frozenset(code for code in Locale("en").territories if len(code) == 2 and code.isalpha()) - NO_COUNTRY


@cache
def languages() -> frozenset[str]:
    """All primary subtags: what CLDR has a name, a script or a later code for. Not `eng`: that is written `en`."""
    aliases = {tag: meant for tag, meant in get_global("language_aliases").items() if tag.isalpha() and len(tag) < 4}
    known = {re.split("[_-]", tag)[0] for tag in (*Locale("en").languages, *get_global("likely_subtags"), *aliases)}
    too_long = {tag for tag, meant in aliases.items() if len(tag) > len(meant) and tag not in MEMBERS}
    return frozenset(known - too_long - NO_LANGUAGE)


def refuse_unknown_country(code: str, *, empty: bool = False) -> None:
    """Refused: `unknown_country` for anything but a code of ISO 3166-1 (or nothing, where it may be `empty`)."""
    if code in countries() or (empty and not code):
        return
    meant = get_global("territory_aliases").get(code.upper(), [code.upper()])[0]
    hint = f"Write {meant}." if meant in countries() else "Write its two letters of ISO 3166-1, for example NO."
    raise Refused("unknown_country", f"“{code}” is no country. {hint}")


def refuse_unknown_language(tag: str) -> None:
    """Refused: `unknown_language` for anything but a BCP 47 tag as `language_tag` writes it."""
    if language_tag(tag) != tag:
        raise Refused("unknown_language", f"“{tag}” is written “{language_tag(tag)}”. Write it like that.")


def language_tag(text: str) -> str:
    """A language, script and region in the usual letters: `PT-br` → `pt-BR`, `zh_hant` → `zh-Hant`.

    Refused: `unknown_language`.
    """
    found = TAG.fullmatch(text.strip().lower().replace("_", "-"))
    if not found or found[1] not in languages():
        meant = get_global("language_aliases").get(text.lower(), "").replace("_", "-")
        hint = f"Write {meant}." if meant else "Write a tag of BCP 47, for example pt or pt-BR."
        raise Refused("unknown_language", f"“{text}” is no language. {hint}")
    return found[1] + (found[2] or "").title() + (found[3] or "").upper() + found[4]


def refuse_unknown_time_zone(name: str) -> None:
    """Refused: `unknown_time_zone` for anything but UTC or a name of the IANA database."""
    if name == "UTC":  # known also where the system has no list of time zones
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise Refused("unknown_time_zone", f"There is no time zone {name}. Give one as Europe/Oslo.") from fault
