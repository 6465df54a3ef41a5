"""Campaigns and what was published about them: edited in place, but figures only ever added."""

from datetime import date

import pytest

from logistics import permissions
from logistics.actions import campaigns
from logistics.actions.standards import language_tag, refuse_unknown_country, refuse_unknown_language
from logistics.errors import Refused
from logistics.models import Campaign, PublishedFigure
from logistics.words import Purpose, Qualifier
from tests import factories
from tests.logistics.refusing import changes_nothing, refused

pytestmark = pytest.mark.django_db

OPENS, CLOSES = date(2030, 12, 1), date(2030, 12, 20)


@pytest.fixture
def coordinator():
    return factories.make_user(permissions.COORDINATOR)


def test_a_campaign_is_added_edited_and_marked(coordinator):
    campaign = campaigns.add_campaign("w-2030", name=" Winter ", by=coordinator)
    assert (campaign.name, campaign.is_constructed) == ("Winter", False)

    told = {"name": "Winter 2030", "opens": OPENS, "closes": CLOSES, "bundle_limit": 50, "by": coordinator}
    campaigns.edit_campaign(campaign, **told)
    changes_nothing(campaigns.edit_campaign, campaign, **told)
    campaigns.mark_constructed(campaign, by=coordinator)
    changes_nothing(campaigns.mark_constructed, campaign, by=coordinator)

    wanted = {"name": "Winter 2030", "opens": OPENS, "closes": CLOSES, "bundle_limit": 50, "is_constructed": True}
    assert Campaign.objects.filter(slug="w-2030").values(*wanted).get() == wanted


@pytest.mark.parametrize("role", ["", "mailroom", "translator", "case_worker", "case_team", "auditor"])
def test_others_do_not_touch_campaigns(role):
    campaign = factories.make_campaign()
    by = factories.make_user(role, hub=factories.make_hub() if role == "mailroom" else None)

    refused("not_permitted", campaigns.add_campaign, "w", name="W", by=by)
    refused("not_permitted", campaigns.edit_campaign, campaign, name="W", opens=None, closes=None, by=by)
    refused("not_permitted", campaigns.mark_constructed, campaign, by=by)
    refused("not_permitted", campaigns.record_figure, year=2030, count=1, by=by)


def test_a_campaign_that_cannot_be_is_refused(coordinator):
    campaign = campaigns.add_campaign("w-2030", name="W", by=coordinator)

    refused("slug_taken", campaigns.add_campaign, "W-2030", name="W", by=coordinator)
    for slug in ("", "two words", "é", "-w", "a/b", "x" * 61, "w\n"):
        refused("bad_slug", campaigns.add_campaign, slug, name="W", by=coordinator)
    for name in ("", " ", "x" * 201, "a\0b"):
        refused("bad_campaign", campaigns.add_campaign, "w", name=name, by=coordinator)
    late = {"opens": CLOSES, "closes": OPENS}
    refused("closes_before_it_opens", campaigns.add_campaign, "w", name="W", by=coordinator, **late)
    refused("closes_before_it_opens", campaigns.edit_campaign, campaign, name="W", by=coordinator, **late)
    refused(
        "bad_campaign", campaigns.edit_campaign, campaign, name="W", opens=None, closes=None, bundle_limit=0, by=coordinator
    )
    refused(
        "unknown_campaign", campaigns.edit_campaign, Campaign(pk=0), name="W", opens=None, closes=None, by=coordinator
    )


def test_a_figure_that_has_changed_stands_beside_the_old_one(coordinator):
    case = factories.make_case()
    told = {"case": case, "campaign": case.campaign, "purpose": Purpose.APPEAL, "by": coordinator}
    old, is_new = campaigns.record_figure(count=90_000, qualifier=Qualifier.ALMOST, as_of=OPENS, **told)
    assert is_new

    assert changes_nothing(
        campaigns.record_figure, count=90_000, qualifier=Qualifier.ALMOST, as_of=OPENS, as_of_precision="day", **told
    ) == (old, False)
    campaigns.record_figure(count=253_000, as_of=CLOSES, **told)

    assert list(case.figures.values_list("count", "qualifier")) == [(90_000, "almost"), (253_000, "")]


def test_a_total_is_one_figure_in_the_files_of_all_campaigns(coordinator):
    """The totals of all years stand in each campaign's files; a total is of the campaign whose year it is."""
    campaign, other = factories.make_campaign(), factories.make_campaign()
    told = {"year": 2030, "count": 5_912_000, "qualifier": Qualifier.AT_LEAST, "source": "a report", "by": coordinator}
    first, _ = campaigns.record_figure(**told)

    campaigns.record_figure(campaign=campaign, **told)

    changes_nothing(campaigns.record_figure, **told)
    changes_nothing(campaigns.record_figure, campaign=campaign, **told)
    assert PublishedFigure.objects.get() == first
    assert PublishedFigure.objects.get().campaign == campaign
    assert campaigns.record_figure(campaign=other, **told)[1]


@pytest.mark.parametrize(
    ("code", "figure"),
    [
        ("of_nothing", {"count": 1}),
        ("bad_year", {"year": 13}),
        ("bad_figure", {"year": 2030, "count": -1}),
        ("bad_figure", {"year": 2030, "qualifier": "roughly"}),
        ("bad_figure", {"year": 2030, "purpose": "party"}),
        ("bad_figure", {"year": 2030, "source": "x" * 301}),
        ("bad_figure", {"year": 2030, "source": "a\0b"}),
    ],
)
def test_a_figure_that_cannot_be_is_refused(code, figure, coordinator):
    refused(code, campaigns.record_figure, by=coordinator, **figure)


@pytest.mark.parametrize(
    ("written", "tag"), [("tr", "tr"), ("PT-br", "pt-BR"), ("zh_hant", "zh-Hant"), ("tzo", "tzo"), ("kmr", "kmr")]
)
def test_a_language_is_written_as_its_tag(written, tag):
    assert language_tag(written) == tag
    refuse_unknown_language(tag)


@pytest.mark.parametrize("wrong", ["", "english", "xx", "eng", "e", "und", "tr-", "tr-Turkey!", "a b"])
def test_what_is_no_language_is_refused(wrong):
    with pytest.raises(Refused) as refusal:
        language_tag(wrong)
    assert refusal.value.code == "unknown_language"


@pytest.mark.parametrize(("wrong", "hint"), [("UK", "GB"), ("no", "NO"), ("EU", "ISO 3166-1"), ("ZZ", ""), ("", "")])
def test_what_is_no_country_is_refused_with_what_is_meant(wrong, hint):
    with pytest.raises(Refused) as refusal:
        refuse_unknown_country(wrong)
    assert refusal.value.code == "unknown_country"
    assert hint in refusal.value.sentence
