"""Finding a thing by its code: any label that is or was on it leads to it. Only what one may see is found."""

import re
from collections.abc import Iterator, Sequence

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from logistics import codes, permissions
from logistics.models import Label, User
from logistics.queries import scope

LONGEST = 20
"""Labels that one thing has had, at most, when they are followed."""

A_CODE = re.compile(r"\b[0-9A-Z]{12}\b")

SEES_SHIPMENTS = frozenset({permissions.MAILROOM, permissions.CASE_TEAM, permissions.CASE_WORKER})
"""Who has the page of a shipment."""


def first_label(text: str) -> Label | None:
    """The label that was made with the thing on which this code is or was; nothing for another text."""
    label = Label.objects.filter(code=codes.normalise(text)).select_related("replaces").first()
    for _number in range(LONGEST):
        older = getattr(label, "replaces", None)
        if older is None:
            return label
        label = older
    return label


def first_codes(found: Sequence[str]) -> dict[str, str]:
    """For each of these codes that was not the first on its thing, the one that was."""
    now, older = {code: code for code in found}, {}
    for _number in range(LONGEST):
        rows = Label.objects.filter(code__in=now.values(), replaces__isnull=False)
        older = dict(rows.values_list("code", "replaces__code")) if now else {}
        if not older:
            break
        now = {code: older.get(at, at) for code, at in now.items()}
    return {code: at for code, at in now.items() if at != code}


def newest(label: Label) -> Label:
    """The label that is on the thing now."""
    while label.replaced_by is not None:
        label = label.replaced_by
    return label


def shown(label: Label) -> str:
    """The code that is on the thing now, in groups."""
    return codes.grouped(newest(label).code)


def as_on_things(sentence: str) -> str:
    """The sentence with every code in it as it stands on the thing now, in groups: what somebody has in the hand."""
    return A_CODE.sub(lambda match: _as_on_thing(match[0]), sentence)


def _as_on_thing(word: str) -> str:
    if not codes.is_valid(word):
        return word
    label = Label.objects.filter(code=word).first()
    return shown(label) if label else codes.grouped(word)


def find(user: User, text: str) -> Iterator[tuple[str, str, str]]:
    """Bundles, batches and shipments with this code: what it is, its name, its address."""
    code = codes.normalise(text)
    if not codes.is_valid(code):
        return
    if code[0] == codes.SHIPMENT:
        yield from _shipments(user, code)
    elif (label := first_label(code)) is not None:
        if scope.bundles(user).filter(label=label).exists():
            yield _("bundle"), shown(label), reverse("bundle", args=[label.code])
        elif user.holds(permissions.MAILROOM) and scope.batches(user).filter(label=label).exists():
            yield _("batch"), shown(label), reverse("batch", args=[label.code])


def _shipments(user: User, code: str) -> Iterator[tuple[str, str, str]]:
    seen = scope.shipments(user).filter(number=code)
    if not user.roles & SEES_SHIPMENTS or not seen.exists():
        return
    try:
        yield _("shipment"), codes.grouped(code), reverse("shipment", args=[code])
    except NoReverseMatch:
        return
