"""What a confirmation says, gathered from the journey: by delivery, by kind, by country, by reason, as of its day."""

from datetime import timedelta
from uuid import uuid4

import pytest

from logistics import permissions, steps
from logistics.actions import confirming, counting, delivering, following, losing, receiving, screening
from logistics.actions.counting import Pile
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.documents.kinds import Confirmations
from logistics.errors import Refused
from logistics.models import Bundle, Delivery
from logistics.queries.confirmation_facts import Because, Others, Pieces
from logistics.queries.confirmations import confirmations, facts
from logistics.words import Kind
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.world import DAY, World

pytestmark = pytest.mark.django_db


def count(world: World, country: str, kind: str, pieces: int) -> Bundle:
    collection = factories.make_solidarity_collection(world.case, letters=pieces, country=country)
    batch = receiving.receive_batch(collection, hub=world.hub, received_on=DAY, key=uuid4(), by=world.volunteer)
    piles = [Pile(world.case, kind, pieces, "solidarity")]
    act = world.tell(counting.count, batch, piles=piles, by=world.volunteer)
    bundle = Bundle.objects.select_related("label", "case").get(entries__act=act)
    world.screen(bundle)
    world.summarise(bundle)
    return bundle


def send(world: World, *bundles: Bundle, missing: tuple[Bundle, ...] = ()):
    shipment, bag = world.send(*bundles)
    found = [Part(bundle) for bundle in bundles if bundle not in missing]
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=found, by=world.worker)
    return shipment


def deliver(world: World, shipment, *outcomes: Outcome, day=DAY, reason: str = "") -> Delivery:
    act = world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="self", reason=reason,
        by=world.worker, day=day,
    )  # fmt: skip
    return Delivery.objects.select_related("by").get(acts=act)


def gather(world: World, *deliveries: Delivery, day=DAY):
    return facts(
        world.case, purpose="solidarity", deliveries=deliveries, number="CSM5FX8KWZK4", issued_on=day, journey_head="0" * 64
    )


def becomes(said) -> dict[str, Pieces]:
    return {outcome.what: outcome.pieces for outcome in said.outcomes if outcome.pieces.together}


def test_every_piece_is_told_once_by_what_became_of_it():
    world = World()
    letters, cards = count(world, "NO", Kind.LETTER, 60), count(world, "FR", Kind.CARD, 40)
    at_home = count(world, "SE", Kind.LETTER, 30)
    world.tell(
        screening.withhold, at_home, pieces=5, reason="could_harm", hub=world.hub, by=world.volunteer
    )
    shipment = send(world, letters, cards)
    first = deliver(
        world, shipment, Outcome(letters, "acknowledged", 20), Outcome(letters, "institution", 15), Outcome(cards, "close", 30)
    )
    second = deliver(world, shipment, Outcome(letters, "in_person", 12), Outcome(cards, "assumed", 4))
    deliver(world, shipment, Outcome(cards, "seized", 6), reason="customs")

    said = gather(world, first)

    assert said.grades == {"assumed": 0, "institution": 15, "close": 30, "in_person": 0, "acknowledged": 20}
    assert becomes(said) == {
        "delivered": Pieces(20, 30),
        "delivered_elsewhere": Pieces(12, 0),
        "unconfirmed": Pieces(15, 0),
        "unconfirmed_elsewhere": Pieces(0, 4),
        "withheld": Pieces(5, 0),
        "seized": Pieces(0, 6),
        "on_the_way": Pieces(13 + 25, 0),
    }
    assert said.counted == Pieces(90, 40)
    assert said.outcome("withheld").reasons == (Because("could_harm", 5),)
    assert said.outcome("seized").reasons == (Because("customs", 6),)
    assert said.countries == 2
    assert {origin.country: origin.pieces for origin in said.origins} == {"NO": Pieces(20, 0), "FR": Pieces(0, 30)}
    both = gather(world, first, second)
    assert becomes(both)["delivered"] == Pieces(32, 30)
    assert "delivered_elsewhere" not in becomes(both)
    assert both.deliveries == tuple(sorted((first.number, second.number)))


def test_countries_with_few_pieces_are_stored_together():
    world = World()
    many = [count(world, country, Kind.LETTER, pieces) for country, pieces in (("NO", 60), ("FR", 4), ("SE", 8))]
    shipment = send(world, *many)
    delivery = deliver(world, shipment, *(Outcome(bundle, "in_person") for bundle in many))
    said = gather(world, delivery)
    assert [origin.country for origin in said.origins] == ["NO"]
    assert said.others == Others(2, Pieces(12, 0))


def test_it_is_as_of_its_day():
    world = World()
    bundle = count(world, "NO", Kind.LETTER, 60)
    shipment = send(world, bundle)
    early = deliver(world, shipment, Outcome(bundle, "in_person", 20))
    late = DAY + timedelta(40)
    deliver(world, shipment, Outcome(bundle, "in_person", 30), day=late)
    better = {"parts": [Part(bundle)], "start": "in_person", "end": "acknowledged"}
    world.tell(following.raise_evidence, early, **better, by=world.team, day=late)
    at_first, at_last = gather(world, early), gather(world, early, day=late)
    assert (at_first.grades["in_person"], at_last.grades["acknowledged"]) == (20, 20)
    assert becomes(at_first) == {"delivered": Pieces(20, 0), "on_the_way": Pieces(40, 0)}
    assert becomes(at_last) == {
        "delivered": Pieces(20, 0),
        "delivered_elsewhere": Pieces(30, 0),
        "on_the_way": Pieces(10, 0),
    }


def test_months_are_those_of_the_deliveries_named():
    world = World()
    bundle = count(world, "NO", Kind.LETTER, 60)
    shipment = send(world, bundle)
    first = deliver(world, shipment, Outcome(bundle, "in_person", 20))
    second = deliver(world, shipment, Outcome(bundle, "in_person", 20), day=DAY + timedelta(40))
    assert gather(world, first).months == ("2025-01",)
    assert gather(world, second, first, day=DAY + timedelta(50)).months == ("2025-01", "2025-02")


def test_what_was_lost_is_told_with_its_reason_and_what_turned_up_is_lost_no_more():
    world = World()
    here, gone = count(world, "NO", Kind.LETTER, 60), count(world, "FR", Kind.LETTER, 20)
    shipment = send(world, here, gone, missing=(gone,))
    delivery = deliver(world, shipment, Outcome(here, "in_person"))
    world.tell(losing.declare_lost, Part(gone), start="transit", by=world.team)
    lost = gather(world, delivery).outcome("lost")
    assert (lost.pieces, lost.reasons) == (Pieces(20, 0), (Because("not_found", 20),))
    world.tell(losing.declare_found, Part(gone, 15), shipment=shipment, by=world.team)
    said = gather(world, delivery)
    assert becomes(said) == {"delivered": Pieces(60, 0), "lost": Pieces(5, 0), "on_the_way": Pieces(15, 0)}
    assert said.outcome("lost").reasons == (Because("not_found", 5),)


def test_what_was_released_is_taken_from_what_was_withheld_first():
    world = World()
    bundle, other = count(world, "NO", Kind.LETTER, 60), count(world, "NO", Kind.LETTER, 40)
    here = {"hub": world.hub, "by": world.volunteer}
    world.tell(screening.withhold, bundle, pieces=5, reason="could_harm", **here)
    world.tell(screening.withhold, bundle, pieces=3, reason="shows_writer", **here)
    world.tell(screening.release, bundle, pieces=6, second=world.witness, **here)
    delivery = deliver(world, send(world, other), Outcome(other, "in_person"))
    assert gather(world, delivery).outcome("withheld").reasons == (Because("shows_writer", 2),)


def test_appeals_are_another_confirmation():
    world = World()
    bundle, appeal = count(world, "NO", Kind.LETTER, 60), world.count(25, purpose="appeal")
    delivery = deliver(world, send(world, bundle), Outcome(bundle, "in_person"))
    assert gather(world, delivery).counted == Pieces(60, 0)
    assert appeal.case == bundle.case


def test_a_constant_number_of_queries(django_assert_num_queries):
    world = World()
    for bundles in (1, 6):
        many = [count(world, "NO", Kind.LETTER, 20) for _ in range(bundles)]
        shipment = send(world, *many)
        delivery = deliver(world, shipment, *(Outcome(bundle, "in_person") for bundle in many))
        delivery = Delivery.objects.select_related("by").get(pk=delivery.pk)
        with django_assert_num_queries(3):
            gather(world, delivery)


def test_only_who_may_see_the_case_can_list_and_print_its_confirmations(issued):
    world, confirmation = issued
    kind = Confirmations()
    other = factories.make_case(world.campaign)
    allowed = {
        world.team: True,
        world.worker: True,
        factories.make_user(permissions.OPERATOR): True,
        factories.make_user(permissions.CASE_TEAM, cases=[other]): False,
        factories.make_user(permissions.CASE_WORKER, cases=[other]): False,
        world.volunteer: False,
        world.translator: False,
        world.coordinator: False,
        factories.make_user(): False,
    }
    for user, may in allowed.items():
        assert (kind.codes(user) == [confirmation.number]) is may, user
        if may:
            assert kind.render(confirmation.number, user, "a4", None).startswith(b"%PDF")
            continue
        with pytest.raises(Refused) as theirs:
            kind.render(confirmation.number, user, "a4", None)
        with pytest.raises(Refused) as nobodys:
            kind.render("CSM5FX8KWZK4", user, "a4", None)
        assert str(theirs.value) == str(nobodys.value)
    assert confirmations(factories.make_user(permissions.AUDITOR)).get() == confirmation


@pytest.fixture
def issued():
    world = World()
    bundle = count(world, "NO", Kind.LETTER, 60)
    delivery = deliver(world, send(world, bundle), Outcome(bundle, "in_person"))
    return world, confirming.issue(world.case, deliveries=[delivery], key=uuid4(), day=DAY, by=world.team)


def test_facts_hold_every_grade(issued):
    _, confirmation = issued
    assert set(confirmation.facts["grades"]) == set(steps.GRADES)
