"""The letter that a recipient may be read: how many, from where, and nothing that is for the record alone."""

from datetime import date
from functools import cache
from uuid import uuid4

import pytest

from logistics import permissions
from logistics.actions import confirming
from logistics.actions.reversing import reverse
from logistics.documents.kinds import Letters
from logistics.documents.letter import letter
from logistics.errors import Refused
from logistics.models import Act, Confirmation
from logistics.queries.confirmation_facts import Origin, Others, Pieces
from tests import factories
from tests.logistics.documents.reading import page_count, reader, symbols, text
from tests.logistics.documents.test_confirmation import facts
from tests.logistics.pages.coordinating import client_of, text_of
from tests.logistics.pages.test_deliveries import delivered
from tests.world import DAY


def of(origins=(), others=None, **fields) -> str:
    pieces = sum((each.pieces for each in origins), others.pieces if others else Pieces()).together
    return text(letter(facts(origins=origins, others=others, grades={"in_person": pieces}, outcomes={
        "delivered": Pieces(0, pieces)}, why={}, **fields)))  # fmt: skip


@cache
def usual() -> bytes:
    return letter(facts())


def test_it_says_how_many_letters_and_cards_and_from_which_countries():
    said = text(usual())
    assert "For you Hakan Yaman" in said
    assert "This is what has come for you: 859 letters and 3,344 cards, 4,203 in all." in said
    assert "Written in 59 countries: Argentina, Australia, Austria, Belgium, Brazil," in said
    assert "United Kingdom, United States and 17 other countries." in said
    assert "Those who wrote were thinking of you. You need not answer." in said


def test_it_says_nothing_of_the_record():
    """Neither days nor grades nor people's codes nor deliveries, nor what was withheld, seized or lost."""
    said = text(usual())
    for word in ("2014", "January", "PNPRF0F", "D8QB", "CHB4", "SHA", "Withheld", "Seized", "Lost", "confirm", "attest", "in person"):
        assert word not in said.replace("Write for Rights 2013", ""), word
    assert dict(reader(usual()).metadata) == {"/Title": "CSM5FX8KWZK4"}
    assert [each.text for each in symbols(usual())] == ["CSM5FX8KWZK4"]


@pytest.mark.parametrize(
    ("origins", "others", "sentences"),
    [
        ((Origin("FR", Pieces(20, 0)),), None, ["has come for you: 20 letters. Written in 1 country: France."]),
        ((Origin("FR", Pieces(0, 20)), Origin("NO", Pieces(0, 11))), None, ["has come for you: 31 cards. Written in 2 countries: France and Norway."]),
        ((), Others(1, Pieces(1, 0)), ["has come for you: 1 letter. Written in 1 country. Those"]),
        ((), Others(3, Pieces(2, 1)), ["has come for you: 2 letters and 1 card, 3 in all. Written in 3 countries. Those"]),
        ((Origin("CD", Pieces(20, 0)),), Others(2, Pieces(10, 10)), ["Written in 3 countries: Congo (DRC) and 2 other countries."]),
    ],
)
def test_it_says_what_there_is_in_plain_words(origins, others, sentences):
    said = of(origins, others)
    for sentence in sentences:
        assert sentence in said, said


def test_it_stays_one_page_with_eighty_countries():
    many = tuple(Origin(a + b, Pieces(20, 30)) for a in "ABCDEFGHIJ" for b in "ABCDEFGH")
    for language in ("en", "ru", "ar"):
        made = letter(facts(origins=many, others=None, grades={"close": 4000}, outcomes={"delivered": Pieces(1600, 2400)}), paper="letter", language=language)
        assert page_count(made) == 1


def test_markup_in_a_name_is_text():
    name = "<script>alert('&amp;')</script> & <img src=http://127.0.0.1/x>"
    assert name in text(letter(facts(case_name=name)))


@pytest.fixture
def confirmed(db):
    world, _bundle, delivery = delivered()
    return world, confirming.issue(world.case, deliveries=[delivery], key=uuid4(), day=DAY, by=world.team)


def test_it_is_listed_and_printed_under_the_number_of_its_confirmation(confirmed):
    world, confirmation = confirmed
    world.case.languages = ["tr"]
    world.case.save()
    assert Letters().codes(world.team) == [confirmation.number]
    assert Letters().languages(confirmation.number, world.team)[0] == "tr"
    assert "Size ulaşanlar: 40 mektup." in text(Letters().render(confirmation.number, world.team, "a4", None))
    assert "40 letters" in text(Letters().render(confirmation.number, world.team, "a4", "en"))


def test_strangers_neither_list_nor_print_it(confirmed):
    world, confirmation = confirmed
    other = factories.make_user(permissions.CASE_TEAM, cases=[factories.make_case(world.campaign)])
    for user in (other, world.volunteer, world.translator):
        assert Letters().codes(user) == []
        with pytest.raises(Refused):
            Letters().render(confirmation.number, user, "a4", None)


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"purpose": "appeal"}, "not_to_the_person"),
        ({"grades": dict.fromkeys(("acknowledged", "in_person", "close", "institution", "assumed"), 0)}, "nothing_delivered"),
    ],
)
def test_there_is_none_of_appeals_nor_of_nothing(confirmed, fields, code):
    world, confirmation = confirmed
    stored = confirmation.facts | fields
    if code == "nothing_delivered":
        nothing = {"letters": 0, "cards": 0}
        stored |= {"origins": [], "others": None, "outcomes": [each | {"pieces": nothing} for each in confirmation.facts["outcomes"]]}
    row = Confirmation.objects.create(
        case=world.case, number="CSM5FX8KWZK4", purpose=stored["purpose"], issued_on=date(2025, 1, 6), facts=stored,
        content_hash="0" * 64, journey_head="0" * 64, last_act=confirmation.last_act, key=uuid4(), issued_by=world.team,
        issued_at=confirmation.issued_at,
    )  # fmt: skip
    assert Letters().codes(world.team) == [confirmation.number]
    with pytest.raises(Refused) as refusal:
        Letters().render(row.number, world.team, "a4", None)
    assert refusal.value.code == code


def test_there_is_none_of_a_confirmation_that_is_out_of_date(confirmed):
    world, confirmation = confirmed
    world.tell(reverse, Act.objects.get(kind="handed"), reason="told_by_mistake", by=world.worker)
    assert Letters().codes(world.team) == []
    with pytest.raises(Refused) as refusal:
        Letters().render(confirmation.number, world.team, "a4", None)
    assert refusal.value.code == "confirmation_out_of_date"
    address = f"/confirmations/{confirmation.number}/"
    assert f"{address}letter/" not in text_of(client_of(world.team).get(address))
    assert client_of(world.team).get(f"{address}letter/").status_code == 404


def test_there_is_none_of_a_confirmation_that_was_replaced(confirmed):
    world, confirmation = confirmed
    deliveries = list(confirmation.deliveries.all())
    later = confirming.issue(world.case, deliveries=deliveries, replaces=confirmation, key=uuid4(), day=DAY, by=world.team)
    assert Letters().codes(world.team) == [later.number]
    with pytest.raises(Refused) as refusal:
        Letters().render(confirmation.number, world.team, "a4", None)
    assert refusal.value.code == "confirmation_replaced"
