"""What goes into a bag, and what may not."""

from datetime import date
from uuid import uuid4

import pytest

from logistics.models import Consent, ConsentWaiver, Flag, Situation
from logistics.words import CaseStatus, FlagDecision
from mailbags.actions import dispatching, forwarding, packing, sealing
from tests import factories
from tests.world import DAY, World, held, new_act, refused

pytestmark = pytest.mark.django_db



def test_bundles_go_into_a_bag_and_out_of_it_again():
    world = World()
    first, second = world.count(5), world.count(7)
    bag = world.bag(world.plan(), first, second)
    assert (held(first), held(second)) == ({"bag": 5}, {"bag": 7})
    world.tell(packing.take_out, bag, bundles=[first], by=world.volunteer)
    assert (held(first), held(second)) == ({"mailroom": 5}, {"bag": 7})
    refused("nothing_there", packing.take_out, bag, bundles=[first], by=world.volunteer, **new_act())


@pytest.mark.parametrize(("status", "code"), [(CaseStatus.PAUSED, "case_paused"), (CaseStatus.CLOSED, "case_closed")])
def test_a_case_that_rests_holds_up_packing_sealing_and_dispatch(status, code):
    world = World()
    packed, loose = world.ready(5), world.ready(6)
    shipment = world.plan()
    bag = world.bag(shipment, packed)
    rest(world, status)
    refused(code, packing.put_in, bag, bundles=[loose], by=world.volunteer, **new_act())
    closing = {"number": "S-1", "witness": world.witness, "by": world.volunteer}
    refused(code, sealing.seal, bag, **closing, **new_act())
    rest(world, CaseStatus.ACTIVE)
    world.tell(sealing.seal, bag, **closing)
    rest(world, status)
    refused(code, dispatching.dispatch, shipment, by=world.volunteer, **new_act())


def rest(world, status):
    world.case.status = status
    world.case.save()


def test_nothing_is_packed_for_somebody_who_has_not_agreed_to_receive():
    world = World(consent=False)
    bundle = world.count(5)
    bag = world.bag(world.plan())
    packing_it = {"bundles": [bundle], "by": world.volunteer}
    refused("no_consent", packing.put_in, bag, **packing_it, **new_act())
    waiver = ConsentWaiver.objects.create(case=world.case, given_on=DAY, given_by=world.team, reason="asked in prison")
    world.tell(packing.put_in, bag, **packing_it)
    world.tell(packing.take_out, bag, **packing_it)
    waiver.ended_at = "2025-01-02T00:00Z"
    waiver.save()
    refused("no_consent", packing.put_in, bag, **packing_it, **new_act())


def test_mail_for_a_group_goes_out_while_one_member_consents():
    world = World(people=3, consent=True)
    bundle = world.count(5)
    Consent.objects.filter(recipient__number__gt=1).update(taken_back_on=date(2031, 1, 1))
    bag = world.bag(world.plan(), bundle)
    world.tell(packing.take_out, bag, bundles=[bundle], by=world.volunteer)
    Consent.objects.update(taken_back_on=date(2031, 1, 1))
    refused("no_consent", packing.put_in, bag, bundles=[bundle], by=world.volunteer, **new_act())


def test_letters_to_an_authority_do_not_wait_for_the_recipients_consent():
    world = World(consent=False)
    bundle = world.count(5, purpose="appeal")
    world.bag(world.plan(), bundle)
    assert held(bundle) == {"bag": 5}


def test_a_flagged_bundle_waits_for_the_case_team():
    world = World()
    bundle = world.count(5)
    bag = world.bag(world.plan())
    situation = Situation.objects.create(
        case=world.case, day=DAY, precision="day", what="released", recorded_by=world.team
    )
    flag = Flag.objects.create(situation=situation, bundle=bundle)
    putting = {"bundles": [bundle], "by": world.volunteer}
    refused("situation_undecided", packing.put_in, bag, **putting, **new_act())
    for decision in (FlagDecision.HOLD, FlagDecision.CALL_BACK):
        flag.decision = decision
        flag.save()
        refused("held_by_case_team", packing.put_in, bag, **putting, **new_act())
    flag.decision = FlagDecision.GO_ON
    flag.save()
    world.tell(packing.put_in, bag, **putting)


def test_a_bundle_enters_only_if_whoever_opens_the_bag_may_handle_its_case():
    world = World()
    bundle = world.count(5)
    stranger = factories.make_user("case_worker", cases=[factories.make_case(world.campaign)])
    world.worker = stranger
    bag = world.bag(world.plan())
    refused("not_for_this_consignee", packing.put_in, bag, bundles=[bundle], by=world.volunteer, **new_act())


def test_a_bag_goes_only_onto_a_shipment_that_leaves_from_where_it_is():
    world = World()
    bag = world.bag(world.plan(), world.ready(5))
    elsewhere = world.plan(from_hub=world.next_hub, to_hub=world.hub, by=world.next_volunteer)
    refused("other_hub", forwarding.forward, bag, onto=elsewhere, by=world.volunteer)
    gone, _bag = world.send(world.ready(6))
    refused("shipment_gone", forwarding.forward, bag, onto=gone, by=world.volunteer)
    world.worker = factories.make_user("case_worker", cases=[factories.make_case(world.campaign)])
    refused("not_for_this_consignee", forwarding.forward, bag, onto=world.plan(), by=world.volunteer)
    other = world.plan(to_hub=world.next_hub)
    assert forwarding.forward(bag, onto=other, by=world.volunteer).shipment == other


def test_weights_make_sense():
    world = World()
    bag = world.bag(world.plan())
    refused("bag_empty", packing.weigh, bag, gross_grams=500, by=world.volunteer)
    world.tell(packing.put_in, bag, bundles=[world.count(5)], by=world.volunteer)
    refused("weight_too_small", packing.weigh, bag, gross_grams=300, tare_grams=400, by=world.volunteer)
    assert packing.weigh(bag, gross_grams=900, tare_grams=400, by=world.volunteer).gross_grams == 900


def test_the_same_key_opens_one_bag():
    world = World()
    shipment, key = world.plan(), uuid4()
    bag = packing.open_bag(shipment, hub=world.hub, key=key, by=world.volunteer)
    assert packing.open_bag(shipment, hub=world.hub, key=key, by=world.volunteer) == bag
    refused("key_reused", packing.open_bag, shipment, hub=world.hub, form="box", key=key, by=world.volunteer)


def test_people_of_another_hub_do_not_know_the_bag():
    world = World()
    bag = world.bag(world.plan(), world.count(5))
    taking = {"bundles": [world.count(6)], **new_act()}
    refused("unknown_mailbag", packing.put_in, bag, by=world.next_volunteer, **taking)
    for wrong_role in (world.worker, world.team, world.coordinator, world.auditor, world.translator):
        refused("not_permitted", packing.put_in, bag, by=wrong_role, **taking)
