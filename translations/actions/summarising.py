"""Summaries: written by one translator, approved by another, or waived by the case team."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.actions.locking import locked, locked_bundle, locked_bundles
from logistics.actions.recording import Mark, record
from logistics.actions.screening import refuse_unknown_reason
from logistics.actions.telling import tell
from logistics.errors import Refused
from logistics.models import Act, Bundle, User
from logistics.permissions import require
from logistics.queries.standing import steps_of
from logistics.steps import Step
from logistics.words import Reason
from translations.models import Summary, Waiver
from translations.queries.summaries import summaries

WAIVED_FOR = (Reason.READS_IT, Reason.NO_TRANSLATOR)


@transaction.atomic
def write(bundle: Bundle, *, language: str, text: str, by: User) -> Summary:
    """Write, or write again before it is approved, what the letters of a bundle say in a language the recipient reads.

    `language` is a BCP 47 tag. Refused: `not_permitted`, `unknown_bundle`, `text_missing`, `language_not_read`,
    `already_approved`, `written_by_another`.
    """
    require(by, "translations.write_summary")
    bundle = locked_bundle(bundle, by=by)
    if not text.strip():
        raise Refused("text_missing", _("The summary is empty. Write at least one sentence about what the letters say."))
    if bundle.case.languages and language not in bundle.case.languages:
        read = ", ".join(bundle.case.languages)
        sentence = _("The recipient does not read that language. Choose one of: %(languages)s.")
        raise Refused("language_not_read", sentence % {"languages": read})
    earlier = Summary.objects.filter(bundle=bundle, language=language).first()
    _refuse_rewriting(earlier, by)
    summary, _is_new = Summary.objects.update_or_create(
        bundle=bundle, language=language, defaults={"text": text, "written_by": by, "written_at": timezone.now()}
    )
    return summary


def _refuse_rewriting(earlier: Summary | None, by: User) -> None:
    if earlier and earlier.is_approved:
        raise Refused("already_approved", _("This summary is approved. To change it, have the approval reversed first."))
    if earlier and earlier.written_by_id != by.pk:
        raise Refused("written_by_another", _("Somebody else has written this summary. Read and approve theirs."))


@transaction.atomic
def approve(summary: Summary, *, key: UUID, day: date, by: User) -> Act:
    """Say that a summary written by somebody else says what the letters say.

    Refused: `not_permitted`, `unknown_summary`, `unknown_bundle`, `same_person`, `already_approved`, `text_missing`,
    `day_not_come`, `key_reused`.
    """
    require(by, "translations.approve_summary")
    telling = tell("approve_summary", key=key, day=day, by=by, summary=summary)
    if telling.earlier:
        return telling.earlier
    summary = locked(summaries(by).select_related("written_by"), summary.pk, "summary")
    bundle = locked_bundle(Bundle(pk=summary.bundle_id), by=by)
    if summary.is_approved:
        raise Refused("already_approved", _("This summary has been approved already."))
    if summary.written_by_id == by.pk:
        raise Refused("same_person", _("Who translates does not approve. Ask another translator of this case."))
    if not summary.text.strip():
        raise Refused("text_missing", _("The words of this summary were erased. It has to be written again."))
    act = record(
        telling, Step.SUMMARISED, [Mark(bundle, Step.SUMMARISED)], second=summary.written_by, label=bundle.label
    )
    summary.approved_by, summary.act = by, act
    summary.save(update_fields=["approved_by", "act"])
    return act


@transaction.atomic
def waive(
    bundles: Sequence[Bundle], *, reason: str, note: str = "", key: UUID, day: date, by: User
) -> Act:
    """Let bundles go without a summary, with a reason; the note can be erased.

    Refused: `not_permitted`, `nothing_in_it`, `named_twice`, `unknown_bundle`, `unknown_reason`, `already_summarised`,
    `day_not_come`, `key_reused`.
    """
    require(by, "translations.waive_summary")
    telling = tell("waive_summary", key=key, day=day, by=by, bundles=list(bundles), reason=reason, note=note)
    if telling.earlier:
        return telling.earlier
    rows = locked_bundles(bundles, by=by)
    refuse_unknown_reason(reason, WAIVED_FOR)
    done = steps_of(rows)
    for bundle in rows:
        if done[bundle.pk] & {Step.SUMMARISED, Step.WAIVED}:
            raise Refused(
                "already_summarised",
                _("Bundle %(bundle)s has a summary, or needs none any more. Take it off the list.") % {"bundle": bundle},
            )
    act = record(telling, Step.WAIVED, [Mark(bundle, Step.WAIVED) for bundle in rows], reason=reason)
    Waiver.objects.bulk_create([Waiver(bundle=bundle, act=act, reason=reason, note=note, by=by) for bundle in rows])
    return act


def undo_approval(act: Act, reversal: Act) -> None:
    """When an approval is reversed the summary can be written again."""
    Summary.objects.filter(act=act).update(act=None, approved_by=None)
