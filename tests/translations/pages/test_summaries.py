"""A translator's pages, and where the case team lets bundles go without a summary."""

from uuid import uuid4

import pytest

from logistics.actions.labels import replace_label
from logistics.models import Act
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import World, everything
from translations.actions import summarising
from translations.models import Summary, Waiver

pytestmark = pytest.mark.django_db


def screened(number: int = 1, **case):
    world = World(**case)
    bundles = [world.count(5) for _ in range(number)]
    world.screen(*bundles)
    return world, bundles


def written(world, bundle) -> str:
    summarising.write(bundle, language="en", text="They wish you <b>well</b>.", by=world.translator)
    return f"/summaries/{bundle.label.code}/en/"


def test_each_page_is_there_for_its_people_alone():
    world, (bundle,) = screened()
    here = f"/summaries/{bundle.label.code}/write/"
    read = written(world, bundle)
    stranger = factories.make_user("translator", cases=[factories.make_case()])
    for address, let_in in (
        ("/summaries/", [world.translator, world.team]), (here, [world.translator]),
        (read, [world.approver, world.team]), ("/summary/waive/", [world.team]),
    ):  # fmt: skip
        for user in let_in:
            assert client_of(user).get(address).status_code == 200, address
        for user in (world.volunteer, world.worker, world.auditor, world.coordinator, factories.make_user()):
            assert client_of(user).get(address).status_code == 404, address
    for address in (here, read):
        assert client_of(stranger).get(address).status_code == 404
    assert bundle.label.code[:4] not in text_of(client_of(stranger).get("/summaries/"))


def test_without_a_bundle_the_list_says_what_makes_one_appear():
    world = World()
    assert "New ones appear when they have been screened." in text_of(client_of(world.translator).get("/summaries/"))
    assert "No bundle waits for a summary." in text_of(client_of(world.team).get("/summary/waive/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_ask_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    world, bundles = screened(number)
    for bundle in bundles:
        written(world, bundle)
    client, team = client_of(world.approver), client_of(world.team)
    with django_assert_num_queries(9):
        client.get("/summaries/")
    with django_assert_num_queries(6):
        team.get("/summary/waive/")


def test_a_bundle_that_was_put_into_a_bag_too_early_still_waits_for_its_summary():
    world, (bundle,) = screened()
    world.bag(world.plan(), bundle)
    assert f"/summaries/{bundle.label.code}/write/" in text_of(client_of(world.translator).get("/summaries/"))


def test_a_summary_is_written_in_a_language_that_the_person_reads():
    world, (bundle,) = screened(languages=["ar", "en"])
    client, address = client_of(world.translator), f"/summaries/{bundle.label.code}/write/"
    page = text_of(client.get(address))
    assert 'lang="ar"' in page and 'dir="auto"' in page and 'value="en"' in page and 'value="fr"' not in page
    for _ in range(2):
        assert client.post(address, {"language": "ar", "text": "سلام"})["Location"] == "/summaries/"
    assert Summary.objects.get().text == "سلام"
    assert "سلام" in text_of(client.get(address))


def test_a_refused_summary_keeps_what_was_typed():
    world, (bundle,) = screened()
    address = f"/summaries/{bundle.label.code}/write/"
    written(world, bundle)
    told = text_of(client_of(world.approver).post(address, {"language": "en", "text": "Mine is better."}))
    assert "Somebody else has written this summary." in told and "Mine is better." in told
    assert Summary.objects.get().written_by == world.translator


def test_another_reads_and_approves_it_once():
    world, (bundle,) = screened()
    address = written(world, bundle)
    client, form = client_of(world.approver), {"key": str(uuid4()), "day": "2025-01-07"}
    assert "They wish you &lt;b&gt;well&lt;/b&gt;." in text_of(client.get(address))
    before = everything()
    assert "Who translates does not approve." in text_of(client_of(world.translator).post(address, form))
    assert "Your role does not do this." in text_of(client_of(world.team).post(address, form))
    assert everything() == before
    for _ in range(2):
        assert client.post(address, form)["Location"] == "/summaries/"
    assert Summary.objects.get().approved_by == world.approver
    assert Act.objects.filter(kind="summarised").count() == 1


def test_several_bundles_go_without_a_summary_once():
    world, bundles = screened(3)
    client = client_of(world.team)
    form = {
        "key": str(uuid4()), "day": "2025-01-07", "bundles": [each.label.code for each in bundles[:2]],
        "reason": "reads_it", "note": "Reads English.",
    }  # fmt: skip
    before = everything()
    told = text_of(client.post("/summary/waive/", form | {"reason": ""}))
    assert "Reads English." in told and everything() == before
    for _ in range(2):
        assert client.post("/summary/waive/", form)["Location"] == "/summaries/"
    assert Waiver.objects.count() == 2
    assert "2 bundles go without a summary." in text_of(client.get("/summaries/"))
    told = text_of(client.post("/summary/waive/", form | {"key": str(uuid4())}))
    assert "Take it off the list" in told and Waiver.objects.count() == 2


def test_home_says_what_is_to_be_written_approved_and_waived():
    world, (first, _second) = screened(2)
    written(world, first)
    assert "summary waits for your approval" in text_of(client_of(world.approver).get("/"))
    mine = text_of(client_of(world.translator).get("/"))
    assert "bundle waits for a summary" in mine and "your approval" not in mine
    assert "bundles have no summary yet" in text_of(client_of(world.team).get("/"))


def test_the_page_of_a_bundle_leads_its_translators_to_its_summary():
    world, (bundle,) = screened()
    page, list_of_it = f"/bundles/{bundle.label.code}/", f"/summaries/?q={bundle.label.code}"
    assert list_of_it in text_of(client_of(world.translator).get(page))
    assert "Write it" in text_of(client_of(world.translator).get(list_of_it))
    assert list_of_it not in text_of(client_of(world.volunteer).get(page))
    world.summarise(bundle)
    assert list_of_it not in text_of(client_of(world.translator).get(page))


def test_a_bundle_waits_under_the_code_that_is_on_it_now():
    world, (bundle,) = screened()
    new = replace_label(bundle.label, by=world.volunteer).code
    assert f"{new[:4]} {new[4:8]} {new[8:]}" in text_of(client_of(world.translator).get("/summaries/"))


def test_a_narrowed_list_counts_what_it_shows_and_not_what_waits_elsewhere():
    world, bundles = screened(3)
    written(world, bundles[0])
    client = client_of(world.approver)
    assert "<strong>2 bundles</strong> wait for a summary" in text_of(client.get("/summaries/"))
    told = text_of(client.get("/summaries/", {"state": "approve"}))
    assert "<strong>1 bundle</strong> fits what you asked for." in told and "wait for a summary" not in told
    assert "They have been screened and cannot be sealed without one." in text_of(client.get("/"))
    exported = client.get("/summaries/", {"as": "csv"}).content.decode("utf-8-sig")
    assert "Next" not in exported and "Write it" not in exported
