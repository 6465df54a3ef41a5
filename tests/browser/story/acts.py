"""What people do with letters, told the way they tell it: by links, fields and buttons. Codes are read off the pages."""

from dataclasses import dataclass

from tests.browser.story.person import Person


UNDO, WRONG = "Take it back", "That was wrong: take it back"
SCAN = "Bundle code Scan the label or type its twelve characters"


@dataclass(frozen=True)
class Witness:
    """Somebody who stands beside it and types their own password."""

    name: str
    password: str


def receive(volunteer: Person, collection: str) -> str:
    """A batch of this collection; its code."""
    volunteer.go("Batches").go("Receive a batch").go(collection)
    volunteer.press("Receive it and give it a label").reads("The batch is received")
    return volunteer.codes()[0]


def count(volunteer: Person, batch: str, case: str, pieces: int, kind: str = "letters") -> list[str]:
    """One pile of the batch, counted blind; the codes of the bundles that it was tied into."""
    volunteer.open(batch).go("Count the piles")
    volunteer.choose("For", case, inside="Pile 1").choose("What", kind, inside="Pile 1")
    volunteer.fill("Pieces", pieces, inside="Pile 1").press("Tie the bundles and make their labels")
    return volunteer.reads("Labels of the new bundles").codes()


def close(volunteer: Person, batch: str) -> None:
    volunteer.open(batch).go("Close the batch").press("Close it and see what was declared")
    volunteer.reads("The batch is closed", "Declared against counted")


def screen(volunteer: Person, bundle: str) -> None:
    volunteer.open(bundle).go("Screen this bundle").press("Every piece is checked").reads("Screened.").noted(UNDO)


def withhold(volunteer: Person, bundle: str, pieces: int, why: str) -> None:
    volunteer.open(bundle).go("Hold pieces back").fill("Pieces to hold back", pieces).choose("Why", why)
    volunteer.press("Hold them back").reads("held back.").noted(UNDO)


def release(volunteer: Person, bundle: str, pieces: int, second: Witness) -> str:
    """Let withheld pieces go; the code of the bundle that the page then shows."""
    volunteer.open(bundle).go("Let withheld pieces go").fill("Pieces to let go", pieces)
    volunteer.choose("Second person", second.name).fill("Their password", second.password)
    return volunteer.press("Let them go on").reads("They go on").codes()[0]


def split(volunteer: Person, bundle: str, pieces: int) -> str:
    """The code of the new bundle."""
    volunteer.open(bundle).go("Split it").fill("Pieces for the new bundle", pieces)
    return volunteer.press("Tie the new bundle and make its label").reads("The bundle is split").codes()[0]


def count_again(volunteer: Person, bundle: str, found: int) -> None:
    volunteer.open(bundle).go("Count it again").fill("Pieces that you count", found)
    volunteer.press("Record what I counted").tick(f"I counted {found}")  # another number than stood there
    volunteer.press("Record what I counted").reads("The new count is recorded")


def write(translator: Person, bundle: str, text: str = "They wish you well.") -> None:
    translator.go("Summaries").go("Write it", inside=bundle)
    translator.fill("What the letters say", text).press("Hand it on for approval").noted("Read it")


def approve(approver: Person, bundle: str) -> None:
    approver.go("Summaries").go("Read and approve it", inside=bundle)
    approver.press("Approve it: it says what the letters say").noted("Read it", WRONG)


def plan(planner: Person, hub: str, *, worker: str = "", to_hub: str = "") -> str:
    """A shipment; its number."""
    planner.go("Shipments").go("Plan a shipment").choose("From", hub)
    if worker:
        planner.choose("To a case worker", worker)
    if to_hub:
        planner.choose("Or to another hub", to_hub)
    number = planner.press("Plan the shipment").reads("The shipment is planned").codes()[0]
    planner.noted(number)
    return number


def open_bag(volunteer: Person, shipment: str) -> str:
    """A bag for the shipment; its code."""
    volunteer.go("Mailbags").go("Open a mailbag").choose("Shipment", shipment)
    volunteer.press("Open the bag and give it a label").reads("The bag is open")
    return volunteer.codes(inside="The bag")[0]


def put_in(volunteer: Person, bag: str, *bundles: str) -> None:
    volunteer.open(bag)
    for bundle in bundles:
        volunteer.fill(SCAN, bundle).press("Put it in")
        volunteer.reads(f"Bundle {bundle} is in the bag.").noted(UNDO)


def take_out(volunteer: Person, bag: str, bundle: str) -> None:
    volunteer.open(bag).go(f"Take out {bundle}").press("Take it out of the bag").reads("The bundle is out")


def seal(volunteer: Person, bag: str, number: str, witness: Witness) -> None:
    volunteer.open(bag).go("Seal it").fill("Number on the seal", number)
    volunteer.choose("Witness", witness.name).fill("Their password", witness.password)
    volunteer.press("Seal the bag").reads("The bag is sealed").noted(UNDO)


def dispatch(volunteer: Person, shipment: str) -> None:
    volunteer.go("Mailbags").go("Leaving and arriving").go("Dispatch", inside=shipment)
    volunteer.press("Send it on its way").noted(shipment, UNDO)


def send(volunteer: Person, witness: Witness, hub: str, *bundles: str, worker: str = "", to_hub: str = "") -> tuple[str, str]:
    """A shipment with one sealed bag of these bundles, on its way; its number and the bag's code."""
    shipment = plan(volunteer, hub, worker=worker, to_hub=to_hub)
    bag = open_bag(volunteer, shipment)
    put_in(volunteer, bag, *bundles)
    seal(volunteer, bag, f"A-{bag[-4:]}", witness)
    dispatch(volunteer, shipment)
    return shipment, bag


def take_over(worker: Person, shipment: str, bag: str, *bundles: str) -> None:
    """The bag with its seal intact, and these bundles in it."""
    worker.open(shipment).go("Take over").choose("The seal was", "intact", inside=f"Bag {bag}")
    for bundle in bundles:
        worker.tick(bundle, inside=f"Bag {bag}")
    number = f"{len(bundles)} bundle is" if len(bundles) == 1 else f"{len(bundles)} bundles are"
    worker.press("Take over what is ticked").reads(f"{number} taken over.").noted(shipment, WRONG)


def deliver(worker: Person, case: str, who: str, *, bundle: str = "", why: str = "", **pieces: int) -> None:
    """All that is with the worker for this case, or only so many: by the words before each number."""
    worker.home().go("Record a delivery", inside=f"for {case}")
    if pieces:
        worker.unfold("Not all went the same way", about=bundle)
    for words, number in pieces.items():
        worker.fill(f"{NUMBERS[words]} {bundle}", number)
    if why:
        worker.choose("Why, where they were not handed over", why)
    worker.choose("Who took them?", who).press("Record what is ticked")


NUMBERS = {"handed": "Handed over", "refused": "They were refused", "seized": "They were seized"}


def take_back(person: Person, why: str) -> None:
    """From a page that has just said what was done, or from the journey of a bundle."""
    person.choose("Why", why).press("Take it back").reads("It is taken back")


def issue(team: Person, case: str) -> str:
    """A confirmation of what none names yet; its number."""
    team.go("Cases").go(case).go("Confirm deliveries").press("Issue the confirmation")
    team.reads("The confirmation is issued")
    return team.codes()[0]

