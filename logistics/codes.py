"""Opaque codes: one letter for the sort of thing, ten random characters, one check character.

Alphabet: Crockford base 32 (no I, L, O, U). Check: a weighted sum over GF(32), the field of 32
elements with the reduction polynomial x^5 + x^2 + 1. The weights are distinct powers of the
generator x, so every single wrong character and every swap of two characters changes the sum.

What has no code of its own has a handle: thirteen characters that stand for one row and tell nothing about others.
"""

import hashlib
import hmac
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.conf import settings

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BATCH, BUNDLE, MAILBAG = "A", "B", "M"
SHIPMENT, DELIVERY, CONFIRMATION = "S", "D", "C"
SORTS = BATCH + BUNDLE + MAILBAG + SHIPMENT + DELIVERY + CONFIRMATION
LENGTH = 12
HANDLE_LENGTH = 13
HALF = 2**32 - 1
ROUNDS = 4  # of a Feistel network: four make a permutation that looks like chance (Luby and Rackoff, 1988)

_POLYNOMIAL = 0b100101
_LOOKALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})
_source: ContextVar[random.Random | None] = ContextVar("code_source", default=None)


def _times_x(element: int) -> int:
    element <<= 1
    return element ^ _POLYNOMIAL if element & 0b100000 else element


def _weights() -> list[list[int]]:
    """For each position, the product of every element with that position's weight (x to the power of it + 1)."""
    tables, row = [], list(range(32))
    for _ in range(LENGTH - 1):
        row = [_times_x(element) for element in row]
        tables.append(row)
    return tables


_PRODUCTS = _weights()


def check_character(body: str) -> str:
    """The twelfth character for eleven others (all of ALPHABET)."""
    total = 0
    for products, character in zip(_PRODUCTS, body, strict=True):
        total ^= products[ALPHABET.index(character)]
    return ALPHABET[total]


def new(sort: str) -> str:
    """A fresh code of this sort, e.g. ``BG34QJ9JK1JY``; 50 random bits."""
    if sort not in SORTS:
        raise ValueError(f"no such sort of code: {sort}")
    choose = (_source.get() or secrets).choice
    body = sort + "".join(choose(ALPHABET) for _ in range(LENGTH - 2))
    return body + check_character(body)


def is_valid(code: str) -> bool:
    """Whether this is a whole code with the right check character."""
    return (
        len(code) == LENGTH
        and code[0] in SORTS
        and all(character in ALPHABET for character in code)
        and check_character(code[:-1]) == code[-1]
    )


def is_misread(text: str) -> bool:
    """Whether this looks like a code of ours in which one character at least is wrong."""
    code = normalise(text)
    shaped = len(code) == LENGTH and code[0] in SORTS and set(code) <= set(ALPHABET)
    return shaped and any(character.isdigit() for character in text) and not is_valid(code)


def normalise(text: str) -> str:
    """What somebody typed or scanned, as a code: capitals, no spaces or hyphens, O as 0, I and L as 1."""
    return "".join(text.split()).replace("-", "").upper().translate(_LOOKALIKES)


def grouped(code: str) -> str:
    """Three groups of four, as printed."""
    return " ".join(code[start : start + 4] for start in range(0, len(code), 4))


@contextmanager
def drawing_from(source: random.Random) -> Iterator[None]:
    """Within this block new codes come from `source`: the demo and the tests get the same codes every time."""
    token = _source.set(source)
    try:
        yield
    finally:
        _source.reset(token)


def new_person() -> str:
    """A fresh code for a person, e.g. ``P7Q2K9X``: what stands on paper in place of a name."""
    choose = (_source.get() or secrets).choice
    return "P" + "".join(choose(ALPHABET) for _ in range(6))


def handle(sort: str, key: int) -> str:
    """The handle of the row with this key, e.g. ``0kj3v8x2m9qpa``."""
    left, right = key >> 32, key & HALF
    for number in range(ROUNDS):
        left, right = right, left ^ _mixed(sort, number, right)
    whole = (left << 32) | right
    return "".join(ALPHABET[(whole >> 5 * at) & 31] for at in reversed(range(HANDLE_LENGTH))).lower()


def key_of(sort: str, text: str) -> int | None:
    """The key that a handle stands for; None for anything else."""
    if len(text) != HANDLE_LENGTH or not set(text) <= set(ALPHABET.lower()):
        return None
    whole = 0
    for character in text.upper():
        whole = whole << 5 | ALPHABET.index(character)
    left, right = whole >> 32, whole & HALF
    for number in reversed(range(ROUNDS)):
        left, right = right ^ _mixed(sort, number, left), left
    return None if left > HALF or left >> 31 else (left << 32) | right  # larger than any key


def _mixed(sort: str, number: int, half: int) -> int:
    text = f"{sort}:{number}:{half}".encode()
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256)[:4])
