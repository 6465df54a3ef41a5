"""Receiving, sorting and counting blind, and closing, through the pages."""

import re
from datetime import date
from uuid import uuid4

import pytest

from logistics.actions import receiving, splitting
from logistics.models import Batch, Bundle, Discrepancy, Holding
from logistics.views.handles import handle
from tests import factories
from tests.logistics.pages.mailroom import act, client_of, nobody_else, text_of
from tests.world import World, everything, new_act

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def receive(world: World, *, letters: int = 250) -> Batch:
    collection = factories.make_solidarity_collection(world.case, letters=letters)
    return receiving.receive_batch(
        collection, hub=world.hub, received_on=date(2025, 1, 6), key=uuid4(), by=world.volunteer
    )


def address(batch: Batch, verb: str = "") -> str:
    return f"/batches/{batch.label.code}/{verb}"


def piles(world: World, *lines: dict) -> dict:
    typed = {"piles-TOTAL_FORMS": str(len(lines)), "piles-INITIAL_FORMS": "0"}
    for number, line in enumerate(lines):
        whole = {"case": world.case.code, "kind": "letter", "purpose": "solidarity", "pieces": "", **line}
        typed |= {f"piles-{number}-{name}": value for name, value in whole.items()}
    return act(**typed)


def test_a_batch_is_received_once_however_often_the_form_is_sent(world):
    collection = factories.make_solidarity_collection(world.case, letters=777)
    page = f"/collections/{handle('collection', collection.pk)}/receive/"
    client, typed = client_of(world.volunteer), act(hub=world.hub.code)
    assert "777" not in text_of(client.get("/batch/add/")) + text_of(client.get(page))
    answers = [client.post(page, typed) for _ in range(2)]
    batch = Batch.objects.get()
    assert {answer["Location"] for answer in answers} == {address(batch)}
    assert (batch.collection, batch.hub, batch.received_by) == (collection, world.hub, world.volunteer)
    assert client_of(world.next_volunteer).post(page, act(hub=world.hub.code)).status_code == 200
    assert Batch.objects.count() == 1


def test_a_day_that_has_not_come_is_refused_and_kept(world):
    collection = factories.make_solidarity_collection(world.case, letters=7)
    page = f"/collections/{handle('collection', collection.pk)}/receive/"
    told = text_of(client_of(world.volunteer).post(page, act(hub=world.hub.code, day="2999-01-01")))
    assert 'role="alert"' in told and 'value="2999-01-01"' in told
    assert not Batch.objects.exists()


@pytest.mark.parametrize(
    ("precision", "day", "first"),
    [("day", date(2024, 12, 10), "10 December 2024"), ("month", date(2024, 12, 10), "1 December 2024"),
     ("year", date(2024, 12, 10), "1 January 2024"), ("", None, "1 December 2024")],
)  # fmt: skip
def test_a_batch_does_not_come_before_its_letters_were_collected(world, precision, day, first):
    collection = factories.make_collection(world.campaign, day=day, precision=precision)
    page = f"/collections/{handle('collection', collection.pk)}/receive/"
    told = text_of(client_of(world.volunteer).post(page, act(hub=world.hub.code, day="1801-01-01")))
    assert f'id="id_day_error">The day cannot be before {first}' in told and not Batch.objects.exists()


def test_a_pile_is_not_counted_before_its_batch_came(world):
    batch, client = receive(world), client_of(world.volunteer)
    before = everything()
    told = text_of(client.post(address(batch, "count/"), piles(world, {"pieces": "40"}) | {"day": "2025-01-05"}))
    assert "The day cannot be before 6 January 2025: its batch came then." in told and everything() == before


def test_several_piles_are_tied_into_bundles_of_at_most_the_limit(world):
    batch, client = receive(world), client_of(world.volunteer)
    typed = piles(world, {"pieces": "247"}, {"pieces": "12", "kind": "card"}, {"case": ""})
    answers = [client.post(address(batch, "count/"), typed) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"] == address(batch, f"labels/{typed['key']}/")
    assert sorted(Holding.objects.values_list("pieces", flat=True)) == [12, 47, 100, 100]
    labels = text_of(client.get(answers[0]["Location"]))
    assert "<strong>4</strong> labels" in labels and f"/acts/{typed['key']}/reverse/" in labels


def test_what_was_declared_is_hidden_until_the_batch_is_closed(world):
    batch, client = receive(world, letters=4321), client_of(world.volunteer)
    client.post(address(batch, "count/"), piles(world, {"pieces": "50"}))
    for verb in ("", "count/", "close/"):
        told = text_of(client.get(address(batch, verb)))
        assert "4,321" not in told and "4321" not in told
    assert client.post(address(batch, "close/"))["Location"] == address(batch)
    assert "4,321" in text_of(client.get(address(batch)))
    assert "4,271 fewer" in text_of(client.get(address(batch)))
    assert Discrepancy.objects.get().expected == 4321
    assert "closed already" in text_of(client.post(address(batch, "close/")))


def test_a_pile_without_a_case_keeps_what_was_typed(world):
    batch, before = receive(world), everything()
    told = text_of(client_of(world.volunteer).post(address(batch, "count/"), piles(world, {"pieces": "31", "case": ""})))
    assert "Say whom this pile is for." in told and 'value="31"' in told
    assert everything() == before


def test_no_pile_at_all_and_a_closed_batch_are_refused(world):
    batch, client = receive(world), client_of(world.volunteer)
    told = text_of(client.post(address(batch, "count/"), piles(world, {"case": ""})))
    assert "Not tied" in told and "No pile is told yet." in told
    receiving.close_batch(batch, by=world.volunteer)
    told = text_of(client.post(address(batch, "count/"), piles(world, {"pieces": "31"})))
    assert "has been closed" in told and 'value="31"' in told
    assert not Bundle.objects.exists()


def test_more_piles_keep_what_was_typed(world):
    batch = receive(world)
    told = text_of(client_of(world.volunteer).post(address(batch, "count/"), piles(world, {"pieces": "31"}) | {"more": "1"}))
    assert 'value="31"' in told and "piles-4-pieces" in told
    assert not Bundle.objects.exists()


def test_an_empty_batch_is_closed_only_by_somebody_who_has_looked(world):
    batch, client = receive(world), client_of(world.volunteer)
    told = text_of(client.post(address(batch, "close/")))
    assert "No bundle is tied. Count what came, or say that nothing was in it." in told
    batch.refresh_from_db()
    assert not batch.is_closed
    assert client.post(address(batch, "close/"), {"nothing": "on"})["Location"] == address(batch)
    told = text_of(client.get(address(batch)))
    assert "Nothing was counted in it." in told and "that you tie appear here" not in told


def test_a_batch_with_bundles_asks_nothing_before_it_is_closed(world):
    batch = world.count(5).batch
    assert "nothing was in it" not in text_of(client_of(world.volunteer).get(address(batch, "close/")))


def test_what_was_split_off_is_told_beside_what_was_counted(world):
    bundle = world.count(40)
    splitting.split(bundle, pieces=15, hub=world.hub, by=world.volunteer, **new_act())
    told = text_of(client_of(world.volunteer).get(address(bundle.batch)))
    assert "<strong>1</strong> bundle is counted" in told and "With what was split off there are 2." in told
    assert 'data-label="Pieces">25</td>' in told and 'data-label="Pieces">15</td>' in told and "split off</span>" in told


def test_only_this_mailroom_sees_its_batches(world):
    batch = receive(world)
    for verb in ("", "count/", "close/"):
        assert nobody_else(world, address(batch, verb))
    assert batch.label.code[:4] not in text_of(client_of(world.next_volunteer).get("/batches/"))


@pytest.mark.parametrize("rows", [1, 30])
def test_the_list_asks_as_often_for_one_batch_as_for_thirty(world, rows, django_assert_num_queries):
    for _ in range(rows):
        receive(world)
    client = client_of(world.volunteer)
    with django_assert_num_queries(6):
        assert client.get("/batches/").status_code == 200


def test_an_empty_mailroom_is_told_what_to_do(world):
    assert "No batch has come yet." in text_of(client_of(world.volunteer).get("/batches/"))


def test_the_lamp_of_a_batch_falls_on_the_pile_in_the_hand(world):
    page = text_of(client_of(world.volunteer).get(address(world.count(5).batch)))
    assert re.findall(r'class="button( primary)?" href="[^"]*/(count[^"]*)/"', page) == [(" primary", "count/one"), ("", "count")]
