"""The picture of where the counted pieces of a case are."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from logistics import steps
from logistics.queries.timeline import PLACES

PARTS = {
    steps.ACKNOWLEDGED: "acknowledged", steps.IN_PERSON: "in-person", steps.CLOSE: "somebody-close",
    steps.INSTITUTION: "institution", steps.ASSUMED: "institution", steps.WITHHELD: "held-back",
    steps.SEIZED: "held-back", steps.REFUSED: "held-back", steps.LOST: "held-back", steps.DESTROYED: "held-back",
    steps.DEFERRED: "in-transit", steps.RETURNED: "in-transit", steps.FIELD: "in-transit", steps.TRANSIT: "in-transit",
    steps.BAG: "in-bag", steps.MAILROOM: "in-mailroom",
}  # fmt: skip
"""Every place, surest first, and how its part of the picture looks."""


def flow(row: dict[str, Any]) -> dict[str, Any]:
    """The picture of one case: the upper bar all counted, the lower bar what is on its way where that is a small part, and
    the key."""
    held = row["places"]
    kinds = [kind for kind in PARTS if held.get(kind, 0) > 0]
    way = [kind for kind in kinds if kind in steps.ON_THE_WAY]
    groups = [
        (_("Delivered"), row["delivered"], steps.DELIVERED),
        (_("On their way"), row["on_the_way"], steps.ON_THE_WAY),
        (_("Not confirmed"), row["unconfirmed"], steps.UNCONFIRMED),
        (_("Withheld and other"), row["withheld"] + row["other"], (steps.WITHHELD, *steps.OTHER)),
    ]
    keys = [
        (title, pieces, [{"part": PARTS[kind], "words": PLACES[kind](), "pieces": held[kind]} for kind in kinds if kind in of])
        for title, pieces, of in groups
        if pieces
    ]
    upper = shares(kinds, held, row["counted"])
    begins = next((each["start"] for each, kind in zip(upper, kinds, strict=True) if kind in steps.ON_THE_WAY), 0)
    lower = shares(way, held, row["on_the_way"]) if 2 * row["on_the_way"] < row["counted"] else []
    return {"upper": upper, "lower": lower, "begins": begins, "keys": keys}


def shares(kinds: Iterable[str], held: dict[str, int], whole: int) -> list[dict[str, Any]]:
    """Where each part begins and how wide it is, in per cent."""
    found, start = [], 0.0
    for kind in kinds:
        width = 100 * held[kind] / whole
        found.append({"part": PARTS[kind], "start": round(start, 2), "width": round(width, 2)})
        start += width
    return found
