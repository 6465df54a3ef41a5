"""The case whose mail goes the whole way: three shipments, several grades, a shortage that is found and one that is
not, a broken seal, an authority's seal, a reversal and a replaced confirmation."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from logistics import steps
from logistics.actions import (
    confirming,
    counting,
    delivering,
    discrepancies,
    following,
    losing,
    reversing,
    shipping,
)
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.demo import mailroom, tools
from logistics.demo.cast import Cast, Room
from logistics.demo.mailroom import Sorted
from logistics.demo.story import Story
from logistics.demo.teller import Teller
from logistics.models import Act, Bundle, Case, Delivery, Discrepancy, Holding, Shipment
from logistics.words import Capacity, DiscrepancyKind, Purpose, Reason, SealFound

IN_A_BAG = 16
"""Bundles: what one person can carry."""


@dataclass
class Way:
    """What the scenes of this case hand on to each other."""

    teller: Teller
    cast: Cast
    story: Story
    case: Case
    done: Sequence[Sorted]
    seals: int = 0
    deliveries: list[Delivery] = field(default_factory=list)

    @property
    def near(self) -> Room:
        return self.cast.rooms[0]

    @property
    def far(self) -> Room:
        return self.cast.rooms[-1]

    def bundles(self, room: Room | None = None) -> list[Bundle]:
        mine = [each for each in self.done if room in (None, each.room)]
        return [bundle for each in mine for bundle in each.bundles if bundle.case_id == self.case.pk]

    def seal_number(self, room: Room) -> str:
        """As on seals in trade: digits that say nothing about a case or a hub, for they stand on outer papers."""
        self.seals += 1
        return f"{self.cast.rooms.index(room) + 4}17{self.seals:04}"


def tell(way: Way) -> None:
    """All scenes, in their order."""
    way.teller.scene(f"{way.case}: screened, summarised, two persons for what is held back")
    held = _prepare(way)
    way.teller.scene(f"{way.case}: packed, sealed, three shipments")
    first, second = _ship_from_near(way)
    third = _ship_from_far(way)
    room, bundle = held[0]
    mailroom.release_one(way.teller, room, bundle, day=30)
    way.teller.scene(f"{way.case}: taken over and handed over")
    _hand_over_first(way, first)
    _hand_over_second(way, second)
    wrong = _hand_over_third(way, third)
    way.teller.scene(f"{way.case}: confirmed, corrected, confirmed again")
    _confirm_and_correct(way, third, wrong)


def _prepare(way: Way) -> list[tuple[Room, Bundle]]:
    bundles = way.bundles()
    held = mailroom.hold_back(way.teller, way.done, bundles, way.story.withheld, day=mailroom.SCREENED_AT)
    mailroom.screen(way.teller, way.done, bundles, day=mailroom.SCREENED_AT)
    language = way.case.languages[0]
    for bundle in way.teller.each(bundles, "summaries"):
        tools.words().summarise(
            way.teller, bundle, language=language, text=way.story.summary(language), translators=way.cast.translators,
            day=mailroom.SCREENED_AT + 3,
        )  # fmt: skip
    return held


def _ship(way: Way, room: Room, bundles: Sequence[Bundle], *, day: int, **consignee: object) -> Shipment:
    shipment = shipping.plan_shipment(
        room.hub, key=way.teller.key(), by=room.volunteer, expected_on=way.teller.day(day + 7), **consignee
    )
    for start in range(0, len(bundles), IN_A_BAG):
        bag = tools.bags().pack(way.teller, shipment, bundles[start : start + IN_A_BAG], by=room.volunteer, day=day)
        number = way.seal_number(room)
        tools.bags().seal(way.teller, bag, number=number, by=room.volunteer, witness=room.witness, day=day)
    tools.bags().dispatch(way.teller, shipment, by=room.volunteer, day=day)
    return shipment


def _ship_from_near(way: Way) -> tuple[Shipment, Shipment]:
    """Two shipments straight to the case worker."""
    bundles, worker = way.bundles(way.near), way.cast.workers[0]
    half = len(bundles) // 2
    first = _ship(way, way.near, bundles[:half], day=26, to_worker=worker)
    return first, _ship(way, way.near, bundles[half:], day=33, to_worker=worker)


def _ship_from_far(way: Way) -> Shipment:
    """By way of the nearer hub: one bag arrives with a broken seal and is counted again, the others pass sealed."""
    leg = _ship(way, way.far, way.bundles(way.far), day=26, to_hub=way.near.hub)
    bags = tools.bags().bags_on(leg)
    worker, volunteer = way.cast.workers[0], way.near.volunteer
    onward = shipping.plan_shipment(way.near.hub, to_worker=worker, key=way.teller.key(), by=volunteer)
    opened = tools.bags().open_one(way.teller, leg, bags[0], found=SealFound.BROKEN, by=volunteer, day=33)
    for bundle in opened:
        found = Holding.objects.get(bundle=bundle, place__kind=steps.MAILROOM, pieces__gt=0).pieces
        way.teller.act(counting.recount, bundle, found=found, hub=way.near.hub, by=way.near.witness, day=33)
    for bag in bags[1:]:
        tools.bags().pass_through(way.teller, leg, bag, by=volunteer, day=33)
        tools.bags().forward(bag, onward, by=volunteer)
    again = tools.bags().pack(way.teller, onward, opened, by=volunteer, day=34)
    number = way.seal_number(way.near)
    tools.bags().seal(way.teller, again, number=number, by=volunteer, witness=way.near.witness, day=34)
    tools.bags().dispatch(way.teller, onward, by=volunteer, day=35)
    _explain(way, DiscrepancyKind.SEAL, "Every bundle was counted again: nothing is missing.")
    return onward


def _explain(way: Way, kind: str, explanation: str) -> None:
    for discrepancy in Discrepancy.objects.filter(kind=kind, closed_at=None):
        discrepancies.close_discrepancy(discrepancy, explanation=explanation, by=way.near.volunteer)


def _by_size(bundles: Sequence[Bundle]) -> list[Bundle]:
    """The smallest first."""
    return sorted(bundles, key=lambda bundle: (bundle.entries.get(sequence=1).pieces, bundle.pk))


def _deliver(way: Way, shipment: Shipment, outcomes: list[Outcome], *, capacity: str, day: int, reason: str = "") -> Act:
    act = way.teller.act(
        delivering.record_delivery, shipment, case=way.case, outcomes=outcomes, capacity=capacity, reason=reason,
        by=way.cast.workers[0], day=day,
    )  # fmt: skip
    way.deliveries.append(act.delivery)
    return act


def _hand_over_first(way: Way, shipment: Shipment) -> None:
    """One bundle is missing, given up, and found after all. Some of what was handed over is acknowledged later."""
    bundles = _by_size(tools.bags().on_board(shipment))
    missing, came = bundles[-1], bundles[:-1]
    worker, team = way.cast.workers[0], way.cast.team
    tools.bags().take_over(way.teller, shipment, missing=[missing], by=worker, day=33)
    _deliver(way, shipment, [Outcome(bundle, steps.IN_PERSON) for bundle in came], capacity=Capacity.SELF, day=35)
    way.teller.act(losing.declare_lost, Part(missing), start=steps.TRANSIT, by=team, day=40)
    way.teller.act(losing.declare_found, Part(missing), shipment=shipment, by=team, day=47)
    _explain_missing(way, missing)
    _deliver(way, shipment, [Outcome(missing, steps.IN_PERSON)], capacity=Capacity.SELF, day=49)
    parts = [Part(bundle) for bundle in came[len(came) // 3 :]]
    way.teller.act(
        following.raise_evidence, way.deliveries[0], parts=parts, start=steps.IN_PERSON, end=steps.ACKNOWLEDGED,
        by=team, day=52,
    )  # fmt: skip


def _explain_missing(way: Way, bundle: Bundle) -> None:
    discrepancy = Discrepancy.objects.get(kind=DiscrepancyKind.MISSING_BUNDLE, bundle=bundle)
    said = "It had been put into another traveller's luggage, and was brought a week later."
    discrepancies.close_discrepancy(discrepancy, explanation=said, by=way.cast.team)


def _hand_over_second(way: Way, shipment: Shipment) -> None:
    """An authority opened one bag and took some pieces; the smallest bundle is missing and is not found."""
    bundles = _by_size(tools.bags().on_board(shipment))
    missing, opened, came = bundles[0], bundles[-1], bundles[1:-1]
    worker = way.cast.workers[0]
    sent = Holding.objects.get(bundle=opened, place__kind=steps.TRANSIT, pieces__gt=0).pieces
    seized = min(way.story.seized, sent - 1)
    bag = next(bag for bag in tools.bags().bags_on(shipment) if bag.contents.filter(bundle=opened).exists())
    tools.bags().take_over(
        way.teller, shipment, missing=[missing], counted={opened: sent - seized}, seals={bag: SealFound.REPLACED},
        by=worker, day=42,
    )  # fmt: skip
    taken = [Outcome(opened, steps.SEIZED, seized, start=steps.TRANSIT)]
    outcomes = [Outcome(bundle, steps.IN_PERSON) for bundle in came] + [Outcome(opened, steps.IN_PERSON, start=steps.FIELD)]
    _deliver(way, shipment, outcomes, capacity=Capacity.SELF, day=44)
    way.teller.act(
        delivering.record_delivery, shipment, case=way.case, outcomes=taken, reason=Reason.CUSTOMS, by=worker, day=44
    )
    way.teller.act(losing.declare_lost, Part(missing), start=steps.TRANSIT, by=way.cast.team, day=60)


def _hand_over_third(way: Way, shipment: Shipment) -> Act:
    """Told as handed over in person, which is wrong: it was given to the family."""
    tools.bags().take_over(way.teller, shipment, by=way.cast.workers[0], day=47)
    outcomes = [Outcome(bundle, steps.IN_PERSON) for bundle in _with_worker(shipment)]
    return _deliver(way, shipment, outcomes, capacity=Capacity.SELF, day=50)


def _with_worker(shipment: Shipment) -> list[Bundle]:
    held = Holding.objects.filter(place__kind=steps.FIELD, place__shipment=shipment, pieces__gt=0)
    return list(Bundle.objects.filter(holdings__in=held).select_related("label").order_by("pk"))


def _confirm_and_correct(way: Way, shipment: Shipment, wrong: Act) -> None:
    team, worker = way.cast.team, way.cast.workers[0]
    first = confirming.issue(
        way.case, deliveries=way.deliveries, purpose=Purpose.SOLIDARITY, key=way.teller.key(), day=way.teller.day(63), by=team
    )
    way.teller.act(reversing.reverse, wrong, reason=Reason.WRONG_GRADE, by=worker, day=67)
    way.deliveries.remove(wrong.delivery)
    outcomes = [Outcome(bundle, steps.CLOSE) for bundle in _with_worker(shipment)]
    _deliver(way, shipment, outcomes, capacity=Capacity.FAMILY, day=50)  # on the day on which it was
    confirming.issue(
        way.case, deliveries=way.deliveries, purpose=Purpose.SOLIDARITY, replaces=first, key=way.teller.key(),
        day=way.teller.day(71), by=team,
    )  # fmt: skip
