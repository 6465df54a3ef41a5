"""A coordinator's pages of campaigns."""

import pytest

from logistics import codes
from logistics.models import Campaign, PublishedFigure
from tests import factories
from tests.logistics.pages.coordinating import coordinator, hidden_from_others, sent, text_of

pytestmark = pytest.mark.django_db


def test_only_coordinators_have_these_pages():
    campaign = factories.make_campaign("light")
    for address in ("/campaigns/", "/campaign/add/", f"/campaigns/{campaign.slug}/", f"/campaigns/{campaign.slug}/edit/"):
        assert coordinator().get(address).status_code == 200, address
        assert hidden_from_others(address), address


def test_without_a_campaign_the_list_says_what_to_do():
    assert "There is no campaign yet." in text_of(coordinator().get("/campaigns/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    client = coordinator()
    for _ in range(number):
        factories.make_case()
    with django_assert_num_queries(7):
        client.get("/campaigns/")


@pytest.mark.parametrize("number", [1, 30])
def test_a_campaign_asks_as_often_for_one_case_as_for_thirty(number, django_assert_num_queries):
    client, campaign = coordinator(), factories.make_campaign("light")
    for _ in range(number):
        factories.make_solidarity_collection(case := factories.make_case(campaign), letters=5)
        factories.make_user("translator", cases=[case])
    with django_assert_num_queries(12):
        client.get("/campaigns/light/")


def test_a_campaign_says_who_works_on_each_of_its_cases_and_where_nobody_does():
    campaign = factories.make_campaign("light")
    case, _alone = factories.make_case(campaign, "AA"), factories.make_case(campaign, "BB")
    anna = factories.make_user("translator", name="anna", cases=[case])
    anna.code = codes.new_person()
    anna.save()
    factories.make_user("translator", name="elsewhere", cases=[factories.make_case()])
    told = text_of(coordinator().get("/campaigns/light/"))
    assert f'<a href="/people/{anna.code}/">anna</a>' in told and told.count("Nobody yet") == 1 and "elsewhere" not in told


def test_what_is_declared_adds_up_and_what_is_of_several_cases_is_not_divided():
    campaign = factories.make_campaign("light")
    one, other = factories.make_case(campaign, "AA"), factories.make_case(campaign, "BB")
    lines = [([one], "letter", "solidarity", 1200), ([one, other], "card", "solidarity", 30), ([], "sms", "appeal", 400)]
    factories.make_collection(campaign, lines=[*lines, ([other], "letter", "", 7)])
    told = text_of(coordinator().get("/campaigns/light/"))
    assert "<strong>1,637</strong> messages are declared" in told
    assert "<dd>1,230</dd>" in told and "<dd>400</dd>" in told and "<dd>7</dd>" in told
    assert "Several cases together" in told and '"To people">30<' in told and '"To authorities">400<' in told


def test_published_figures_keep_how_exact_they_are():
    case = factories.make_case(factories.make_campaign("light"), "AA")
    PublishedFigure.objects.create(case=case, count=4200, qualifier="more_than", what="letters", source="a book")
    assert "more than 4,200" in text_of(coordinator().get("/campaigns/light/"))


def test_a_campaign_is_added_once_however_often_it_is_sent():
    client, typed = coordinator(), sent(name="Light 2030", slug="light-2030", opens="2030-12-01", closes="2030-12-20")
    for _ in range(2):
        response = client.post("/campaign/add/", typed)
        assert (response.status_code, response["Location"]) == (302, "/campaigns/light-2030/")
    assert Campaign.objects.get().name == "Light 2030"


def test_a_refused_campaign_keeps_what_was_typed():
    typed = sent(name="Light 2030", slug="light-2030", opens="2030-12-20", closes="2030-12-01")
    response = coordinator().post("/campaign/add/", typed)
    assert "would close before it opens" in text_of(response)
    assert 'value="light-2030"' in text_of(response) and 'value="2030-12-20"' in text_of(response)
    assert not Campaign.objects.exists()


def test_a_campaign_is_edited_and_a_refusal_changes_nothing():
    client, campaign = coordinator(), factories.make_campaign("light")
    client.post("/campaigns/light/edit/", {"name": "Lights", "opens": "", "closes": "", "bundle_limit": "50"})
    campaign.refresh_from_db()
    assert (campaign.name, campaign.opens, campaign.bundle_limit) == ("Lights", None, 50)
    for wrong in ("0", "1001", "9" * 25):
        response = client.post("/campaigns/light/edit/", {"name": "Dark", "bundle_limit": wrong})
        assert 'value="Dark"' in text_of(response) and "bundle_limit:" not in text_of(response)
    campaign.refresh_from_db()
    assert campaign.name == "Lights"


def test_a_published_figure_is_recorded_once_and_a_changed_one_stands_beside_it():
    factories.make_case(factories.make_campaign("light"), "AA")
    client = coordinator()
    typed = {"case": "AA", "count": "4200", "qualifier": "more_than", "what": "letters", "source": "a book"}
    typed |= {"as_of": "2014-02-01", "as_of_precision": "month"}
    for _ in range(2):
        assert client.post("/campaigns/light/figures/add/", typed)["Location"] == "/campaigns/light/"
    client.post("/campaigns/light/figures/add/", typed | {"count": "5000"})
    assert sorted(PublishedFigure.objects.values_list("count", flat=True)) == [4200, 5000]
    told = text_of(client.get("/campaigns/light/"))
    assert "more than 4,200" in told and "more than 5,000" in told and "February 2014" in told


def test_a_figure_of_nothing_keeps_what_was_typed():
    factories.make_campaign("light")
    client = coordinator()
    typed = {"count": "4200", "qualifier": "exact", "source": "a book", "as_of_precision": "day"}
    told = text_of(client.post("/campaigns/light/figures/add/", typed))
    assert "A figure is of a case or of a year." in told and 'value="a book"' in told
    assert not PublishedFigure.objects.exists()
    assert client.post("/campaigns/light/figures/add/", typed | {"year": "2030"})["Location"] == "/campaigns/"
    assert "4,200" in text_of(client.get("/campaigns/"))
    assert hidden_from_others("/campaigns/light/figures/add/")


def test_a_campaign_lists_each_of_its_cases_once_and_twenty_on_a_page():
    campaign = factories.make_campaign("light")
    for number in range(25):
        factories.make_case(campaign, f"C{number:02}")
    client = coordinator()
    first, second = text_of(client.get("/campaigns/light/")), text_of(client.get("/campaigns/light/?page=2"))
    assert first.count(">C00</a>") == 1 and ">C24</a>" not in first and "1 to 20 of 25 cases" in first
    assert second.count(">C24</a>") == 1 and ">C00</a>" not in second
