"""The whole journey, read from its beginning as a stream: plain rows, in the order in which they are checked."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import F, QuerySet

from logistics import chain
from logistics.models import Act, Bundle, Entry, Holding, Place
from logistics.models.journey import WHEREABOUTS

CHUNK = 2000
"""Rows fetched at a time."""


class EntryRow(NamedTuple):
    """An entry; `of` is the key by which the stream is ordered: its bundle, its act, or its act's reversal."""

    of: int
    act: int
    bundle: int
    sequence: int
    step: str
    pieces: int
    from_border: str
    from_place: int | None
    to_border: str
    to_place: int | None
    day: date
    digest: str


class ActRow(NamedTuple):
    """An act with all that its header covers, by the names of chain.ACT_FIELDS."""

    pk: int
    fields: dict[str, object]
    digest: str

    @property
    def kind(self) -> str:
        return str(self.fields["kind"])

    @property
    def reverses(self) -> int | None:
        return self.fields["reverses_id"]  # type: ignore[return-value]

    @property
    def day(self) -> date:
        return self.fields["day"]  # type: ignore[return-value]

    @property
    def recorded_at(self) -> datetime:
        return self.fields["recorded_at"]  # type: ignore[return-value]


class BundleRow(NamedTuple):
    """A bundle with all that its chain begins with, by the names of chain.BUNDLE_FIELDS."""

    pk: int
    fields: dict[str, object]
    head_sequence: int
    head_digest: str

    @property
    def code(self) -> str:
        return str(self.fields["code"])


class HoldingRow(NamedTuple):
    of: int
    place: int
    pieces: int


class PlaceRow(NamedTuple):
    """A place: its kind, the column that says where, the key in it, and the code or number that people know."""

    kind: str
    column: str
    key: int | None
    sign: str

    @property
    def name(self) -> str:
        """As it stands in the chain."""
        return self.kind if self.key is None else f"{self.kind}:{self.key}"

    def __str__(self) -> str:
        said = self.kind.replace("_", " ")
        return f"{said} ({self.column} {self.sign})" if self.column else said


NOWHERE = PlaceRow("a place that is not there", "", None, "")


class Beside:
    """Rows in the order of their first column, handed out key by key; keys are asked for in the same order.

    `strays` counts rows with a key that nobody asked for.
    """

    def __init__(self, rows: Iterable[tuple]) -> None:
        self._rows = iter(rows)
        self._next = next(self._rows, None)
        self._strays = 0

    def of(self, key: int) -> list:
        found = []
        while self._next is not None and self._next[0] <= key:
            if self._next[0] == key:
                found.append(self._next)
            else:
                self._strays += 1
            self._next = next(self._rows, None)
        return found

    def strays(self) -> int:
        """How many rows have been left over, once all keys were asked for."""
        return self._strays + sum(1 for _ in self._rows) + (self._next is not None)


def acts() -> Iterator[ActRow]:
    """All acts, in the order of their number."""
    rows = Act.objects.order_by("pk").values_list("pk", *chain.ACT_FIELDS, "digest")
    for pk, *fields, digest in rows.iterator(CHUNK):
        yield ActRow(pk, dict(zip(chain.ACT_FIELDS, fields, strict=True)), digest)


def bundles() -> Iterator[BundleRow]:
    """All bundles, in the order of their key."""
    fields = ["label__code" if name == "code" else name for name in chain.BUNDLE_FIELDS]
    rows = Bundle.objects.order_by("pk").values_list("pk", *fields, "head_sequence", "head_digest")
    for pk, *values, sequence, digest in rows.iterator(CHUNK):
        yield BundleRow(pk, dict(zip(chain.BUNDLE_FIELDS, values, strict=True)), sequence, digest)


def entries_by_act() -> Iterator[EntryRow]:
    """By act, in the order in which they were written."""
    return _entries(Entry.objects.order_by("act_id", "pk"), "act_id")


def entries_by_bundle() -> Iterator[EntryRow]:
    """By bundle, in the order of its chain."""
    return _entries(Entry.objects.order_by("bundle_id", "sequence"), "bundle_id")


def reversed_entries() -> Iterator[EntryRow]:
    """Those of acts that were reversed, by the act that reverses theirs."""
    rows = Entry.objects.filter(act__reversal__isnull=False)
    return _entries(rows.order_by("act__reversal__pk", "pk"), "act__reversal__pk")


def _entries(rows: QuerySet[Entry], key: str) -> Iterator[EntryRow]:
    columns = [f"{name}_id" if name in {"act", "bundle", "from_place", "to_place"} else name for name in EntryRow._fields[1:]]
    for row in rows.annotate(of=F(key)).values_list("of", *columns).iterator(CHUNK):
        yield EntryRow(*row)


def holdings() -> Iterator[HoldingRow]:
    """By bundle, also those of nothing."""
    rows = Holding.objects.order_by("bundle_id", "place_id").values_list("bundle_id", "place_id", "pieces")
    return (HoldingRow(*row) for row in rows.iterator(CHUNK))


def places() -> dict[int, PlaceRow]:
    """All places by key."""
    at = [f"{column}_id" for column in WHEREABOUTS]
    signs = ["hub__code", "label__code", "shipment__number", "delivery__number"]
    rows = Place.objects.order_by("pk").values_list("pk", "kind", *at, *signs)
    return {pk: _place(kind, rest[:4], rest[4:]) for pk, kind, *rest in rows.iterator(CHUNK)}


def _place(kind: str, keys: Sequence[int | None], signs: Sequence[str | None]) -> PlaceRow:
    for column, key, sign in zip(WHEREABOUTS, keys, signs, strict=True):
        if key is not None:
            return PlaceRow(kind, column, key, str(sign))
    return PlaceRow(kind, "", None, "")


def acts_that_do_not_stand() -> set[int]:
    """Reversals, and what they reverse."""
    pairs = Act.objects.filter(reverses__isnull=False).values_list("pk", "reverses_id")
    return {key for pair in pairs.iterator(CHUNK) for key in pair}
