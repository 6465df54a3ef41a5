"""What the demonstration does with words, through the public actions."""

from collections.abc import Sequence
from typing import Any

from logistics.models import Act, Bundle, User
from translations.actions import summarising


def summarise(
    teller: Any, bundle: Bundle, *, language: str, text: str, translators: tuple[User, User], day: int
) -> Act:
    """Written by the first translator, approved by the second."""
    first, second = translators
    summary = summarising.write(bundle, language=language, text=text, by=first)
    return teller.act(summarising.approve, summary, by=second, day=day)


def waive(teller: Any, bundles: Sequence[Bundle], *, reason: str, by: User, day: int) -> Act:
    return teller.act(summarising.waive, bundles, reason=reason, by=by, day=day)


def leave_unapproved(bundle: Bundle, *, language: str, text: str, by: User) -> None:
    """A summary that waits for a second translator."""
    summarising.write(bundle, language=language, text=text, by=by)
