"""What happened here: an act of the journey as one sentence."""

from collections.abc import Iterable
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, steps
from logistics.models import Act, Entry, Place
from logistics.queries.timeline import STEPS
from logistics.steps import Step
from logistics.words import figure

DID = {
    Step.COUNTED: gettext_lazy("counted %(which)s"), Step.RECOUNTED: gettext_lazy("counted %(which)s again"),
    Step.SCREENED: gettext_lazy("screened %(which)s"), Step.SUMMARISED: gettext_lazy("approved the summary of %(which)s"),
    Step.WAIVED: gettext_lazy("let %(which)s go without a summary"), Step.SEALED: gettext_lazy("sealed %(which)s in a bag"),
    Step.WITHHELD: gettext_lazy("withheld pieces of %(which)s"), Step.RELEASED: gettext_lazy("released pieces of %(which)s"),
    Step.REBUNDLED: gettext_lazy("split %(which)s"), Step.BAGGED: gettext_lazy("put %(which)s in a bag"),
    Step.UNBAGGED: gettext_lazy("took %(which)s out of a bag"), Step.DISPATCHED: gettext_lazy("dispatched %(which)s"),
    Step.ARRIVED: gettext_lazy("took over %(which)s"), Step.HANDED: gettext_lazy("handed over %(which)s"),
    Step.RAISED: gettext_lazy("has better evidence of %(which)s"), Step.REFUSED: gettext_lazy("told that pieces of %(which)s were refused"),
    Step.SEIZED: gettext_lazy("told that pieces of %(which)s were seized"), Step.GIVEN_BACK: gettext_lazy("got %(which)s back"),
    Step.DEFERRED: gettext_lazy("kept pieces of %(which)s for release"), Step.RETURNED: gettext_lazy("sent back pieces of %(which)s"),
    Step.LOST: gettext_lazy("told that pieces of %(which)s are lost"), Step.FOUND: gettext_lazy("found pieces of %(which)s again"),
    Step.DESTROYED: gettext_lazy("destroyed pieces of %(which)s"), Step.REVERSED: gettext_lazy("took back %(which)s"),
}  # fmt: skip

AT = {
    steps.MAILROOM: gettext_lazy("the mailroom"), steps.WITHHELD: gettext_lazy("what is withheld"), steps.BAG: gettext_lazy("bag"),
    steps.TRANSIT: gettext_lazy("the shipment under way"), steps.FIELD: gettext_lazy("the case worker"),
    steps.DEFERRED: gettext_lazy("what is kept for release"), steps.RETURNED: gettext_lazy("what is on its way back"),
    steps.ASSUMED: gettext_lazy("the post, no word yet"), steps.INSTITUTION: gettext_lazy("an institution"),
    steps.CLOSE: gettext_lazy("somebody close"), steps.IN_PERSON: gettext_lazy("the person"),
    steps.ACKNOWLEDGED: gettext_lazy("the person, who said so"), steps.SEIZED: gettext_lazy("what was seized"),
    steps.REFUSED: gettext_lazy("what was refused"), steps.LOST: gettext_lazy("what is lost"),
    steps.DESTROYED: gettext_lazy("what was destroyed"),
    steps.OUTSIDE: gettext_lazy("outside"), steps.REBUNDLED: gettext_lazy("another bundle"), "": "",
}  # fmt: skip


SAID = frozenset({
    Step.WITHHELD, Step.RELEASED, Step.REFUSED, Step.SEIZED, Step.GIVEN_BACK, Step.DEFERRED, Step.RETURNED, Step.LOST,
    Step.FOUND, Step.DESTROYED,
})  # fmt: skip
"""Whose words say already where the pieces are now, or were before."""
SAID_PLACES = frozenset({
    steps.WITHHELD, steps.REFUSED, steps.SEIZED, steps.DEFERRED, steps.RETURNED, steps.LOST, steps.DESTROYED,
})  # fmt: skip


def place(where: Place | None, border: str) -> str:
    """A place or a border in words, with its code; a dash where nothing moved."""
    if where is None:
        return str(AT[border]) or "–"
    sign = ""
    if where.hub:
        sign = where.hub.code
    elif where.label:
        sign = codes.grouped(where.label.code)
    elif where.shipment:
        sign = codes.grouped(where.shipment.number)
    elif where.delivery:
        sign = codes.grouped(where.delivery.number)
    return f"{AT[where.kind]} ({sign})" if sign else str(AT[where.kind])


def sentence(act: Act) -> str:
    """Who did what, with how many pieces of which bundle, from where to where; the second person and the reason."""
    entries = list(act.entries.all())
    which = _which(entries)
    if act.reverses is not None:
        words = {"what": kind(act.reverses), "day": date_format(act.reverses.day, "j F Y"), "which": which}
        which = _("“%(what)s” of %(day)s, %(which)s") % words
    if act.kind == Step.SEALED and act.label is not None:
        which = _("%(which)s (%(bag)s)") % {"which": which, "bag": codes.grouped(act.label.code)}
    told = f"{act.by.code or '–'} {DID[Step(act.kind)] % {'which': which}}"
    if moves := _moves(entries):
        told += ": " + "; ".join(moves)
    if act.second is not None:
        told += _(", together with %(second)s") % {"second": act.second.code or "–"}
    if act.reason:
        told += _(", because: %(reason)s") % {"reason": act.get_reason_display()}
    return told + "."


def kind(act: Act) -> str:
    """What sort of act it is, in words."""
    return STEPS[Step(act.kind)]()


def _which(entries: Iterable[Entry]) -> str:
    """The bundle by its code, or how many there are."""
    bundles = list(dict.fromkeys(codes.grouped(entry.bundle.label.code) for entry in entries))
    if len(bundles) == 1:
        return _("bundle %(code)s") % {"code": bundles[0]}
    return ngettext("%(n)s bundle", "%(n)s bundles", len(bundles)) % {"n": figure(len(bundles))}


def _moves(entries: Iterable[Entry]) -> list[str]:
    """So many pieces from where to where. What is tied into another bundle crosses a border twice and is told once."""
    sums: dict[tuple[str, str], int] = {}
    tied: dict[str, Any] = {"pieces": 0, "out": "", "into": ""}
    for entry in entries:
        if steps.REBUNDLED in (entry.from_border, entry.to_border):
            goes = entry.to_border == steps.REBUNDLED
            tied["pieces"] += entry.pieces if goes else 0
            tied["out" if goes else "into"] = codes.grouped(entry.bundle.label.code)
        elif entry.pieces:
            ends = _end(entry.from_place, entry.from_border, entry.step), _end(entry.to_place, entry.to_border, entry.step)
            sums[ends] = sums.get(ends, 0) + entry.pieces
    told = [_piece(pieces, start, end) for (start, end), pieces in sums.items()]
    if tied["pieces"]:
        words = ngettext("%(n)s piece of %(out)s tied into %(into)s", "%(n)s pieces of %(out)s tied into %(into)s", tied["pieces"])
        told.insert(0, words % {**tied, "n": figure(tied["pieces"])})
    return told


def _end(where: Place | None, border: str, step: str) -> str:
    """One end of a move; nothing where the act's own words have said it."""
    is_said = where is not None and step in SAID and where.kind in SAID_PLACES
    return "" if is_said else place(where, border)


def _piece(pieces: int, start: str, end: str) -> str:
    if not start and not end:
        words = ngettext("%(n)s piece", "%(n)s pieces", pieces)
    elif not end:
        words = ngettext("%(n)s piece from %(start)s", "%(n)s pieces from %(start)s", pieces)
    elif not start:
        words = ngettext("%(n)s piece to %(end)s", "%(n)s pieces to %(end)s", pieces)
    else:
        words = ngettext("%(n)s piece from %(start)s to %(end)s", "%(n)s pieces from %(start)s to %(end)s", pieces)
    return words % {"n": figure(pieces), "start": start, "end": end}
