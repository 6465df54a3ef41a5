"""The seven walks of the journey again, every act of them through pages, ending in the same entries."""


import pytest

from logistics.models import Discrepancy
from tests.browser.story import acts
from tests.browser.story.cast import Cast, bundle
from tests.journeys import expected
from tests.journeys.figures import figures, whole
from tests.world import World, held, journey


@pytest.fixture
def cast(phone, live_server) -> Cast:
    return Cast(World(), phone, live_server.url)


def test_walk_1_a_bundle_of_88_goes_from_count_to_in_person(cast):
    code = cast.count(88)
    shipment = acts.plan(cast.volunteer, cast.hub, worker=cast.world.worker.code)
    bag = acts.open_bag(cast.volunteer, shipment)
    acts.put_in(cast.volunteer, bag, code)
    cast.volunteer.reads("It cannot be sealed yet", "Screen it first")
    acts.take_out(cast.volunteer, bag, code)
    acts.screen(cast.volunteer, code)
    acts.put_in(cast.volunteer, bag, code)
    cast.volunteer.reads("It cannot be sealed yet", "No summary yet")
    cast.summarise(code)
    acts.seal(cast.volunteer, bag, "A-1", cast.witness)
    acts.dispatch(cast.volunteer, shipment)
    acts.take_over(cast.worker, shipment, bag, code)
    acts.deliver(cast.worker, cast.world.case.code, "The person")
    cast.worker.reads("88 pieces are handed over.")

    assert journey(bundle(code)) == expected.FROM_COUNT_TO_IN_PERSON
    assert held(bundle(code)) == {"in_person": 88}
    assert figures(cast.world) == {"declared": 88, "counted": 88, "delivered": 88}
    assert whole()


def test_walk_2_two_pieces_are_withheld_and_one_is_released_after_the_bundle_has_left(cast):
    code = cast.count(88)
    acts.withhold(cast.volunteer, code, 2, "shows who wrote it or where")
    acts.screen(cast.volunteer, code)
    cast.summarise(code)
    cast.send(code)
    part = acts.release(cast.volunteer, code, 1, cast.witness)

    assert journey(bundle(code)) == expected.WITHHELD
    assert journey(bundle(part)) == expected.RELEASED
    assert (held(bundle(code)), held(bundle(part))) == ({"withheld": 1, "transit": 86}, {"mailroom": 1})
    assert figures(cast.world) == {"declared": 88, "counted": 88, "withheld": 1, "on_the_way": 87}
    assert whole()


def test_walk_3_a_bundle_is_missing_at_arrival_declared_lost_and_found_later(cast):
    came, missing = cast.ready(40), cast.ready(48)
    shipment, bag = cast.send(came, missing)
    acts.take_over(cast.worker, shipment, bag, came)
    cast.worker.reads("1 difference is noted.")
    assert held(bundle(missing)) == {"transit": 48}

    cast.team.find(missing).go("Tell pieces as lost").press("Record them as lost").reads("48 pieces are told as lost.")
    assert figures(cast.world) == {"declared": 88, "counted": 88, "on_the_way": 40, "other": 48}
    cast.team.go("They turned up").choose("Where they turned up", "with the case worker")
    cast.team.press("Record them as found").reads("48 pieces have turned up")
    cast.team.go("Cases").go(cast.case).go("See what differs").go("A bundle is missing").reads("48 expected · 0 found")
    cast.team.fill("How it came about", "It lay under the seat of the van.").press("Close it with this explanation")
    cast.team.reads("It lay under the seat of the van.", "48 expected · 0 found")

    assert journey(bundle(missing)) == expected.MISSING_LOST_FOUND
    assert held(bundle(missing)) == {"field": 48}
    assert figures(cast.world) == {"declared": 88, "counted": 88, "on_the_way": 88}
    (discrepancy,) = Discrepancy.objects.all()
    assert (discrepancy.is_open, discrepancy.expected, discrepancy.found) == (False, 48, 0)
    assert whole()


def test_walk_4_part_is_handed_over_and_the_rest_is_acknowledged_weeks_later(cast):
    code = cast.ready(88)
    shipment, bag = cast.send(code)
    acts.take_over(cast.worker, shipment, bag, code)
    acts.deliver(cast.worker, cast.world.case.code, "Family", bundle=code, handed=60)
    acts.deliver(cast.worker, cast.world.case.code, "A prison, a hospital, a post office")
    assert figures(cast.world) == {"declared": 88, "counted": 88, "delivered": 60, "unconfirmed": 28}
    delivery = cast.team.go("Deliveries").codes()[0]
    cast.team.go(delivery).go("Record better evidence").reads("Known until now: Left with an institution")
    cast.team.choose("What is known now?", "The recipient said so").press("Record what is known now")
    cast.team.reads("Better evidence is recorded")

    assert journey(bundle(code)) == expected.IN_PART_THEN_ACKNOWLEDGED
    assert held(bundle(code)) == {"close": 60, "acknowledged": 28}
    assert figures(cast.world) == {"declared": 88, "counted": 88, "delivered": 88}
    assert whole()


def test_walk_5_the_two_parts_of_a_bundle_travel_apart(cast):
    world, code = cast.world, cast.ready(88)
    part = acts.split(cast.volunteer, code, 30)
    direct, bag = cast.send(code)
    acts.take_over(cast.worker, direct, bag, code)

    first, passing = acts.send(cast.volunteer, cast.witness, cast.hub, part, to_hub=world.next_hub.name)
    cast.next_volunteer.go("Mailbags").go("Leaving and arriving").go("Receive", inside=first)
    cast.next_volunteer.press("They are here, sealed").noted(first, acts.UNDO)
    second = acts.plan(cast.next_volunteer, world.next_hub.name, worker=world.worker.code)
    cast.next_volunteer.open(passing).go("Put it onto its next shipment").choose("Shipment", second)
    cast.next_volunteer.press("Let it go with that shipment").reads("The bag goes with the other shipment now")
    acts.dispatch(cast.next_volunteer, second)
    acts.take_over(cast.worker, second, passing, part)

    assert journey(bundle(code)) == expected.SPLIT
    assert journey(bundle(part)) == expected.SPLIT_OFF
    assert (held(bundle(code)), held(bundle(part))) == ({"field": 58}, {"field": 30})
    assert figures(world) == {"declared": 88, "counted": 88, "on_the_way": 88}
    assert whole()


def test_walk_6_a_delivery_is_reversed_and_its_confirmation_replaced(cast):
    case, code = cast.world.case.code, cast.ready(88)
    shipment, bag = cast.send(code)
    acts.take_over(cast.worker, shipment, bag, code)
    acts.deliver(cast.worker, case, "The person")
    first = acts.issue(cast.team, cast.case)
    cast.team.reads("88 pieces delivered")
    cast.worker.go("That was wrong: take it back")
    acts.take_back(cast.worker, "the wrong evidence")
    cast.team.open(first).reads("out of date")
    acts.deliver(cast.worker, case, "Family", bundle=code, handed=80, refused=8)
    cast.team.open(first).go("Replace it").press("Issue the confirmation").reads("The confirmation is issued", "80 pieces delivered")
    assert cast.team.codes()[0] != first
    cast.team.open(first).reads("Replaced", "88 pieces delivered")

    assert journey(bundle(code)) == expected.REVERSED_AND_TOLD_AGAIN
    assert held(bundle(code)) == {"close": 80, "refused": 8}
    assert figures(cast.world) == {"declared": 88, "counted": 88, "delivered": 80, "other": 8}
    assert whole()


def test_walk_7_a_recount_finds_three_more_before_and_after_dispatch(cast):
    code = cast.ready(88)
    acts.count_again(cast.volunteer, code, 91)
    assert Discrepancy.objects.count() == 0
    shipment, bag = cast.send(code)
    acts.take_over(cast.worker, shipment, bag, code)
    cast.worker.home().go("Record a delivery", inside=f"for {cast.world.case.code}")
    cast.worker.unfold("Not all went the same way", about=code).go("Only count it again")
    cast.worker.fill("How many are there?", 94).press("Record what I found").reads("94 pieces were found")

    assert journey(bundle(code)) == expected.RECOUNTED
    assert held(bundle(code)) == {"field": 94}
    assert figures(cast.world) == {"declared": 88, "counted": 94, "on_the_way": 94}
    (overage,) = Discrepancy.objects.all()
    assert (overage.kind, overage.expected, overage.found) == ("overage", 91, 94)
    assert whole()
