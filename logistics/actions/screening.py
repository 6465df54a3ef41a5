"""Screening: every piece is checked against the rules and for the recipient's safety; some are held back."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import codes, steps
from logistics.actions.labels import new_label
from logistics.actions.locking import locked_bundle, locked_bundles, require_at, require_second
from logistics.actions.recording import REBUNDLED, Mark, Move, Spot, record
from logistics.actions.situations import carry_flags
from logistics.actions.telling import Clock, tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, Hub, Shipment, User
from logistics.permissions import require
from logistics.queries.standing import has_been_dispatched, holdings_of, steps_of
from logistics.steps import Step
from logistics.words import Reason

WITHHELD_FOR = (
    Reason.SHOWS_WRITER, Reason.COULD_HARM, Reason.AGAINST_RULE, Reason.NOT_FOR_CASE, Reason.DAMAGED,
)  # fmt: skip


@transaction.atomic
def screen(
    bundles: Sequence[Bundle], *, hub: Hub, key: UUID, day: date, by: User, clock: Clock | None = None
) -> Act:
    """Say that every piece of these bundles was checked against the case's rules.

    Refused: `not_permitted`, `nothing_in_it`, `named_twice`, `unknown_bundle`, `not_your_hub`,
    `already_screened`, `not_here`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.screen_bundle")
    telling = tell("screen", key=key, day=day, by=by, hub=hub, clock=clock, bundles=list(bundles))
    if telling.earlier:
        return telling.earlier
    rows = locked_bundles(bundles, by=by)
    require_at(by, hub)
    _refuse_unless_here(rows, hub)
    done = steps_of(rows)
    for bundle in rows:
        if Step.SCREENED in done[bundle.pk]:
            raise Refused(
                "already_screened",
                _("Bundle %(bundle)s has been screened already. Take it off the list.") % {"bundle": bundle},
            )
    return record(telling, Step.SCREENED, [Mark(bundle, Step.SCREENED) for bundle in rows], hub=hub)


def _refuse_unless_here(bundles: Sequence[Bundle], hub: Hub) -> None:
    held = holdings_of(bundles)
    for bundle in bundles:
        kinds = {holding.place.kind for holding in held[bundle.pk] if holding.place.hub_id == hub.pk}
        if steps.MAILROOM not in kinds:
            raise Refused(
                "not_here", _("Nothing of bundle %(bundle)s is in this mailroom. Look where it is.") % {"bundle": bundle}
            )


@transaction.atomic
def withhold(
    bundle: Bundle,
    *,
    pieces: int | None,
    before: int | None = None,
    reason: str,
    hub: Hub,
    key: UUID,
    day: date,
    by: User,
    shipment: Shipment | None = None,
    clock: Clock | None = None,
) -> Act:
    """Hold pieces back under seal at this hub: from its mailroom, or (`shipment`) sent back from the field.

    `pieces` None holds back all. Refused: `not_permitted`, `unknown_bundle`, `not_your_hub`, `unknown_reason`,
    `nothing_there`, `too_many`, `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.withhold")
    telling = tell(
        "withhold", key=key, day=day, by=by, hub=hub, clock=clock, bundle=bundle, pieces=pieces, before=before,
        reason=reason, shipment=shipment,
    )  # fmt: skip
    if telling.earlier:
        return telling.earlier
    bundle = locked_bundle(bundle, by=by)
    require_at(by, hub)
    refuse_unknown_reason(reason, WITHHELD_FOR)
    start = Spot(steps.FIELD, shipment) if shipment else Spot(steps.MAILROOM, hub)
    move = Move(bundle, Step.WITHHELD, pieces, start, Spot(steps.WITHHELD, hub), before)
    return record(telling, Step.WITHHELD, [move], hub=hub, reason=reason, shipment=shipment, label=bundle.label)


def refuse_unknown_reason(reason: str, allowed: Sequence[str]) -> None:
    """Refused: `unknown_reason` for a reason code that does not belong to the step."""
    if reason not in allowed:
        names = ", ".join(str(Reason(code).label) for code in allowed)
        raise Refused("unknown_reason", _("Say why, as one of: %(names)s.") % {"names": names})


@transaction.atomic
def release(
    bundle: Bundle,
    *,
    pieces: int | None,
    before: int | None = None,
    hub: Hub,
    second: User | None,
    key: UUID,
    day: date,
    by: User,
    clock: Clock | None = None,
) -> Act:
    """Let withheld pieces go after all: two persons. If the bundle has left, they get a bundle of their own.

    Refused: `not_permitted`, `unknown_bundle`, `not_your_hub`, `second_person_needed`, `same_person`,
    `second_person_may_not`, `nothing_there`, `too_many`, `changed_since`, `no_pieces`, `day_not_come`, `key_reused`.
    """
    require(by, "logistics.release")
    telling = tell(
        "release", key=key, day=day, by=by, hub=hub, clock=clock, bundle=bundle, pieces=pieces, before=before, second=second
    )
    if telling.earlier:
        return telling.earlier
    require_second(by, second, "logistics.release")
    bundle = locked_bundle(bundle, by=by)
    require_at(by, hub)
    kept, mailroom = Spot(steps.WITHHELD, hub), Spot(steps.MAILROOM, hub)
    if not _has_left(bundle, hub):
        moves = [Move(bundle, Step.RELEASED, pieces, kept, mailroom, before)]
    else:
        pieces = _withheld(bundle, hub) if pieces is None else pieces
        moves = [
            Move(bundle, Step.RELEASED, pieces, kept, REBUNDLED, before),
            Move(new_part(bundle, hub), Step.RELEASED, pieces, REBUNDLED, mailroom),
        ]
    return record(telling, Step.RELEASED, moves, hub=hub, second=second, label=bundle.label)


def _has_left(bundle: Bundle, hub: Hub) -> bool:
    """Whether the bundle is in a bag or beyond, so that nothing can be added to it any more."""
    elsewhere = [holding for holding in holdings_of([bundle])[bundle.pk] if holding.place.hub_id != hub.pk]
    return bool(elsewhere) or has_been_dispatched(bundle)


def _withheld(bundle: Bundle, hub: Hub) -> int:
    held = holdings_of([bundle])[bundle.pk]
    places = (holding for holding in held if holding.place.kind == steps.WITHHELD and holding.place.hub_id == hub.pk)
    return sum(holding.pieces for holding in places)


def new_part(bundle: Bundle, hub: Hub) -> Bundle:
    """A new, empty bundle under a new label, alike in all else, for pieces that leave this one."""
    part = Bundle.objects.create(
        label=new_label(codes.BUNDLE, hub), case=bundle.case, batch=bundle.batch, hub=hub, kind=bundle.kind,
        purpose=bundle.purpose, country=bundle.country, split_from=bundle,
    )  # fmt: skip
    carry_flags(bundle, part)
    return part
