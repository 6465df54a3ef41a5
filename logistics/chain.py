"""The hash chain: pure functions over plain values, used where the journey is written and where it is checked.

SHA-256 over canonical JSON (sorted keys, no spaces, UTF-8). Places are named ``kind:id``, borders by
their word, nothing by the empty string. Times are UTC with microseconds.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timezone
from decimal import Decimal
from enum import Enum
from uuid import UUID

from django.db.models import Model

ACT_FIELDS = (
    "key", "told", "kind", "day", "time", "utc_offset", "recorded_at", "by_id", "second_id", "device", "hub_id",
    "reason", "shipment_id", "delivery_id", "label_id", "reverses_id", "lines",
)  # fmt: skip

BUNDLE_FIELDS = ("code", "case_id", "batch_id", "hub_id", "kind", "purpose", "country", "split_from_id")

AS_THEY_ARE = frozenset({str, int, bool, type(None)})
"""Most values: kept from the longer look at what they are."""

_canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode


def plain(value: object) -> object:
    """A value as JSON can hold it: rows by table and key, days and times by ISO 8601."""
    if type(value) in AS_THEY_ARE:
        return value
    match value:
        case None | bool() | int() | str() if not isinstance(value, Enum):
            return value
        case Enum():
            return value.value
        case Model():
            return f"{value._meta.label}:{value.pk}"
        case list() | tuple():
            return [plain(inner) for inner in value]
        case datetime():
            return value.astimezone(timezone.utc).isoformat(timespec="microseconds")
        case date() | time():
            return value.isoformat()
        case UUID() | Decimal():
            return str(value)
        case Mapping():
            return {str(plain(key)): plain(inner) for key, inner in value.items()}
        case set() | frozenset():
            return sorted((plain(inner) for inner in value), key=str)
        case Sequence():
            return [plain(inner) for inner in value]
    raise TypeError(f"cannot be hashed: {type(value).__name__}")


def digest(value: object) -> str:
    """SHA-256 of the value's canonical JSON, in hexadecimal."""
    return hashlib.sha256(_canonical(plain(value)).encode()).hexdigest()


def act_header(act: Mapping[str, object]) -> str:
    """The hash of an act's own fields (ACT_FIELDS)."""
    return digest([act[field] for field in ACT_FIELDS])


def bundle_seed(bundle: Mapping[str, object]) -> str:
    """What stands before a bundle's first entry: the hash of what the bundle is (BUNDLE_FIELDS)."""
    return digest([bundle[field] for field in BUNDLE_FIELDS])


def entry_digest(
    previous: str, header: str, bundle: int, sequence: int, step: str, pieces: int, start: str, end: str, day: date
) -> str:
    """The hash over this line, its act and the bundle's previous digest."""
    return digest([previous, header, bundle, sequence, str(step), pieces, start, end, day])


def act_digest(header: str, entries: Sequence[str]) -> str:
    """The hash over an act and all its entries, in the order in which they were written."""
    return digest([header, *entries])
