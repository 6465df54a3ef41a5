"""Every shipment, delivery, confirmation, batch and label agrees with the acts that name it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import F, Q

from logistics import codes
from logistics.models import Act, Confirmation, Delivery, Entry, Label, Shipment
from logistics.queries import confirmation_facts
from logistics.queries.journey import CHUNK, Beside
from logistics.steps import Step

SORTS = (("batch", codes.BATCH), ("bundle", codes.BUNDLE))
"""What a label may be on, with the letter that its code begins with; other apps check theirs."""


def shipments() -> Iterator[str]:
    """Dispatched on the day of the one standing act that says so, or not dispatched."""
    told = Act.objects.filter(kind=Step.DISPATCHED, reversal=None, shipment__isnull=False)
    acts = Beside(told.order_by("shipment_id", "pk").values_list("shipment_id", "pk", "day").iterator(CHUNK))
    rows = Shipment.objects.order_by("pk").values_list("pk", "number", "dispatched_on")
    for pk, number, day in rows.iterator(CHUNK):
        yield from _shipment(f"Shipment {number}", day, acts.of(pk))
        yield from _code(f"Shipment {number}", number, codes.SHIPMENT)


def _shipment(name: str, day: date | None, acts: list[tuple[int, int, date]]) -> Iterator[str]:
    if len(acts) > 1:
        yield f"{name} was dispatched twice, by acts {', '.join(str(act) for _, act, _ in acts)}."
    elif day is not None and not acts:
        yield f"{name} says that it was dispatched on {day}, and no act does."
    elif acts and day != acts[0][2]:
        said = f"that it was dispatched on {day}" if day else "that it was not dispatched"
        yield f"{name} says {said}; act {acts[0][1]} says on {acts[0][2]}."


def _code(name: str, code: str, sort: str) -> Iterator[str]:
    if not codes.is_valid(code) or code[0] != sort:
        yield f"{name} has a code that is none of its sort."


def deliveries() -> Iterator[str]:
    """Told by an act of the same day, by the same person, on the same shipment; its pieces are of its case."""
    told = Act.objects.exclude(kind=Step.REVERSED).filter(delivery__isnull=False)
    columns = ("delivery_id", "pk", "day", "by_id", "shipment_id")
    acts = Beside(told.order_by("delivery_id", "pk").values_list(*columns).iterator(CHUNK))
    rows = Delivery.objects.order_by("pk").values_list("pk", "number", "day", "by_id", "shipment_id")
    for pk, number, *said in rows.iterator(CHUNK):
        named = acts.of(pk)
        yield from _code(f"Delivery {number}", number, codes.DELIVERY)
        if not named:
            yield f"Delivery {number} is named by no act."
        elif list(named[0][2:]) != said:
            yield f"Delivery {number} has another day, person or shipment than act {named[0][1]}, which told it."
    yield from _of_another_case()


def _of_another_case() -> Iterator[str]:
    at = Q(act__delivery=F("to_place__delivery")) | Q(act__delivery=F("from_place__delivery"))
    rows = Entry.objects.filter(at).exclude(bundle__case=F("act__delivery__case")).order_by("pk")
    for number, code, act in rows.values_list("act__delivery__number", "bundle__label__code", "act_id").iterator(CHUNK):
        yield f"Delivery {number} is of another case than bundle {code}, which act {act} moved there."


def confirmations() -> Iterator[str]:
    """The snapshot has its hash, says what the row says, and covers deliveries of its case only."""
    rows = Confirmation.objects.select_related("replaces").prefetch_related("deliveries").order_by("pk")
    for row in rows.iterator(CHUNK):
        name = f"Confirmation {row.number}"
        yield from _code(name, row.number, codes.CONFIRMATION)
        if strangers := [str(delivery) for delivery in row.deliveries.all() if delivery.case_id != row.case_id]:
            yield f"{name} covers a delivery of another case: {', '.join(strangers)}."
        if not row.deliveries.all():
            yield f"{name} covers no delivery."
        yield from _snapshot(name, row)


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


def labels() -> Iterator[str]:
    """Every code is whole and of the sort of thing that it is on; a label is on one thing; so are batches at one hub."""
    on = [f"{thing}__pk" for thing, _ in SORTS]
    rows = Label.objects.order_by("pk").values_list("code", "replaced_by__code", *on)
    for code, newer, *things in rows.iterator(CHUNK):
        if not codes.is_valid(code):
            yield f"Label {code} has a code that is not whole: its check character is wrong."
        if newer is not None and newer[:1] != code[:1]:
            yield f"Label {code} was replaced by {newer}, which is for another sort of thing."
        for (thing, sort), key in zip(SORTS, things, strict=True):
            if key is not None and code[:1] != sort:
                yield f"Label {code} is on a {thing} and is not of that sort."
