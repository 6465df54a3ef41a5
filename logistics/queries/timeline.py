"""The journey of one bundle as it is told to people: one moment for each act, newest first."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Exists, OuterRef
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, steps
from logistics.models import Act, Bundle, Entry, Place, User
from logistics.permissions import may
from logistics.queries import scope
from logistics.queries.reversible import built_on
from logistics.steps import Step

MILESTONES = frozenset({Step.SCREENED, Step.SUMMARISED, Step.WAIVED, Step.SEALED})


@dataclass(frozen=True)
class Moment:
    """One act as it touched this bundle. `pieces` 0: nothing moved."""

    act: Act
    words: str
    pieces: int
    detail: str
    reason: str
    day: date
    recorded_at: datetime
    sort: str
    was_reversed: bool
    may_reverse: bool


def entries_of(bundle: Bundle, user: User) -> list[Entry]:
    """The entries of a bundle in their order, each with its act and places, and whether its act is `in_part` of
    bundles that this person does not see. One query."""
    places = [f"{side}_place__{where}" for side in ("from", "to") for where in ("hub", "label", "shipment", "delivery")]
    unseen = Entry.objects.filter(act=OuterRef("act")).exclude(bundle__in=scope.bundles(user))
    rows = Entry.objects.filter(bundle=bundle).annotate(in_part=Exists(unseen)).order_by("sequence")
    return list(rows.select_related("act__reversal", "act__hub", "act__reverses", *places))


def standing_steps(entries: Iterable[Entry]) -> set[str]:
    """The steps of these entries that were not taken back."""
    return {row.step for row in entries if row.step != Step.REVERSED and getattr(row.act, "reversal", None) is None}


def timeline(entries: Iterable[Entry], user: User, permission: dict[str, str]) -> list[Moment]:
    """`entries`: of one bundle, from `entries_of`. `permission`: by step, what one needs to take an act back. One query."""
    by_act: dict[int, list[Entry]] = {}
    for entry in entries:
        by_act.setdefault(entry.act_id, []).append(entry)
    kept = built_on(by_act)
    moments = [_moment(each, user, permission, kept) for each in by_act.values()]
    return sorted(moments, key=lambda moment: moment.act.pk, reverse=True)


def _moment(entries: list[Entry], user: User, permission: dict[str, str], kept: set[int]) -> Moment:
    moved = [entry for entry in entries if entry.pieces]
    told = [entry for entry in moved if not _is_beside(entry)] or moved or entries
    first = told[0]
    act, undone = first.act, getattr(first.act, "reversal", None) is not None
    # Whoever does not see every bundle of an act cannot take it back.
    allowed = act.kind in permission and may(user, permission[act.kind]) and not first.in_part
    return Moment(
        act=act,
        words=_words(first),
        pieces=sum(entry.pieces for entry in told),
        detail=_details(told) + _more(moved, told),
        reason=act.get_reason_display() if act.reason else "",
        day=first.day,
        recorded_at=act.recorded_at,
        sort="corrected" if act.kind == Step.REVERSED else "" if first.pieces else "milestone",
        was_reversed=undone,
        may_reverse=allowed and not undone and act.pk not in kept,
    )


def _is_beside(entry: Entry) -> bool:
    """Whether it only tells that the number was another one, beside where the pieces went; also where it is taken back."""
    return entry.step == Step.RECOUNTED or entry.step == Step.REVERSED and bool(entry.from_border or entry.to_border)


def _more(moved: Iterable[Entry], told: Iterable[Entry]) -> str:
    more = sum(entry.pieces for entry in moved if entry not in told and entry.step == Step.RECOUNTED and entry.from_border)
    sentence = ngettext("%(n)s more than was known", "%(n)s more than was known", more)
    return f" · {sentence % {'n': intcomma(more)}}" if more else ""


def _words(entry: Entry) -> str:
    if entry.step == Step.REVERSED:
        day = entry.act.reverses.day if entry.act.reverses else entry.day
        return _("Correction: “%(what)s” of %(day)s is taken back") % {
            "what": STEPS[Step(entry.act.reverses.kind)](),
            "day": date_format(day, "j F Y"),
        }
    if entry.step == Step.ARRIVED and entry.to_place and entry.to_place.kind == steps.BAG:
        return _("Passed through, sealed")
    if entry.step == Step.RECOUNTED and entry.pieces:
        return _("Counted again: fewer") if entry.to_border else _("Counted again: more")
    if entry.step == Step.REBUNDLED:
        return _("Split off into another bundle") if entry.to_border else _("Split off from another bundle")
    return STEPS[Step(entry.step)]()


STEPS = {
    Step.COUNTED: lambda: _("Counted blind"),
    Step.RECOUNTED: lambda: _("Counted again"),
    Step.SCREENED: lambda: _("Screened"),
    Step.SUMMARISED: lambda: _("Summarised, and approved by a second translator"),
    Step.WAIVED: lambda: _("Goes without a summary"),
    Step.SEALED: lambda: _("Sealed in a mailbag"),
    Step.WITHHELD: lambda: _("Withheld"),
    Step.RELEASED: lambda: _("Released"),
    Step.REBUNDLED: lambda: _("Split"),
    Step.BAGGED: lambda: _("Put into the mailbag"),
    Step.UNBAGGED: lambda: _("Taken out of the mailbag"),
    Step.DISPATCHED: lambda: _("Left the mailroom"),
    Step.ARRIVED: lambda: _("Arrived"),
    Step.HANDED: lambda: _("Handed over"),
    Step.RAISED: lambda: _("Better evidence came"),
    Step.REFUSED: lambda: _("Refused"),
    Step.SEIZED: lambda: _("Seized"),
    Step.GIVEN_BACK: lambda: _("Given back"),
    Step.DEFERRED: lambda: _("Kept for after release"),
    Step.RETURNED: lambda: _("Sent back"),
    Step.LOST: lambda: _("Lost"),
    Step.FOUND: lambda: _("Found"),
    Step.DESTROYED: lambda: _("Destroyed"),
    Step.REVERSED: lambda: _("Taken back"),
}
PLACES = {
    steps.MAILROOM: lambda: _("In the mailroom"),
    steps.WITHHELD: lambda: _("Withheld"),
    steps.BAG: lambda: _("In a mailbag"),
    steps.TRANSIT: lambda: _("In transit"),
    steps.FIELD: lambda: _("With the case worker"),
    steps.DEFERRED: lambda: _("Kept for after release"),
    steps.RETURNED: lambda: _("Sent back"),
    steps.ASSUMED: lambda: _("Posted, no word yet"),
    steps.INSTITUTION: lambda: _("Left with an institution"),
    steps.CLOSE: lambda: _("With somebody close"),
    steps.IN_PERSON: lambda: _("Handed over in person"),
    steps.ACKNOWLEDGED: lambda: _("The recipient said so"),
    steps.SEIZED: lambda: _("Seized"),
    steps.REFUSED: lambda: _("Refused"),
    steps.LOST: lambda: _("Lost"),
    steps.DESTROYED: lambda: _("Destroyed"),
}


def where(place: Place) -> str:
    """A place in words, with the code or the name of where it is."""
    words = PLACES[place.kind]()
    return f"{words} ({name})" if (name := _whereabouts(place)) else words


def _whereabouts(place: Place) -> str:
    if place.hub:
        return place.hub.name
    if place.label:
        return codes.grouped(place.label.code)
    return codes.grouped(place.shipment.number) if place.shipment else ""


def _details(entries: Iterable[Entry]) -> str:
    """Where they went; where parts went different ways, each place once, with its pieces."""
    parts: dict[str, int] = {}
    for entry in entries:
        words = _detail(entry)
        parts[words] = parts.get(words, 0) + entry.pieces
    return next(iter(parts)) if len(parts) == 1 else " · ".join(f"{words}: {intcomma(pieces)}" for words, pieces in parts.items())


def _detail(entry: Entry) -> str:
    if entry.step == Step.REVERSED:
        return _("What was told first stays in the list.")
    if entry.to_place:
        return where(entry.to_place)
    return entry.act.hub.name if entry.act.hub and entry.step in MILESTONES else ""
