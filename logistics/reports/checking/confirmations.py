"""Every confirmation says what it said when it was issued, of the journey as it was then."""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery

from logistics import chain, codes
from logistics.models import AuditRow, Bundle, Confirmation, Entry
from logistics.queries import confirmation_facts
from logistics.queries.journey import CHUNK, Beside
from logistics.reports.checking.things import wrong_code

ISSUED = "confirmation_issued"
"""How the audit trail says that one was issued (actions.confirming)."""


def faults() -> Iterator[str]:
    """The snapshot has its hash, says what the row says, covers deliveries of its case, and carries the head of then."""
    issued = dict(AuditRow.objects.filter(what=ISSUED).order_by("pk").values_list("subject", "by_id").iterator(CHUNK))
    heads = Beside(_heads())
    rows = Confirmation.objects.select_related("replaces").prefetch_related("deliveries").order_by("pk")
    for row in rows.iterator(CHUNK):
        name = f"Confirmation {row.number}"
        yield from wrong_code(name, row.number, codes.CONFIRMATION)
        yield from _deliveries(name, row)
        yield from _snapshot(name, row)
        if row.journey_head != chain.digest([head[1:] for head in heads.of(row.pk)]):
            yield (
                f"{name} carries another head than the journey of its case had after act {row.last_act}: the journey up to "
                "then, that number or the head was changed."
            )
        if row.issued_by_id != issued.pop(row.number, None):
            yield f"{name} was not issued by the person who issued it by the audit trail."
    for number in issued:
        yield f"Confirmation {number} was issued by the audit trail, and is not there."


def _heads() -> Iterator[tuple[int, str, int, str]]:
    """For each confirmation the code and the last entry of every bundle of its case, up to the last act it includes."""
    last = Entry.objects.filter(bundle=OuterRef("pk"), act__lte=OuterRef("up_to")).order_by("-sequence")
    rows = Bundle.objects.annotate(of=F("case__confirmations__pk"), up_to=F("case__confirmations__last_act"))
    rows = rows.filter(of__isnull=False).annotate(last=Subquery(last.values("sequence")[:1]))
    rows = rows.filter(last__isnull=False).annotate(digest=Subquery(last.values("digest")[:1]))
    return rows.order_by("of", "pk").values_list("of", "label__code", "last", "digest").iterator(CHUNK)


def _deliveries(name: str, row: Confirmation) -> Iterator[str]:
    if strangers := [str(delivery) for delivery in row.deliveries.all() if delivery.case_id != row.case_id]:
        yield f"{name} covers a delivery of another case: {', '.join(strangers)}."
    if not row.deliveries.all():
        yield f"{name} covers no delivery."


def _snapshot(name: str, row: Confirmation) -> Iterator[str]:
    try:
        facts = confirmation_facts.from_json(row.facts)
    except (ValueError, KeyError, TypeError, AttributeError):
        yield f"{name} has figures that are not whole."
        return
    if confirmation_facts.content_hash(facts) != row.content_hash:
        yield f"{name} has figures that are not those of its hash: they were changed."
    replaced = facts.replaces.number if facts.replaces else None
    said = (facts.number, facts.purpose, facts.issued_on, facts.journey_head, replaced, set(facts.deliveries))
    numbers = {delivery.number for delivery in row.deliveries.all()}
    stands = row.replaces.number if row.replaces else None
    if said != (row.number, row.purpose, row.issued_on, row.journey_head, stands, numbers):
        yield f"{name} says something else in its figures than beside them (number, purpose, day, deliveries or replaced)."
