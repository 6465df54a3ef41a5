"""Every shipment, delivery, batch and label agrees with the acts that name it."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Exists, F, OuterRef, Q

from logistics import codes, steps
from logistics.models import Act, Delivery, Entry, Label, Shipment
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
        yield from wrong_code(f"Shipment {number}", number, codes.SHIPMENT)
    yield from _elsewhere()


def _shipment(name: str, day: date | None, acts: list[tuple[int, int, date]]) -> Iterator[str]:
    if len(acts) > 1:
        yield f"{name} was dispatched twice, by acts {', '.join(str(act) for _, act, _ in acts)}."
    elif day is not None and not acts:
        yield f"{name} says that it was dispatched on {day}, and no act does."
    elif acts and day != acts[0][2]:
        said = f"that it was dispatched on {day}" if day else "that it was not dispatched"
        yield f"{name} says {said}; act {acts[0][1]} says on {acts[0][2]}."


def _elsewhere() -> Iterator[str]:
    """It left the hub that it is from, and whoever took it over is the one that it went to. Reversed acts too."""
    sent = Act.objects.filter(kind=Step.DISPATCHED).exclude(hub=F("shipment__from_hub"))
    for number, act in sent.order_by("pk").values_list("shipment__number", "pk").iterator(CHUNK):
        yield f"Shipment {number} is from another hub than the one that act {act} dispatched it from."
    returned = Entry.objects.filter(act=OuterRef("pk"), from_place__kind=steps.RETURNED)
    rightly = Q(hub=F("shipment__to_hub")) | Q(hub=None, by=F("shipment__to_worker"))
    came = Act.objects.filter(~Exists(returned), kind=Step.ARRIVED).exclude(rightly)
    for number, act in came.order_by("pk").values_list("shipment__number", "pk").iterator(CHUNK):
        yield f"Shipment {number} goes to another than the one that took it over by act {act}."


def wrong_code(name: str, code: str, sort: str) -> Iterator[str]:
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
        yield from wrong_code(f"Delivery {number}", number, codes.DELIVERY)
        if not named:
            yield f"Delivery {number} is named by no act."
        elif list(named[0][2:]) != said:
            yield f"Delivery {number} has another day, person or shipment than act {named[0][1]}, which told it."
    yield from _of_another_case()
    handed = Delivery.objects.exclude(by=F("shipment__to_worker")).order_by("pk")
    for number, shipment in handed.values_list("number", "shipment__number").iterator(CHUNK):
        yield f"Delivery {number} was made by another person than the one to whom shipment {shipment} went."


def _of_another_case() -> Iterator[str]:
    at = Q(act__delivery=F("to_place__delivery")) | Q(act__delivery=F("from_place__delivery"))
    rows = Entry.objects.filter(at).exclude(bundle__case=F("act__delivery__case")).order_by("pk")
    for number, code, act in rows.values_list("act__delivery__number", "bundle__label__code", "act_id").iterator(CHUNK):
        yield f"Delivery {number} is of another case than bundle {code}, which act {act} moved there."


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
