"""A world in which there is one of everything that has an address, and what its addresses say for it."""

from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from logistics import codes, permissions
from logistics.actions import confirming, delivering, following, losing, rules, screening, situations, wording
from logistics.actions.delivering import Outcome
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.following import Part
from logistics.models import Bundle, Delivery, Return, User, Work
from logistics.views.handles import handle
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.pages.coordinating import client_of
from tests.world import DAY, World
from translations.actions import summarising

OF_ROLE = {
    permissions.MAILROOM: "volunteer",
    permissions.TRANSLATOR: "translator",
    permissions.CASE_WORKER: "worker",
    permissions.CASE_TEAM: "team",
    permissions.COORDINATOR: "coordinator",
    permissions.AUDITOR: "auditor",
    "": "nobody",
}


class Whole(World):
    """One of everything. `at` has what stands in an address: by the noun before it and the name of the parameter, for a
    page that needs a thing in a certain state by the name of the page too, and where roles see different things by both."""

    def __init__(self, **case: Any) -> None:
        super().__init__(**case)
        self.nobody = factories.make_user()
        self.arrival = factories.make_hub()
        factories.give_role(self.volunteer, permissions.MAILROOM, self.arrival)
        for user in User.objects.filter(code=None):
            User.objects.filter(pk=user.pk).update(code=codes.new_person())
        for name in (*OF_ROLE.values(), "witness"):
            setattr(self, name, User.objects.get(pk=getattr(self, name).pk))
        self.clients = {role: client_of(getattr(self, name)) for role, name in OF_ROLE.items()}
        self.in_the_mailroom()
        self.in_bags()
        self.with_the_worker()
        self.decided()
        self.at = self.registered()

    def in_the_mailroom(self) -> None:
        self.new, self.here, self.kept = self.count(20), self.ready(30), self.ready(25)
        self.tell(screening.withhold, self.kept, hub=self.hub, pieces=5, reason="could_harm", by=self.volunteer)
        summarising.write(self.new, language="en", text="They write of the sea.", by=self.approver)
        self.batch, self.counted = self.new.batch, self.new.entries.first().act
        self.collection = factories.make_solidarity_collection(self.case, letters=12)
        self.returned = Return.objects.create(
            campaign=self.campaign, file_name="return.csv", sha256=uuid4().hex * 2, by=self.coordinator
        )
        open_discrepancy("shortage", case=self.case, bundle=self.here, act=self.counted, expected=31, found=30)
        self.differing = self.here.discrepancies.get()

    def in_bags(self) -> None:
        self.bundle_in_bag = self.ready(10)
        self.open_bag = self.bag(self.plan(), self.bundle_in_bag)
        self.empty_bag = self.bag(self.plan())
        self.leaving = self.plan()
        self.sealed_bag = self.bag(self.leaving, self.ready(11))
        self.seal(self.sealed_bag)
        self.through, _bag = self.send(self.ready(12), shipment=self.plan(to_hub=self.arrival))

    def with_the_worker(self) -> None:
        self.coming, _bag = self.send(self.ready(13))
        field, left = self.ready(40), self.ready(15)
        self.shipment, bag = self.send(field, left)
        self.tell(arriving.take_over, self.shipment, opened=[BagFound(bag)], found=[Part(field), Part(left)], by=self.worker)
        outcomes = [Outcome(field, "close", 20, before=40), Outcome(left, "institution")]
        self.tell(
            delivering.record_delivery, self.shipment, case=self.case, outcomes=outcomes, capacity="family", by=self.worker
        )
        self.delivery = Delivery.objects.get(case=self.case)
        self.field, self.left = field, left
        self.tell(
            following.tell_later, Part(left, 5, before=15), start="institution", became="returned", shipment=self.shipment,
            delivery=self.delivery, reason="moved", by=self.worker,
        )  # fmt: skip
        self.words = wording.keep_words(
            self.delivery, text="Thank you all.", consent="quoted", key=uuid4(), day=DAY, by=self.worker
        )
        self.lost = self.ready(14)
        self.send(self.lost)
        self.tell(losing.declare_lost, Part(self.lost, 14), start="transit", by=self.team)

    def decided(self) -> None:
        told = {"deliveries": [self.delivery], "key": uuid4(), "day": DAY, "by": self.team}
        self.confirmation = confirming.issue(self.case, **told)
        self.rule = rules.record_rule(self.case, subject="envelope", force="forbidden", text="No flags.", by=self.team)
        fact = {"day": DAY, "precision": "day", "what": "moved", "by": self.team}
        situations.record_situation(self.case, **fact)
        self.works = {
            role: Work.objects.create(key=uuid4(), kind="look-at-returns", by=getattr(self, name), state="done", file_name="S.pdf")
            for role, name in OF_ROLE.items()
        }
        for work in self.works.values():
            work.folder.mkdir(parents=True, exist_ok=True)
            work.file_path.write_bytes(b"%PDF")

    def registered(self) -> dict[tuple[str, ...], str]:
        return {
            ("campaigns", "slug"): self.campaign.slug,
            ("cases", "slug"): self.campaign.slug,
            ("cases", "code"): self.case.code,
            ("hubs", "code"): self.hub.code,
            ("people", "code"): self.worker.code,
            ("returns", "code"): handle("return", self.returned.pk),
            ("collections", "code"): handle("collection", self.collection.pk),
            ("batches", "code"): self.batch.label.code,
            ("labels", "key"): str(self.counted.key),
            ("labels", "code"): self.here.label.code,
            ("bundles", "code"): self.here.label.code,
            ("bundles", "code", "bundle", permissions.CASE_WORKER): self.field.label.code,
            ("bundles", "code", "bundle-screen"): self.new.label.code,
            ("bundles", "code", "bundle-release"): self.kept.label.code,
            ("bundles", "code", "bundle-destroy"): self.kept.label.code,
            ("bundles", "code", "bundle-lost"): self.field.label.code,
            ("bundles", "code", "bundle-found"): self.lost.label.code,
            ("bundles", "code", "field-recount"): self.field.label.code,
            ("bundles", "code", "tell-later"): self.left.label.code,
            ("bundles", "bundle"): self.bundle_in_bag.label.code,
            ("acts", "key"): str(self.counted.key),
            ("acts", "key", "act-reverse", permissions.TRANSLATOR): self.act_on(self.here, "summarised"),
            ("acts", "key", "act-reverse", permissions.CASE_WORKER): self.act_on(self.field, "handed"),
            ("acts", "key", "act-reverse", permissions.CASE_TEAM): self.act_on(self.lost, "lost"),
            ("rules", "number"): str(self.rule.number),
            ("confirmations", "number"): self.confirmation.number,
            ("deliveries", "number"): self.delivery.number,
            ("words", "key"): str(self.words.key),
            ("discrepancies", "code"): handle("discrepancy", self.differing.pk),
            ("shipments", "number"): self.shipment.number,
            ("shipments", "number", "take-over"): self.coming.number,
            ("shipments", "number", "take-over", permissions.MAILROOM): self.through.number,
            ("shipments", "number", "dispatch"): self.leaving.number,
            ("shipments", "number", "pass-through"): self.through.number,
            ("mailbags", "code"): self.open_bag.label.code,
            ("mailbags", "code", "bag-put-aside"): self.empty_bag.label.code,
            ("mailbags", "code", "bag-unseal"): self.sealed_bag.label.code,
            ("mailbags", "code", "packing-list"): self.sealed_bag.label.code,
            ("summaries", "code"): self.new.label.code,
            ("summaries", "language"): "en",
        }

    def act_on(self, bundle: Bundle, kind: str) -> str:
        return str(bundle.entries.get(act__kind=kind).act.key)

    def value(self, noun: str, name: str, page: str, role: str) -> str:
        """What stands for a parameter in an address. KeyError for one that nobody has registered."""
        if noun == "progress":
            return str(self.works[role].key)
        if noun == "preview":
            return self.upload() if role == permissions.COORDINATOR else str(uuid4())
        return self.at.get((noun, name, page, role)) or self.at.get((noun, name, page)) or self.at[noun, name]

    def upload(self) -> str:
        """A return that this coordinator has sent and not yet imported."""
        text = f"Country,Event,Date,Case,Kind,Purpose,How many\nTogo,Market,13/01/2014,{self.case.code},letters,solidarity,120\n"
        client = self.clients[permissions.COORDINATOR]
        client.post("/return/add/", {"campaign": self.campaign.slug, "files": [SimpleUploadedFile("r.csv", text.encode())]})
        return list(client.session["uploads"])[-1]
