"""One bundle with its journey, and what a mailroom does with it, through the pages."""

from uuid import uuid4

import pytest

from logistics import codes
from logistics.actions import counting, screening
from logistics.models import Bundle, User
from tests.logistics.pages.mailroom import PASSWORD, act, client_of, give_password, nobody_else, text_of
from tests.world import DAY, World, everything, held, journey, new_act, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def address(bundle: Bundle, verb: str = "") -> str:
    return f"/bundles/{bundle.label.code}/{verb}"


def twice(client, page: str, typed: dict):
    """Sent twice: the second changes nothing."""
    first = client.post(page, typed)
    before = everything()
    client.post(page, typed)
    assert everything() == before
    return first


def test_a_bundle_tells_its_whole_journey_and_the_next_step(world):
    bundle, client = world.count(60), client_of(world.volunteer)
    told = text_of(client.get(address(bundle)))
    assert "60 letters from Norway" in told and "Counted blind" in told and "Screen this bundle" in told
    assert "60 came in, 60 are accounted for" in told
    world.screen(bundle)
    world.summarise(bundle)
    assert "Ready to pack" in text_of(client.get(address(bundle)))


def test_a_bundle_is_screened_once(world):
    bundle, client = world.count(60), client_of(world.volunteer)
    twice(client, address(bundle, "screen/"), act())
    assert [line[0] for line in journey(bundle)] == ["counted", "screened"]


def test_pieces_are_held_back_with_a_reason(world):
    bundle, client = world.count(60), client_of(world.volunteer)
    page, typed = address(bundle, "withhold/"), act(pieces="3", reason="could_harm", before="60")
    before = everything()
    told = text_of(client.post(page, typed | {"reason": ""}))
    assert 'value="3"' in told and everything() == before
    told = text_of(client.post(page, typed | {"pieces": "61"}))
    assert 'value="61"' in told and "id_pieces_error" in told and everything() == before
    twice(client, page, typed)
    assert held(bundle) == {"mailroom": 57, "withheld": 3}
    assert "could harm the recipient" in text_of(client.get(address(bundle)))


def test_a_second_person_confirms_a_release_with_their_own_password(world):
    bundle, client = world.count(60), client_of(world.volunteer)
    give_password(world.witness)
    world.tell(screening.withhold, bundle, pieces=3, reason="could_harm", hub=world.hub, by=world.volunteer)
    page = address(bundle, "release/")
    typed = act(pieces="3", before="3", second=world.witness.username, password=PASSWORD)
    before = everything()
    wrong = text_of(client.post(page, typed | {"password": "not theirs"}))
    assert "That is not their password." in wrong and "not theirs" not in wrong and everything() == before
    stranger = give_password(world.next_volunteer)
    client.post(page, typed | {"second": str(stranger.pk)})
    assert everything() == before
    User.objects.filter(pk=world.witness.pk).update(has_first_password=True)
    assert "choose their own first" in text_of(client.post(page, typed)) and everything() == before
    User.objects.filter(pk=world.witness.pk).update(has_first_password=False)
    twice(client, page, typed)
    assert held(bundle) == {"mailroom": 60}


def test_what_is_let_go_after_its_bundle_has_left_is_shown_in_the_new_one(world):
    bundle, client = world.ready(60), client_of(give_password(world.volunteer))
    world.tell(screening.withhold, bundle, pieces=3, reason="could_harm", hub=world.hub, by=world.volunteer)
    world.send(bundle)
    typed = act(pieces="3", before="3", second=give_password(world.witness).username, password=PASSWORD)
    shown = client.post(address(bundle, "release/"), typed, follow=True)
    part = Bundle.objects.get(split_from=bundle)
    assert shown.redirect_chain == [(address(part), 302)]
    assert "They go on in this new bundle" in text_of(shown)


def test_a_bundle_is_split_and_what_was_done_is_carried_over(world):
    bundle, client = world.ready(60), client_of(world.volunteer)
    twice(client, address(bundle, "split/"), act(pieces="20", before="60"))
    part = Bundle.objects.get(split_from=bundle)
    assert (held(bundle), held(part)) == ({"mailroom": 40}, {"mailroom": 20})
    before = everything()
    assert "That is the whole bundle." in text_of(client.post(address(bundle, "split/"), act(pieces="40", before="40")))
    assert everything() == before


def test_a_recount_does_not_say_what_was_known(world):
    bundle, client = world.count(73), client_of(world.volunteer)
    page = address(bundle, "recount/")
    shown = text_of(client.get(page))
    assert "<strong>73</strong>" not in shown and "73 letters" not in shown
    twice(client, page, act(found="70", before="73", sure="70"))
    assert held(bundle) == {"mailroom": 70}


def test_another_number_than_stood_there_is_asked_about_once(world):
    bundle, client = world.count(50), client_of(world.volunteer)
    page, before = address(bundle, "recount/"), everything()
    assert "checkbox" not in text_of(client.get(page))
    for sure in ("", "54"):
        told = text_of(client.post(page, act(found="45", before="50", sure=sure)))
        assert "You count 45 where 50 stood. Is that so?" in told and 'value="45"' in told and "I counted 45" in told
        assert '<input type="checkbox" name="sure" value="45"' in told and "checked" not in told
        assert everything() == before
    twice(client, page, act(found="45", before="50", sure="45"))
    assert held(bundle) == {"mailroom": 45}
    client.post(page, act(found="45", before="45"))
    assert bundle.entries.count() == 3, "the same number is not asked about"


def test_a_recount_finds_no_more_than_a_bundle_holds(world):
    bundle, client = world.count(50), client_of(world.volunteer)
    before = everything()
    told = text_of(client.post(address(bundle, "recount/"), act(found="5000", before="50", sure="5000")))
    assert "A bundle holds at most 100, not 5,000." in told and everything() == before
    again = {"found": 101, "hub": world.hub, "by": world.volunteer}
    refused("too_many_for_a_bundle", counting.recount, bundle, **again, **new_act())


def test_the_old_code_leads_to_a_bundle_with_a_new_label(world):
    bundle, client = world.count(60), client_of(world.volunteer)
    old = bundle.label.code
    for _ in range(2):
        assert client.post(address(bundle, "label/"), {"old": old})["Location"] == address(bundle)
    bundle.label.refresh_from_db()
    new = bundle.label.replaced_by
    assert new.replaced_by is None
    assert client.get("/search/", {"q": f" {old[:4].lower()}-{old[4:]} "})["Location"] == address(bundle)
    assert client.get("/search/", {"q": new.code})["Location"] == address(bundle)
    assert client.get(f"/bundles/{new.code}/").status_code == 200


def test_only_those_who_may_find_a_bundle(world):
    bundle = world.count(60)
    for verb in ("screen/", "withhold/", "split/", "recount/", "label/"):
        assert nobody_else(world, address(bundle, verb))
    assert client_of(world.volunteer).get(address(bundle, "release/")).status_code == 404
    for user in (world.next_volunteer, world.coordinator, world.worker):
        assert client_of(user).get(address(bundle)).status_code == 404
        assert bundle.label.code not in text_of(client_of(user).get("/search/", {"q": bundle.label.code[:11]}))
    assert client_of(world.team).get(address(bundle)).status_code == 200


@pytest.mark.parametrize("rows", [1, 30])
def test_the_lists_ask_as_often_for_one_bundle_as_for_thirty(world, rows, django_assert_num_queries):
    for _ in range(rows):
        world.count(3)
    client = client_of(world.volunteer)
    with django_assert_num_queries(7):
        assert client.get("/bundles/").status_code == 200
    with django_assert_num_queries(6):
        assert client.get("/bundle/screen/").status_code == 200
    assert "to screen" in text_of(client.get("/"))


@pytest.mark.parametrize("acts", [1, 30])
def test_a_bundle_asks_as_often_after_one_act_as_after_thirty(world, acts, django_assert_num_queries):
    bundle = world.ready(60)
    for _ in range(acts - 1):
        act = screening.withhold(bundle, pieces=1, reason="damaged", hub=world.hub, key=uuid4(), day=DAY, by=world.volunteer)
        assert act.lines == 1
    for user, queries in ((world.volunteer, 12), (world.team, 12)):
        client = client_of(user)
        with django_assert_num_queries(queries):
            client.get(address(bundle))


def test_where_no_bundle_is_the_page_says_when_one_appears(world):
    assert "There is no bundle yet." in text_of(client_of(world.volunteer).get("/bundles/"))
    assert "No bundle waits to be screened." in text_of(client_of(world.volunteer).get("/bundle/screen/"))


def test_search_leads_nobody_to_a_page_that_is_not_theirs(world):
    bundle, shipment = world.count(60), world.plan()
    for user in (world.auditor, world.volunteer):
        for code in (bundle.batch.label.code, shipment.number):
            answer = client_of(user).get("/search/", {"q": code})
            assert (answer.status_code == 302) == (user == world.volunteer)
            assert user == world.auditor or client_of(user).get(answer["Location"]).status_code == 200


def test_the_proof_of_one_piece_is_said_of_one():
    world = World()
    told = text_of(client_of(world.volunteer).get(address(world.count(1))))
    assert "1 came in, 1 is accounted for" in told


def test_why_a_bundle_may_not_go_on_names_it_as_it_is_on_the_label():
    world = World()
    bundle = world.count(5)
    world.case.status = "paused"
    world.case.save()
    told = text_of(client_of(world.volunteer).get(address(bundle)))
    stop = told.partition("notice stop")[2].partition("</div>")[0]
    assert codes.grouped(bundle.label.code) in stop and bundle.label.code not in stop
