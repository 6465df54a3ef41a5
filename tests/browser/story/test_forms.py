"""What holds of every form: what was typed stays when it is refused, what was done is said, taken back, and found again."""

import pytest

from logistics import codes
from logistics.models import Act, Collection, Tally
from logistics.steps import Step
from tests import factories
from tests.browser.story import acts
from tests.browser.story.cast import Cast, bundle
from tests.browser.story.person import Person
from tests.journeys.figures import whole
from tests.logistics.returns.files import csv_file
from tests.world import World, held, journey


@pytest.fixture
def cast(phone, live_server) -> Cast:
    return Cast(World(), phone, live_server.url)


def test_a_returns_file_is_looked_at_before_it_is_imported_and_can_be_taken_back(cast, tmp_path):
    case, coordinator = cast.world.case, cast.person(cast.world.coordinator)
    file = csv_file(tmp_path, f"Country,Case,Letters\nNorway,{case.code},120\nFrance,{case.code},31\n")
    coordinator.go("Returns").go("Import returns").choose("Campaign", case.campaign.name).attach("Files", file)
    coordinator.press("Look at what they say").reads("2 of 2 rows can be imported. Nothing is stored yet.", "151")
    assert Tally.objects.count() == 0
    coordinator.press("Import 2 rows").reads("return.csv: 2 rows are imported.", "151 messages are declared")
    assert sorted(Tally.objects.values_list("collection__country", "count")) == [("FR", 31), ("NO", 120)]
    coordinator.go("Collections").reads("Norway", "France")
    coordinator.go("Returns").go("return.csv").go("Take it back").press("Take the return back").reads("The return counts no more")
    assert Collection.objects.filter(withdrawn_at=None).count() == 0


def test_a_form_that_is_refused_keeps_what_was_typed(cast):
    volunteer, code = cast.volunteer, cast.ready(60)
    volunteer.open(code).go("Hold pieces back").fill("Pieces to hold back", 99).choose("Why", "damaged").press("Hold them back")
    keeps(volunteer, {"Pieces to hold back": "99", "Why": "damaged"})
    volunteer.go("Shipments").go("Plan a shipment").choose("From", cast.hub).fill("Carrier", "Posten").press("Plan the shipment")
    keeps(volunteer, {"Carrier": "Posten"})
    shipment = acts.plan(volunteer, cast.hub, worker=cast.world.worker.username)
    bag = acts.open_bag(volunteer, shipment)
    acts.put_in(volunteer, bag, code)
    volunteer.fill(acts.SCAN, codes.grouped("B0000000000Z")).press("Put it in").reads("Bundle not put in")
    keeps(volunteer, {acts.SCAN: codes.grouped("B0000000000Z")})
    volunteer.open(bag).go("Seal it").fill("Number on the seal", "A-7").choose("Witness", cast.witness.name)
    volunteer.fill("Their password", "a guess").press("Seal the bag").reads("That is not their password.")
    keeps(volunteer, {"Number on the seal": "A-7", "Their password": ""})
    acts.seal(volunteer, bag, "A-7", cast.witness)
    acts.dispatch(volunteer, shipment)
    acts.take_over(cast.worker, shipment, bag, code)
    acts.deliver(cast.worker, cast.world.case.code, "Family", bundle=code, refused=61)
    keeps(cast.worker, {f"They were refused {code}": "61"})
    assert held(bundle(code)) == {"field": 60}


def keeps(person: Person, typed: dict[str, str]) -> None:
    """The page says that it was refused, and everything typed still stands there."""
    assert person.page.get_by_role("alert").first.is_visible()
    assert {label: person.typed(label) for label in typed} == typed


def test_what_was_done_is_taken_back_from_the_notice_or_from_the_journey(cast):
    volunteer, code = cast.volunteer, cast.ready(30)
    acts.withhold(volunteer, code, 2, "damaged")
    volunteer.go("Take it back")
    acts.take_back(volunteer, "the wrong count")
    shipment = acts.plan(volunteer, cast.hub, worker=cast.world.worker.username)
    bag = acts.open_bag(volunteer, shipment)
    acts.put_in(volunteer, bag, code)
    acts.seal(volunteer, bag, "A-1", cast.witness)
    acts.dispatch(volunteer, shipment)
    for words in ("Left the mailroom", "Sealed in a mailbag", "Put into the mailbag"):
        volunteer.find(code).go(f"Take it back : {words}")
        acts.take_back(volunteer, "told by mistake")
    assert held(bundle(code)) == {"mailroom": 30}
    assert [line[0] for line in journey(bundle(code))].count("reversed") == Act.objects.filter(kind=Step.REVERSED).count() == 4
    assert whole()


def test_a_hand_scanner_that_types_opens_the_thing_from_any_page(cast):
    world, volunteer = cast.world, cast.volunteer
    made, one = world.ready(20), world.ready(10)
    sent, bag = world.send(made)
    things = {one.label.code: "Ready to pack", bag.label.code: "It has left", sent.number: "20 pieces left"}
    for page in ("Batches", "Bundles", "Mailbags", "Shipments", "Lightpost, home"):
        for code, words in things.items():
            volunteer.go(page).find(code.lower()).reads(codes.grouped(code), words)
    volunteer.find(one.batch.label.code).reads(codes.grouped(one.batch.label.code))
    volunteer.find("B0000000000Z").reads("Nothing fits")
    cast.team.find(made.label.code).reads(codes.grouped(made.label.code))
    cast.translator.find(factories.make_case().code).reads("Nothing fits")
