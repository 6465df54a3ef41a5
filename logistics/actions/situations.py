"""Situations: dated facts about recipients. A new one flags what is on its way, until the case team has decided."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import steps
from logistics.actions.auditing import note, of_case
from logistics.actions.cases import locked_case
from logistics.actions.cleaning import clean
from logistics.actions.days import refuse_future
from logistics.errors import Refused
from logistics.models import Bundle, Case, Flag, Recipient, Situation, User
from logistics.permissions import require
from logistics.queries.cases import cases_in_charge
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

    Of a month or a year the first day is kept. Every bundle of the case with pieces on their way is flagged.
    Refused: `not_permitted`, `unknown_case`, `unknown_situation`, `unknown_precision`, `unknown_recipient`,
    `day_not_come`, `bad_situation`.
    """
    require(by, "logistics.edit_case")
    case = locked_case(case, by=by)
    _refuse_bad(case, what, precision, recipient)
    day = _first_day(day, precision)
    refuse_future(day, timezone.now())
    fact = {"case": case, "recipient": recipient, "day": day, "precision": precision, "what": what, "note": remark.strip()}
    situation = Situation(**fact, source=source, recorded_by=by)
    clean(situation, "situation")
    if earlier := Situation.objects.filter(**fact).first():
        return earlier
    situation.save()
    Flag.objects.bulk_create([Flag(situation=situation, bundle=bundle) for bundle in _on_their_way(case)])
    note(by, f"situation_recorded:{what}", of_case(case))
    return situation


def _refuse_bad(case: Case, what: str, precision: str, recipient: Recipient | None) -> None:
    if what not in SituationWhat.values:
        sentence = _("Say what happened: %(words)s.")
        raise Refused("unknown_situation", sentence % {"words": ", ".join(SituationWhat.values)})
    if precision not in Precision.values:
        raise Refused("unknown_precision", _("Say whether the day, only the month, or only the year is known."))
    if recipient is not None and recipient.case_id != case.pk:
        raise Refused("unknown_recipient", _("This case has no such recipient. Choose one of its own."))


def _first_day(day: date, precision: str) -> date:
    if precision == Precision.YEAR:
        return day.replace(month=1, day=1)
    return day.replace(day=1) if precision == Precision.MONTH else day


def _on_their_way(case: Case) -> Sequence[Bundle]:
    """Locked, so that whoever is just packing or sending one of them sees the flag, or is seen."""
    list(Bundle.objects.filter(case=case).select_for_update().order_by("pk").values_list("pk"))
    held = {"holdings__pieces__gt": 0, "holdings__place__kind__in": steps.ON_THE_WAY}
    return Bundle.objects.filter(case=case, **held).distinct().order_by("pk")


def decide_flag(flag: Flag, *, decision: str, by: User) -> Flag:
    """Say what becomes of one flagged bundle. Refused as `decide_flags`."""
    return decide_flags([flag], decision=decision, by=by)[0]


@transaction.atomic
def decide_flags(flags: Sequence[Flag], *, decision: str, by: User) -> list[Flag]:
    """Say what becomes of flagged bundles: they go on, stay where they are, or are called back.

    A decision stands; when things change again, that is a new situation with flags of its own, and the latest decision
    counts. Refused: `not_permitted`, `nothing_in_it`, `unknown_decision`, `unknown_flag`, `already_decided`.
    """
    require(by, "logistics.decide_flag")
    if not flags:
        raise Refused("nothing_in_it", _("No bundle was named. Choose those that you have decided on."))
    if decision not in FlagDecision.values:
        raise Refused("unknown_decision", _("They go on, stay where they are, or are called back. Choose one."))
    rows = Flag.objects.filter(pk__in=[flag.pk for flag in flags], situation__case__in=cases_in_charge(by).values("pk"))
    found = list(rows.select_related("bundle__label").select_for_update(of=("self",)).order_by("pk"))
    if len(found) != len({flag.pk for flag in flags}):
        raise Refused("unknown_flag", _("There is no such bundle waiting for a decision. Look at the list again."))
    if decided := [flag for flag in found if flag.decision]:
        raise Refused(
            "already_decided",
            _(
                "It has been decided already what becomes of bundle %(bundle)s. If things have changed since, record a new "
                "situation and decide on that."
            ) % {"bundle": decided[0].bundle},
        )
    for flag in found:
        flag.decision, flag.decided_at, flag.decided_by = decision, timezone.now(), by
        note(by, f"flag_decided:{decision}", flag.bundle.label.code)
    Flag.objects.bulk_update(found, ["decision", "decided_at", "decided_by"])
    return found


def carry_flags(bundle: Bundle, part: Bundle) -> None:
    """What waits for a decision, or was decided, of a bundle holds for the part that is tied off from it."""
    flags = list(bundle.flags.all())
    for flag in flags:
        flag.pk, flag.bundle = None, part
    Flag.objects.bulk_create(flags)
