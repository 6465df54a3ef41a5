"""One journey in which everything happens that can happen: it is whole, and so is what each thing says of it."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from logistics.actions import confirming, counting, delivering, following, losing, reversing, screening, splitting
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Act, Bundle, Delivery, Entry, Place
from logistics.reports.checking.whole import Checking
from logistics.steps import PLACES, Step
from mailbags.actions import arriving, forwarding, packing, sealing
from mailbags.actions.arriving import BagFound
from mailbags.models import Seal
from tests.logistics.checking.tampering import check, hide, take_the_guards_off
from tests.world import DAY, World, held, new_act
from translations.actions import summarising

pytestmark = pytest.mark.django_db


LATER = DAY + timedelta(weeks=5)
"""What became of what was handed over is told then, and what is told after it not before."""


class Everything(World):
    """A bundle that goes straight to the case worker, and one that is split, held back from and sent over a hub."""

    def __init__(self) -> None:
        super().__init__()
        self.here = {"hub": self.hub, "by": self.volunteer}
        self.direct, self.over_hub = self.ready(88), self.count(30)
        self.in_the_mailroom()
        self.shipment = self.packed_twice()
        self.by_way_of_the_hub()
        self.delivered()
        self.followed()
        self.told_wrongly()

    def in_the_mailroom(self) -> None:
        self.tell(counting.recount, self.direct, found=91, **self.here)
        self.screen(self.over_hub)
        self.tell(summarising.waive, [self.over_hub], reason="no_translator", by=self.team)
        self.tell(screening.withhold, self.over_hub, pieces=4, reason="shows_writer", **self.here)
        self.tell(screening.release, self.over_hub, pieces=1, second=self.witness, **self.here)
        self.tell(
            losing.destroy, Part(self.over_hub, 1), start="withheld", reason="could_harm", second=self.witness, by=self.volunteer
        )
        self.tell(splitting.split, self.over_hub, pieces=10, **self.here)
        self.part = Bundle.objects.get(split_from=self.over_hub)

    def packed_twice(self):
        """Taken out and put back; the seal broken before it left."""
        shipment = self.plan()
        bag = self.bag(shipment, self.direct)
        self.tell(packing.take_out, bag, bundles=[self.direct], by=self.volunteer)
        self.tell(packing.put_in, bag, bundles=[self.direct], by=self.volunteer)
        self.seal(bag)
        self.tell(sealing.open_sealed, bag, found="other_number", found_number="Z-9", by=self.volunteer)
        self.tell(counting.recount, self.direct, found=90, **self.here)
        self.tell(packing.put_in, bag, bundles=[self.direct], by=self.volunteer)
        self.send_off(bag)
        self.tell(
            arriving.take_over, shipment, opened=[BagFound(bag, "broken")], found=[Part(self.direct, 92)], by=self.worker
        )
        return shipment

    def send_off(self, bag) -> None:
        self.seal(bag)
        self.dispatch(bag.shipment)

    def by_way_of_the_hub(self) -> None:
        """One bag passes through sealed, one is opened there and packed again."""
        first = self.plan(to_hub=self.next_hub)
        sealed, opened = self.bag(first, self.over_hub), self.bag(first, self.part)
        self.seal(sealed)
        self.send_off(opened)
        there = {"by": self.next_volunteer}
        self.tell(arriving.pass_through, first, bags=[sealed], **there)
        self.tell(arriving.take_over, first, opened=[BagFound(opened)], found=[Part(self.part)], **there)
        self.tell(screening.release, self.over_hub, pieces=1, second=self.witness, **self.here)
        onward = self.plan(from_hub=self.next_hub, by=self.next_volunteer)
        sealed = forwarding.forward(sealed, onto=onward, by=self.next_volunteer)
        again = self.bag(onward, self.part, by=self.next_volunteer)
        self.seal(again, by=self.next_volunteer, witness=self.next_witness)
        self.dispatch(onward, by=self.next_volunteer)
        self.onward = onward

    def deliver(self, shipment, *outcomes: Outcome) -> Act:
        return self.tell(delivering.record_delivery, shipment, case=self.case, outcomes=outcomes, by=self.worker)

    def delivered(self) -> None:
        became = {"in_person": 30, "institution": 20, "close": 5, "refused": 12, "seized": 5, "deferred": 5, "returned": 5}
        act = self.deliver(self.shipment, *(Outcome(self.direct, what, pieces) for what, pieces in became.items()))
        self.delivery = Delivery.objects.get(acts=act)
        self.confirmation = confirming.issue(self.case, deliveries=[self.delivery], by=self.team, **new_act())
        self.deliver(self.onward, Outcome(self.part, "assumed"))
        self.deliver(self.onward, Outcome(self.over_hub, "refused", 3))
        self.deliver(self.onward, Outcome(self.over_hub, "seized", 3))

    def followed(self) -> None:
        grades = {"start": "institution", "end": "acknowledged"}
        parts = [Part(self.direct, 10)]
        self.tell(following.raise_evidence, self.delivery, parts=parts, **grades, by=self.team, day=LATER)
        for start, became in (("institution", "returned"), ("refused", "deferred"), ("seized", "field")):
            self.tell(
                following.tell_later, Part(self.direct, 5), start=start, became=became, shipment=self.shipment,
                delivery=self.delivery, by=self.worker, day=LATER,
            )  # fmt: skip
        self.tell(following.take_back, [self.direct], shipment=self.shipment, **self.here, day=LATER)
        self.tell(
            losing.destroy, Part(self.direct, 2), start="refused", reason="deceased", second=self.witness, by=self.team, day=LATER,
        )  # fmt: skip
        self.tell(losing.declare_lost, Part(self.direct), start="field", by=self.team, day=LATER)
        self.tell(losing.declare_found, Part(self.direct, 6), shipment=self.shipment, by=self.team, day=LATER)
        self.tell(losing.declare_found, Part(self.direct, 2), hub=self.hub, by=self.team, day=LATER)

    def told_wrongly(self) -> None:
        """Reversed; and the confirmation replaced, since evidence was raised."""
        found = Act.objects.filter(kind=Step.FOUND).latest("pk")
        self.tell(reversing.reverse, found, reason="told_by_mistake", by=self.team, day=LATER)
        replaced = {"deliveries": [self.delivery], "replaces": self.confirmation, "by": self.team}
        self.confirmation = confirming.issue(self.case, **replaced, **new_act())


def test_a_journey_of_every_step_and_place_is_whole():
    world = Everything()
    assert set(Act.objects.values_list("kind", flat=True)) == set(Step)
    assert set(Entry.objects.values_list("step", flat=True)) == set(Step)
    assert set(Place.objects.values_list("kind", flat=True)) == set(PLACES)
    assert sum(held(world.direct).values()) == 92
    assert len(check()) == 1


def test_a_seal_found_with_another_number_than_was_told_is_named():
    Everything()
    seal = Seal.objects.exclude(found_number="").get()
    for changed in ({"found_number": "Z-8"}, {"found": "missing"}):
        before = {name: getattr(seal, name) for name in changed}
        Seal.objects.filter(pk=seal.pk).update(**changed)
        lines = check()
        assert lines[0] == (
            f"Bag {seal.bag}, seal {seal.number}, was found otherwise, or with another number, than act {seal.found_act_id} told."
        )
        Seal.objects.filter(pk=seal.pk).update(**before)
    assert len(check()) == 1


def test_every_entry_is_missed_and_every_change_of_one_is_named():
    """Wherever it stands, and though holdings and heads were mended to hide it."""
    Everything()
    take_the_guards_off()
    for entry in Entry.objects.select_related("bundle__label").order_by("pk"):
        for change in (Entry.objects.filter(pk=entry.pk).delete, lambda: _one_more(entry)):
            undo = transaction.savepoint()
            change()
            with suppress(IntegrityError), transaction.atomic():  # no place holds less than nothing, guards or no guards
                hide(entry.bundle)
            faults = list(Checking().faults())
            assert any(str(entry.bundle) in fault or f"Act {entry.act_id} " in fault for fault in faults), entry.pk
            transaction.savepoint_rollback(undo)
    assert len(check()) == 1


def _one_more(entry: Entry) -> None:
    """A piece more; or, where it is a mark, another day."""
    changed = {"pieces": entry.pieces + 1} if entry.pieces else {"day": entry.day + timedelta(days=1)}
    Entry.objects.filter(pk=entry.pk).update(**changed)
