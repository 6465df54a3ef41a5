"""A journey with everything in it, and the hand that tampers with it: the guards of the database are off."""

from importlib import import_module
from io import StringIO
from uuid import uuid4

from django.core.management import call_command
from django.db import connection

from logistics import chain
from logistics.actions import confirming, delivering, reversing, screening
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Act, Bundle, Delivery, Entry, Holding
from mailbags.actions import arriving, packing
from mailbags.actions.arriving import BagFound
from mailbags.models import Mailbag
from tests.world import DAY, World, new_act
from translations.actions import summarising


class Story(World):
    """Two bundles delivered and confirmed; a third waived, withheld from, a screening of it reversed."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.third = self.ready(88), self.ready(12), self.count(30)
        summarising.waive([self.third], reason="no_translator", by=self.team, **new_act())
        self.shipment, self.mailbag = self.send(self.first, self.second)
        self.arrival = arriving.take_over(
            self.shipment, opened=[BagFound(self.mailbag)], found=[Part(self.first), Part(self.second)], by=self.worker,
            **new_act(),
        )  # fmt: skip
        self.handover = self._deliver(Outcome(self.first, "in_person"))
        self.delivery = Delivery.objects.get()
        self.confirmation = confirming.issue(self.case, deliveries=[self.delivery], by=self.team, **new_act())
        screened = self.screen(self.third)
        self.reversal = reversing.reverse(screened, reason="told_by_mistake", by=self.volunteer, **new_act())
        self.withholding = screening.withhold(
            self.third, pieces=2, reason="damaged", hub=self.hub, by=self.volunteer, **new_act()
        )

    def empty_bag(self) -> Mailbag:
        return packing.open_bag(self.plan(), hub=self.hub, key=uuid4(), by=self.volunteer)

    def _deliver(self, *outcomes: Outcome) -> Act:
        return delivering.record_delivery(
            self.shipment, case=self.case, outcomes=outcomes, capacity="self", by=self.worker, **new_act(DAY)
        )


def take_the_guards_off() -> None:
    """Drop the triggers; the test's transaction brings them back. PostgreSQL first wants its foreign keys settled."""
    connection.check_constraints()
    statements = import_module("logistics.migrations.0002_append_only").statements
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor, forwards=False):
            cursor.execute(statement)


def check(*arguments: str) -> list[str]:
    """What check_journey prints, line by line; it must exit 1 exactly if the journey is not whole."""
    said, stopped = StringIO(), None
    try:
        call_command("check_journey", *arguments, stdout=said)
    except SystemExit as stop:
        stopped = stop.code
    lines = said.getvalue().splitlines()
    assert stopped == (None if lines[-1].startswith("The journey is whole") else 1)
    return lines


def chain_head() -> str:
    said = StringIO()
    call_command("chain_head", stdout=said)
    return said.getvalue().strip()


def last_entry(bundle: Bundle) -> Entry:
    return Entry.objects.filter(bundle=bundle).order_by("sequence").last()


def hide(bundle: Bundle) -> None:
    """Make holdings and head of the bundle agree with the entries that are left."""
    sums: dict[int, int] = {}
    for entry in Entry.objects.filter(bundle=bundle).order_by("sequence"):
        for place, pieces in ((entry.from_place_id, -entry.pieces), (entry.to_place_id, entry.pieces)):
            if place:
                sums[place] = sums.get(place, 0) + pieces
    Holding.objects.filter(bundle=bundle).delete()
    Holding.objects.bulk_create([Holding(bundle=bundle, place_id=key, pieces=left) for key, left in sums.items()])
    last = last_entry(bundle)
    head = {"head_sequence": last.sequence, "head_digest": last.digest} if last else {"head_sequence": 0, "head_digest": ""}
    Bundle.objects.filter(pk=bundle.pk).update(**head)


def rewrite(bundle: Bundle) -> None:
    """Compute the whole chain of a bundle anew, its acts too, so that nothing shows but against a head."""
    row = Bundle.objects.select_related("label").get(pk=bundle.pk)
    fields = {name: getattr(row, name) for name in chain.BUNDLE_FIELDS if name != "code"}
    previous = chain.bundle_seed(fields | {"code": row.label.code})
    for entry in Entry.objects.filter(bundle=bundle).select_related("act", "from_place", "to_place").order_by("sequence"):
        header = chain.act_header({name: getattr(entry.act, name) for name in chain.ACT_FIELDS})
        previous = chain.entry_digest(
            previous, header, bundle.pk, entry.sequence, entry.step, entry.pieces, entry.start_name, entry.end_name,
            entry.day,
        )  # fmt: skip
        Entry.objects.filter(pk=entry.pk).update(digest=previous)
        digests = Entry.objects.filter(act=entry.act).order_by("pk").values_list("digest", flat=True)
        Act.objects.filter(pk=entry.act_id).update(digest=chain.act_digest(header, list(digests)))
    hide(bundle)
