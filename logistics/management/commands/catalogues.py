"""`manage.py catalogues`: bring the catalogues of the documents up to what the documents say now."""

import io
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override
from django.utils.translation.template import templatize

from logistics.documents.language import AWAITED, ENGLISH, LANGUAGES, READER, file_of
from logistics.words import Reason

SOURCES = ("logistics/documents/*.py", "mailbags/documents/*.py", "templates/documents/*.html")
IN_ENGLISH_ONLY = ("case_report",)
"""What only the case team reads."""
ON_A_PAGE = "page"
"""The context of what a page says when there is no such paper: in the language of the pages, not of the papers."""
REFUSING = ("kind", "kinds")
"""How files end whose words stand on a page, where a document is refused, and on no paper."""
KEYWORDS = DEFAULT_KEYWORDS | {"gettext_lazy": None, "ngettext_lazy": (1, 2), "pgettext_lazy": ((1, "c"), 2)}

Said = tuple[str | tuple[str, str], str | None]
"""What is translated (one form, or singular and plural) and the context that it stands in."""


class Command(BaseCommand):
    help = "Write what the documents say into their catalogues, locale/*/LC_MESSAGES/documents.po."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="change nothing; fail if a catalogue is not up to date")

    def handle(self, **options: Any) -> None:
        said = list(dict.fromkeys(spoken()))
        for language in (each for each in LANGUAGES if each != ENGLISH):
            file = file_of(language)
            written = file.read_text("utf-8")
            renewed = renew(written, said, language)
            if renewed == written:
                continue
            if options["check"]:
                raise CommandError(f"{file.name} of {language} is not up to date. Run `manage.py catalogues`. [out_of_date]")
            file.write_text(renewed, "utf-8")
            self.stdout.write(f"{language}: written; it awaits a native reader.")


def spoken() -> Iterator[Said]:
    """Everything that a document can say in the recipient's language, in the order of the files."""
    for pattern in SOURCES:
        for file in sorted(Path(settings.BASE_DIR).glob(pattern)):
            if not file.stem.removeprefix("_").startswith(IN_ENGLISH_ONLY) and not file.stem.endswith(REFUSING):
                yield from _said_in(file)
    with override(None):
        yield from ((str(label), None) for label in Reason.labels)


def _said_in(file: Path) -> Iterator[Said]:
    source = file.read_text("utf-8")
    if file.suffix == ".html":  # as code, without the indentation that the markup had
        source = "\n".join(line.lstrip() for line in templatize(source).splitlines())
    for _line, said, _comments, context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
        if context != ON_A_PAGE:
            yield said, context


def renew(written: str, said: list[Said], language: str) -> str:
    """The catalogue with an entry for each of `said`, in their order; what is said no more is dropped.

    What was translated stays. A new entry is empty, and the native reader is awaited again.
    """
    head, _, _ = written.partition("\n\n")
    before = read_po(io.StringIO(written), locale=language)
    after = read_po(io.StringIO(head), locale=language)  # with its plural forms
    for each, context in said:
        old = before.get(each, context)
        after.add(each, old.string if old else None, context=context, flags=old.flags - {"python-format"} if old else ())
    if any(_is_new(before, each, context) for each, context in said):
        head = "\n".join(_unsigned(line) for line in head.splitlines())
    body = io.BytesIO()
    write_po(body, after, omit_header=True, width=100)
    return head + "\n\n" + body.getvalue().decode().strip() + "\n"


def _is_new(before: Catalog, said: str | tuple[str, str], context: str | None) -> bool:
    old = before.get(said, context)
    return old is None or old.id != said


def _unsigned(line: str) -> str:
    return f'"{READER}: {AWAITED}\\n"' if line.startswith(f'"{READER}:') else line
