"""Packing, sealing, dispatching and receiving through the pages."""

from datetime import date

import pytest
from django.utils import timezone

from logistics import codes
from logistics.actions import counting, labels, reversing
from logistics.models import Act, Bundle, Consent
from logistics.queries.finding import shown
from mailbags.actions import arriving, packing
from mailbags.models import Mailbag, Seal
from tests.logistics.pages.mailroom import PASSWORD, act, client_of, give_password, nobody_else, text_of
from tests.world import World, everything, held

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def address(bag: Mailbag, verb: str = "") -> str:
    return f"/mailbags/{bag.label.code}/{verb}"


def twice(client, page: str, typed: dict):
    """Sent twice: the second changes nothing."""
    first = client.post(page, typed)
    before = everything()
    client.post(page, typed)
    assert everything() == before
    return first


def scan(bundle: Bundle) -> dict:
    code = bundle.label.code
    return act(code=f"{code[:4].lower()} {code[4:8]}-{code[8:]}")


def test_a_bag_is_opened_once_for_a_shipment(world):
    shipment, client = world.plan(), client_of(world.volunteer)
    typed = act(shipment=shipment.number, form="box", tare_grams="180")
    twice(client, "/mailbag/add/", typed)
    bag = Mailbag.objects.get()
    assert (bag.shipment, bag.form, bag.tare_grams) == (shipment, "box", 180)
    assert "Nothing lies in this bag." in text_of(client.get(address(bag)))


def test_without_a_shipment_the_page_says_what_to_do(world):
    client = client_of(world.volunteer)
    assert "No shipment waits for bags." in text_of(client.get("/mailbag/add/"))
    assert "There is no mailbag yet." in text_of(client.get("/mailbags/"))


def test_in_the_list_a_bag_that_was_not_weighed_has_a_dash_for_its_weight(world):
    world.bag(world.plan())
    row = text_of(client_of(world.volunteer).get("/mailbags/")).partition("<tbody>")[2].partition("</tbody>")[0]
    assert '<td data-label="Weight (g)" class="number">–</td>' in row
    assert "None" not in row


def test_a_scanned_code_goes_into_the_bag(world):
    bundle, bag, client = world.ready(40), world.bag(world.plan()), client_of(world.volunteer)
    twice(client, address(bag), scan(bundle))
    assert held(bundle) == {"bag": 40}
    told = text_of(client.get(address(bag)))
    assert "<strong>40</strong> pieces in 1 bundle" in told and "Take out" in told


def test_what_may_not_go_in_says_why_and_the_scan_is_kept(world):
    bag, client = world.bag(world.plan()), client_of(world.volunteer)
    bundle = world.ready(40)
    world.case.status = "paused"
    world.case.save()
    before = everything()
    told = text_of(client.post(address(bag), scan(bundle)))
    assert "is paused" in told and "The next scan takes its place." in told and bundle.label.code[:4].lower() in told
    assert "no such bundle here" in text_of(client.post(address(bag), act(code=codes.new(codes.BUNDLE))))
    assert everything() == before


def test_after_a_refused_scan_the_field_is_empty_for_the_next_and_what_was_scanned_stands_beside(world):
    bag, client = world.bag(world.plan()), client_of(world.volunteer)
    told = text_of(client.post(address(bag), act(code="XXXX")))
    assert "That is not a whole code." in told and "You scanned <bdi>XXXX</bdi>." in told and 'data-refused="XXXX"' in told
    assert 'name="code"' in told and 'value="XXXX"' not in told


def test_a_scan_of_another_thing_says_what_it_is(world):
    bundle, bag, client = world.ready(40), world.bag(world.plan()), client_of(world.volunteer)
    before = everything()
    assert "That is a batch, not a bundle." in text_of(client.post(address(bag), act(code=bundle.batch.label.code)))
    assert "That is a mailbag, not a bundle." in text_of(client.post(address(bag), act(code=bag.label.code)))
    assert "That is a shipment, not a bundle." in text_of(client.post(address(bag), act(code=bag.shipment.number)))
    assert everything() == before


def test_a_second_scan_of_a_bundle_says_kindly_that_it_is_there(world):
    bundle, bag, client = world.ready(40), world.bag(world.plan()), client_of(world.volunteer)
    client.post(address(bag), scan(bundle))
    before = everything()
    told = text_of(client.post(address(bag), scan(bundle)))
    assert "is in this bag already." in told and 'class="notice known" role="status"' in told
    assert "not put in" not in told and everything() == before


def test_a_scan_of_a_bundle_in_another_bag_says_in_which(world):
    bundle = world.ready(40)
    other, bag = world.bag(world.plan(), bundle), world.bag(world.plan())
    told = text_of(client_of(world.volunteer).post(address(bag), scan(bundle)))
    assert f"lies in mailbag {shown(other.label)}. Take it out there first." in told


def test_a_refusal_names_the_code_that_is_on_the_bundle_now(world):
    bundle, bag, client = world.ready(40), world.bag(world.plan()), client_of(world.volunteer)
    world.worker.assignments.all().delete()
    old, new = bundle.label.code, labels.replace_label(bundle.label, by=world.volunteer).code
    told = text_of(client.post(address(bag), act(code=new)))
    assert f"{new[:4]} {new[4:8]} {new[8:]}. Put it into a bag" in told and old not in told


def test_a_bundle_is_taken_out_until_the_bag_is_sealed(world):
    bundle = world.ready(40)
    bag, client = world.bag(world.plan(), bundle), client_of(world.volunteer)
    page = address(bag, f"bundles/{bundle.label.code}/take-out/")
    twice(client, page, act())
    assert held(bundle) == {"mailroom": 40}
    assert client.post(address(bag, "put-aside/"))["Location"] == "/mailbags/"
    bag.refresh_from_db()
    assert bag.emptied_at


def test_a_sealed_bag_is_not_changed(world):
    bundle = world.ready(40)
    bag, client = world.bag(world.plan(), bundle), client_of(world.volunteer)
    assert "can be taken out until the bag is sealed" in text_of(client.get(address(bag)))
    world.seal(bag)
    before = everything()
    assert "can be taken out" not in text_of(client.get(address(bag)))
    page = address(bag, f"bundles/{bundle.label.code}/take-out/")
    assert "This bag is sealed" in text_of(client.post(page, act()))
    assert "Only an empty bag" in text_of(client.post(address(bag, "put-aside/")))
    assert everything() == before


def test_a_weight_that_cannot_be_is_kept_and_refused(world):
    bag, client = world.bag(world.plan(), world.ready(40)), client_of(world.volunteer)
    told = text_of(client.post(address(bag, "weigh/"), {"gross_grams": "100", "tare_grams": "180"}))
    assert "weighs more" in told and 'value="100"' in told
    client.post(address(bag, "weigh/"), {"gross_grams": "660", "tare_grams": "180"})
    bag.refresh_from_db()
    assert (bag.gross_grams, bag.tare_grams) == (660, 180)


def test_a_bag_is_sealed_before_a_witness_who_gives_their_own_password(world):
    bag, client = world.bag(world.plan(), world.ready(40)), client_of(world.volunteer)
    give_password(world.witness)
    page, typed = address(bag, "seal/"), act(number="004417", second=world.witness.username, password=PASSWORD)
    before = everything()
    for wrong, why in (
        ({"password": "not theirs"}, "That is not their password."),
        ({"password": ""}, "The witness types their own password here."),
        ({"second": "", "password": ""}, "Seal before a second person"),
        ({"second": "", "password": "", "alone": "on"}, "Others work at this hub."),
        ({"number": ""}, "marked"),
    ):
        told = text_of(client.post(page, typed | wrong))
        assert why in told and ('value="004417"' in told or "number" in wrong)
        assert everything() == before and not Seal.objects.exists()
    asked = text_of(client.get(page))
    assert asked.count("may stay empty") == 0 and "Witness" in asked
    twice(client, page, typed)
    assert (Seal.objects.get().number, Seal.objects.get().witness) == ("004417", world.witness)


def test_a_day_before_what_was_told_is_refused_at_its_field(world):
    bag, client = world.bag(world.plan(), world.ready(40)), client_of(world.volunteer)
    give_password(world.witness)
    sealing, before = act(number="1", second=world.witness.username, password=PASSWORD, day="2013-01-01"), everything()
    sentence = 'id="id_day_error">The day cannot be before 6 January 2025'
    assert sentence in text_of(client.post(address(bag, "seal/"), sealing))
    assert everything() == before
    world.seal(bag)
    before = everything()
    told = text_of(client.post(f"/shipments/{bag.shipment.number}/dispatch/", act(day="2012-05-05")))
    assert sentence in told and 'value="2012-05-05"' in told
    assert everything() == before
    bag.shipment.refresh_from_db()
    assert bag.shipment.dispatched_on is None


def test_nothing_seals_too_early(world):
    bundle = world.count(40)
    bag, client = world.bag(world.plan(), bundle), client_of(world.volunteer)
    give_password(world.witness)
    assert "Screen it first" in text_of(client.get(address(bag)))
    typed = act(number="1", second=world.witness.username, password=PASSWORD)
    before = everything()
    told = text_of(client.post(address(bag, "seal/"), typed))
    assert "has not been screened" in told and everything() == before


def test_a_sealed_bag_is_opened_and_how_the_seal_was_is_told(world):
    bundle = world.ready(40)
    bag, client = world.bag(world.plan(), bundle), client_of(world.volunteer)
    world.seal(bag)
    assert "marked" in text_of(client.post(address(bag, "open/"), act(found="")))
    twice(client, address(bag, "open/"), act(found="broken"))
    assert held(bundle) == {"mailroom": 40}
    assert Seal.objects.get().found == "broken"


def test_a_bag_goes_onto_another_shipment(world):
    bag, other = world.bag(world.plan(), world.ready(40)), world.plan()
    client = client_of(world.volunteer)
    assert "marked" in text_of(client.post(address(bag, "forward/"), {"shipment": bag.shipment.number}))
    client.post(address(bag, "forward/"), {"shipment": other.number})
    bag.refresh_from_db()
    assert bag.shipment == other


def test_a_shipment_leaves_when_all_its_bags_are_sealed(world):
    bundle, shipment = world.ready(40), world.plan()
    bag, client = world.bag(shipment, bundle), client_of(world.volunteer)
    page, before = f"/shipments/{shipment.number}/dispatch/", everything()
    assert "It cannot leave yet" in text_of(client.get(page))
    assert "is not sealed" in text_of(client.post(page, act())) and everything() == before
    world.seal(bag)
    assert shipment.number[:4] in text_of(client.get("/shipment/leaving/"))
    twice(client, page, act())
    assert held(bundle) == {"transit": 40}


def test_a_bag_passes_through_a_hub_sealed(world):
    bundle = world.ready(40)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    page, client = f"/shipments/{shipment.number}/pass-through/", client_of(world.next_volunteer)
    assert client_of(world.volunteer).get(page).status_code == 404
    assert bag.label.code in text_of(client.get(page))
    before = everything()
    assert "No bag is ticked." in text_of(client.post(page, act())) and everything() == before
    twice(client, page, act(bag=bag.label.code))
    assert held(bundle) == {"bag": 40}
    bag.refresh_from_db()
    assert bag.hub == world.next_hub


@pytest.fixture
def passed(world):
    """A bag that has come to the next hub on its way, still sealed."""
    shipment, bag = world.send(world.ready(40), shipment=world.plan(to_hub=world.next_hub))
    world.tell(arriving.pass_through, shipment, bags=[bag], by=world.next_volunteer)
    return bag


def test_a_bag_that_came_through_waits_at_the_hub_where_it_lies(world, passed):
    client = client_of(world.next_volunteer)
    home = text_of(client.get("/"))
    assert "bag to send on" in home and "/mailbags/?state=here" in home
    listed = text_of(client.get("/mailbags/?state=here"))
    assert shown(passed.label) in listed and ">to send on</td>" in listed
    assert shown(passed.label) not in text_of(client.get("/mailbags/?state=left"))
    told = text_of(client.get(address(passed)))
    assert f"It lies in {world.next_hub.name}, sealed, and goes on from there." in told and "It has left." not in told
    assert address(passed, "open/") in told and address(passed, "forward/") in told
    assert "bag to send on" not in text_of(client_of(world.volunteer).get("/"))
    assert address(passed, "open/") not in text_of(client_of(world.volunteer).get(address(passed)))


def test_its_shipment_says_that_it_arrived_and_where_it_lies(world, passed):
    told = text_of(client_of(world.next_volunteer).get(f"/shipments/{passed.shipment.number}/"))
    assert "All of it has arrived." in told and f"Lies in {world.next_hub.name}, to go on" in told
    assert "Has left" not in told and "taken over." not in told


def test_a_bag_that_came_through_and_was_opened_says_so(world, passed):
    client = client_of(world.next_volunteer)
    client.post(address(passed, "open/"), act(found="intact"))
    assert f"Its seal was opened in {world.next_hub.name}." in text_of(client.get(address(passed)))
    assert "bag to send on" not in text_of(client.get("/"))
    assert f"Opened in {world.next_hub.name}" in text_of(client.get(f"/shipments/{passed.shipment.number}/"))


def test_a_shipment_does_not_count_what_was_taken_out_again(world):
    bundles, shipment = [world.ready(10) for _ in range(3)], world.plan()
    bag = world.bag(shipment, *bundles)
    world.tell(packing.take_out, bag, bundles=bundles[:1], by=world.volunteer)
    world.seal(bag)
    world.dispatch(shipment)
    told = text_of(client_of(world.volunteer).get(f"/shipments/{shipment.number}/"))
    assert 'data-label="Bundles">2</td>' in told and 'data-label="Bundles">3</td>' not in told


def test_a_weight_holds_no_more_once_something_was_put_in_or_taken_out(world):
    first, second = world.ready(40), world.ready(5)
    bag, client = world.bag(world.plan(), first), client_of(world.volunteer)

    def grams():
        bag.refresh_from_db()
        return bag.gross_grams

    for change in (
        lambda: client.post(address(bag), scan(second), follow=True),
        lambda: client.post(address(bag, f"bundles/{second.label.code}/take-out/"), act(), follow=True),
    ):
        packing.weigh(bag, gross_grams=660, by=world.volunteer)
        assert "What it weighed holds no more: weigh it again." in text_of(change()) and grams() is None
    packing.weigh(bag, gross_grams=660, by=world.volunteer)
    put_in = Act.objects.get(kind="bagged", label=bag.label, entries__bundle=first)
    world.tell(reversing.reverse, put_in, reason="told_by_mistake", by=world.volunteer)
    assert grams() is None


def test_whoever_seals_or_dispatches_without_a_weight_is_told_so(world):
    bag, client = world.bag(world.plan(), world.ready(40)), client_of(world.volunteer)
    sealing, leaving = address(bag, "seal/"), f"/shipments/{bag.shipment.number}/dispatch/"
    assert "Its weight is not known" in text_of(client.get(sealing)) and address(bag, "weigh/") in text_of(client.get(sealing))
    assert address(bag, "weigh/") in text_of(client.get(leaving))
    packing.weigh(bag, gross_grams=660, by=world.volunteer)
    assert "not known" not in text_of(client.get(sealing))
    assert address(bag, "weigh/") not in text_of(client.get(leaving)) and ">660</td>" in text_of(client.get(leaving))


def test_a_wrong_seal_is_told_with_its_number_to_the_case_team_and_forces_a_recount(world):
    bundle = world.ready(40)
    bag, client = world.bag(world.plan(), bundle), client_of(world.volunteer)
    world.seal(bag)
    before = everything()
    told = text_of(client.post(address(bag, "open/"), act(found="other_number")))
    assert "Write the number that is on the seal." in told and everything() == before
    twice(client, address(bag, "open/"), act(found="other_number", found_number="Z-9"))
    assert "/discrepancies/" in text_of(client_of(world.team).get("/discrepancies/")).partition("<tbody>")[2]
    page = f"/bundles/{bundle.label.code}/"
    assert "Count it again first" in text_of(client.get(page)) and "Ready to pack" not in text_of(client.get(page))
    assert "No bundle is ready to be packed." in text_of(client.get("/bundle/to-pack/"))
    world.tell(counting.recount, bundle, found=40, hub=world.hub, by=world.volunteer)
    assert "Ready to pack" in text_of(client.get(page))
    assert shown(bundle.label) in text_of(client.get("/bundle/to-pack/"))


def test_what_may_not_go_on_is_not_ready_to_be_packed(world):
    bundle, client = world.ready(40), client_of(world.volunteer)
    assert shown(bundle.label) in text_of(client.get("/bundle/to-pack/"))
    Consent.objects.update(taken_back_on=date(2031, 1, 1))
    assert "No bundle is ready to be packed." in text_of(client.get("/bundle/to-pack/"))


@pytest.mark.parametrize("rows", [1, 12])
def test_what_is_ready_asks_as_often_for_one_bundle_as_for_twelve(world, rows, django_assert_num_queries):
    for _ in range(rows):
        world.ready(3)
    client = client_of(world.volunteer)
    with django_assert_num_queries(7):
        assert client.get("/bundle/to-pack/").status_code == 200


def test_only_this_mailroom_finds_its_bags(world):
    bag = world.bag(world.plan(), world.ready(40))
    for verb in ("", "weigh/", "seal/", "open/", "put-aside/", "forward/", "packing-list/"):
        assert nobody_else(world, address(bag, verb))
    assert nobody_else(world, f"/shipments/{bag.shipment.number}/dispatch/")
    code = bag.label.code
    assert client_of(world.volunteer).get("/search/", {"q": code})["Location"] == address(bag)
    assert client_of(world.next_volunteer).get("/search/", {"q": code}).status_code == 200


def test_the_packing_list_is_a_pdf(world):
    bag = world.bag(world.plan(), world.ready(40))
    answer = client_of(world.volunteer).get(address(bag, "packing-list/"))
    assert answer["Content-Type"] == "application/pdf" and answer.content[:4] == b"%PDF"
    assert client_of(world.volunteer).get(address(world.bag(world.plan()), "packing-list/")).status_code == 404


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_one_bag_as_for_thirty(world, rows, django_assert_num_queries):
    shipment = world.plan()
    for _ in range(rows):
        world.bag(shipment)
    client = client_of(world.volunteer)
    with django_assert_num_queries(6):
        assert client.get("/mailbags/").status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_a_bag_asks_as_often_for_one_bundle_as_for_twelve(world, rows, django_assert_num_queries):
    bag, client = world.bag(world.plan()), client_of(world.volunteer)
    world.tell(packing.put_in, bag, bundles=[world.ready(3) for _ in range(rows)], by=world.volunteer)
    with django_assert_num_queries(10):
        assert client.get(address(bag)).status_code == 200


def test_home_tells_the_mailroom_what_waits(world):
    world.ready(40)
    world.bag(world.plan(), world.ready(30))
    told = text_of(client_of(world.volunteer).get("/"))
    assert "bundle ready to pack" in told and "bag to seal" in told and 'href="/bundle/to-pack/"' in told


def test_a_bag_that_is_emptied_is_found_among_the_emptied_and_not_among_those_that_left(world):
    bag = world.bag(world.plan())
    Mailbag.objects.filter(pk=bag.pk).update(emptied_at=timezone.now())
    client, row = client_of(world.volunteer), f'href="{address(bag)}"'
    assert row in text_of(client.get("/mailbags/", {"state": "emptied"}))
    for state in ("open", "sealed", "left"):
        assert row not in text_of(client.get("/mailbags/", {"state": state})), state
