"""What holds of every form: what was typed stays when it is refused, what was done is said, taken back, and found again."""

import pytest
from django.utils import timezone

from logistics import codes
from logistics.actions.following import Part
from logistics.models import Act, Bundle, Collection, Tally
from logistics.steps import Step
from mailbags.actions import arriving
from mailbags.models import Mailbag
from tests import factories
from tests.browser.story import acts
from tests.browser.story.again import rows
from tests.browser.story.cast import Cast
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
    world, volunteer = cast.world, cast.volunteer
    code, there = shown(world.ready(60)), world.ready(50)
    taken_over(world, there)
    volunteer.open(code).go("Hold pieces back").fill("Pieces to hold back", 99).choose("Why", "damaged").press("Hold them back")
    keeps(volunteer, {"Pieces to hold back": "99", "Why": "damaged"})
    volunteer.go("Shipments").go("Plan a shipment").choose("From", cast.hub).fill("Carrier", "Posten").press("Plan the shipment")
    keeps(volunteer, {"Carrier": "Posten"})
    bag = shown(world.bag(world.plan(), world.ready(40)))
    volunteer.open(bag).fill(acts.SCAN, "B000 0000 000Z").press("Put it in").reads("Bundle not put in")
    keeps(volunteer, {acts.SCAN: ""})  # without scripts the next scan would be written behind it: the sentence has it
    volunteer.open(bag).go("Seal it").fill("Number on the seal", "A-7").choose("Witness", cast.witness.name)
    volunteer.fill("Their password", "a guess").press("Seal the bag").reads("That is not their password.")
    keeps(volunteer, {"Number on the seal": "A-7", "Their password": ""})
    acts.deliver(cast.worker, world.case.code, "Family", bundle=shown(there), refused=51)
    keeps(cast.worker, {f"They were refused {shown(there)}": "51"})


def keeps(person: Person, typed: dict[str, str]) -> None:
    """The page says that it was refused, and everything typed still stands there."""
    assert person.page.get_by_role("alert").first.is_visible()
    assert {label: person.typed(label) for label in typed} == typed


def test_what_was_done_is_taken_back_from_the_notice_or_from_the_journey(cast):
    volunteer, made = cast.volunteer, cast.world.ready(30)
    code = shown(made)
    acts.withhold(volunteer, code, 2, "damaged")
    volunteer.go("Take it back")
    acts.take_back(volunteer, "the wrong count")
    shipment = cast.world.plan()
    bag = cast.world.bag(shipment, made)
    acts.seal(volunteer, shown(bag), "A-1", cast.witness)
    acts.dispatch(volunteer, codes.grouped(shipment.number))
    for words in ("Left the mailroom", "Sealed in a mailbag", "Put into the mailbag"):
        volunteer.find(code).go(f"Take it back : {words}")
        acts.take_back(volunteer, "told by mistake")
    assert held(made) == {"mailroom": 30}
    assert [line[0] for line in journey(made)].count("reversed") == Act.objects.filter(kind=Step.REVERSED).count() == 4
    assert whole()


def test_whoever_goes_back_and_presses_again_does_nothing_more(cast):
    world, made = cast.world, cast.world.count(20)
    acts.screen(cast.volunteer, shown(made))
    goes_back(cast.volunteer, "Every piece is checked")
    world.day = timezone.localdate()  # pages tell of today
    world.summarise(made)
    shipment = world.plan()
    bag = world.bag(shipment, made)
    world.seal(bag)
    acts.dispatch(cast.volunteer, codes.grouped(shipment.number))
    goes_back(cast.volunteer, "Send it on its way")
    acts.take_over(cast.worker, codes.grouped(shipment.number), shown(bag), shown(made))
    goes_back(cast.worker, "Take over what is ticked")
    acts.deliver(cast.worker, world.case.code, "The person")
    goes_back(cast.worker, "Record what is ticked")
    acts.issue(cast.team, cast.case)
    goes_back(cast.team, "Issue the confirmation")


def goes_back(person: Person, words: str) -> None:
    """By the browser's own Back; if the button still stands there and can be pressed, it is pressed."""
    before = rows()
    person.page.go_back()
    button = person.page.get_by_role("button", name=words, exact=True)
    if button.count() and button.is_enabled():
        button.click()
        person.page.wait_for_load_state("load")
    assert rows() == before


def shown(thing: Bundle | Mailbag) -> str:
    return codes.grouped(thing.label.code)


def taken_over(world: World, made: Bundle) -> None:
    """With the case worker, and not handed over yet."""
    shipment, bag = world.send(made)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(made)], by=world.worker)


def test_at_a_table_a_hand_scanner_needs_no_field_that_was_chosen_first(table, live_server):
    cast = Cast(World(), table, live_server.url)
    one = cast.world.ready(10)
    cast.volunteer.go("Bundles").type_as_a_scanner(one.label.code).reads(codes.grouped(one.label.code), "Ready to pack")


def test_a_hand_scanner_that_types_opens_the_thing_from_any_page(cast):
    world, volunteer = cast.world, cast.volunteer
    made, one = world.ready(20), world.ready(10)
    sent, bag = world.send(made)
    things = {one.label.code: "Ready to pack", bag.label.code: "It has left", sent.number: "20 pieces left"}
    for page in ("Batches", "Bundles", "Mailbags", "Shipments", "Lightpost, home"):
        for code, words in things.items():
            volunteer.go(page).find(code.lower()).reads(codes.grouped(code), words)
    volunteer.find(one.batch.label.code).reads(codes.grouped(one.batch.label.code))
    volunteer.find("B0000000000Z").reads("is no code: a character of it was misread")
    cast.team.find(made.label.code).reads(codes.grouped(made.label.code))
    cast.translator.find(factories.make_case().code).reads("Nothing fits")
