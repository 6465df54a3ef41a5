"""Every action refuses well: by the wrong role, by a stranger to the case or hub, told twice as two acts, with nothing
in it. A code, a sentence, nothing changed; and the right person may."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest

from logistics import permissions
from logistics.actions import (
    counting,
    delivering,
    following,
    labels,
    losing,
    receiving,
    reversing,
    screening,
    shipping,
    splitting,
)
from logistics.actions.counting import Pile
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.errors import Refused
from logistics.models import User
from logistics.queries import scope
from mailbags.actions import arriving, dispatching, forwarding, packing, sealing
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.world import DAY, World, everything, new_act, refused
from translations.actions import summarising

pytestmark = pytest.mark.django_db


@dataclass
class Call:
    """One call of an action, all but who does it: its right person, and with which code it is refused when told again
    as a new act."""

    action: Callable
    args: tuple
    kwargs: dict[str, Any]
    right: User
    again: str

    def __call__(self, by: User, **other: Any) -> Any:
        fresh = {"key": uuid4()} if "key" in self.kwargs else {}
        return self.action(*self.args, **self.kwargs | fresh | other, by=by)


def _call(action: Callable, *args: Any, right: User, again: str = "nothing_there", day: bool = True, **kwargs: Any) -> Call:
    kwargs |= new_act() if day else {}
    return Call(action, args, kwargs, right, again)


def _at(world: World, place: str):
    """A bundle of 10 that has come as far as this place, with its shipment and bag."""
    bundle = world.ready(10)
    if place == "mailroom":
        return bundle, None, None
    shipment = world.plan()
    bag = world.bag(shipment, bundle)
    if place == "bag":
        return bundle, shipment, bag
    world.seal(bag)
    if place == "sealed":
        return bundle, shipment, bag
    world.dispatch(shipment)
    if place == "transit":
        return bundle, shipment, bag
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    return bundle, shipment, bag


def _delivered(world: World, became: str):
    bundle, shipment, _ = _at(world, "field")
    act = world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, became)], by=world.worker
    )
    return bundle, shipment, act


def receive(world):
    collection = factories.make_solidarity_collection(world.case, letters=10)
    return _call(
        receiving.receive_batch, collection, hub=world.hub, received_on=DAY, key=uuid4(), right=world.volunteer,
        again="", day=False,
    )  # fmt: skip


def _batch(world):
    collection = factories.make_solidarity_collection(world.case, letters=10)
    return receiving.receive_batch(collection, hub=world.hub, received_on=DAY, key=uuid4(), by=world.volunteer)


def close_batch(world):
    return _call(receiving.close_batch, _batch(world), right=world.volunteer, again="batch_closed", day=False)


def count(world):
    piles = [Pile(world.case, "letter", 10, "solidarity")]
    return _call(counting.count, _batch(world), piles=piles, right=world.volunteer, again="")


def recount(world):
    bundle, _, _ = _at(world, "mailroom")
    return _call(counting.recount, bundle, found=12, before=10, hub=world.hub, right=world.volunteer, again="changed_since")


def screen(world):
    return _call(
        screening.screen, [world.count(10)], hub=world.hub, right=world.volunteer, again="already_screened"
    )


def withhold(world):
    bundle, _, _ = _at(world, "mailroom")
    return _call(
        screening.withhold, bundle, pieces=2, before=10, reason="damaged", hub=world.hub, right=world.volunteer,
        again="changed_since",
    )  # fmt: skip


def release(world):
    bundle, _, _ = _at(world, "mailroom")
    world.tell(screening.withhold, bundle, pieces=2, reason="damaged", hub=world.hub, by=world.volunteer)
    return _call(
        screening.release, bundle, pieces=2, hub=world.hub, second=world.witness, right=world.volunteer
    )


def split(world):
    bundle, _, _ = _at(world, "mailroom")
    return _call(
        splitting.split, bundle, pieces=4, before=10, hub=world.hub, right=world.volunteer, again="changed_since"
    )


def replace_label(world):
    bundle, _, _ = _at(world, "mailroom")
    return _call(labels.replace_label, bundle.label, right=world.volunteer, again="already_replaced", day=False)


def plan(world):
    return _call(
        shipping.plan_shipment, world.hub, to_worker=world.worker, key=uuid4(), right=world.volunteer, again="", day=False
    )


def open_bag(world):
    return _call(
        packing.open_bag, world.plan(), hub=world.hub, key=uuid4(), right=world.volunteer, again="", day=False
    )


def put_in(world):
    bundle, _, _ = _at(world, "mailroom")
    return _call(packing.put_in, world.bag(world.plan()), bundles=[bundle], right=world.volunteer, again="in_it_already")


def take_out(world):
    bundle, _, bag = _at(world, "bag")
    return _call(packing.take_out, bag, bundles=[bundle], right=world.volunteer)


def weigh(world):
    _, _, bag = _at(world, "bag")
    return _call(packing.weigh, bag, gross_grams=500, right=world.volunteer, again="", day=False)


def put_aside(world):
    return _call(
        packing.put_aside, world.bag(world.plan()), right=world.volunteer, again="bag_not_empty", day=False
    )


def forward(world):
    _, _, bag = _at(world, "sealed")
    return _call(forwarding.forward, bag, onto=world.plan(), right=world.volunteer, again="", day=False)


def seal(world):
    _, _, bag = _at(world, "bag")
    return _call(
        sealing.seal, bag, number="S-9", witness=world.witness, right=world.volunteer, again="bag_sealed"
    )


def open_sealed(world):
    _, _, bag = _at(world, "sealed")
    return _call(sealing.open_sealed, bag, found="intact", right=world.volunteer, again="not_sealed")


def dispatch(world):
    _, shipment, _ = _at(world, "sealed")
    return _call(dispatching.dispatch, shipment, right=world.volunteer, again="shipment_gone")


def take_over(world):
    bundle, shipment, bag = _at(world, "transit")
    return _call(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], right=world.worker)


def pass_through(world):
    shipment, bag = world.send(world.ready(10), shipment=world.plan(to_hub=world.next_hub))
    return _call(arriving.pass_through, shipment, bags=[bag], right=world.next_volunteer)


def deliver(world):
    bundle, shipment, _ = _at(world, "field")
    return _call(
        delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, "in_person")], right=world.worker
    )


def raise_evidence(world):
    bundle, _, act = _delivered(world, "institution")
    return _call(
        following.raise_evidence, act.delivery, parts=[Part(bundle)], start="institution", end="acknowledged",
        right=world.team,
    )  # fmt: skip


def tell_later(world):
    bundle, shipment, act = _delivered(world, "institution")
    return _call(
        following.tell_later, Part(bundle), start="institution", became="seized", shipment=shipment,
        delivery=act.delivery, reason="prison", right=world.worker,
    )  # fmt: skip


def give_back(world):
    bundle, shipment, _ = _delivered(world, "seized")
    return _call(
        following.tell_later, Part(bundle), start="seized", became="field", shipment=shipment, right=world.worker
    )


def take_back(world):
    bundle, shipment, _ = _delivered(world, "returned")
    return _call(following.take_back, [bundle], shipment=shipment, hub=world.hub, right=world.volunteer)


def declare_lost(world):
    bundle, _, _ = _at(world, "transit")
    return _call(losing.declare_lost, Part(bundle), start="transit", right=world.team)


def declare_found(world):
    bundle, shipment, _ = _at(world, "transit")
    world.tell(losing.declare_lost, Part(bundle), start="transit", by=world.team)
    return _call(losing.declare_found, Part(bundle), shipment=shipment, right=world.team)


def destroy(world):
    bundle, _, _ = _delivered(world, "refused")
    other = factories.make_user(permissions.CASE_TEAM, cases=[world.case])
    return _call(
        losing.destroy, Part(bundle), start="refused", reason="damaged", second=other, right=world.team
    )


def reverse(world):
    _, _, act = _delivered(world, "in_person")
    return _call(reversing.reverse, act, reason="wrong_grade", right=world.worker, again="already_reversed")


def write_summary(world):
    return _call(
        summarising.write, world.count(10), language="en", text="Wishes.", right=world.translator, again="", day=False
    )


def approve(world):
    summary = summarising.write(world.count(10), language="en", text="Wishes.", by=world.translator)
    return _call(summarising.approve, summary, right=world.approver, again="already_approved")


def waive(world):
    return _call(
        summarising.waive, [world.count(10)], reason="reads_it", right=world.team, again="already_summarised"
    )


CALLS = [
    receive, close_batch, count, recount, screen, withhold, release, split, replace_label, plan, open_bag, put_in,
    take_out, weigh, put_aside, forward, seal, open_sealed, dispatch, take_over, pass_through, deliver, raise_evidence,
    tell_later, give_back, take_back, declare_lost, declare_found, destroy, reverse, write_summary, approve, waive,
]  # fmt: skip
every_action = pytest.mark.parametrize("make", CALLS, ids=lambda make: make.__name__)


@every_action
def test_the_right_person_may_and_a_second_telling_as_a_new_act_is_refused(make):
    call = make(World())
    call(call.right)
    if call.again:
        refused(call.again, call, call.right)


ALSO = {
    recount: {permissions.CASE_WORKER},
    release: {permissions.CASE_TEAM},
    plan: {permissions.CASE_TEAM},
    take_over: {permissions.MAILROOM},
    pass_through: {permissions.CASE_WORKER},
    raise_evidence: {permissions.CASE_WORKER},
    destroy: {permissions.MAILROOM},
}
"""Roles that may do it elsewhere, beside the one that does it here."""


@every_action
def test_nobody_without_the_role_may(make):
    world = World()
    call = make(world)
    allowed = call.right.roles | ALSO.get(make, set())
    everybody = (world.volunteer, world.translator, world.worker, world.team, world.coordinator, world.auditor)
    for user in [factories.make_user(), *(user for user in everybody if not user.roles & allowed)]:
        unseen = make is reverse and not scope.bundles(user).exists()
        refused("unknown_act" if unseen else "not_permitted", call, user)


@every_action
def test_a_stranger_with_the_right_role_is_answered_as_if_it_never_was(make):
    """The same role at another hub and for another case."""
    world = World()
    call = make(world)
    other = World()
    counterpart = {
        permissions.MAILROOM: other.volunteer,
        permissions.TRANSLATOR: other.approver,
        permissions.CASE_WORKER: other.worker,
        permissions.CASE_TEAM: other.team,
    }[next(iter(call.right.roles))]
    before = everything()
    with pytest.raises(Refused) as refusal:
        call(counterpart)
    assert refusal.value.code.startswith("unknown_") or refusal.value.code == "not_your_hub"
    assert everything() == before


@every_action
def test_somebody_whose_account_is_closed_may_do_nothing(make):
    call = make(World())
    call.right.is_active = False
    refused("not_permitted", call, call.right)


def test_nothing_in_it_is_refused():
    world = World()
    batch, (_, shipment, _), bag = _batch(world), _at(world, "field"), world.bag(world.plan())
    here = {"by": world.volunteer, **new_act()}
    empty = "nothing_in_it"
    refused(empty, counting.count, batch, piles=[], **here)
    refused(empty, screening.screen, [], hub=world.hub, **here)
    refused(empty, packing.put_in, bag, bundles=[], **here)
    refused(empty, packing.take_out, bag, bundles=[], **here)
    refused(empty, summarising.waive, [], reason="reads_it", by=world.team, **new_act())
    refused(empty, arriving.take_over, shipment, by=world.worker, **new_act())
    refused(
        empty, delivering.record_delivery, shipment, case=world.case, outcomes=[], by=world.worker, **new_act()
    )


def test_too_much_in_it_is_refused():
    world = World()
    bundle, shipment, _ = _at(world, "field")
    limit = world.campaign.bundle_limit
    here = {"by": world.volunteer, **new_act()}
    pile = Pile(world.case, "letter", limit + 1, "solidarity")
    refused("too_many_for_a_bundle", counting.count, _batch(world), piles=[pile], **here)
    refused("named_twice", screening.screen, [bundle, bundle], hub=world.hub, **here)
    for kind, pieces, purpose, code in (
        ("signature", 5, "solidarity", "not_letters_or_cards"),
        ("letter", 5, "praise", "unknown_purpose"),
        ("letter", 0, "solidarity", "no_pieces"),
    ):
        piles = [Pile(world.case, kind, pieces, purpose)]
        refused(code, counting.count, _batch(world), piles=piles, **here)
    outcome = [Outcome(bundle, "praised")]
    refused(
        "unknown_outcome", delivering.record_delivery, shipment, case=world.case, outcomes=outcome, by=world.worker,
        **new_act(),
    )  # fmt: skip


def test_after_it_is_closed_nothing_is_counted_into_a_batch():
    world = World()
    batch = _batch(world)
    receiving.close_batch(batch, by=world.volunteer)
    piles = [Pile(world.case, "letter", 5, "solidarity")]
    refused("batch_closed", counting.count, batch, piles=piles, by=world.volunteer, **new_act())


def test_a_bundle_of_another_case_is_not_delivered_with_this_one():
    world = World()
    bundle, shipment, _ = _at(world, "field")
    other = factories.make_case(world.campaign)
    factories.Assignment.objects.create(user=world.worker, case=other, given_by=world.coordinator)
    worker = User.objects.get(pk=world.worker.pk)
    outcomes = [Outcome(bundle, "close")]
    refused("wrong_case", delivering.record_delivery, shipment, case=other, outcomes=outcomes, by=worker, **new_act())
