"""Addresses of things that have no code: their handles (`codes`), read back."""

from django.http import Http404

from logistics import codes
from logistics.codes import handle

__all__ = ["handle", "key_of"]


def key_of(sort: str, text: str) -> int:
    """The key that a handle stands for; there is no such page for anything else."""
    key = codes.key_of(sort, text)
    if key is None:
        raise Http404
    return key
