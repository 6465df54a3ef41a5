"""In which languages a document is offered, by names that a page can show."""

from collections.abc import Sequence

from babel import Locale
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from logistics.documents.language import LANGUAGES, offered


def tongues(reads: Sequence[str] | None = None) -> tuple[tuple[str, str], ...]:
    """Tag and name of each, first what readers of `reads` get; where they are several, first what each of them reads."""
    if reads is None:
        return ("", _("what each reads")), *((tag, _named(tag)) for tag in LANGUAGES)
    return tuple((tag, _named(tag)) for tag in offered(reads))


def _named(tag: str) -> str:
    """In the language of the page and in its own."""
    names = [str(get_language_info(tag)["name_translated"]), Locale.parse(tag).get_display_name(tag).capitalize()]
    return " · ".join(dict.fromkeys(names))
