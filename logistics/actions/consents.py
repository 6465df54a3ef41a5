"""Consents of recipients, and the case team's waiver where nobody can be asked."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.actions.auditing import note, of_case
from logistics.actions.cases import locked_case
from logistics.actions.cleaning import clean
from logistics.actions.days import refuse_future
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Case, Consent, ConsentWaiver, Recipient, User
from logistics.permissions import require
from logistics.queries.cases import cases_in_charge
from logistics.words import ConsentPurpose


def _recipient(recipient: Recipient, by: User) -> Recipient:
    rows = Recipient.objects.filter(case__in=cases_in_charge(by).values("pk")).select_related("case__campaign")
    return locked(rows, recipient.pk, "recipient")


def subject(recipient: Recipient) -> str:
    """How a recipient stands in the audit trail: the case and a number."""
    return f"{of_case(recipient.case)}/{recipient.number}"


@transaction.atomic
def record_consent(recipient: Recipient, *, purpose: str, given_on: date, by: User) -> Consent:
    """Write down that a recipient agreed, and when. Told again it changes nothing.

    Refused: `not_permitted`, `unknown_recipient`, `unknown_purpose`, `day_not_come`.
    """
    require(by, "logistics.record_consent")
    recipient = _recipient(recipient, by)
    if purpose not in ConsentPurpose.values:
        raise Refused("unknown_purpose", _("A consent is to receive, to be counted, to be quoted or to be pictured."))
    refuse_future(given_on, timezone.now())
    standing = Consent.objects.filter(recipient=recipient, purpose=purpose, taken_back_on=None).first()
    if standing:
        return standing
    consent = Consent.objects.create(recipient=recipient, purpose=purpose, given_on=given_on, recorded_by=by)
    note(by, f"consent_recorded:{purpose}", subject(recipient))
    return consent


@transaction.atomic
def take_back_consent(recipient: Recipient, *, purpose: str, on: date, by: User) -> Consent:
    """"Please stop." Refused: `not_permitted`, `unknown_recipient`, `no_consent`, `day_not_come`, `day_before_consent`."""
    require(by, "logistics.record_consent")
    recipient = _recipient(recipient, by)
    refuse_future(on, timezone.now())
    consent = Consent.objects.filter(recipient=recipient, purpose=purpose, taken_back_on=None).first()
    if consent is None:
        raise Refused("no_consent", _("There is no such consent to take back. Nothing is sent without one."))
    if on < consent.given_on:
        raise Refused("day_before_consent", _("A consent is not taken back before it was given. Look at the day."))
    consent.taken_back_on = on
    consent.save(update_fields=["taken_back_on"])
    note(by, f"consent_taken_back:{purpose}", subject(recipient))
    return consent


@transaction.atomic
def waive_consent(case: Case, *, reason: str, on: date, by: User) -> ConsentWaiver:
    """Let mail go out although nobody's consent is recorded, with a reason.

    Refused: `not_permitted`, `unknown_case`, `reason_missing`, `already_waived`, `day_not_come`,
    `bad_waiver`.
    """
    require(by, "logistics.record_consent")
    case = locked_case(case, by=by)
    refuse_future(on, timezone.now())
    if not reason.strip():
        raise Refused("reason_missing", _("Say in a sentence why mail may go out although nobody could be asked."))
    if ConsentWaiver.objects.filter(case=case, ended_at=None).exists():
        raise Refused(
            "already_waived", _("The consent is waived already for this case. End that waiver first to give another reason.")
        )
    waiver = ConsentWaiver(case=case, reason=reason.strip(), given_on=on, given_by=by)
    clean(waiver, "waiver")
    waiver.save()
    note(by, "consent_waived", of_case(case))
    return waiver


@transaction.atomic
def end_waiver(case: Case, *, by: User) -> ConsentWaiver:
    """From now on a consent is needed again. Refused: `not_permitted`, `unknown_case`, `not_waived`."""
    require(by, "logistics.record_consent")
    case = locked_case(case, by=by)
    waiver = ConsentWaiver.objects.filter(case=case, ended_at=None).first()
    if waiver is None:
        raise Refused("not_waived", _("There is no waiver to end for this case. Look at its consents."))
    waiver.ended_at = timezone.now()
    waiver.save(update_fields=["ended_at"])
    note(by, "waiver_ended", of_case(case))
    return waiver
