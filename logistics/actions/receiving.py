"""Batches: what arrives at a mailroom, and what is found wrong when it has been counted."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import codes
from logistics.actions.auditing import note
from logistics.actions.days import refuse_before, refuse_future
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.labels import new_label
from logistics.actions.locking import locked, require_at
from logistics.errors import Refused
from logistics.models import Batch, Bundle, Case, Collection, Hub, Tally, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.standing import standing_entries
from logistics.steps import OUTSIDE, Step
from logistics.words import LETTERS_AND_CARDS, DiscrepancyKind, Precision, Purpose


@transaction.atomic
def receive_batch(collection: Collection, *, hub: Hub, received_on: date, key: UUID, by: User) -> Batch:
    """Write down that an envelope or a box of this collection has come, and give it a label.

    The same key again gives the same batch. Refused: `not_permitted`, `not_your_hub`, `hub_closed`,
    `collection_withdrawn`, `day_not_come`, `day_too_early`, `key_reused`.
    """
    require(by, "logistics.receive_batch")
    require_at(by, hub)
    collection = locked(Collection.objects.select_related("campaign"), collection.pk, "collection")
    if earlier := Batch.objects.filter(key=key).first():
        return _same(earlier, collection, hub, received_on)
    _refuse_day(received_on, collection)
    if collection.withdrawn_at is not None:
        raise Refused("collection_withdrawn", _("This collection was withdrawn. Choose the one that replaced it."))
    if not hub.is_open:
        raise Refused("hub_closed", _("This hub is closed. Receive the batch at one that is open."))
    batch = Batch.objects.create(
        label=new_label(codes.BATCH, hub), collection=collection, hub=hub, received_on=received_on, received_by=by, key=key
    )
    note(by, "batch_received", batch.label.code)
    return batch


def _refuse_day(received_on: date, collection: Collection) -> None:
    """Refused: `day_not_come`, `day_too_early` before the event of its collection or, where that is not known, its campaign."""
    now = timezone.now()
    refuse_future(received_on, now)
    if first := _first_day(collection):
        sentence = _("The day cannot be before %(first)s: its letters were collected then. Look at the day.")
    else:
        first, sentence = collection.campaign.opens, _("The day cannot be before %(first)s: its campaign began then. Look at the day.")
    refuse_before(received_on, first, now, sentence)


def _first_day(collection: Collection) -> date | None:
    """The first day on which its event can have been."""
    if collection.day and collection.precision == Precision.YEAR:
        return collection.day.replace(month=1, day=1)
    if collection.day and collection.precision == Precision.MONTH:
        return collection.day.replace(day=1)
    return collection.day


def _same(earlier: Batch, collection: Collection, hub: Hub, received_on: date) -> Batch:
    if (earlier.collection_id, earlier.hub_id, earlier.received_on) != (collection.pk, hub.pk, received_on):
        raise Refused("key_reused", _("This was sent before with other content. Receive the other batch as a new one."))
    return earlier


@transaction.atomic
def close_batch(batch: Batch, *, by: User) -> Batch:
    """Say that everything in it has been sorted; what was declared is now held against what was counted.

    Each case and purpose for which the two differ becomes a discrepancy. Refused: `not_permitted`,
    `unknown_batch`, `not_your_hub`, `batch_closed`.
    """
    require(by, "logistics.receive_batch")
    batch = locked(scope.batches(by), batch.pk, "batch")
    require_at(by, batch.hub)
    if batch.is_closed:
        raise Refused("batch_closed", _("This batch has been closed already. Receive what is left as a new batch."))
    batch.closed_at, batch.closed_by = timezone.now(), by
    batch.save(update_fields=["closed_at", "closed_by"])
    found_differences = list(differences(batch))
    known = Case.objects.in_bulk([case for case, _declared, _counted in found_differences])
    for case, expected, found in found_differences:
        kind = DiscrepancyKind.SHORTAGE if found < expected else DiscrepancyKind.OVERAGE
        open_discrepancy(kind, case=known[case], batch=batch, expected=expected, found=found)
    note(by, "batch_closed", batch.label.code)
    return batch


def differences(batch: Batch) -> Iterable[tuple[int, int, int]]:
    """Case, pieces declared and pieces counted, wherever they differ, over all batches of the collection.

    Compared are the cases and purposes that were counted, and the solidarity mail that was declared.
    Lines that name several cases, or none, cannot be held against anything.
    """
    declared, counted = _declared(batch.collection), _counted(batch.collection)
    for case, purpose in sorted(declared.keys() | counted.keys()):
        expected, found = declared.get((case, purpose), 0), counted.get((case, purpose), 0)
        if expected and expected != found and (found or purpose == Purpose.SOLIDARITY):
            yield case, expected, found


def _declared(collection: Collection) -> dict[tuple[int, str], int]:
    alone = Tally.objects.filter(collection=collection, kind__in=LETTERS_AND_CARDS).annotate(named=Count("cases"))
    sums: dict[tuple[int, str], int] = {}
    for case, purpose, count in alone.filter(named=1).order_by().values_list("cases", "purpose", "count"):
        sums[case, purpose] = sums.get((case, purpose), 0) + count
    return sums


def _counted(collection: Collection) -> dict[tuple[int, str], int]:
    rows = standing_entries().filter(bundle__in=Bundle.objects.filter(batch__collection=collection))
    rows = rows.filter(step__in=(Step.COUNTED, Step.RECOUNTED)).order_by()
    groups = rows.values_list("bundle__case", "bundle__purpose", "from_border").annotate(Sum("pieces"))
    sums: dict[tuple[int, str], int] = {}
    for case, purpose, border, pieces in groups:
        sums[case, purpose] = sums.get((case, purpose), 0) + (pieces if border == OUTSIDE else -pieces)
    return sums
