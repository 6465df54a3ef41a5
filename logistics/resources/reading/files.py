"""Read a file that somebody sent: take its bytes, let a limited child process open it."""

import datetime
import hashlib
import json
import os
import stat
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from logistics.errors import Refused
from logistics.resources.reading import limits
from logistics.resources.reading.contents import Cell, Row, Sheet
from logistics.words import figure

ROOT = Path(__file__).resolve().parents[3]


@dataclass
class Read:
    """The contents of a file, with the hash by which the same file is known again."""

    name: str
    sha256: str
    sheets: list[Sheet]


def read_file(path: str) -> Read:
    """Read a CSV or XLSX file.

    Refused: `not_found`, `not_a_file`, `empty_file`, `too_large`, `too_many_columns`, `zip_bomb`, `doctype`,
    `encrypted`, `not_a_spreadsheet`, `encoding`, `unreadable`.
    """
    data = _bytes_of(path)
    name = os.path.basename(path).encode("utf-8", "backslashreplace").decode()
    return Read(name, hashlib.sha256(data).hexdigest(), sheets_in(data))


def sheets_in(data: bytes) -> list[Sheet]:
    """The sheets of a file given as bytes. Refused as for `read_file`."""
    if not data:
        raise Refused("empty_file", _("This file is empty. Send the file with the table in it."))
    if len(data) > limits.MAX_FILE_BYTES:
        raise _too_many_bytes()
    answer = _ask_child(data)
    if isinstance(answer, dict):
        raise Refused(answer["code"], _sentence(**answer))
    return [_sheet(told) for told in answer]


def _bytes_of(path: str) -> bytes:
    try:
        about = os.stat(path)
        if not stat.S_ISREG(about.st_mode):
            raise Refused("not_a_file", _("This is a folder or a device, not a file. Name the file itself."))
        if about.st_size > limits.MAX_FILE_BYTES:
            raise _too_many_bytes()
        with open(path, "rb") as file:
            return file.read(limits.MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise Refused("not_found", _("There is no such file. Check the name.")) from error
    except (OSError, ValueError) as error:
        raise Refused("not_found", _("This file may not be opened. Check its name and its permissions.")) from error


def _too_many_bytes() -> Refused:
    most = limits.MAX_FILE_BYTES // 2**20
    sentence = _("This file is larger than %(most)s MB. Split it, or remove the pictures from it.")
    return Refused("too_large", sentence % {"most": figure(most)})


def _too_costly() -> Refused:
    return Refused("too_large", _("This file takes too much time or memory to read. Split it, or save it anew as CSV."))


def _sentence(sentence: str, values: dict[str, int | str], **_code: str) -> str:
    """What the child says, in the language of the page."""
    said = {name: number_format(n, force_grouping=True) if isinstance(n, int) else n for name, n in values.items()}
    return _(sentence) % said


def _ask_child(data: bytes) -> list | dict:
    command = [sys.executable, "-m", "logistics.resources.reading.child"]
    nothing_to_steal = {"PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"}
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(
                command,
                input=data,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env=nothing_to_steal,
                cwd=ROOT,
                timeout=limits.CHILD_WALL_SECONDS,
            )
        except subprocess.TimeoutExpired as error:
            raise _too_costly() from error
        if done.returncode != 0:
            raise _too_costly()
        answer.seek(0)
        return json.load(answer)


def _sheet(told: dict) -> Sheet:
    rows = [Row(number, [_cell(cell) for cell in cells]) for number, cells in told["rows"]]
    merges = [tuple(merge) for merge in told["merges"]]
    return Sheet(told["name"], rows, merges, told["is_hidden"], told["has_formulas"])


def _cell(cell: object) -> Cell:
    if isinstance(cell, dict):
        return datetime.date.fromisoformat(cell["date"])
    return cell
