"""Links to pages that may not be there: where there is none, nothing is linked."""

from typing import Any

from django.urls import NoReverseMatch, reverse


def way(name: str, *args: Any) -> str:
    """The address of this name, or "" where there is no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
