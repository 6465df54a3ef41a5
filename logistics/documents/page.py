"""What every document has: paper, language, number with its symbol, running head and foot."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from logistics import codes
from logistics.documents import qr
from logistics.documents.language import LANGUAGES, catalogue

PAPERS = ("a4", "letter")


def to_html(template: str, *, code: str, paper: str, is_constructed: bool, context: Mapping[str, Any]) -> str:
    """The HTML of one document in the active language. `paper` is one of PAPERS (ValueError)."""
    if paper not in PAPERS:
        raise ValueError(f"no such paper: {paper}")
    tongue = get_language() or "en"
    return render_to_string(
        f"documents/{template}.html",
        {
            **context,
            "language": tongue,
            "direction": "rtl" if get_language_info(tongue)["bidi"] else "ltr",
            "paper": paper,
            "code": code,
            "code_grouped": codes.grouped(code),
            "qr_path": qr.path(code),
            "qr_side": qr.side(code),
            "notice": _notice(tongue, is_constructed),
        },
    )


def _notice(tongue: str, is_constructed: bool) -> str:
    """What whoever holds the paper must know of its figures and of its words."""
    notices = [_("Constructed for demonstration")] if is_constructed else []
    if tongue in LANGUAGES and catalogue(tongue).awaits_a_native_reader:
        notices.append(_("Translation not yet checked by a native reader"))
    return " · ".join(notices)
