"""The papers of a bag and of a shipment by page: linked where they are needed, written down, and not there for others."""

import pytest
from django.test import Client

from logistics.actions.following import Part
from logistics.models import AuditRow, Work
from logistics.views import papers
from mailbags.actions import arriving
from tests import factories
from tests.logistics.documents.reading import paper, symbols
from tests.world import World, everything

pytestmark = pytest.mark.django_db
OF_SHIPMENT = ("letter-bill", "bag-list", "delivery-form")


@pytest.fixture
def world() -> World:
    return World(public_name="Somebody", languages=["tr", "en"])


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_every_paper_is_linked_where_it_is_needed_and_is_written_down(world):
    shipment, bag = world.send(world.ready(10))
    client, before = client_of(world.volunteer), everything()
    links = [f"/shipments/{shipment.number}/{kind}/" for kind in OF_SHIPMENT]
    page = client.get(f"/shipments/{shipment.number}/").content.decode()
    assert all(f'href="{link}"' in page for link in (*links, f"/labels/{shipment.number}/"))
    bags = [f"/mailbags/{bag.label.code}/{kind}/" for kind in ("packing-list", "bag-list")]
    page = client.get(f"/mailbags/{bag.label.code}/").content.decode()
    assert all(f'href="{link}"' in page for link in (*bags, f"/labels/{bag.label.code}/"))
    for link in (*links, *bags):
        number = shipment.number if link in links else bag.label.code
        answer = client.get(link, {"paper": "letter"})
        assert answer["Content-Type"] == "application/pdf" and paper(answer.content) == (216, 279)
        assert answer["Content-Disposition"] == f'inline; filename="{number}.pdf"'
        assert number in [each.text for each in symbols(answer.content)]
        row = AuditRow.objects.latest("pk")
        assert (row.by, row.what, row.subject) == (world.volunteer, "document_printed", number)
    assert AuditRow.objects.filter(what="document_printed").count() == 5
    assert everything() == before


def test_no_label_is_offered_of_a_shipment_whose_bags_are_all_emptied(world):
    bundle = world.ready(10)
    shipment, bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, opened=[arriving.BagFound(bag)], found=[Part(bundle)], by=world.worker)
    client = client_of(world.volunteer)
    page = client.get(f"/shipments/{shipment.number}/").content.decode()
    assert "/letter-bill/" in page and f"/labels/{shipment.number}/" not in page
    assert client.get(f"/labels/{shipment.number}/").status_code == 404


def test_the_case_worker_prints_the_bill_and_the_form_of_what_comes(world):
    shipment, bag = world.send(world.ready(10))
    client = client_of(world.worker)
    page = client.get(f"/shipments/{shipment.number}/").content.decode()
    for kind in OF_SHIPMENT:
        is_there = kind != "bag-list"
        assert (f"/{kind}/" in page) is is_there
        assert client.get(f"/shipments/{shipment.number}/{kind}/").status_code == (200 if is_there else 404)


def test_whoever_has_not_the_whole_in_hand_finds_no_papers(world):
    shipment, bag = world.send(world.ready(10))
    strangers = [world.team, world.translator, world.auditor, world.coordinator]
    strangers += [factories.make_user("mailroom", hub=factories.make_hub()), factories.make_user("case_worker")]
    for user in strangers:
        client = client_of(user)
        for kind in OF_SHIPMENT:
            assert client.get(f"/shipments/{shipment.number}/{kind}/").status_code == 404
        assert client.get(f"/mailbags/{bag.label.code}/bag-list/").status_code == 404
    assert not AuditRow.objects.filter(what="document_printed").exists()


def test_what_is_not_there_is_not_linked(world):
    shipment = world.plan()
    bag = world.bag(shipment)
    client = client_of(world.volunteer)
    for page in (f"/shipments/{shipment.number}/", f"/mailbags/{bag.label.code}/"):
        assert "/letter-bill/" not in (said := client.get(page).content.decode()) and "-list/" not in said
    for address in (*(f"/shipments/{shipment.number}/{kind}/" for kind in OF_SHIPMENT), f"/mailbags/{bag.label.code}/bag-list/"):
        assert client.get(address).status_code == 404


def test_a_long_bill_is_made_in_the_background(world, monkeypatch):
    shipment, _ = world.send(world.ready(10), world.ready(5))
    monkeypatch.setattr(papers, "LONG", 1)
    answer = client_of(world.volunteer).get(f"/shipments/{shipment.number}/letter-bill/")
    work = Work.objects.get()
    assert answer["Location"] == f"/progress/{work.key}/"
    assert papers.print_document(work.arguments, world.volunteer).name == f"{shipment.number}.pdf"
