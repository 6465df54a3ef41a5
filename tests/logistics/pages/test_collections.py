"""A coordinator's pages of collections: listed, entered by hand, taken back."""

from datetime import date

import pytest

from logistics.models import Collection, Tally
from logistics.resources.returns.importing import import_file
from logistics.views.handles import handle
from tests import factories
from tests.logistics.pages.coordinating import coordinator, hidden_from_others, sent, text_of
from tests.world import World

pytestmark = pytest.mark.django_db

EMPTY = {"qualifier": "exact", "kind": "letter", "purpose": "solidarity", "method": "declared"}
ADD = "/campaigns/light/collections/add/"


@pytest.fixture(autouse=True)
def campaign():
    campaign = factories.make_campaign("light")
    for code in ("AA", "BB"):
        factories.make_case(campaign, code)
    return campaign


def typed(*lines: dict, **about) -> dict:
    """A form as it is sent, with one line more that is left empty."""
    form = {"country": "NO", "day": "2013-12-10", "precision": "day", "events": "1", "event": "Market"} | about
    rows = [*lines, {}]
    form |= {"lines-TOTAL_FORMS": str(len(rows)), "lines-INITIAL_FORMS": "0"}
    for number, line in enumerate(rows):
        form |= {f"lines-{number}-{name}": value for name, value in (EMPTY | line).items()}
    return sent(**form)


def address_of(collection: Collection) -> str:
    return f"/collections/{handle('collection', collection.pk)}/"


def test_only_coordinators_have_these_pages(campaign):
    here = address_of(factories.make_collection(campaign))
    for address in ("/collections/", ADD, here, f"{here}withdraw/"):
        assert coordinator().get(address).status_code == 200, address
        assert hidden_from_others(address), address


def test_without_a_collection_the_list_says_what_to_do():
    assert "There is no collection yet." in text_of(coordinator().get("/collections/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, campaign, django_assert_num_queries):
    client = coordinator()
    for _ in range(number):
        factories.make_collection(campaign, lines=[([], "letter", "", 5)])
    with django_assert_num_queries(10):
        client.get("/collections/")


@pytest.mark.parametrize("number", [1, 30])
def test_a_collection_asks_as_often_for_one_line_as_for_thirty(number, campaign, django_assert_num_queries):
    client, cases = coordinator(), list(campaign.cases.all())
    collection = factories.make_collection(campaign, lines=[(cases, "letter", "", 5)] * number)
    with django_assert_num_queries(7):
        client.get(address_of(collection))


def test_the_list_is_narrowed_and_what_is_shown_is_exported(campaign):
    one = campaign.cases.get(code="AA")
    factories.make_collection(campaign, country="TG", event="Market", lines=[([one], "letter", "", 120)])
    factories.make_collection(campaign, country="NO", event="=School", lines=[([], "letter", "", 7)])
    client = coordinator()
    for query in ("q=mark", "country=TG", "case=light/AA"):
        told = text_of(client.get(f"/collections/?{query}"))
        assert "Market" in told and "School" not in told, query
    exported = client.get("/collections/?country=NO&as=csv").content.decode("utf-8-sig")
    assert "'=School,Norway" in exported and "Market" not in exported
    assert client.get("/collections/?from=elsewhere&return=0000000000000").status_code == 200


def test_every_figure_is_exported_so_that_it_can_be_imported_again(campaign, tmp_path):
    one, other = campaign.cases.order_by("code")
    lines = [([one], "letter_and_card", "solidarity", 1200), ([one, other], "signature", "appeal", 30)]
    factories.make_collection(campaign, country="TG", event="Market", office="Amnesty Togo", day=date(2013, 12, 3), lines=lines)
    month = {"day": date(2013, 12, 1), "precision": "month"}
    second = factories.make_collection(campaign, place="Oslo", **month, lines=[([], "sms", "", 22000)])
    second.tallies.update(qualifier="more_than", method="estimated")
    copy = factories.make_campaign("copy")
    for case in (one, other):
        factories.make_case(copy, case.code)
    file = tmp_path / "figures.csv"
    file.write_bytes(coordinator().get("/collections/?campaign=light&as=lines").content)
    answer = import_file(str(file), campaign=copy, by=factories.make_user("coordinator"))
    assert (answer["rows"], answer["refused"]) == (3, 0), answer["problems"]
    assert told_by(copy) == told_by(campaign)


def told_by(campaign) -> set[tuple]:
    return {
        (*(getattr(tally.collection, name) for name in ("country", "office", "event", "place", "day", "precision")),
         tally.count, tally.kind, tally.purpose, tally.qualifier, tally.method,
         tuple(sorted(case.code for case in tally.cases.all())))
        for tally in Tally.objects.filter(collection__campaign=campaign)
    }  # fmt: skip


def test_a_collection_is_entered_once_however_often_it_is_sent():
    client, form = coordinator(), typed({"count": "12", "cases": "aa, BB"}, {"count": "3", "qualifier": "about"})
    for _ in range(2):
        told = client.post(ADD, form, follow=True)
        assert "The collection counts now." in text_of(told)
    collection = Collection.objects.get()
    assert (collection.country, collection.event, str(collection.day)) == ("NO", "Market", "2013-12-10")
    lines = {tally.count: {case.code for case in tally.cases.all()} for tally in Tally.objects.all()}
    assert lines == {12: {"AA", "BB"}, 3: set()}


def test_a_line_for_a_case_that_is_not_there_keeps_what_was_typed():
    told = text_of(coordinator().post(ADD, typed({"count": "12", "cases": "AA ZZ"})))
    assert "This campaign has no case ZZ." in told
    assert 'value="AA ZZ"' in told and 'value="Market"' in told
    assert not Collection.objects.exists()


def test_a_refused_collection_keeps_what_was_typed():
    client = coordinator()
    assert "Say how many messages there were." in text_of(client.post(ADD, typed()))
    told = text_of(client.post(ADD, typed({"count": "12"}, organiser="Anna")))
    assert "until when the organiser’s name" in told or "until when the organiser" in told
    assert 'value="Anna"' in told and 'value="12"' in told
    assert not Collection.objects.exists()


def test_more_lines_keep_what_was_typed():
    told = text_of(coordinator().post(ADD, typed({"count": "12"}) | {"more": "1"}))
    assert 'value="12"' in told and "lines-5-count" in told
    assert not Collection.objects.exists()


def test_a_nil_return_has_no_lines():
    client = coordinator()
    assert "A nil return has no lines." in text_of(client.post(ADD, typed({"count": "12"}, is_nil="on")))
    assert not Collection.objects.exists()
    assert "nothing was sent" in text_of(client.post(ADD, typed(is_nil="on"), follow=True))
    assert Collection.objects.get().events == 0


def test_an_organiser_is_named_only_as_long_as_the_name_may_be_kept(campaign):
    past, future = date(2014, 1, 1), date(2999, 1, 1)
    gone = factories.make_collection(campaign, organiser="Anna Gone", organiser_expires=past)
    kept = factories.make_collection(campaign, organiser="Boris Kept", organiser_expires=future)
    client = coordinator()
    assert "Anna Gone" not in text_of(client.get(address_of(gone)))
    assert "Boris Kept" in text_of(client.get(address_of(kept)))
    assert "Anna Gone" not in text_of(client.get("/collections/?q=Anna"))


def test_a_collection_is_taken_back_once(campaign):
    client, collection = coordinator(), factories.make_collection(campaign, lines=[([], "letter", "", 5)])
    address = address_of(collection)
    assert "will count no more" in text_of(client.get(f"{address}withdraw/"))
    assert client.post(f"{address}withdraw/")["Location"] == address
    collection.refresh_from_db()
    assert collection.withdrawn_at
    assert "taken back before" in text_of(client.post(f"{address}withdraw/"))


def test_a_collection_whose_mail_has_come_stays():
    world = World()
    world.count(5)
    collection = Collection.objects.get(campaign=world.campaign)
    assert "has come to a mailroom" in text_of(coordinator().post(f"{address_of(collection)}withdraw/"))
    told, free = text_of(coordinator().get(address_of(collection))), factories.make_collection(world.campaign)
    assert "so it stays" in told and "withdraw/" not in told
    told = text_of(coordinator().get(address_of(free)))
    assert "so it stays" not in told and "withdraw/" in told
    collection.refresh_from_db()
    assert collection.withdrawn_at is None


def test_with_one_campaign_a_new_collection_is_of_it_and_with_several_one_is_chosen():
    client = coordinator()
    assert client.get("/collection/add/")["Location"] == ADD
    factories.make_campaign("other")
    assert "Of which campaign?" in text_of(client.get("/collection/add/"))


def test_the_filter_by_case_says_code_name_and_campaign(campaign):
    factories.make_case(campaign, "CC", public_name="")
    told = text_of(coordinator().get("/collections/"))
    assert f'<option value="light/AA">AA · Person AA · {campaign.name}</option>' in told
    assert f'<option value="light/CC">CC · {campaign.name}</option>' in told
