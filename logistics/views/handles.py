"""Addresses of things that have no code: thirteen characters that stand for one row and tell nothing about others."""

import hashlib
import hmac

from django.conf import settings
from django.http import Http404

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 13
HALF = 2**32 - 1
ROUNDS = 4  # of a Feistel network: four make a permutation that looks like chance (Luby and Rackoff, 1988)


def handle(sort: str, key: int) -> str:
    """The handle of the row with this key."""
    left, right = key >> 32, key & HALF
    for number in range(ROUNDS):
        left, right = right, left ^ _mixed(sort, number, right)
    whole = (left << 32) | right
    return "".join(ALPHABET[(whole >> 5 * at) & 31] for at in reversed(range(LENGTH)))


def key_of(sort: str, text: str) -> int:
    """The key that a handle stands for; there is no such page for anything else."""
    if len(text) != LENGTH or not set(text) <= set(ALPHABET):
        raise Http404
    whole = 0
    for character in text:
        whole = whole << 5 | ALPHABET.index(character)
    left, right = whole >> 32, whole & HALF
    for number in reversed(range(ROUNDS)):
        left, right = right ^ _mixed(sort, number, left), left
    if left > HALF or left >> 31:  # larger than any key
        raise Http404
    return (left << 32) | right


def _mixed(sort: str, number: int, half: int) -> int:
    text = f"{sort}:{number}:{half}".encode()
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), text, hashlib.sha256)[:4])
