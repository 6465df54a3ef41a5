"""The languages of the documents: one catalogue each, of a domain of its own.

The pages keep their language while a document is in another, and a document never falls back to that of the
pages: what a catalogue does not say is English. The catalogues are read as they are written (`.po`); nothing
has to be compiled beforehand and nothing compiled can be out of date.
"""

import io
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.utils.translation import override, pgettext, trans_real

from logistics.errors import Refused

ENGLISH = "en"
LANGUAGES = (ENGLISH, "fr", "es", "ar", "ru", "tr", "km")
"""What a document can be in (BCP 47); English is what the templates are written in."""

CATALOGUES = Path(__file__).resolve().parents[2] / "locale"
READER = "X-Native-Reader"
AWAITED = "awaited"
"""What the field READER of a catalogue's header says until a native reader has put initials and a day there."""


def offered(reads: Sequence[str] = ()) -> list[str]:
    """All languages, first the one to print in: the first of `reads` (BCP 47) that there is, else English."""
    first = _first_of(reads)
    return [first, *(each for each in LANGUAGES if each != first)]


def _first_of(reads: Sequence[str]) -> str:
    spoken = (tag.replace("_", "-").split("-")[0].lower() for tag in reads)
    return next((tag for tag in spoken if tag in LANGUAGES), ENGLISH)


def chosen(asked: str | None, languages: Sequence[str]) -> str:
    """The language that was asked for, else the first. Refused: `unknown_language`."""
    if not asked:
        return languages[0]
    if asked not in languages:
        there_are = ", ".join(languages)
        sentence = pgettext("page", "There is no such document in that language. Choose one of: %(languages)s.")
        raise Refused("unknown_language", sentence % {"languages": there_are})
    return asked


class Catalogue(GNUTranslations):
    """The words of one language. What it does not say, or says with nothing, is English. `reader`: what its header says."""

    def __init__(self, language: str, compiled: io.BytesIO, reader: str) -> None:
        super().__init__(compiled)
        self.language = language
        self.reader = reader

    @property
    def awaits_a_native_reader(self) -> bool:
        """Whether nobody whose language it is has signed it off; English needs none."""
        return self.language != ENGLISH and self.reader in {"", AWAITED}

    def to_language(self) -> str:
        """What Django asks of whatever is active."""
        return self.language


def read(file: Path, language: str) -> Catalogue:
    """The catalogue of one file. Uncertain ("fuzzy") and empty entries count as untranslated."""
    written = file.read_text("utf-8")
    reader = re.search(rf'^"{READER}: *(.*?)\\n"$', written, re.MULTILINE)
    return _compiled(read_po(io.StringIO(written), locale=language, abort_invalid=True), reader.group(1) if reader else "")


def _compiled(entries: Catalog, reader: str = "") -> Catalogue:
    compiled = io.BytesIO()
    write_mo(compiled, entries)
    compiled.seek(0)
    return Catalogue(str(entries.locale), compiled, reader)


@cache
def catalogue(language: str) -> Catalogue:
    """One of LANGUAGES (ValueError)."""
    if language not in LANGUAGES:
        raise ValueError(f"no such language: {language}")
    if language == ENGLISH:
        return _compiled(Catalog(ENGLISH))
    return read(file_of(language), language)


def file_of(language: str) -> Path:
    return CATALOGUES / language / "LC_MESSAGES" / "documents.po"


@contextmanager
def speaking(language: str) -> Iterator[Catalogue]:
    """Within it, everything that is said is said in this language (ValueError), from the documents' catalogue."""
    words = catalogue(language)
    with override(language):
        # What Django itself does, with its own catalogue; it has no public door for another domain.
        trans_real._active.value = words
        yield words
