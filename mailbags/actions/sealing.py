"""Seals: closing a bag before a witness, and opening it again."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.recording import Mark, record
from logistics.actions.telling import Clock, Telling, tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, User
from logistics.permissions import require
from logistics.queries.standing import steps_of
from logistics.steps import Step
from logistics.words import DiscrepancyKind, Reason, SealFound, TranslationPolicy, figure
from mailbags.actions.packing import hold, locked_bag, refuse_closed, refuse_what_waits, unbag
from mailbags.models import Mailbag, Seal
from mailbags.queries.bags import bundles_in, seal_on

LONGEST_NUMBER = 30
"""Characters of a seal's number: what fits on the seals in trade."""


@transaction.atomic
def seal(
    bag: Mailbag,
    *,
    number: str,
    witness: User | None = None,
    exception: str = "",
    key: UUID,
    day: date,
    by: User,
    clock: Clock | None = None,
) -> Act:
    """Close the bag before a witness. From here on its contents cannot change.

    A hub with one person gives the reason for having no witness as `exception`. Refused: `not_permitted`,
    `unknown_mailbag`, `not_your_hub`, `shipment_gone`, `bag_sealed`, `bag_empty`, `no_number`, `number_used`,
    `witness_needed`, `same_person`, `witness_not_here`, `not_alone`, `bundle_not_screened`, `bundle_not_summarised`,
    and what `put_in` refuses of waiting bundles; `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.seal")
    number = number.strip().upper()
    telling = tell(
        "seal", key=key, day=day, by=by, clock=clock, bag=bag, number=number, witness=witness, exception=exception
    )
    if telling.earlier:
        return telling.earlier
    bag = locked_bag(bag, by=by)
    refuse_closed(bag)
    _refuse_number(number)
    _refuse_witness(bag, witness, exception, by)
    bundles = bundles_in([bag])
    hold(bundles)
    refuse_unless_ready(bundles)
    return _sealed(telling, bag, bundles, number, witness, exception)


def _sealed(
    telling: Telling, bag: Mailbag, bundles: Sequence[Bundle], number: str, witness: User | None, exception: str
) -> Act:
    marks = [Mark(bundle, Step.SEALED) for bundle in bundles]
    act = record(telling, Step.SEALED, marks, hub=bag.hub, second=witness, reason=exception, label=bag.label)
    Seal.objects.create(
        bag=bag, number=number, act=act, applied_by=telling.by, witness=witness, exception=exception, applied_on=telling.day
    )
    return act


def _refuse_number(number: str) -> None:
    if not number or len(number) > LONGEST_NUMBER:
        sentence = _("Give the number that is printed on the seal, %(most)s characters at most.")
        raise Refused("no_number", sentence % {"most": figure(LONGEST_NUMBER)})
    if Seal.objects.filter(number=number).exists():
        raise Refused(
            "number_used",
            _("Seal %(number)s has been used before. Look at the number, or take another seal.") % {"number": number},
        )


def _refuse_witness(bag: Mailbag, witness: User | None, exception: str, by: User) -> None:
    if witness is None:
        if exception != Reason.ALONE_AT_HUB:
            raise Refused("witness_needed", _("Seal before a second person, or say that you are alone at this hub."))
        others = bag.hub.held_roles.filter(ended_at=None, user__is_active=True).exclude(user=by)
        if others.exists():
            raise Refused("not_alone", _("Others work at this hub. Ask one of them to be the witness."))
        return
    if witness.pk == by.pk:
        raise Refused("same_person", _("Who seals is not the witness. Ask somebody else."))
    if not (witness.is_active and witness.holds(permissions.MAILROOM) and bag.hub_id in witness.hub_ids):
        raise Refused("witness_not_here", _("The witness works in this mailroom too. Ask somebody who does."))


def refuse_unless_ready(bundles: Sequence[Bundle]) -> None:
    """Every bundle has what its case requires. Refused: `bag_empty`, `bundle_not_screened`,
    `bundle_not_summarised`, and what waits."""
    if not bundles:
        raise Refused("bag_empty", _("There is nothing in this bag. Pack it first."))
    refuse_what_waits(bundles)
    done = steps_of(bundles)
    for bundle in bundles:
        if Step.SCREENED not in done[bundle.pk]:
            raise Refused(
                "bundle_not_screened",
                _("Bundle %(bundle)s has not been screened. Take it out and screen it.") % {"bundle": bundle},
            )
        if needs_summary(bundle) and not done[bundle.pk] & {Step.SUMMARISED, Step.WAIVED}:
            raise Refused(
                "bundle_not_summarised",
                _(
                    "Bundle %(bundle)s has no approved summary, and its case requires one. Take it out until it has, or ask "
                    "the case team to waive it."
                ) % {"bundle": bundle},
            )


def needs_summary(bundle: Bundle) -> bool:
    """Whether its case requires a summary before it may go."""
    return bundle.case.translation_policy == TranslationPolicy.REQUIRED


@transaction.atomic
def open_sealed(
    bag: Mailbag, *, found: str, found_number: str = "", key: UUID, day: date, by: User, clock: Clock | None = None
) -> Act:
    """Open a sealed bag that is still at its hub: say how the seal was; everything is back in the mailroom.

    A seal that was not intact forces a recount of every bundle before it can be packed again. Refused:
    `not_permitted`, `unknown_mailbag`, `not_your_hub`, `not_sealed`, `bag_gone`, `unknown_state`, `no_number`,
    `day_not_come`, `key_reused`.
    """
    require(by, "mailbags.seal")
    telling = tell(
        "open_sealed", key=key, day=day, by=by, clock=clock, bag=bag, found=found, number=found_number
    )
    if telling.earlier:
        return telling.earlier
    bag = locked_bag(bag, by=by)
    seal_now = seal_on(bag)
    if seal_now is None:
        raise Refused("not_sealed", _("This bag has no seal on it. Take out what you need."))
    refuse_unknown_state(found)
    if found == SealFound.OTHER_NUMBER and not found_number.strip():
        raise Refused("no_number", _("Write the number that is on the seal."))
    bundles = bundles_in([bag])
    if not bundles:
        raise Refused("bag_gone", _("What was in this bag is not at this hub. Receive its shipment first."))
    act = unbag(telling, bag, bundles)
    note_found(seal_now, found, found_number, act)
    return act


def refuse_unknown_state(found: str) -> None:
    """Refused: `unknown_state` for how a seal cannot be found."""
    if found not in SealFound.values:
        raise Refused(
            "unknown_state", _("Say how the seal was: intact, broken, missing, another number, or replaced by an authority.")
        )


def note_found(seal_now: Seal, found: str, found_number: str, act: Act) -> None:
    """Write down how the seal was found, take it off, and open a discrepancy where it was not as it was put on."""
    seal_now.found, seal_now.found_number, seal_now.found_by = found, found_number, act.by
    seal_now.found_on, seal_now.found_act, seal_now.removed_at = act.day, act, timezone.now()
    seal_now.save(update_fields=["found", "found_number", "found_by", "found_on", "found_act", "removed_at"])
    if found != SealFound.INTACT:
        open_discrepancy(DiscrepancyKind.SEAL, label=seal_now.bag.label, shipment=act.shipment, act=act)
