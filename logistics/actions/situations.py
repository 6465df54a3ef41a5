"""Situations: dated facts about recipients. A new one flags what is on its way, until the case team has decided."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone

from logistics import steps
from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Bundle, Case, Flag, Recipient, Situation, User
from logistics.permissions import require
from logistics.queries.cases import cases
from logistics.words import FlagDecision, Precision, SituationWhat


@transaction.atomic
def record_situation(
    case: Case,
    *,
    day: date,
    precision: str,
    what: str,
    remark: str = "",
    source: str = "",
    recipient: Recipient | None = None,
    by: User,
) -> Situation:
    """Write down what happened to a recipient, and how exactly the day is known; the same fact again changes nothing.

    Every bundle of the case with pieces on their way is flagged. Refused: `not_permitted`, `unknown_case`,
    `unknown_situation`, `unknown_precision`, `unknown_recipient`.
    """
    require(by, "logistics.edit_case")
    case = locked(cases(by), case.pk, "case")
    if what not in SituationWhat.values or precision not in Precision.values:
        raise Refused("unknown_situation", "Say what happened, and whether the day, the month or the year is known.")
    if recipient is not None and recipient.case_id != case.pk:
        raise Refused("unknown_recipient", "This case has no such recipient.")
    fact = {"case": case, "recipient": recipient, "day": day, "precision": precision, "what": what, "note": remark}
    if earlier := Situation.objects.filter(**fact).first():
        return earlier
    situation = Situation.objects.create(**fact, source=source, recorded_by=by)
    on_their_way = Bundle.objects.filter(
        case=case, holdings__pieces__gt=0, holdings__place__kind__in=steps.ON_THE_WAY
    ).distinct()
    Flag.objects.bulk_create([Flag(situation=situation, bundle=bundle) for bundle in on_their_way.order_by("pk")])
    note(by, f"situation_recorded:{what}", case.code)
    return situation


@transaction.atomic
def decide_flags(flags: Sequence[Flag], *, decision: str, by: User) -> list[Flag]:
    """Say what becomes of flagged bundles: they go on, stay where they are, or are called back.

    Refused: `not_permitted`, `nothing_in_it`, `unknown_decision`, `unknown_flag`, `already_decided`.
    """
    require(by, "logistics.decide_flag")
    if not flags:
        raise Refused("nothing_in_it", "No bundle was named. Choose those that you have decided on.")
    if decision not in FlagDecision.values:
        raise Refused("unknown_decision", "They go on, stay where they are, or are called back. Choose one.")
    rows = Flag.objects.filter(pk__in=[flag.pk for flag in flags], situation__case__in=cases(by).values("pk"))
    found = list(rows.select_related("bundle__label").select_for_update(of=("self",)).order_by("pk"))
    if len(found) != len({flag.pk for flag in flags}):
        raise Refused("unknown_flag", "There is no such bundle waiting for a decision. Look at the list again.")
    if decided := [flag for flag in found if flag.decision]:
        raise Refused("already_decided", f"It has been decided already what becomes of bundle {decided[0].bundle}.")
    now = timezone.now()
    Flag.objects.filter(pk__in=[flag.pk for flag in found]).update(decision=decision, decided_at=now, decided_by=by)
    note(by, f"flags_decided:{decision}", f"{len(found)} bundles")
    return found
