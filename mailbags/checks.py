"""Every bag agrees with the acts that name it: what lay in it, its seals, its shipment. Part of `check_journey`."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from django.db.models import Exists, OuterRef, Q, QuerySet

from logistics import chain, codes, steps
from logistics.models import Act, Bundle, Discrepancy, Entry
from logistics.queries.journey import CHUNK, Beside
from logistics.queries.standing import standing_entries
from logistics.steps import Step
from logistics.words import DiscrepancyKind, SealFound
from mailbags.models import Content, Mailbag, Seal

PUTS_IN_OR_OUT = (Step.BAGGED, Step.UNBAGGED, Step.ARRIVED)


class Line(NamedTuple):
    """What an entry of a bundle means for the bags: put in, or taken out, by an act that may reverse another."""

    bundle: int
    act: int
    step: str
    start: str | None
    end: str | None
    bag: int | None
    reverses: int | None
    reversed_kind: str | None


class Lay(NamedTuple):
    """That a bundle lay in a bag (by its label), from one act to another (None: it has not been taken out)."""

    label: int
    put_in: int
    taken_out: int | None


def contents() -> Iterator[str]:
    """What the bags say lay in them is what the acts say, for every bundle, from the first act to the last."""
    lines = Beside(_lines())
    rows = Content.objects.order_by("bundle_id", "pk").values_list(
        "bundle_id", "bag__label_id", "put_in_id", "taken_out_id"
    )
    said = Beside(rows.iterator(CHUNK))
    signs = _bag_codes()
    for key, code in Bundle.objects.order_by("pk").values_list("pk", "label__code").iterator(CHUNK):
        told = set(replayed(lines.of(key)))
        lay = {Lay(*row[1:]) for row in said.of(key)}
        for missing in sorted(told - lay, key=str):
            yield f"Bundle {code} {_words(missing, signs)} by its acts; the bag does not say so."
        for added in sorted(lay - told, key=str):
            yield f"Bundle {code} {_words(added, signs)}, says the bag; its acts do not."


def _lines() -> Iterator[Line]:
    about = Q(step__in=PUTS_IN_OR_OUT) | Q(act__reverses__kind__in=PUTS_IN_OR_OUT)
    columns = (
        "bundle_id", "act_id", "step", "from_place__kind", "to_place__kind", "to_place__label_id", "act__reverses_id",
        "act__reverses__kind",
    )  # fmt: skip
    rows = Entry.objects.filter(about).order_by("bundle_id", "sequence").values_list(*columns)
    return (Line(*row) for row in rows.iterator(CHUNK))


def replayed(lines: Iterable[Line]) -> list[Lay]:
    """Where a bundle lay, by what its entries tell in the order of its chain."""
    lay: list[Lay] = []
    for line in lines:
        if line.step == Step.BAGGED:
            lay = [_out(each, line.act) for each in lay] + [Lay(line.bag or 0, line.act, None)]
        elif line.step == Step.UNBAGGED or line.step == Step.ARRIVED and _opened(line):
            lay = [_out(each, line.act) for each in lay]
        elif line.step == Step.REVERSED and line.reversed_kind == Step.BAGGED:
            lay = [_out(each, line.act) if each.put_in == line.reverses else each for each in lay]
        elif line.step == Step.REVERSED:
            lay = [each._replace(taken_out=None) if each.taken_out == line.reverses else each for each in lay]
    return lay


def _out(lay: Lay, act: int) -> Lay:
    return lay if lay.taken_out is not None else lay._replace(taken_out=act)


def _opened(line: Line) -> bool:
    """Arrived out of its bag; what passes through a hub stays in it."""
    return line.start == steps.TRANSIT and line.end != steps.BAG


def _bag_codes() -> Mapping[int, str]:
    return defaultdict(lambda: "that is none", Mailbag.objects.values_list("label_id", "label__code").iterator(CHUNK))


def _words(lay: Lay, signs: Mapping[int, str]) -> str:
    out = f"taken out by act {lay.taken_out}" if lay.taken_out else "not taken out since"
    return f"was put in bag {signs[lay.label]} by act {lay.put_in} and {out}"


def seals() -> Iterator[str]:
    """Each seal was put on, and found, as its acts say; each act that seals has its seal."""
    for seal in _seals().iterator(CHUNK):
        name = f"Bag {seal.bag.label.code}, seal {seal.number},"
        if seal.act is None:
            yield f"{name} was put on by no act."
        elif differs := _as_put_on(seal, seal.act):
            yield f"{name} has another {differs} than act {seal.act_id}, which put it on."
        yield from _as_found(name, seal)
    bare = Act.objects.filter(~Exists(Seal.objects.filter(act=OuterRef("pk"))), kind=Step.SEALED).order_by("pk")
    for act, code in bare.values_list("pk", "label__code").iterator(CHUNK):
        yield f"Bag {code} was sealed by act {act}, and there is no such seal."


def _seals() -> QuerySet[Seal]:
    undone = Exists(Act.objects.filter(reverses=OuterRef("act")))
    told = Discrepancy.objects.filter(kind=DiscrepancyKind.SEAL, act=OuterRef("found_act"), label=OuterRef("bag__label"))
    rows = Seal.objects.select_related("bag__label", "act__by", "act__second", "found_act__by")
    return rows.annotate(is_undone=undone, is_told=Exists(told)).order_by("pk")


def _as_put_on(seal: Seal, act: Act) -> str:
    """In what the seal differs from its act; nothing where they agree. The number is in the hash of what was told."""
    told = _told(act, "seal", bag=seal.bag, number=seal.number, witness=act.second, exception=act.reason)
    pairs = {
        "kind of act": (act.kind, Step.SEALED),
        "bag": (seal.bag.label_id, act.label_id),
        "person": (seal.applied_by_id, act.by_id),
        "witness": (seal.witness_id, act.second_id),
        "reason": (seal.exception, act.reason),
        "day": (seal.applied_on, act.day),
        "number": (told, act.told),
    }
    return next((name for name, (here, there) in pairs.items() if here != there), "")


def _told(act: Act, what: str, **content: object) -> str:
    """The hash of what was told, had it been this (actions.telling)."""
    return chain.digest([what, act.by, act.day, act.time, act.utc_offset, act.device, content])


def _as_found(name: str, seal: Seal) -> Iterator[str]:
    act = seal.found_act
    if seal.found and act is None:
        yield f"{name} was found {seal.found} by no act."
    elif seal.found and act is not None:
        agrees = (seal.found_by_id, seal.found_on) == (act.by_id, act.day) and _opens(act, seal.bag)
        if not agrees or seal.removed_at is None:
            yield f"{name} was found by another act than act {act.pk}, or is on the bag still."
        if (seal.found != SealFound.INTACT) != seal.is_told:
            yield f"{name} was found {seal.found} by act {act.pk}; whether that opened a discrepancy does not agree."
        told = _told(act, "open_sealed", bag=seal.bag, found=seal.found, number=seal.found_number)
        if act.kind == Step.UNBAGGED and act.told != told:
            yield f"{name} was found otherwise, or with another number, than act {act.pk} told."
    elif seal.removed_at is not None and not seal.is_undone:
        yield f"{name} was taken off, and nobody says how it was found."
    elif seal.removed_at is None and (seal.is_undone or act is not None):
        yield f"{name} is on the bag, and an act took it off."


def _opens(act: Act, bag: Mailbag) -> bool:
    if act.kind == Step.UNBAGGED:
        return act.label_id == bag.label_id
    return act.kind == Step.ARRIVED and act.shipment_id is not None


def sealed_bundles() -> Iterator[str]:
    """What was sealed in a bag lay in it then."""
    lay = Content.objects.filter(
        Q(taken_out=None) | Q(taken_out__gt=OuterRef("act")), bundle=OuterRef("bundle"),
        bag__label=OuterRef("act__label"), put_in__lt=OuterRef("act"),
    )  # fmt: skip
    rows = Entry.objects.filter(~Exists(lay), step=Step.SEALED).order_by("pk")
    for code, act in rows.values_list("bundle__label__code", "act_id").iterator(CHUNK):
        yield f"Bundle {code} was sealed in a bag by act {act}, and did not lie in it."


def shipments() -> Iterator[str]:
    """A bag is on the shipment with which it was dispatched, unless it has passed through a hub since."""
    sent, passed = Beside(_moves(Step.DISPATCHED, "from_place")), Beside(_moves(Step.ARRIVED, "to_place"))
    rows = Mailbag.objects.select_related("label", "shipment").order_by("label_id")
    for bag in rows.iterator(CHUNK):
        yield from _shipment(bag, sent.of(bag.label_id), passed.of(bag.label_id))
        if not codes.is_valid(bag.label.code) or bag.label.code[0] != codes.MAILBAG:
            yield f"Bag {bag.label.code} has a code that is none of its sort."


def _moves(step: Step, side: str) -> Iterator[tuple[int, int, int]]:
    """Label of the bag, act and its shipment, for standing acts that took bags away or brought them."""
    rows = standing_entries().filter(step=step, **{f"{side}__kind": steps.BAG})
    columns = (f"{side}__label_id", "act_id", "act__shipment_id")
    return rows.order_by(*columns).values_list(*columns).distinct().iterator(CHUNK)


def _shipment(bag: Mailbag, sent: list[tuple[int, int, int]], passed: list[tuple[int, int, int]]) -> Iterator[str]:
    name = f"Bag {bag.label.code} is on shipment {bag.shipment.number}"
    if sent and not any(act > sent[-1][1] for _, act, _ in passed) and sent[-1][2] != bag.shipment_id:
        yield f"{name}; act {sent[-1][1]} dispatched it with another."
    elif bag.shipment.is_dispatched and bag.emptied_at is None and bag.shipment_id not in {row[2] for row in sent}:
        yield f"{name}, which has left; no act dispatched anything in it."
