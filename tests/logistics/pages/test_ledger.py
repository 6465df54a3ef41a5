"""The auditor's pages: what happened as sentences, one act, and the audit trail; nothing is written."""

import re
from datetime import date
from uuid import uuid4

import pytest

from logistics import codes
from logistics.actions import campaigns, collecting, screening
from logistics.actions.collecting import Event
from logistics.models import Act, AuditRow, Discrepancy, User
from logistics.steps import Step
from logistics.views.handles import handle
from logistics.views.sentences import sentence
from tests import factories
from tests.logistics.checking.test_every_step import Everything
from tests.logistics.pages.coordinating import client_of, text_of
from tests.world import World, everything

pytestmark = pytest.mark.django_db


def test_only_auditors_have_these_pages_and_nothing_can_be_sent_there():
    world = World()
    world.count(5)
    for address in ("/ledger/", "/audit/", f"/acts/{Act.objects.get().key}/"):
        assert client_of(world.auditor).get(address).status_code == 200, address
        before = everything()
        assert client_of(world.auditor).post(address, {}).status_code == 405
        for user in (world.volunteer, world.team, world.worker, world.translator, world.coordinator, factories.make_user()):
            assert client_of(user).get(address).status_code == 404, address
        assert everything() == before


def test_without_an_act_the_lists_say_what_makes_one_appear():
    client = client_of(factories.make_user("auditor"))
    assert "Acts appear as people tell what they have done." in text_of(client.get("/ledger/"))
    assert "No row fits." in text_of(client.get("/audit/"))


def test_an_act_is_a_sentence():
    world = World()
    bundle = world.count(5)
    code = bundle.label.code
    said = f"{world.volunteer.code or '–'} counted bundle {code[:4]} {code[4:8]} {code[8:]}: 5 pieces from outside to the mailroom ({world.hub.code})."
    client = client_of(world.auditor)
    assert said in text_of(client.get("/ledger/"))
    assert said in text_of(client.get(f"/acts/{Act.objects.get().key}/"))


def test_acts_are_found_by_kind_day_bundle_and_key():
    world = World()
    first, second = world.count(5), world.count(7)
    world.screen(second)
    client = client_of(world.auditor)

    def found(query: str) -> int:
        return client.get(f"/ledger/?{query}").context["list"].page.paginator.count

    assert found("") == 3
    assert found("kind=screened") == 1
    assert found("begin=2025-01-07") == 0 and found("begin=2025-01-06&end=2025-01-06") == 3
    assert found(f"about={first.label.code.lower()}") == 1 and found(f"about={second.label.code}") == 2
    assert found(f"about={Act.objects.first().key}") == 1


def test_acts_are_found_by_case_hub_and_person():
    world, other = World(), World()
    world.count(5)
    User.objects.filter(pk=world.volunteer.pk).update(code="PAAAAAA")
    client = client_of(world.auditor)

    def found(query: str) -> int:
        return client.get(f"/ledger/?{query}").context["list"].page.paginator.count

    assert found(f"hub={world.hub.code}") == 1 and found(f"hub={other.hub.code}") == 0
    assert found(f"case={handle('case', world.case.pk)}") == 1 and found(f"case={handle('case', other.case.pk)}") == 0
    assert found("q=paaaaaa") == 1 and found("q=PZZ") == 0


def test_every_kind_of_act_is_a_whole_sentence():
    Everything()
    told = {act.kind: sentence(act) for act in Act.objects.order_by("-pk")}
    assert set(told) == {step.value for step in Step}
    for said in told.values():
        assert said.endswith(".") and "  " not in said and " from  " not in said and " to ." not in said and "%(" not in said
        assert not re.search(r"\b1 pieces|\b1 bundles|\b(?:[2-9]|\d\d+) (?:piece|bundle)\b", said), said
    assert ": 10 pieces of B" in told["rebundled"] and " tied into B" in told["rebundled"] and "split 2 bundles" in told["rebundled"]
    assert "took back “Found” of 10 February 2025" in told["reversed"] and "because: told by mistake." in told["reversed"]
    assert "together with" in told["sealed"] and "(M" in told["sealed"]


def test_a_line_that_moves_nothing_has_no_empty_place():
    world = World()
    act = world.screen(world.count(5))
    told = text_of(client_of(world.auditor).get(f"/acts/{act.key}/"))
    assert '<td data-label="From">–</td><td data-label="To">–</td>' in told


def test_just_what_is_shown_is_exported():
    world = World()
    world.screen(world.count(5))
    told = client_of(world.auditor).get("/ledger/?kind=screened&as=csv")
    assert len(told.content.decode().strip().splitlines()) == 2


def test_the_audit_trail_is_filtered():
    auditor = factories.make_user("auditor")
    for what in ("document_printed", "person_added"):
        AuditRow.objects.create(by=auditor, what=what, subject=f"of {what}")
    client = client_of(auditor)
    assert "of person_added" in text_of(client.get("/audit/"))
    told = text_of(client.get("/audit/?what=document_printed"))
    assert "of document_printed" in told and "of person_added" not in told
    assert "No row fits" in text_of(client.get("/audit/?end=2001-01-01"))


def test_the_audit_trail_is_filtered_by_case_whatever_of_it_a_row_is_about():
    world, other = World(), World()
    bundle, foreign = world.count(5), other.count(5)
    name = f"{world.campaign.slug}/{world.case.code}"
    open_one = Discrepancy.objects.create(kind="count", bundle=bundle)
    about = [name, f"{name}/3.1", f"PAAAAAA {name}", bundle.label.code, codes.handle("discrepancy", open_one.pk)]
    beside = [f"{name}X", f"{name}X/3.1", f"PAAAAAA x{name}", foreign.label.code, world.campaign.slug, ""]
    rows = [AuditRow.objects.create(by=world.auditor, what="case_edited", subject=subject) for subject in (*about, *beside)]
    page = client_of(world.auditor).get(f"/audit/?what=case_edited&case={handle('case', world.case.pk)}").context["list"].page
    assert {row.pk for row in page} == {row.pk for row in rows[: len(about)]}
    assert client_of(world.auditor).get("/audit/?case=nonsense").context["list"].page.paginator.count == AuditRow.objects.count()


def test_the_audit_trail_names_no_row_of_a_table():
    world = World()
    collection = collecting.add_nil_return(world.campaign, Event(country="NO"), by=world.coordinator)
    campaigns.record_figure(campaign=world.campaign, case=world.case, count=5, source="A paper", by=world.coordinator)
    campaigns.record_figure(year=2013, count=5, source="A paper", by=world.coordinator)
    of_figures = [f"{world.campaign.slug}/{world.case.code}", "2013"]
    said = dict(AuditRow.objects.filter(what__in=["nil_return_added", "figure_recorded"]).values_list("subject", "what"))
    assert said == {f"{world.campaign.slug}/{handle('collection', collection.pk)}": "nil_return_added", **dict.fromkeys(of_figures, "figure_recorded")}


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_ask_as_often_for_one_as_for_thirty(number, django_assert_num_queries):
    world = World()
    for _ in range(number):
        world.count(2)
        AuditRow.objects.create(by=world.auditor, what="person_added", subject="x")
        AuditRow.objects.create(by=world.auditor, what="case_edited", subject=f"{world.campaign.slug}/{world.case.code}")
    client = client_of(world.auditor)
    with django_assert_num_queries(9):
        client.get("/ledger/")
    with django_assert_num_queries(8):
        client.get("/audit/")
    with django_assert_num_queries(10):
        client.get(f"/audit/?case={handle('case', world.case.pk)}")


def test_a_sentence_says_once_what_became_of_the_pieces():
    world = World()
    bundle = world.count(60)
    screening.withhold(bundle, pieces=3, before=60, reason="could_harm", hub=world.hub, day=date(2025, 2, 1), key=uuid4(), by=world.volunteer)
    told = sentence(Act.objects.get(kind=Step.WITHHELD))
    assert f"withheld pieces of bundle {codes.grouped(bundle.label.code)}: 3 pieces from the mailroom ({world.hub.code})" in told
    assert "withheld of" not in told and "to what is withheld" not in told
