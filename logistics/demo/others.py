"""The other cases: each gets some bundles to one stage of the journey, the rest of its mail waits in the mailroom."""

from collections.abc import Sequence

from logistics import steps
from logistics.actions import cases, delivering, following, screening, shipping, situations
from logistics.actions.delivering import Outcome
from logistics.demo import tools
from logistics.demo.cast import Cast
from logistics.demo.mailroom import Sorted
from logistics.demo.story import Story
from logistics.demo.teller import Teller
from logistics.models import Bundle, Case, Flag, Shipment
from logistics.words import Capacity, FlagDecision, Reason, TranslationPolicy

SOME = 5
"""Bundles of a case that go on."""

STAGES = (
    "paused", "packed", "sealed", "on_the_road", "with_worker", "assumed", "institution", "close", "in_person",
    "deferred", "returned",
)  # fmt: skip
"""How far a case's bundles can get, in the words of the story."""


def some_bundles(case: Case, done: Sequence[Sorted], *, before: object = None, after: int = 0) -> list[Bundle]:
    """A few bundles of the case in the first hub's mailroom, counted by the day `before` if one is given; `after` leaves
    out the first so many."""
    room = done[0].room
    mine = [each for each in done if each.room is room and (before is None or each.batch.received_on <= before)]
    return [bundle for each in mine for bundle in each.bundles if bundle.case_id == case.pk][after : after + SOME]


def make_ready(teller: Teller, cast: Cast, story: Story, bundles: Sequence[Bundle], *, day: int) -> None:
    """Screened, and summarised where the case requires it; the last one is waived."""
    room, case = cast.rooms[0], bundles[0].case
    teller.act(screening.screen, bundles, hub=room.hub, by=room.volunteer, day=day)
    if case.translation_policy != TranslationPolicy.REQUIRED:
        return
    language = case.languages[0] if case.languages else "en"
    for bundle in bundles[:-1]:
        tools.words().summarise(
            teller, bundle, language=language, text=story.summary(language), translators=cast.translators, day=day + 1
        )
    tools.words().waive(teller, bundles[-1:], reason=Reason.NO_TRANSLATOR, by=cast.team, day=day + 1)


def _leave_to_translators(teller: Teller, cast: Cast, story: Story, bundles: Sequence[Bundle]) -> None:
    """Some bundles are screened and wait for a summary; one is written by the second translator and not approved."""
    if len(bundles) < 2 or bundles[0].case.translation_policy != TranslationPolicy.REQUIRED:
        return
    room, case = cast.rooms[0], bundles[0].case
    teller.act(screening.screen, bundles, hub=room.hub, by=room.volunteer, day=22)
    language = case.languages[0] if case.languages else "en"
    text = story.summary(language)
    tools.words().leave_unapproved(bundles[0], language=language, text=text, by=cast.translators[1])


def send(teller: Teller, cast: Cast, bundles: Sequence[Bundle], *, day: int, upto: str = "on_the_road") -> Shipment:
    """Packed, sealed, dispatched to the second case worker, as far as `upto` says."""
    room = cast.rooms[0]
    shipment = shipping.plan_shipment(room.hub, to_worker=cast.workers[1], key=teller.key(), by=room.volunteer)
    bag = tools.bags().pack(teller, shipment, bundles, by=room.volunteer, day=day)
    if upto == "packed":
        return shipment
    number = f"{cast.rooms.index(room) + 4}18{shipment.pk:04}"
    tools.bags().seal(teller, bag, number=number, by=room.volunteer, witness=room.witness, day=day)
    if upto != "sealed":
        tools.bags().dispatch(teller, shipment, by=room.volunteer, day=day)
    return shipment


def tell(teller: Teller, cast: Cast, story: Story, case: Case, done: Sequence[Sorted]) -> None:
    """Take some bundles of a case as far as the story says."""
    stage, bundles = story.stages.get(case.code, ""), some_bundles(case, done)
    if stage not in STAGES or not bundles:
        return
    make_ready(teller, cast, story, bundles, day=20)
    _leave_to_translators(teller, cast, story, some_bundles(case, done, after=SOME))
    if stage == "paused":
        cases.pause_case(case, by=cast.team)
        return
    shipment = send(teller, cast, bundles, day=28, upto=stage)
    if stage in ("packed", "sealed", "on_the_road"):
        return
    if stage == "assumed":
        _deliver(teller, cast, shipment, case, [Outcome(bundle, steps.ASSUMED) for bundle in bundles], day=40)
        return
    tools.bags().take_over(teller, shipment, by=cast.workers[1], day=38)
    _after_arrival(teller, cast, shipment, case, bundles, stage)


def _after_arrival(
    teller: Teller, cast: Cast, shipment: Shipment, case: Case, bundles: list[Bundle], stage: str
) -> None:
    if stage == "with_worker":
        return
    if stage in steps.GRADES:
        capacity = {steps.INSTITUTION: Capacity.INSTITUTION, steps.CLOSE: Capacity.FAMILY}.get(stage, Capacity.SELF)
        _deliver(teller, cast, shipment, case, [Outcome(bundle, stage) for bundle in bundles], day=42, capacity=capacity)
        return
    reason = Reason.KEPT_FOR_RELEASE if stage == "deferred" else Reason.MOVED
    gone = bundles[: 2 if stage == "returned" else 1]
    _deliver(teller, cast, shipment, case, [Outcome(bundle, stage) for bundle in gone], day=42, reason=reason)
    if stage == "returned":  # one of the two has come back; a mailroom takes the other in
        room = cast.rooms[0]
        teller.act(
            following.take_back, bundles[:1], shipment=shipment, hub=room.hub, by=room.volunteer, day=55
        )


def _deliver(
    teller: Teller, cast: Cast, shipment: Shipment, case: Case, outcomes: list[Outcome], *, day: int, capacity: str = "",
    reason: str = "",
) -> None:  # fmt: skip
    teller.act(
        delivering.record_delivery, shipment, case=case, outcomes=outcomes, capacity=capacity, reason=reason,
        by=cast.workers[1], day=day,
    )  # fmt: skip


def decide(case: Case, cast: Cast) -> None:
    """The case team says what becomes of the flagged bundles, all but the last one."""
    flags = list(Flag.objects.filter(bundle__case=case, decision="").order_by("pk"))
    if flags[:-1]:
        situations.decide_flags(flags[:-1], decision=FlagDecision.GO_ON, by=cast.team)
