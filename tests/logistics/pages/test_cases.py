"""The pages of a case: what it shows, what a case team decides, and for whom it is not there."""

import pytest

from logistics import codes
from logistics.models import Assignment, Case, Consent, ConsentWaiver, Flag, PublishedFigure, Rule, Situation
from logistics.views.handles import handle
from tests import factories
from tests.logistics.pages.coordinating import client_of, sent, text_of
from tests.world import World, everything

pytestmark = pytest.mark.django_db

PLACES = ["", "about/"]
FORMS = [
    "edit/", "names/", "pause/", "close/", "resume/", "consents/record/", "consents/take-back/", "consents/waive/", "waiver/end/",
    "rules/add/", "situations/record/", "flags/", "confirm/",
]  # fmt: skip


def at(case: Case, rest: str = "") -> str:
    return f"/cases/{case.campaign.slug}/{case.code}/{rest}"


@pytest.mark.parametrize("rest", [*PLACES, *FORMS])
def test_the_case_team_opens_it_and_strangers_do_not(rest):
    world = World()
    stranger = factories.make_user("case_team", cases=[factories.make_case()])
    assert client_of(world.team).get(at(world.case, rest)).status_code == 200
    for other in (stranger, world.volunteer):
        assert client_of(other).get(at(world.case, rest)).status_code == 404
    if rest in FORMS:
        assert client_of(world.worker).get(at(world.case, rest)).status_code == 404


def test_one_line_says_what_is_true():
    world = World()
    world.count(88)
    told = text_of(client_of(world.team).get(at(world.case)))
    assert "88 declared · 88 counted · <strong>0 delivered</strong> · 88 on their way" in told
    assert 'class="part in-mailroom"' in told and "Counted blind" in told


def test_a_translator_sees_rules_but_no_figure_and_no_consent():
    world = World()
    world.count(88)
    client = client_of(world.translator)
    told = text_of(client.get(at(world.case)))
    assert "88 declared" not in told and "88 counted" not in told and "Where the counted pieces are" not in told
    assert "Consents" not in text_of(client.get(at(world.case, "about/")))


@pytest.mark.parametrize("who", ["coordinator", "auditor"])
def test_whoever_sees_figures_of_all_cases_does_not_see_their_rules(who):
    world = World()
    client = client_of(getattr(world, who))
    assert at(world.case, "about/") not in text_of(client.get(at(world.case)))
    assert client.get(at(world.case, "about/")).status_code == 404


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    user = factories.make_user("case_team")
    for _ in range(number):
        Assignment.objects.create(user=user, case=factories.make_case(), given_by=user)
    client = client_of(user)
    with django_assert_num_queries(7):
        assert client.get("/cases/").status_code == 200


def test_a_case_asks_at_most_twelve_times(django_assert_max_num_queries):
    world = World()
    for _ in range(3):
        world.count(5)
    client = client_of(world.team)
    for rest in PLACES:
        with django_assert_max_num_queries(12):
            client.get(at(world.case, rest))


def test_without_a_case_the_list_says_what_to_do():
    assert "No case is open to you yet." in text_of(client_of(factories.make_user("case_team")).get("/cases/"))


def test_a_case_is_added_once_however_often_it_is_sent():
    world = World()
    typed = sent(code="NEW.1", kind="person", translation_policy="required", names="One name\nAnother", languages="tr, ku", country="TR")
    client = client_of(world.team)
    for _ in range(2):
        response = client.post(f"/campaigns/{world.campaign.slug}/cases/add/", typed)
        assert response["Location"] == f"/cases/{world.campaign.slug}/NEW.1/about/"
    case = Case.objects.get(code="NEW.1")
    assert (case.languages, case.country, case.names.count()) == (["tr", "ku"], "TR", 2)


def test_a_coordinator_who_adds_a_case_is_led_to_the_people_who_can_be_assigned():
    world = World()
    typed = sent(code="C-01", kind="person", translation_policy="required")
    client = client_of(world.coordinator)
    response = client.post(f"/campaigns/{world.campaign.slug}/cases/add/", typed, follow=True)
    assert response.redirect_chain == [("/people/", 302)] and response.status_code == 200
    seen = f"/cases/{world.campaign.slug}/C-01/"
    assert 'Case C-01 is added.' in text_of(response) and f'href="{seen}"' in text_of(response)
    assert client.get(seen).status_code == 200


def test_a_refused_edit_keeps_what_was_typed():
    world = World()
    typed = {"kind": "person", "translation_policy": "required", "people": "5", "public_name": "Typed name"}
    before = everything(), Case.objects.get(pk=world.case.pk).public_name
    response = client_of(world.team).post(at(world.case, "edit/"), typed)
    assert 'value="Typed name"' in text_of(response) and 'role="alert"' in text_of(response)
    assert (everything(), Case.objects.get(pk=world.case.pk).public_name) == before


def test_a_case_is_paused_resumed_and_closed():
    world = World()
    client = client_of(world.team)
    for change, status in (("pause/", "paused"), ("resume/", "active"), ("close/", "closed")):
        assert client.post(at(world.case, change)).status_code == 302
        assert Case.objects.get(pk=world.case.pk).status == status
    assert "closed" in text_of(client.post(at(world.case, "pause/")))


def test_consents_are_recorded_taken_back_and_waived():
    world = World(consent=False)
    client = client_of(world.team)
    typed = {"recipient": "1", "purpose": "receive", "day": "2025-01-02"}
    for _ in range(2):
        assert client.post(at(world.case, "consents/record/"), typed).status_code == 302
    assert Consent.objects.filter(taken_back_on=None).count() == 1
    client.post(at(world.case, "consents/take-back/"), typed)
    assert not Consent.objects.filter(taken_back_on=None).exists()
    client.post(at(world.case, "consents/waive/"), {"reason": "Nobody can be asked.", "day": "2025-01-02"})
    assert "Nobody can be asked." in text_of(client.get(at(world.case, "about/")))
    client.post(at(world.case, "waiver/end/"))
    assert ConsentWaiver.objects.get().ended_at is not None


def test_a_rule_has_versions_and_an_end():
    world = World()
    client = client_of(world.team)
    typed = {"subject": "letter", "force": "forbidden", "text": "No money"}
    client.post(at(world.case, "rules/add/"), typed)
    client.post(at(world.case, "rules/1/change/"), typed | {"text": "No money, no stamps"})
    client.post(at(world.case, "rules/1/end/"), {"day": "2025-01-02"})
    assert list(Rule.objects.order_by("version").values_list("version", flat=True)) == [1, 2, 3]
    told = text_of(client.get(at(world.case, "about/")))
    assert "No money, no stamps" in told and "until 2 January 2025" in told


def test_a_situation_flags_what_is_on_its_way_until_it_is_decided():
    world = World()
    world.count(12)
    client = client_of(world.team)
    client.post(at(world.case, "situations/record/"), {"what": "moved", "day": "2025-01-06", "precision": "day"})
    assert Situation.objects.get().what == "moved"
    assert "Decide on 1 bundle" in text_of(client.get(at(world.case)))
    assert "bundle to decide on" in text_of(client.get("/"))
    flag = Flag.objects.get()
    response = client.post(at(world.case, "flags/"), {"bundles": [handle("flag", flag.pk)], "decision": ""})
    assert response.status_code == 200 and not Flag.objects.get().decision
    client.post(at(world.case, "flags/"), {"bundles": [handle("flag", flag.pk)], "decision": "go_on"})
    assert Flag.objects.get().decision == "go_on"


def test_a_case_team_without_a_case_finds_where_to_add_the_first_one():
    campaign, team = factories.make_campaign(), client_of(factories.make_user("case_team"))
    assert team.get("/case/add/")["Location"] == f"/campaigns/{campaign.slug}/cases/add/"
    factories.make_campaign()
    assert "/case/add/" in text_of(team.get("/cases/"))
    add = f"/campaigns/{campaign.slug}/cases/add/"
    assert add in text_of(team.get("/case/add/"))

    about = sent(code="A1", kind="person", translation_policy="required")
    assert team.post(add, about).status_code == 302
    assert Case.objects.filter(campaign=campaign, code="A1").count() == 1
    assert "/case/add/" not in text_of(client_of(World().translator).get("/cases/"))


def test_names_are_taken_away_and_others_stay():
    world = World(names=["Mr One", "One Mr", "Three"])
    client, typed = client_of(world.team), {"names": ["Mr One", "Three"]}
    assert "Also goes by" in text_of(client.get(at(world.case, "about/"))) and "One Mr" in text_of(client.get(at(world.case, "names/")))
    assert client.post(at(world.case, "names/"), {}).status_code == 200
    for status in (302, 200):
        assert client.post(at(world.case, "names/"), typed).status_code == status
        assert list(world.case.names.values_list("name", flat=True)) == ["One Mr"]


def test_consents_rules_and_public_figures_keep_their_history():
    world = World()
    client = client_of(world.team)
    assert "<strong>1</strong> of 1 recipient has agreed" in text_of(client.get(at(world.case, "about/")))
    client.post(at(world.case, "consents/take-back/"), {"recipient": "1", "purpose": "receive", "day": "2030-02-02"})
    typed = {"subject": "letter", "force": "forbidden", "text": "No money"}
    client.post(at(world.case, "rules/add/"), typed)
    client.post(at(world.case, "rules/1/change/"), typed | {"text": "No money, no stamps", "force": "required"})
    PublishedFigure.objects.create(case=world.case, count=4200, qualifier="more_than", what="letters", source="A report")
    page = " ".join(text_of(client.get(at(world.case, "about/"))).split())
    assert "1 earlier version" in page and "forbidden · No money" in page
    assert "more than <strong>4,200</strong> letters" in page and "A report" in page


def test_what_was_consented_to_before_stays_readable():
    world = World(consent=False)
    client = client_of(world.team)
    typed = {"recipient": "1", "purpose": "receive"}
    client.post(at(world.case, "consents/record/"), typed | {"day": "2025-01-02"})
    client.post(at(world.case, "consents/take-back/"), typed | {"day": "2025-01-03"})
    page = " ".join(text_of(client.get(at(world.case, "about/"))).split())
    assert "to receive mail, 2 January 2025 until taken back on 3 January 2025" in page
    assert "<strong>0</strong> of 1 recipient has agreed" in page


@pytest.mark.parametrize("number", [1, 30])
def test_what_is_known_of_a_case_asks_as_often_for_thirty_as_for_one(number, django_assert_num_queries):
    world = World(people=number, kind="group")
    for each in range(number):
        Rule.objects.create(
            case=world.case, number=each + 1, version=1, subject="letter", force="allowed", text="Cards", recorded_by=world.team
        )
    client = client_of(world.team)
    with django_assert_num_queries(12):
        client.get(at(world.case, "about/"))


def test_flags_name_where_the_bundle_is_and_are_decided_once():
    world = World()
    bundle = world.count(12)
    client, address = client_of(world.team), at(world.case, "flags/")
    assert "No bundle of this case waits" in text_of(client.get(address)) and '<button class="button primary">' not in text_of(client.get(address))
    client.post(at(world.case, "situations/record/"), {"what": "moved", "day": "2025-01-06", "precision": "day"})
    told = text_of(client.get(address))
    assert f"{codes.grouped(bundle.label.code)} · In the mailroom ({world.hub.name}): 12 · moved, 6 January 2025" in told
    typed = {"bundles": [handle("flag", Flag.objects.get().pk)], "decision": "hold"}
    client.post(address, typed)
    again = client.post(address, typed | {"decision": "go_on"})
    assert "has been decided already" in text_of(again) and Flag.objects.get().decision == "hold"


def test_adding_a_case_says_of_which_campaign_and_leads_back_where_one_may_look():
    world = World()
    page = f"/campaigns/{world.campaign.slug}/cases/add/"
    for user, back, words in ((world.coordinator, f"/campaigns/{world.campaign.slug}/", world.campaign.name), (world.team, "/cases/", "Cases")):
        told = text_of(client_of(user).get(page))
        assert f'<p class="trail"><a href="{back}">{words}</a></p>' in told and f"a case of {world.campaign.name}." in told
        assert client_of(user).get(back).status_code == 200
