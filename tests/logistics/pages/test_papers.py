"""Printing labels by page: what is asked for is what comes, and it is written down."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from logistics.actions.labels import replace_label
from logistics.models import AuditRow, Work
from logistics.views import papers
from tests import factories
from tests.logistics.documents.reading import page_count, paper, symbols
from tests.world import World, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def signed_in(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def asked(**more) -> dict:
    return {"key": str(uuid4()), "which": "all", "start_at": "1", "copies": "1", "paper": "a4"} | more


def codes_on(response) -> list[str]:
    return sorted(each.text for each in symbols(response.content))


def test_the_form_is_there_for_everything_that_has_a_label(world, django_assert_num_queries):
    bundle = world.count(10)
    shipment = world.plan()
    bag = world.bag(shipment)
    client = signed_in(world.volunteer)
    for code, back in (
        (bundle.label.code, reverse("bundle", args=[bundle.label.code])),
        (bundle.batch.label.code, reverse("batch", args=[bundle.batch.label.code])),
        (bag.label.code, reverse("mailbags:bag", args=[bag.label.code])),
        (shipment.number, reverse("shipment", args=[shipment.number])),
    ):
        page = client.get(reverse("labels-print", args=[code])).content.decode()
        assert f'href="{back}"' in page
        assert page.count('name="start_at"') == 24


def test_the_labels_of_a_batch_come_as_they_were_asked_for(world):
    bundle = world.count(10)
    batch, client = bundle.batch.label.code, signed_in(world.volunteer)
    address = reverse("labels-print", args=[batch])
    for which, codes in (("all", [batch, bundle.label.code]), ("whole", [batch]), ("parts", [bundle.label.code])):
        response = client.post(address, asked(which=which, copies="2", start_at="24", paper="letter"))
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == f'inline; filename="{batch}.pdf"'
        assert (page_count(response.content), paper(response.content)) == (1 + (len(codes) * 2 > 1), (216, 279))
        assert len(symbols(response.content)) == 1
        found = {each.text for number in (0, 1) for each in symbols(response.content, number)}
        assert found == set(codes)


def test_every_print_is_one_row_in_the_audit_trail_and_changes_nothing(world):
    bundle = world.count(10)
    client, before = signed_in(world.volunteer), everything()
    for number in (1, 2):
        client.post(reverse("labels-print", args=[bundle.label.code]), asked())
        rows = AuditRow.objects.filter(what="document_printed", by=world.volunteer, subject=bundle.label.code)
        assert rows.count() == number
    client.get(reverse("labels-print", args=[bundle.label.code]))
    assert rows.count() == 2
    assert everything() == before


@pytest.mark.parametrize("wrong", [{"start_at": "25"}, {"start_at": ""}, {"copies": "0"}, {"copies": "25"}, {"paper": "a5"}])
def test_what_was_typed_stays_where_it_cannot_be_printed(world, wrong):
    bundle = world.count(10)
    response = signed_in(world.volunteer).post(reverse("labels-print", args=[bundle.label.code]), asked(copies="7") | wrong)
    page = response.content.decode()
    assert response.status_code == 200 and 'role="alert"' in page
    assert f'value="{wrong.get("copies", "7")}"' in page
    assert not AuditRow.objects.filter(what="document_printed").exists()


def test_the_labels_of_one_counting_are_printed_from_its_page(world):
    bundle = world.count(10)
    act = bundle.entries.get().act
    client, batch = signed_in(world.volunteer), bundle.batch.label.code
    address = reverse("counted-print", args=[batch, act.key])
    assert address in client.get(reverse("batch-labels", args=[batch, act.key])).content.decode()
    assert codes_on(client.post(address, asked())) == [bundle.label.code]
    assert client.get(reverse("counted-print", args=[batch, uuid4()])).status_code == 404


def test_a_replaced_label_is_printed_as_it_is_now(world):
    bundle = world.count(10)
    new = replace_label(bundle.label, by=world.volunteer).code
    address = reverse("labels-print", args=[bundle.label.code])
    assert codes_on(signed_in(world.volunteer).post(address, asked())) == [new]


def test_many_labels_are_made_in_the_background(world, monkeypatch):
    bundle = world.count(10)
    monkeypatch.setattr(papers, "LONG", 1)
    response = signed_in(world.volunteer).post(reverse("labels-print", args=[bundle.label.code]), asked(copies="2"))
    work = Work.objects.get()
    assert response["Location"] == reverse("work", args=[work.key])
    made = papers.print_labels(work.arguments, world.volunteer)
    assert made.name == f"{bundle.label.code}.pdf"
    assert [each.text for each in symbols(made.content)] == [bundle.label.code] * 2


def test_another_mailroom_finds_nothing(world):
    bundle = world.count(10)
    act = bundle.entries.get().act
    client = signed_in(factories.make_user("mailroom", hub=factories.make_hub()))
    for address in (
        reverse("labels-print", args=[bundle.label.code]),
        reverse("labels-print", args=[bundle.batch.label.code]),
        reverse("counted-print", args=[bundle.batch.label.code, act.key]),
    ):
        for answer in (client.get(address), client.post(address, asked())):
            assert answer.status_code == 404
    assert not AuditRow.objects.filter(what="document_printed").exists()
