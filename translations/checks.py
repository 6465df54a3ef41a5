"""Approved summaries and waivers agree with the acts that told them. Part of `check_journey`."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from logistics.models import Act, Entry
from logistics.queries.journey import CHUNK
from logistics.steps import Step
from translations.models import Summary, Waiver


def summaries() -> Iterator[str]:
    """Each approval was told by whoever approved, of that bundle, and stands; each act that tells one has its summary."""
    rows = Summary.objects.filter(act__isnull=False)
    agree = Q(act__kind=Step.SUMMARISED, act__by=F("approved_by"), act__second=F("written_by"), act__reversal=None)
    for code, act in _named(rows.exclude(agree, _told(Step.SUMMARISED))):
        yield f"Bundle {code} has an approved summary that is not as act {act} told it."
    alone = Act.objects.filter(~Exists(Summary.objects.filter(act=OuterRef("pk"))), kind=Step.SUMMARISED, reversal=None)
    for act, code in alone.order_by("pk").values_list("pk", "entries__bundle__label__code").iterator(CHUNK):
        yield f"Bundle {code} was summarised by act {act}, and there is no such summary."


def waivers() -> Iterator[str]:
    """Each waiver was told by that person for that reason; each act that waives has its waivers."""
    agree = Q(act__kind=Step.WAIVED, act__by=F("by"), act__reason=F("reason"))
    for code, act in _named(Waiver.objects.exclude(agree, _told(Step.WAIVED))):
        yield f"Bundle {code} has a waiver that is not as act {act} told it."
    of_it = Waiver.objects.filter(act=OuterRef("act"), bundle=OuterRef("bundle"))
    alone = Entry.objects.filter(~Exists(of_it), step=Step.WAIVED, act__kind=Step.WAIVED).order_by("pk")
    for code, act in alone.values_list("bundle__label__code", "act_id").iterator(CHUNK):
        yield f"Bundle {code} needs no summary by act {act}, and there is no such waiver."


def _told(step: Step) -> Exists:
    """Whether the act of a row has an entry of this step about its bundle."""
    return Exists(Entry.objects.filter(act=OuterRef("act"), bundle=OuterRef("bundle"), step=step))


def _named(rows: QuerySet) -> Iterator[tuple[str, int]]:
    return rows.order_by("pk").values_list("bundle__label__code", "act_id").iterator(CHUNK)
