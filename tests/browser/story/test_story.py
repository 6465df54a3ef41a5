"""The story: five sorts of people carry one bundle from a site with nobody in it to a printed confirmation, by forms alone."""

import re
from io import StringIO

import pytest
from django.core.management import call_command

from logistics import codes
from logistics.models import Bundle
from tests.browser.story import acts
from tests.browser.story.person import Person
from tests.journeys.figures import whole
from tests.logistics.documents.reading import text
from tests.world import held, journey

CASE = "Hana K"
WISHES = "Forty people from Norway write that they think of you, and that the sea is calm."


@pytest.fixture
def coordinator(window) -> Person:
    """The first one, made at the machine; the password is printed once."""
    said = StringIO()
    call_command("add_person", "ada", stdout=said, stderr=StringIO())
    return Person(window()).sign_in("ada", said.getvalue().split()[-1])


def test_five_people_carry_one_bundle_from_receipt_to_a_printed_confirmation(coordinator, window):
    prepare(coordinator)
    team = invite(coordinator, window, "tess", "Case team")
    make_the_case(team)
    people = {
        "volunteer": invite(coordinator, window, "vera", "Mailroom volunteer", hub="North"),
        "witness": invite(coordinator, window, "will", "Mailroom volunteer", hub="North"),
        "translator": invite(coordinator, window, "tom", "Translator", case=CASE),
        "approver": invite(coordinator, window, "tara", "Translator", case=CASE),
        "worker": invite(coordinator, window, "wanda", "Case worker", case=CASE),
    }
    enter_a_collection(coordinator)
    bundle = into_the_mailroom(people["volunteer"])
    summarise(people["translator"], people["approver"], bundle)
    shipment, bag = on_its_way(coordinator, team, people["volunteer"], people["witness"], bundle)
    handed_over(people["worker"], shipment, bag, bundle)
    confirmed(team)
    received_says(coordinator, team)
    holds_in_the_journey(bundle)


def prepare(coordinator: Person) -> None:
    coordinator.reads("Nothing waits for you")
    coordinator.go("Campaigns").go("Add a campaign").fill("Name", "Letters 2026").fill("Short name", "letters-2026")
    coordinator.fill("Opens on", "2026-01-05").press("Add the campaign").reads("The campaign stands")
    coordinator.go("People").go("Hubs").go("Add a hub").fill("Name", "North").fill("Code", "north")
    coordinator.choose("Country", "Norway").press("Add the hub").reads("The hub North stands")


def invite(coordinator: Person, window, name: str, role: str, *, hub: str = "", case: str = "") -> Person:
    """The page shows the password once; whoever is invited signs in with it, and chooses their own before anything else."""
    coordinator.go("People").go("Invite somebody").fill("Name to sign in with", name).choose("Role", role)
    if hub:
        coordinator.choose("Hub", hub)
    coordinator.press("Let them sign in").reads("can sign in now")
    password = coordinator.word(r"\b[0-9a-z]{4}(?:-[0-9a-z]{4}){3}\b", inside="Their password, shown only now")
    if case:
        coordinator.tick(case).press("Let them work on these cases").reads("works on these cases now")
    invited = Person(window()).sign_in(name, password).reads("First choose a password of your own")
    invited.home().reads("First choose a password of your own")
    return invited.choose_password(f"{name} by the quiet harbour")


def make_the_case(team: Person) -> None:
    team.go("Cases").go("Add a case").reads("Letters 2026").fill("Code", "HK").fill("Public name", CASE)
    team.choose("It is about", "person").choose("Country", "Türkiye").fill("Languages they read", "tr en")
    team.choose("Summaries", "a summary is required").press("Add the case").reads("The case is added", "to nothing yet")
    team.go("Record a consent").choose("Recipient", "1").choose("Consent", "to receive mail")
    team.press("Record that they agreed").reads("The consent is recorded", "to receive mail")
    team.go("Record a rule").choose("About", "envelope").choose("It is", "forbidden").fill("What", "A sender’s address.")
    team.press("Record the rule").reads("The rule is recorded", "A sender’s address.")


def enter_a_collection(coordinator: Person) -> None:
    coordinator.go("Collections").go("Enter one by hand").reads("Letters 2026")
    coordinator.choose("Country", "Norway").fill("Event", "Evening in Bergen").fill("Day", "2026-02-01")
    coordinator.fill("How many", 42, inside="Line 1").fill("Codes of cases", "HK", inside="Line 1")
    coordinator.press("Let this collection count").reads("Evening in Bergen", "42")


def into_the_mailroom(volunteer: Person) -> str:
    """Received, counted blind, the batch closed, one piece held back, the bundle screened; its code."""
    batch = acts.receive(volunteer, "Evening in Bergen, Norway")
    volunteer.go("Count the piles").does_not_read("42")
    (bundle,) = acts.count(volunteer, batch, CASE, 41)
    acts.close(volunteer, batch)
    volunteer.reads("42", "41")
    volunteer.open(bundle).go("Screen this bundle").reads("A sender’s address.", "forbidden")
    acts.withhold(volunteer, bundle, 1, "against a rule of the case")
    acts.screen(volunteer, bundle)
    return bundle


def summarise(translator: Person, approver: Person, bundle: str) -> None:
    translator.home().reads("1 bundle waits for a summary")
    acts.write(translator, bundle, WISHES)
    approver.home().reads("1 summary waits for your approval").go("Read and approve").go("Read and approve it", inside=bundle)
    approver.reads(WISHES).press("Approve it: it says what the letters say").noted("Read it", acts.WRONG)


def on_its_way(coordinator: Person, team: Person, volunteer: Person, witness: Person, bundle: str) -> tuple[str, str]:
    shipment = acts.plan(team, "North", worker=code_of(coordinator, "wanda"))
    bag = acts.open_bag(volunteer, shipment)
    acts.put_in(volunteer, bag, bundle)
    volunteer.go("Weigh it").fill("Full bag, in grams", 940).press("Write the weight down").reads("The weight is written down")
    acts.seal(volunteer, bag, "A-100", acts.Witness(witness.name, witness.password))
    acts.dispatch(volunteer, shipment)
    return shipment, bag


def code_of(coordinator: Person, name: str) -> str:
    """What stands for somebody on paper, and where a shipment is planned to them."""
    coordinator.go("People").go(name)
    return coordinator.word(r"On paper: (\w+)")


def handed_over(worker: Person, shipment: str, bag: str, bundle: str) -> None:
    worker.home().reads("1 bundle is on its way to you")
    acts.take_over(worker, shipment, bag, bundle)
    worker.reads("1 bundle for HK is with you")
    acts.deliver(worker, "HK", "Family", bundle=bundle, handed=36, refused=4, why="declined")
    worker.reads("36 pieces are handed over. 4 went another way.")


def confirmed(team: Person) -> None:
    number = acts.issue(team, CASE)
    printed = text(team.reads("36 pieces delivered").paper("Delivery confirmation One page"))
    assert {number, "36"} <= set(re.findall(r"[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}|\d+", printed)), printed
    team.go("Cases").go(CASE).reads("42 declared · 41 counted · 36 delivered · 1 withheld · 4 other", number)


def received_says(*people: Person) -> None:
    for person in people:
        person.go("Received").reads("36 letters and cards have been delivered in 1 case.", "0 are on their way.")
        for figure in ("41", "42"):
            person.reads(figure, inside=CASE)


def holds_in_the_journey(code: str) -> None:
    bundle = Bundle.objects.get(label__code=codes.normalise(code))
    assert journey(bundle) == [
        ("counted", "outside", "mailroom", 41),
        ("withheld", "mailroom", "withheld", 1),
        ("screened", "", "", 0),
        ("summarised", "", "", 0),
        ("bagged", "mailroom", "bag", 40),
        ("sealed", "", "", 0),
        ("dispatched", "bag", "transit", 40),
        ("arrived", "transit", "field", 40),
        ("handed", "field", "close", 36),
        ("refused", "field", "refused", 4),
    ]
    assert held(bundle) == {"withheld": 1, "close": 36, "refused": 4}
    assert whole()
