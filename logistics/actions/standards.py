"""Codes of other people's standards: ISO 3166-1 for countries and BCP 47 for languages, as CLDR (Babel) has them, and
the IANA time zones."""

import re
from functools import cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from babel import Locale
from babel.core import get_global
from django.utils.translation import gettext as _

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
    if meant in countries():
        sentence = _("“%(code)s” is no country. Write %(meant)s.")
    else:
        sentence = _("“%(code)s” is no country. Write its two letters of ISO 3166-1, for example NO.")
    raise Refused("unknown_country", sentence % {"code": code, "meant": meant})


def refuse_unknown_language(tag: str) -> None:
    """Refused: `unknown_language` for anything but a BCP 47 tag as `language_tag` writes it."""
    if language_tag(tag) != tag:
        sentence = _("“%(tag)s” is written “%(right)s”. Write it like that.")
        raise Refused("unknown_language", sentence % {"tag": tag, "right": language_tag(tag)})


def language_tag(text: str) -> str:
    """A language, script and region in the usual letters: `PT-br` → `pt-BR`, `zh_hant` → `zh-Hant`.

    Refused: `unknown_language`.
    """
    found = TAG.fullmatch(text.strip().lower().replace("_", "-"))
    if not found or found[1] not in languages():
        meant = get_global("language_aliases").get(text.lower(), "").replace("_", "-")
        if meant:
            sentence = _("“%(text)s” is no language. Write %(meant)s.")
        else:
            sentence = _("“%(text)s” is no language. Write a tag of BCP 47, for example pt or pt-BR.")
        raise Refused("unknown_language", sentence % {"text": text, "meant": meant})
    return found[1] + (found[2] or "").title() + (found[3] or "").upper() + found[4]


def refuse_unknown_time_zone(name: str) -> None:
    """Refused: `unknown_time_zone` for anything but UTC or a name of the IANA database."""
    if name == "UTC":  # known also where the system has no list of time zones
        return
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as fault:
        raise Refused(
            "unknown_time_zone", _("There is no time zone %(name)s. Give one as Europe/Oslo.") % {"name": name}
        ) from fault
