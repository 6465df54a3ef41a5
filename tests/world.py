"""A small campaign with everybody in it, and a way to tell acts that tells each of them twice."""

import random
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from logistics import permissions
from logistics.actions import counting, receiving, screening, shipping
from logistics.actions.counting import Pile
from logistics.errors import Refused
from logistics.models import Act, Bundle, Discrepancy, Entry, Holding, Hub, Shipment, User
from logistics.words import Kind, Purpose
from mailbags.actions import dispatching, packing, sealing
from mailbags.models import Mailbag
from tests import factories
from translations.actions import summarising

DAY = date(2025, 1, 6)


class World:
    """One case with a consent, two hubs with two volunteers each, two translators, a case worker, a case team."""

    def __init__(self, **case: Any) -> None:
        self.campaign = factories.make_campaign()
        self.case = factories.make_case(self.campaign, **case)
        self.hub, self.next_hub = factories.make_hub(), factories.make_hub()
        self.volunteer, self.witness = (self._volunteer(self.hub) for _ in range(2))
        self.next_volunteer, self.next_witness = (self._volunteer(self.next_hub) for _ in range(2))
        self.translator, self.approver = (self._for_case(permissions.TRANSLATOR) for _ in range(2))
        self.worker, self.team = self._for_case(permissions.CASE_WORKER), self._for_case(permissions.CASE_TEAM)
        self.coordinator = factories.make_user(permissions.COORDINATOR)
        self.auditor = factories.make_user(permissions.AUDITOR)
        self.told: list[tuple[Callable, tuple, dict, int]] = []
        self.seals = 0

    def _volunteer(self, hub: Hub) -> User:
        return factories.make_user(permissions.MAILROOM, hub=hub)

    def _for_case(self, role: str) -> User:
        return factories.make_user(role, cases=[self.case])

    day = DAY
    """On which day what follows is told, where nothing else is said."""

    def tell(self, action: Callable, *args: Any, day: date | None = None, **kwargs: Any) -> Act:
        """Tell an act, and tell it again with the same key: the second changes nothing."""
        kwargs |= {"key": uuid4(), "day": day or self.day}
        act = action(*args, **kwargs)
        before = everything()
        assert action(*args, **kwargs).pk == act.pk
        assert everything() == before
        self.told.append((action, args, kwargs, act.pk))
        return act

    def retell(self) -> None:
        """Tell all acts once more, in another order: each is recognised and nothing changes."""
        before = everything()
        again = list(self.told)
        random.Random(7).shuffle(again)
        for action, args, kwargs, key in again:
            assert action(*args, **kwargs).pk == key
        assert everything() == before

    def count(self, pieces: int, *, kind: str = Kind.LETTER, purpose: str = Purpose.SOLIDARITY, day: date = DAY) -> Bundle:
        collection = factories.make_solidarity_collection(self.case, letters=pieces)
        batch = receiving.receive_batch(collection, hub=self.hub, received_on=day, key=uuid4(), by=self.volunteer)
        piles = [Pile(self.case, kind, pieces, purpose)]
        act = self.tell(counting.count, batch, piles=piles, by=self.volunteer, day=day)
        return Bundle.objects.select_related("label", "case").get(entries__act=act)

    def screen(self, *bundles: Bundle) -> Act:
        return self.tell(screening.screen, bundles, hub=self.hub, by=self.volunteer)

    def summarise(self, bundle: Bundle, language: str = "en") -> Act:
        summary = summarising.write(bundle, language=language, text="They wish you well.", by=self.translator)
        return self.tell(summarising.approve, summary, by=self.approver)

    def ready(self, pieces: int) -> Bundle:
        bundle = self.count(pieces)
        self.screen(bundle)
        self.summarise(bundle)
        return bundle

    def plan(self, *, to_hub: Hub | None = None, from_hub: Hub | None = None, by: User | None = None) -> Shipment:
        to_worker = None if to_hub else self.worker
        return shipping.plan_shipment(
            from_hub or self.hub, to_hub=to_hub, to_worker=to_worker, key=uuid4(), by=by or self.volunteer
        )

    def bag(self, shipment: Shipment, *bundles: Bundle, by: User | None = None) -> Mailbag:
        by = by or self.volunteer
        bag = packing.open_bag(shipment, hub=shipment.from_hub, key=uuid4(), by=by)
        if bundles:
            self.tell(packing.put_in, bag, bundles=bundles, by=by)
        return bag

    def seal(self, bag: Mailbag, *, by: User | None = None, witness: User | None = None) -> Act:
        self.seals += 1
        number = f"A-{bag.pk}-{self.seals}"
        return self.tell(
            sealing.seal, bag, number=number, witness=witness or self.witness, by=by or self.volunteer
        )

    def dispatch(self, shipment: Shipment, *, by: User | None = None, day: date | None = None) -> Act:
        return self.tell(dispatching.dispatch, shipment, by=by or self.volunteer, day=day)

    def send(self, *bundles: Bundle, shipment: Shipment | None = None) -> tuple[Shipment, Mailbag]:
        shipment = shipment or self.plan()
        bag = self.bag(shipment, *bundles)
        self.seal(bag)
        self.dispatch(shipment)
        return shipment, bag


def everything() -> tuple:
    """What a refusal, or the second telling of an act, may not change."""
    return (
        Act.objects.count(),
        list(Entry.objects.order_by("pk").values_list("digest", flat=True)),
        sorted(Holding.objects.values_list("bundle", "place", "pieces")),
        Bundle.objects.count(),
        Discrepancy.objects.count(),
        sorted(Mailbag.objects.values_list("pk", "shipment", "hub", "emptied_at")),
        sorted(Shipment.objects.values_list("pk", "dispatched_on")),
    )


def journey(bundle: Bundle) -> list[tuple[str, str, str, int]]:
    """The entries of a bundle: step, from, to, pieces."""
    rows = Entry.objects.filter(bundle=bundle).select_related("from_place", "to_place").order_by("sequence")
    return [(row.step, _kind(row.start_name), _kind(row.end_name), row.pieces) for row in rows]


def _kind(name: str) -> str:
    return name.partition(":")[0]


def held(bundle: Bundle) -> dict[str, int]:
    """Where the pieces of a bundle are, by kind of place."""
    sums: dict[str, int] = {}
    for kind, pieces in Holding.objects.filter(bundle=bundle, pieces__gt=0).values_list("place__kind", "pieces"):
        sums[kind] = sums.get(kind, 0) + pieces
    return sums


def refused(code: str, action: Callable, *args: Any, **kwargs: Any) -> None:
    """The action is refused with this code and a sentence, and nothing has changed."""
    before = everything()
    with pytest.raises(Refused) as refusal:
        action(*args, **kwargs)
    assert refusal.value.code == code
    assert len(refusal.value.sentence) > 20
    assert everything() == before


def new_act(day: date = DAY) -> dict[str, Any]:
    return {"key": uuid4(), "day": day}
