"""One pile in the hand: buttons that count, a bundle that is tied, pieces that are held back. Blind."""

from urllib.parse import parse_qs, urlsplit

import pytest

from logistics.models import Act, Bundle, Holding
from tests.logistics.pages.mailroom import act, client_of, nobody_else, text_of
from tests.logistics.pages.test_batches import address, receive
from tests.world import World, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def pile(world: World, count: object, **more: object) -> dict:
    return act(case=world.case.code, kind="card", purpose="appeal", count=count, held_back="", reason="", **more)


@pytest.mark.parametrize(
    ("typed", "pressed", "then"),
    [("47", "1", "48"), ("47", "5", "52"), ("47", "10", "57"), ("47", "-1", "46"), ("0", "-1", "0"), ("95", "10", "100"),
     ("", "10", "10"), ("many", "1", "1"), ("47", "", "47"), ("47", "1000", "47"), ("700", "", "700")],
)  # fmt: skip
def test_a_button_answers_with_the_new_count_and_keeps_the_rest(world, typed, pressed, then):
    client, here = client_of(world.volunteer), address(receive(world), "count/one/")
    before = everything()
    answer = client.post(here, pile(world, typed, add=pressed))
    asked = parse_qs(urlsplit(answer["Location"]).query)
    assert answer.status_code == 302 and asked["count"] == [then] and "key" not in asked
    told = text_of(client.get(answer["Location"]))
    assert f'maxlength="5" value="{then}"' in told
    for kept in (f'value="{world.case.code}" selected', 'value="card" selected', 'value="appeal" selected'):
        assert kept in told
    assert everything() == before


def test_enter_keeps_the_count_for_its_button_comes_first(world):
    told = text_of(client_of(world.volunteer).get(address(receive(world), "count/one/")))
    form = told[told.index('<form class="stack"') :]
    assert form.index('name="keep"') < form.index('name="add"') < form.index('name="tie"')


def test_a_pile_is_tied_once_however_often_it_is_sent(world):
    batch = receive(world)
    client, typed = client_of(world.volunteer), pile(world, "47", tie="1")
    answers = [client.post(address(batch, "count/one/"), typed) for _ in range(2)]
    assert answers[0]["Location"] == answers[1]["Location"]
    bundle = Bundle.objects.get()
    assert (bundle.case, bundle.kind, bundle.purpose) == (world.case, "card", "appeal")
    assert Holding.objects.get(bundle=bundle).pieces == 47
    told = text_of(client.get(answers[0]["Location"]))
    assert "47 pieces are tied." in told and "Count the next pile" in told
    assert f"count/one/?case={world.case.code}" in told and "Take this counting back" in told


def test_what_must_be_held_back_is_counted_and_withheld_at_once(world):
    batch = receive(world)
    client = client_of(world.volunteer)
    typed = pile(world, "47", tie="1") | {"held_back": "2", "reason": "could_harm"}
    for _ in range(2):
        told = text_of(client.post(address(batch, "count/one/"), typed, follow=True))
    assert "47 pieces are tied. 2 of them are held back." in told
    assert sorted(Holding.objects.values_list("place__kind", "pieces")) == [("mailroom", 45), ("withheld", 2)]
    assert sorted(Act.objects.values_list("kind", flat=True)) == ["counted", "withheld"]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"count": "0"}, "Count the pile first"),
        ({"count": "101"}, "A bundle holds at most 100"),
        ({"case": ""}, "Say whom this pile is for."),
        ({"held_back": "2"}, "Say why they are held back."),
        ({"held_back": "48", "reason": "could_harm"}, "48 cannot be held back of 47"),
        ({"day": "2999-01-01"}, 'role="alert"'),
    ],
)
def test_what_is_refused_keeps_what_was_typed_and_changes_nothing(world, changed, sentence):
    batch = receive(world)
    before = everything()
    told = text_of(client_of(world.volunteer).post(address(batch, "count/one/"), pile(world, "47", tie="1") | changed))
    assert sentence in told and 'value="card" selected' in told
    assert f'maxlength="5" value="{changed.get("count", "47")}"' in told
    assert everything() == before


def test_only_this_mailroom_counts_its_batches_and_counts_them_blind(world):
    batch = receive(world, letters=777)
    here = address(batch, "count/one/")
    assert nobody_else(world, here)
    assert "777" not in text_of(client_of(world.volunteer).get(here))
