"""What every document has: paper, language, number with its symbol, running head and foot."""

from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _

from logistics import codes
from logistics.documents import qr

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
            "notice": _("Constructed for demonstration") if is_constructed else "",
        },
    )
