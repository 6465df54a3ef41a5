"""Reversal: the exact opposite of a whole earlier act. What was right is told again as a new act."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from logistics import registry, steps
from logistics.actions.locking import locked_bundles
from logistics.actions.recording import OUTSIDE, REBUNDLED, Mark, Move, Spot, record
from logistics.actions.screening import refuse_unknown_reason
from logistics.actions.telling import tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Entry, Place, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.reversible import moved_on, packed_since
from logistics.steps import Step
from logistics.words import Reason

REVERSED_FOR = (
    Reason.TOLD_BY_MISTAKE, Reason.WRONG_BUNDLE, Reason.WRONG_COUNT, Reason.WRONG_GRADE, Reason.WRONG_DAY,
)  # fmt: skip

PERMISSION: dict[str, str] = {
    Step.COUNTED: "logistics.count_bundle",
    Step.RECOUNTED: "logistics.recount_bundle",
    Step.SCREENED: "logistics.screen_bundle",
    Step.SUMMARISED: "translations.approve_summary",
    Step.WAIVED: "translations.waive_summary",
    Step.SEALED: "mailbags.seal",
    Step.WITHHELD: "logistics.withhold",
    Step.RELEASED: "logistics.release",
    Step.REBUNDLED: "logistics.split_bundle",
    Step.BAGGED: "mailbags.pack",
    Step.UNBAGGED: "mailbags.pack",
    Step.DISPATCHED: "mailbags.dispatch",
    Step.ARRIVED: "mailbags.arrive",
    Step.HANDED: "logistics.record_delivery",
    Step.RAISED: "logistics.raise_evidence",
    Step.REFUSED: "logistics.record_delivery",
    Step.SEIZED: "logistics.record_delivery",
    Step.GIVEN_BACK: "logistics.record_delivery",
    Step.DEFERRED: "logistics.record_delivery",
    Step.RETURNED: "logistics.record_delivery",
    Step.LOST: "logistics.declare_lost",
    Step.FOUND: "logistics.declare_lost",
    Step.DESTROYED: "logistics.destroy",
}
"""Whoever may do an act may reverse one."""


@transaction.atomic
def reverse(act: Act, *, reason: str, key: UUID, day: date, by: User) -> Act:
    """Undo a whole act by its exact opposite, with a reason; both stay in the journey and count on no day.

    Refused: `unknown_act`, `not_permitted`, `is_a_reversal`, `already_reversed`, `unknown_reason`, `moved_on` (what
    it moved has been moved on since), `nothing_there`, `day_not_come`, `day_before_act`, `key_reused`.
    """
    telling = tell("reverse", key=key, day=day, by=by, act=act, reason=reason)
    if telling.earlier:
        return telling.earlier
    act = _found(act, by)
    _refuse_bad(act, reason, day)
    _refuse_if_built_on(act)
    lines = [_opposite(entry) for entry in reversed(_entries_of(act))]
    reversal = record(
        telling, Step.REVERSED, lines, hub=act.hub, reason=reason, shipment=act.shipment, delivery=act.delivery, label=act.label,
        reverses=act,
    )  # fmt: skip
    if mend := registry.undo_containers.get(act.kind):
        mend(act, reversal)
    return reversal


def hindrance(act: Act) -> Refused | None:
    """Why this act cannot be reversed now, if it was not yet: what was built on it."""
    try:
        _refuse_if_built_on(act)
    except Refused as refusal:
        return refusal
    return None


def _found(act: Act, by: User) -> Act:
    """The act, its bundles locked, if all of them exist for this person."""
    keys = list(Entry.objects.filter(act=act.pk).order_by().values_list("bundle_id", flat=True).distinct())
    if scope.bundles(by).filter(pk__in=keys).count() != len(keys) or not keys:
        raise Refused("unknown_act", _("There is no such act here. Look at the journey of the bundle again."))
    found = Act.objects.select_related("hub", "shipment", "delivery", "label").get(pk=act.pk)
    if found.kind == Step.REVERSED:
        raise Refused("is_a_reversal", _("This is a reversal. Tell again, as a new act, what was right."))
    require(by, PERMISSION[found.kind])
    locked_bundles(Bundle.objects.filter(pk__in=keys), by=by)
    return found


def _refuse_bad(act: Act, reason: str, day: date) -> None:
    refuse_unknown_reason(reason, REVERSED_FOR)
    if Act.objects.filter(reverses=act).exists():
        raise Refused("already_reversed", _("This act has been reversed already. Tell again what was right."))
    if day < act.day:
        raise Refused("day_before_act", _("An act is not reversed before it was done. Look at the day."))


def _entries_of(act: Act) -> list[Entry]:
    places = ("hub", "label", "shipment", "delivery")
    joined = [f"{side}_place__{where}" for side in ("from", "to") for where in places]
    return list(Entry.objects.filter(act=act).select_related("bundle__label", *joined).order_by("pk"))


def _refuse_if_built_on(act: Act) -> None:
    """An act is reversed before those that built on it; `queries.reversible.built_on` says of which acts this holds."""
    if entry := _first(moved_on(), act):
        raise Refused(
            "moved_on",
            _(
                "What this brought of bundle %(bundle)s has been moved on since. Reverse the later acts first."
            ) % {"bundle": entry.bundle},
        )
    if entry := _first(packed_since(), act):
        raise Refused(
            "moved_on", _("Bundle %(bundle)s has been packed since. Take it out of its bag first.") % {"bundle": entry.bundle}
        )
    if check := registry.undo_checks.get(act.kind):
        check(act)


def _first(entries: QuerySet[Entry], act: Act) -> Entry | None:
    return entries.filter(act=act).select_related("bundle__label").order_by("pk").first()


def _opposite(entry: Entry) -> Move | Mark:
    if not entry.pieces:
        return Mark(entry.bundle, Step.REVERSED)
    start, end = _spot(entry.to_place, entry.to_border), _spot(entry.from_place, entry.from_border)
    return Move(entry.bundle, Step.REVERSED, entry.pieces, start, end)


def _spot(place: Place | None, border: str) -> Spot:
    if place is None:
        return REBUNDLED if border == steps.REBUNDLED else OUTSIDE
    return Spot(place.kind, place.hub or place.label or place.shipment or place.delivery)
