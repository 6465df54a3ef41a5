"""The mailroom's scenes: batches arrive, are sorted and counted, screened, and some pieces held back."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from logistics.actions import counting, receiving, screening
from logistics.actions.counting import Pile
from logistics.demo.cast import Cast, Room
from logistics.demo.story import Story
from logistics.demo.teller import Teller
from logistics.models import Batch, Bundle, Campaign, Collection, Tally
from logistics.words import Kind, Purpose, Reason

UNOPENED = 3
"""Batches that are received and wait to be sorted."""

ON_THE_ROAD_TO_US = timedelta(days=3)
"""From a collection to a mailroom."""

SCREENED_AT = 18
"""Days after the close by which everything has been screened."""


@dataclass
class Sorted:
    """A batch that was sorted: the room it came to and its bundles."""

    room: Room
    batch: Batch
    bundles: list[Bundle]


def receive_and_count(teller: Teller, cast: Cast, story: Story, campaign: Campaign) -> list[Sorted]:
    """All collections with solidarity mail of the case that goes the whole way, each at one of the hubs in turn."""
    lines = _lines(campaign)
    wanted = [key for key, tallies in lines.items() if any(_case(tally).code == story.whole for tally in tallies)]
    done = []
    collections = Collection.objects.in_bulk(wanted)
    for number, key in enumerate(teller.each(wanted, "batches counted")):
        room = cast.rooms[number % len(cast.rooms)]
        short = story.whole if number == 0 else ""
        done.append(_count(teller, room, collections[key], lines[key], short))
    for collection in Collection.objects.filter(pk__in=[key for key in lines if key not in wanted][:UNOPENED]):
        _receive(teller, cast.rooms[0], collection)
    return done


def _lines(campaign: Campaign) -> dict[int, list[Tally]]:
    """By collection, its solidarity letters and cards for one case alone, in the order of their rows."""
    rows = Tally.objects.filter(
        collection__campaign=campaign, collection__withdrawn_at=None, purpose=Purpose.SOLIDARITY, kind__in=(Kind.LETTER, Kind.CARD)
    )  # fmt: skip
    rows = rows.annotate(named=Count("cases")).filter(named=1).prefetch_related("cases").order_by("collection", "pk")
    found: dict[int, list[Tally]] = defaultdict(list)
    for tally in rows:
        found[tally.collection_id].append(tally)
    return found


def _case(tally: Tally):
    return tally.cases.all()[0]


def _receive(teller: Teller, room: Room, collection: Collection) -> Batch:
    return receiving.receive_batch(
        collection, hub=room.hub, received_on=_arrival(teller, collection), key=teller.key(), by=room.volunteer
    )


def _arrival(teller: Teller, collection: Collection) -> date:
    return (collection.day or teller.closes) + ON_THE_ROAD_TO_US


def _count(teller: Teller, room: Room, collection: Collection, tallies: Sequence[Tally], right: str) -> Sorted:
    """Count a batch as it was declared. `right` (a case): in this batch every other line is found one piece short."""
    batch = _receive(teller, room, collection)
    limit = collection.campaign.bundle_limit
    piles = []
    for tally in tallies:
        case = _case(tally)
        count = tally.count - (1 if right and case.code != right and tally.count > 1 else 0)
        piles += [Pile(case, tally.kind, pieces, tally.purpose) for pieces in _evenly(count, limit)]
    act = teller.act(counting.count, batch, piles=piles, by=room.volunteer, day=batch.received_on)
    bundles = Bundle.objects.filter(entries__act=act).select_related("case", "label").order_by("pk")
    receiving.close_batch(batch, by=room.volunteer)
    return Sorted(room, batch, list(bundles))


def _evenly(count: int, limit: int) -> list[int]:
    """A count as the fewest piles of at most `limit`, as even as they can be."""
    piles = -(-count // limit)
    return [count // piles + (1 if number < count % piles else 0) for number in range(piles)]


def screen(teller: Teller, done: Sequence[Sorted], wanted: Iterable[Bundle], *, day: int) -> None:
    """Screen those of these bundles that are wanted, batch by batch."""
    keys = {bundle.pk for bundle in wanted}
    for each in teller.each(done, "batches screened"):
        mine = [bundle for bundle in each.bundles if bundle.pk in keys]
        if mine:
            teller.act(screening.screen, mine, hub=each.room.hub, by=each.room.volunteer, day=day)


def hold_back(teller: Teller, done: Sequence[Sorted], wanted: Iterable[Bundle], pieces: int, *, day: int) -> list[tuple[Room, Bundle]]:
    """Withhold so many pieces, two of a bundle at the most; where they were held back."""
    keys = {bundle.pk for bundle in wanted}
    held = []
    for each in done:
        for bundle in [bundle for bundle in each.bundles if bundle.pk in keys]:
            take = min(2, pieces)
            if take == 0 or bundle.entries.get(sequence=1).pieces < 10:
                continue
            reason = Reason.SHOWS_WRITER if len(held) % 2 == 0 else Reason.COULD_HARM
            teller.act(
                screening.withhold, bundle, pieces=take, reason=reason, hub=each.room.hub, by=each.room.volunteer, day=day
            )
            held.append((each.room, bundle))
            pieces -= take
    return held


def release_one(teller: Teller, room: Room, bundle: Bundle, *, day: int) -> None:
    """Two persons let one piece go after all; its bundle has left, so it gets one of its own."""
    teller.act(
        screening.release, bundle, pieces=1, hub=room.hub, second=room.witness, by=room.volunteer, day=day
    )
