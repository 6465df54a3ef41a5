"""Random journeys, told through the one function that writes: the figures add up on every day and at every time."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest

from logistics import codes, steps
from logistics.actions import reversing
from logistics.actions.recording import REBUNDLED, Mark, Move, Spot, record
from logistics.actions.telling import Clock, tell
from logistics.errors import Refused
from logistics.models import Act, Assignment, Delivery, Entry, Holding, Role, User
from logistics.queries.received import received
from logistics.reports.checking import acts, bundles, things
from logistics.reports.checking.seen import Seen
from logistics.steps import Step
from tests import factories
from tests.world import DAY, World

WRONG_CLOCK = Clock(device="phone 3")
"""Of a device: its days are taken, and put in order."""

pytestmark = pytest.mark.django_db

NOT_BY_CHANCE = {Step.COUNTED, Step.REBUNDLED, Step.REVERSED}
PURPOSES = ("solidarity", "solidarity", "appeal", "")
PARTS = ("withheld", "on_the_way", "delivered", "unconfirmed", "other")


class Walk:
    """Somebody who may do everything, some bundles of both purposes, and chance."""

    def __init__(self, seed: int) -> None:
        self.chance, self.world = random.Random(seed), World()
        self.bundles = [self.world.count(self.chance.randint(1, 40), purpose=purpose) for purpose in PURPOSES]
        self.shipment, self.by = self.world.plan(), self._everybody()
        self.delivery = Delivery.objects.create(
            number=codes.new(codes.DELIVERY), case=self.world.case, shipment=self.shipment, day=DAY, by=self.by
        )

    def _everybody(self) -> User:
        user = factories.make_user()
        for role in ("case_worker", "case_team", "translator"):
            Role.objects.create(user=user, role=role)
        Role.objects.create(user=user, role="mailroom", hub=self.world.hub)
        Assignment.objects.create(user=user, case=self.world.case, given_by=user)
        return User.objects.get(pk=user.pk)

    def spot(self, kind: str) -> Spot:
        where = {
            **dict.fromkeys(steps.AT_HUB, self.world.hub),
            **dict.fromkeys(steps.AT_LABEL, self.bundles[0].label),
            **dict.fromkeys(steps.OF_SHIPMENT, self.shipment),
            **dict.fromkeys(steps.AT_DELIVERY, self.delivery),
        }
        return Spot(kind, where.get(kind))

    def step(self) -> None:
        if self.chance.random() < 0.2:
            self.reverse()
        elif self.chance.random() < 0.1:
            self.tie_over()
        else:
            self.move(self.chance.choice(self.bundles))

    def move(self, bundle) -> None:
        held = {row.place.kind: row.pieces for row in Holding.objects.filter(bundle=bundle, pieces__gt=0).select_related("place")}
        possible = [
            (step, start, end)
            for step, moves in steps.MOVES.items()
            for start, end in sorted(moves)
            if step not in NOT_BY_CHANCE and (start in held or start == steps.OUTSIDE) and steps.REBUNDLED not in (start, end)
        ]
        step, start, end = self.chance.choice(possible)
        pieces = self.chance.randint(1, held.get(start, 5))
        lines = [Move(bundle, step, pieces, self.spot(start), self.spot(end))]
        if self.chance.random() < 0.1:
            lines, step = [Mark(bundle, Step.SCREENED)], Step.SCREENED
        told = tell("walk", key=uuid4(), day=self.day(), by=self.by, clock=WRONG_CLOCK)
        record(told, step, lines, hub=self.world.hub, shipment=self.shipment, delivery=self.delivery)

    def tie_over(self) -> None:
        """Pieces of one bundle into another of the same purpose: they are somewhere on every day."""
        one, two = self.chance.sample(self.bundles[:2], 2)
        there = Holding.objects.filter(bundle=one, place__kind=steps.MAILROOM, pieces__gt=0).first()
        if there is None:
            return
        mailroom, pieces = self.spot(steps.MAILROOM), self.chance.randint(1, there.pieces)
        lines = [
            Move(one, Step.REBUNDLED, pieces, mailroom, REBUNDLED),
            Move(two, Step.REBUNDLED, pieces, REBUNDLED, mailroom),
        ]
        record(tell("walk", key=uuid4(), day=self.day(), by=self.by, clock=WRONG_CLOCK), Step.REBUNDLED, lines, hub=self.world.hub)

    def reverse(self) -> None:
        act = self.chance.choice(list(Act.objects.exclude(kind__in=[Step.REVERSED, Step.COUNTED]).order_by("pk")) or [None])
        if act is None:
            return
        try:
            reversing.reverse(act, reason="told_by_mistake", key=uuid4(), day=self.day(), by=self.by)
        except Refused as refusal:
            assert refusal.code in {"already_reversed", "moved_on", "day_before_act", "nothing_there", "too_many"}

    def day(self):
        return DAY + timedelta(days=self.chance.randint(0, 9))


@pytest.mark.parametrize("seed", range(10))
def test_the_figures_add_up_on_every_day_and_at_every_time(seed):
    walk = Walk(seed)
    for _ in range(30):
        walk.step()

    for when in _moments():
        (answer,) = received(walk.world.coordinator, case=walk.world.case.code, **when)
        for figures in (answer, answer["appeals"], answer["not_told"]):
            assert figures["counted"] == sum(figures[part] for part in PARTS) == sum(figures["places"].values()), when
            assert min(figures["places"].values()) >= 0, when
            assert figures["delivered"] + figures["unconfirmed"] == sum(figures["grades"].values()), when
    assert _by_received(walk) == _by_holdings()
    assert list(_own_faults()) == []


def _moments():
    days = [None, *(DAY + timedelta(days=number) for number in range(-1, 11))]
    times = [None, *Act.objects.order_by("?").values_list("recorded_at", flat=True)[:6]]
    return [{"as_of": day, "known_at": time} for day in days for time in times]


def _by_received(walk) -> dict[str, int]:
    (answer,) = received(walk.world.coordinator, case=walk.world.case.code)
    parts = (answer, answer["appeals"], answer["not_told"])
    sums = {kind: sum(figures["places"][kind] for figures in parts) for kind in steps.PLACES}
    return {kind: pieces for kind, pieces in sums.items() if pieces}


def _by_holdings() -> dict[str, int]:
    sums: dict[str, int] = {}
    for kind, pieces in Holding.objects.filter(pieces__gt=0).values_list("place__kind", "pieces"):
        sums[kind] = sums.get(kind, 0) + pieces
    return sums


def _own_faults():
    """Those of the ledger: no bags were packed for a random walk, and its delivery was told by no one act."""
    seen = Seen()
    yield from acts.faults(seen)
    yield from bundles.faults(seen)
    yield from things.labels()
    assert seen.entries == Entry.objects.count()
