"""Deliveries and their confirmations, as a case team and a case worker see them."""

import re
from uuid import uuid4

import pytest

from logistics import codes
from logistics.actions import delivering
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.models import Act, AuditRow, Delivery, RecipientWords
from mailbags.actions import arriving, packing
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.logistics.pages.test_recording import with_the_worker
from tests.world import DAY, World, everything, held

pytestmark = pytest.mark.django_db


def delivered(pieces: int = 40):
    world = World()
    bundle, shipment = world.ready(pieces), world.plan()
    bag = world.bag(shipment)
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    world.seal(bag)
    world.dispatch(shipment)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.worker)
    outcomes = [Outcome(bundle, "close")]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="family", by=world.worker)
    return world, bundle, Delivery.objects.get()


def issue(world, delivery, **typed):
    told = {"key": str(uuid4()), "day": DAY.isoformat(), "deliveries": [delivery.number], "purpose": "solidarity"}
    return client_of(world.team).post(f"/cases/{world.campaign.slug}/{world.case.code}/confirm/", told | typed)


def test_those_of_the_case_see_a_delivery_and_strangers_do_not():
    world, _bundle, delivery = delivered()
    stranger = factories.make_user("case_team", cases=[factories.make_case()])
    for address in (f"/deliveries/{delivery.number}/", f"/deliveries/{delivery.number}/raise/"):
        assert client_of(world.team).get(address).status_code == client_of(world.worker).get(address).status_code == 200
        for other in (stranger, world.translator, world.volunteer):
            assert client_of(other).get(address).status_code == 404
    assert "<strong>40</strong> pieces were handed over" in text_of(client_of(world.team).get(f"/deliveries/{delivery.number}/"))
    assert delivery.number[:4] not in text_of(client_of(stranger).get("/deliveries/"))


def better(bundle, **typed) -> dict:
    name = f"{bundle.label.code}.close"
    form = {"key": str(uuid4()), "day": DAY.isoformat(), "listed": [name], f"told-{name}": "on", f"known-{name}": "40", "end": "acknowledged"}
    return form | typed


@pytest.mark.parametrize("who", ["team", "worker"])
def test_evidence_is_raised_once_however_often_it_is_sent(who):
    world, bundle, delivery = delivered()
    client, typed = client_of(getattr(world, who)), better(bundle)
    for _ in range(2):
        assert client.post(f"/deliveries/{delivery.number}/raise/", typed).status_code == 302
    assert held(bundle) == {"acknowledged": 40} and Act.objects.filter(kind="raised").count() == 1
    assert "There is nothing to raise" in text_of(client.get(f"/deliveries/{delivery.number}/raise/"))


def test_how_sure_it_is_now_is_chosen_and_not_offered():
    world, _bundle, delivery = delivered()
    page = text_of(client_of(world.worker).get(f"/deliveries/{delivery.number}/raise/"))
    assert not [each for each in re.findall("<input[^>]*name=\"end\"[^>]*>", page) if " checked" in each]


def test_part_of_a_bundle_is_raised_and_then_the_rest():
    world, bundle, delivery = delivered()
    client, address, some = client_of(world.team), f"/deliveries/{delivery.number}/raise/", f"some-{bundle.label.code}.close"
    for _ in range(2):
        client.post(address, better(bundle, **{some: "12", "end": "in_person"}))
    assert held(bundle) == {"close": 28, "in_person": 12}, "the second time there were no longer 40"
    page = text_of(client.get(address))
    assert "Known until now: With somebody close" in page and "Known until now: Handed over in person" in page
    both = better(bundle) | {"listed": [f"{bundle.label.code}.close", f"{bundle.label.code}.in_person"]}
    both[f"told-{bundle.label.code}.in_person"] = "on"
    assert "Tick those of one group" in text_of(client.post(address, both))
    client.post(address, better(bundle))
    assert held(bundle) == {"acknowledged": 28, "in_person": 12}


def test_evidence_is_not_lowered_and_nothing_typed_is_lost():
    world, bundle, delivery = delivered()
    before = everything()
    for wrong in ({"end": "institution"}, {f"some-{bundle.label.code}.close": "41"}, {f"told-{bundle.label.code}.close": ""}):
        typed = better(bundle) | wrong
        told = text_of(client_of(world.team).post(f"/deliveries/{delivery.number}/raise/", typed))
        assert "Not recorded" in told and typed["key"] in told, wrong
    assert 'value="41"' not in told and everything() == before


def deliver(world, shipment, bundle, **more):
    code = bundle.label.code
    form = {"key": str(uuid4()), "day": DAY.isoformat(), "who": "self", "listed": [code], f"told-{code}": "on", f"known-{code}": "40"}
    return f"/shipments/{shipment.number}/cases/{world.campaign.slug}/{world.case.code}/deliver/", form | more


def test_what_they_said_is_kept_only_with_their_consent():
    for consent, kept in (("", 0), ("case_team", 1), ("quoted", 1)):
        world, shipment, (bundle,) = with_the_worker(40)
        address, form = deliver(world, shipment, bundle, words="KANARIENVOGEL sings.", consent=consent)
        client = client_of(world.worker)
        for _ in range(2):
            told = text_of(client.post(address, form, follow=True))
        words = RecipientWords.objects.filter(delivery__case=world.case)
        assert words.count() == kept and ("KANARIENVOGEL" in told) == bool(kept)
        assert ("Their words are not kept: they did not agree." in told) == (not kept)
        assert "KANARIENVOGEL" not in str(list(Act.objects.values()))


def test_words_are_read_by_those_of_the_case_and_erased_for_good():
    world, shipment, (bundle,) = with_the_worker(40)
    address, form = deliver(world, shipment, bundle, words="KANARIENVOGEL sings.", consent="quoted")
    client_of(world.worker).post(address, form)
    delivery = Delivery.objects.get()
    page = f"/deliveries/{delivery.number}/"
    other = factories.make_user("case_worker", cases=[world.case])
    for who in (world.team, world.worker):
        assert "KANARIENVOGEL" in text_of(client_of(who).get(page))
    erase = f"{page}words/{RecipientWords.objects.get().key}/erase/"
    for stranger in (other, world.auditor, world.translator, world.volunteer, world.coordinator):
        assert client_of(stranger).post(erase).status_code == client_of(stranger).get(page).status_code == 404
        assert "KANARIENVOGEL" not in text_of(client_of(stranger).get("/search/?q=sings"))
    assert "KANARIENVOGEL" not in text_of(client_of(world.team).get("/deliveries/?as=csv"))
    assert RecipientWords.objects.exists()
    for _ in range(2):
        assert "Their words are erased." in text_of(client_of(world.team).post(erase, follow=True))
    assert not RecipientWords.objects.exists()
    assert list(AuditRow.objects.filter(what="words_erased").values_list("by", "subject")) == [(world.team.pk, delivery.number)]
    client_of(world.worker).post(address, form)
    assert not RecipientWords.objects.exists(), "sending the delivery again brings nothing back"


def test_words_heard_later_are_kept_by_whoever_recorded_the_delivery():
    world, _bundle, delivery = delivered()
    address = f"/deliveries/{delivery.number}/words/"
    assert client_of(world.team).get(address).status_code == 404
    client, form = client_of(world.worker), {"key": str(uuid4()), "day": DAY.isoformat(), "words": "Thank you all.", "consent": ""}
    assert "Thank you all." in text_of(client.post(address, form)) and not RecipientWords.objects.exists()
    for _ in range(2):
        assert client.post(address, form | {"consent": "case_team"}).status_code == 302
    assert RecipientWords.objects.get().text == "Thank you all."


def test_the_list_finds_what_is_not_confirmed_yet():
    world, _bundle, delivery = delivered()
    client = client_of(world.team)
    assert delivery.number[:4] in text_of(client.get("/deliveries/?confirmed=no"))
    issue(world, delivery)
    assert "Nothing here fits" in text_of(client.get("/deliveries/?confirmed=no"))
    for asked, is_there in (("known=close", True), ("known=in_person", False), ("to=family", True), ("to=lawyer", False)):
        assert (delivery.number[:4] in text_of(client.get(f"/deliveries/?{asked}"))) == is_there
    assert text_of(client.get("/deliveries/?as=csv")).splitlines()[1].endswith("family,40,0")


@pytest.mark.parametrize("number", [1, 30])
def test_the_pages_ask_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    world, shipment, bundles = with_the_worker(*[2] * number)
    outcomes = [Outcome(bundle, "institution", 1) for bundle in bundles] + [Outcome(bundle, "seized", 1) for bundle in bundles]
    world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker)
    address, client = f"/deliveries/{Delivery.objects.get().number}/", client_of(world.worker)
    with django_assert_num_queries(12):
        client.get(address)
    with django_assert_num_queries(8):
        client.get(f"{address}raise/")
    for _bundle in bundles[1:]:
        Delivery.objects.create(number=codes.new("D"), case=world.case, shipment=shipment, day=DAY, by=world.worker)
    with django_assert_num_queries(6):
        client.get("/deliveries/")


def test_without_a_delivery_the_list_says_what_to_do():
    assert "Nothing has been handed over yet." in text_of(client_of(World().team).get("/deliveries/"))
