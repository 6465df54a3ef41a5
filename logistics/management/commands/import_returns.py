"""`manage.py import_returns`: preview what offices and organisers report, or import it with --commit."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from logistics.actions.people import operator
from logistics.errors import Refused
from logistics.queries.cases import campaign_named
from logistics.resources.returns.importing import Answer, answers


class Command(BaseCommand):
    help = "Say what importing these files would do, and write nothing; with --commit, import each that is whole."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", help="a CSV file or an XLSX workbook")
        parser.add_argument("--campaign", required=True, metavar="SLUG", help="the campaign that the files report on")
        parser.add_argument("--format", choices=("table", "json"), default="table")
        parser.add_argument("--date-order", choices=("dmy", "mdy"), help="how the files write 4/12: 4 December or 12 April")
        parser.add_argument("--commit", action="store_true", help="import what is previewed otherwise")

    def handle(self, **options: Any) -> None:
        user = operator()
        self.stderr.write("Acting as the operator of this machine.")
        try:
            campaign = campaign_named(options["campaign"], user)
            order, commit = options["date_order"], options["commit"]
            found = answers(options["files"], campaign=campaign, by=user, commit=commit, date_order=order)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        if options["format"] == "json":
            self.stdout.write("[" + ",\n ".join(map(json.dumps, found)) + "]")
        else:
            for answer in found:
                self.stdout.write("\n".join(_table(answer)).encode("utf-8", "backslashreplace").decode())
        if any(_is_refused(answer) for answer in found):
            sys.exit(1)


def _is_refused(answer: Answer) -> bool:
    """Whether a row or a file was refused, or a commit waits for an answer."""
    waits = answer.get("not_imported", {}).get("code") in ("rows_refused", "date_order")
    return "refused_file" in answer or bool(answer["refused"]) or waits


def _table(answer: Answer) -> list[str]:
    lines = [_printable(answer["file"])]
    if "refused_file" in answer:
        return [*lines, _sentence(answer["refused_file"]), ""]
    states = ("ready", "look", "refused", "already_told")
    counts = ", ".join(f"{answer[state]:,} {state.replace('_', ' ')}" for state in states)
    lines.append(f"  {_count(answer['rows'], 'row', 'rows')}: {counts}")
    messages = _count(answer["messages"], "message", "messages")
    lines.append(f"  {messages} from {_count(answer['countries'], 'country', 'countries')} to import")
    if answer["total_stated"] is not None:
        fits = {True: "the rows agree", False: "the rows do not agree", None: "the rows cannot be held to it"}
        lines.append(f"  total stated: {answer['total_stated']:,}; {fits[answer['total_agrees']]}")
    if answer["question"]:
        lines.append("  Are dates written day first or month first? Say it with --date-order dmy or mdy.")
    lines += [f"  row {one['row']}: {_printable(one['sentence'])} [{one['code']}]" for one in answer["problems"]]
    if answer.get("imported"):
        lines.append(f"  Imported as return {answer['imported']}. undo_import {answer['imported']} takes it back.")
    elif "not_imported" in answer:
        lines.append(_sentence(answer["not_imported"]))
    return [*lines, ""]


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _sentence(refusal: dict[str, str]) -> str:
    return f"  {_printable(refusal['sentence'])} [{refusal['code']}]"


def _printable(text: str) -> str:
    """Without what could steer a terminal."""
    return "".join(c if c.isprintable() else "\ufffd" for c in text)
