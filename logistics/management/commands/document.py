"""`manage.py document`: print one document, or list those that there are."""

import json
import os
import sys
from argparse import ArgumentParser
from contextlib import suppress
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from logistics import codes, registry
from logistics.actions.auditing import note
from logistics.actions.people import operator
from logistics.documents.language import LANGUAGES
from logistics.documents.page import PAPERS
from logistics.errors import Refused
from logistics.models import User

OPTIONS = ("start_at", "copies")
"""What only some kinds can be asked."""


class Command(BaseCommand):
    help = "Print a document as PDF: document KIND CODE -o FILE; or list all that can be printed: document --list."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("kind", nargs="?", help="the kind of document: " + ", ".join(sorted(registry.document_kinds)))
        parser.add_argument("code", nargs="?", help="the code, number or name that `document --list` shows beside the kind")
        parser.add_argument("-o", "--output", metavar="FILE", help="where to write the PDF; - is standard output")
        parser.add_argument("--paper", choices=PAPERS, default="a4")
        parser.add_argument("--language", choices=LANGUAGES, help="what it is written in; the recipients' own, unless said")
        parser.add_argument("--start-at", type=int, metavar="N", help="labels: the first free cell of the sheet, 1 to 24")
        parser.add_argument("--copies", type=int, metavar="N", help="labels: how many of each")
        parser.add_argument("--list", action="store_true", help="list the documents that can be printed")
        parser.add_argument("--format", choices=("table", "json"), default="table", help="how to print the list")

    def handle(self, **options: Any) -> None:
        user = operator()
        if options["list"]:
            self._list(user, options["format"])
        else:
            self._print(user, options)

    def _list(self, user: User, form: str) -> None:
        kinds = sorted(registry.document_kinds.items())
        rows = [{"kind": name, "code": code} for name, kind in kinds for code in kind.codes(user)]
        if form == "json":
            self.stdout.write(json.dumps(rows, indent=1))
        for row in rows if form == "table" else ():
            self.stdout.write(f"{row['kind']:13} {row['code']}")

    def _print(self, user: User, options: dict[str, Any]) -> None:
        _refuse_incomplete(options)
        kind = registry.document_kinds[options["kind"]]
        code = getattr(kind, "normalise", codes.normalise)(options["code"])
        asked = {name: options[name] for name in OPTIONS if options[name] is not None}
        try:
            pdf = kind.render(code, user, options["paper"], options["language"], **asked)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        with transaction.atomic():  # what could not be written was not printed
            note(user, "document_printed", subject=code)
            _write(options["output"], pdf)
        self.stderr.write(
            f"Printed {options['kind']} {options['code'].strip()} as the operator of this machine; the audit trail says so."
        )


def _refuse_incomplete(options: dict[str, Any]) -> None:
    if options["kind"] not in registry.document_kinds:
        kinds = ", ".join(sorted(registry.document_kinds))
        raise CommandError(f"There is no such kind of document. Choose one of: {kinds}. [unknown_kind]")
    takes = getattr(registry.document_kinds[options["kind"]], "options", frozenset())
    if strange := [name for name in OPTIONS if options[name] is not None and name not in takes]:
        raise CommandError(f"--{strange[0].replace('_', '-')} is for labels only. Leave it out. [option_not_for_kind]")
    if not options["code"]:
        raise CommandError("Say which one: give its code. `document --list` shows them all. [code_missing]")
    if not options["output"]:
        raise CommandError("Say where to write it: -o FILE, or -o - for standard output. [output_missing]")


def _write(target: str, pdf: bytes) -> None:
    """The whole file or none of it."""
    if target == "-":
        sys.stdout.buffer.write(pdf)
        sys.stdout.buffer.flush()
        return
    path = Path(target).resolve()  # where a link leads to
    if path.exists() and not path.is_file():
        _write_into(path, target, pdf)
        return
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(pdf)
        part.replace(path)
    except OSError as failure:
        with suppress(OSError):
            part.unlink()
        raise CommandError(f"{target} cannot be written: {failure.strerror}. Choose another file. [cannot_write]") from failure


def _write_into(path: Path, target: str, pdf: bytes) -> None:
    """A device or a pipe is written into; it is never replaced by a file."""
    try:
        with path.open("wb", buffering=0) as out:
            out.write(pdf)
    except OSError as failure:
        raise CommandError(f"{target} cannot be written: {failure.strerror}. Choose another file. [cannot_write]") from failure
