"""The head over all bundles and acts: one line, to be kept elsewhere, by which it shows what was removed since."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from logistics.errors import Refused
from logistics.models import Act, Entry
from logistics.queries.journey import CHUNK

FORM = re.compile(r"lightpost-1:([0-9]{1,18}):([0-9]{1,18}):([0-9]{1,18}):([0-9a-f]{64})")
SHOWN = 10
"""Missing numbers are named up to so many."""


@dataclass(frozen=True)
class Head:
    """The last act's number, how many acts and entries there are up to it, and the hash over all their digests."""

    last: int
    acts: int
    entries: int
    sha256: str

    def __str__(self) -> str:
        return f"lightpost-1:{self.last}:{self.acts}:{self.entries}:{self.sha256}"


def read(line: str) -> Head:
    """The head that `chain_head` printed. Refused: `bad_head`."""
    found = FORM.fullmatch(line.strip())
    if found is None:
        raise Refused(
            "bad_head",
            "That is no head of a journey. Give the whole line that chain_head printed: it begins with lightpost-1:",
        )
    last, acts, entries, sha256 = found.groups()
    return Head(int(last), int(acts), int(entries), sha256)


def head(last: int | None = None) -> Head:
    """The head over all acts up to this one (None: all that there are), from the rows as they are today.

    The hash is over every act's number, key and digest, then every bundle's chain: sequence and digest of its entries.
    """
    if last is None:
        last = Act.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    total = hashlib.sha256()
    acts = entries = 0
    for pk, key, digest in _rows(Act.objects.filter(pk__lte=last).order_by("pk"), "pk", "key", "digest"):
        total.update(f"act {pk} {key} {digest}\n".encode())
        acts += 1
    chains = Entry.objects.filter(act_id__lte=last).order_by("bundle_id", "sequence")
    for bundle, sequence, digest in _rows(chains, "bundle_id", "sequence", "digest"):
        total.update(f"entry {bundle} {sequence} {digest}\n".encode())
        entries += 1
    return Head(last, acts, entries, total.hexdigest())


def _rows(rows: QuerySet, *columns: str) -> Iterator[tuple]:
    return rows.values_list(*columns).iterator(CHUNK)


def faults(kept: Head) -> Iterator[str]:
    """What differs between the head that was kept and the rows up to the same act today."""
    now = head(kept.last)
    if now == kept:
        return
    yield from _differences(kept.acts, now.acts, "act", _hint(kept.last, now.acts))
    yield from _differences(kept.entries, now.entries, "entry", "")
    if (now.acts, now.entries) == (kept.acts, kept.entries):
        yield (
            f"Against the head: there are as many acts and entries up to act {kept.last} as then, but they are not the "
            "same: some were changed or replaced."
        )


def _differences(then: int, now: int, what: str, hint: str) -> Iterator[str]:
    several = "acts" if what == "act" else "entries"
    if now < then:
        gone = then - now
        missing = f"1 {what} that existed then is missing" if gone == 1 else f"{gone} {several} that existed then are missing"
        yield f"Against the head: {missing} ({then} then, {now} now){hint}."
    elif now > then:
        yield f"Against the head: there are {now} {several} where there were {then} then: {now - then} slipped in."


def _hint(last: int, acts: int) -> str:
    """Numbers up to the last one that no act has. A telling that was refused can leave one out too."""
    if acts >= last:
        return ""
    unused, expected = [], 1
    for pk in Act.objects.filter(pk__lte=last).order_by("pk").values_list("pk", flat=True).iterator(CHUNK):
        unused += range(expected, min(pk, expected + SHOWN))
        expected = pk + 1
    unused += range(expected, min(last + 1, expected + SHOWN))
    shown = ", ".join(str(number) for number in unused[-SHOWN:])
    return f"; no act has number {shown}" if len(unused) <= SHOWN else f"; among the numbers that no act has are {shown}"
