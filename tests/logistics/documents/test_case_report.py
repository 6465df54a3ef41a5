"""The case report: every figure of one case on paper, for its case team, under a number that tells nothing."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client

from logistics import codes
from logistics.actions import confirming, delivering
from logistics.actions.delivering import Outcome
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.following import Part
from logistics.actions.reversing import reverse
from logistics.documents.case_report import case_report
from logistics.documents.case_report_kind import CaseReports
from logistics.documents.page import PAPERS
from logistics.errors import Refused
from logistics.models import Act, AuditRow, Bundle, Case, Delivery
from logistics.queries.case_report import case_report as facts_of
from logistics.queries.case_report import joined
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.documents.reading import missing_glyphs, page_count, page_texts, paper, reader, text
from tests.world import DAY, World, everything

SIZES = {"a4": (210, 297), "letter": (216, 279)}


@pytest.fixture
def world(db) -> World:
    """60 handed over, 8 refused, 5 missing, 10 still here."""
    world = World(public_name="Somebody", country="TR", languages=["tr", "en"])
    first, second, third = (world.ready(pieces) for pieces in (60, 28, 5))
    world.ready(10)
    shipment, bag = world.send(first, second, third)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(first), Part(second)], by=world.worker)
    outcomes = [Outcome(first, "in_person"), Outcome(second, "institution", 20), Outcome(second, "refused", 8)]
    act = world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="self", by=world.worker)
    confirming.issue(world.case, deliveries=[Delivery.objects.get(acts=act)], key=uuid4(), day=DAY, by=world.team)
    world.case.refresh_from_db()
    return world


@pytest.mark.parametrize("name", PAPERS)
def test_every_figure_of_the_case_stands_on_it(world, name, caplog):
    facts = facts_of(world.case)
    made = case_report(facts, paper=name)
    said = text(made)
    assert paper(made) == SIZES[name]
    for words in (
        "Case report: Somebody", world.campaign.name, world.case.code, "Türkiye", "Counted 103", "Delivered 60", "Not confirmed 20",
        "Handed over in person 60", "Left with an institution 20", "Refused 8", "Counted in the mailroom 103", "In transit 5",
        "A bundle is missing", "Norway 103", codes.grouped(facts.deliveries[0].number), codes.grouped(facts.confirmations[0].number),
        "For the case team only", codes.grouped(facts.number),
    ):  # fmt: skip
        assert words in said, words
    assert sum(facts.figures["places"][kind] for kind in ("in_person", "institution", "refused", "transit", "mailroom")) == 103
    assert [f"Page {at} of {page_count(made)}" in each for at, each in enumerate(page_texts(made), 1)] == [True] * page_count(made)
    assert missing_glyphs(caplog) == []


def test_a_fact_of_the_situation_is_as_precise_as_it_was_told(world):
    for day, precision in ((date(2013, 6, 1), "month"), (date(2012, 1, 1), "year"), (date(2014, 1, 14), "day")):
        world.case.situations.create(day=day, precision=precision, what="injured", note="a marker", recorded_by=world.team)
    said = text(case_report(facts_of(world.case)))
    assert "14 January 2014 Injured June 2013 Injured 2012 Injured" in said
    assert "a marker" not in said


def test_its_number_names_nobody_and_changes_with_what_it_says(world):
    facts = facts_of(world.case)
    assert codes.LENGTH == len(facts.number) and facts.number[0] == "R"
    assert not codes.is_valid(facts.number)
    assert facts_of(world.case).number == facts.number != replace(facts, people=2).number
    assert dict(reader(case_report(facts)).metadata) == {"/Title": facts.number}
    assert case_report(facts) == case_report(facts)


def test_countries_with_few_pieces_are_told_together():
    assert joined([("NO", 50), ("DE", 12), ("TR", 9), ("FR", 1)]) == (("NO", 50), ("DE", 12), ("", 10))
    assert joined([("NO", 50), ("DE", 12), ("TR", 9)]) == (("NO", 50), ("", 21))
    assert joined([("NO", 50), ("DE", 12)]) == (("NO", 50), ("DE", 12))
    assert joined([("TR", 9)]) == (("", 9),)
    assert joined([]) == ()


def test_only_the_case_team_has_it(world):
    address, code = f"/cases/{world.campaign.slug}/{world.case.code}/report/", f"{world.campaign.slug}/{world.case.code}"
    other = factories.make_user("case_team", cases=[factories.make_case()])
    for user in (world.volunteer, world.worker, world.translator, world.coordinator, world.auditor, other):
        client = Client()
        client.force_login(user)
        assert client.get(address).status_code == 404
        assert code not in CaseReports().codes(user)
        with pytest.raises(Refused) as refusal:
            CaseReports().render(code, user, "a4", None)
        assert refusal.value.code in ("unknown_case", "not_permitted")
    before = everything()
    client = Client()
    client.force_login(world.team)
    assert f'href="{address}"' in client.get(f"/cases/{world.campaign.slug}/{world.case.code}/").content.decode()
    answer = client.get(address, {"paper": "letter"})
    assert answer["Content-Disposition"] == f'inline; filename="{facts_of(world.case).number}.pdf"'
    assert paper(answer.content) == SIZES["letter"]
    row = AuditRow.objects.latest("pk")
    assert (row.by, row.what, row.subject) == (world.team, "document_printed", code)
    assert everything() == before


@pytest.mark.parametrize("people", [1, None])
def test_a_case_without_anything_has_a_report_too(db, people):
    case = factories.make_case()
    Case.objects.filter(pk=case.pk).update(people=people)
    case.refresh_from_db()
    said = text(case_report(facts_of(case)))
    assert "Nothing is counted yet." in said and said.count("None") == 3


def test_it_is_in_english_alone(world):
    code = f"{world.campaign.slug}/{world.case.code}"
    assert CaseReports().languages(code, world.team) == ["en"]
    with pytest.raises(Refused) as refusal:
        CaseReports().render(code, world.team, "a4", "tr")
    assert refusal.value.code == "unknown_language"


def test_what_differs_in_a_batch_is_named_by_its_code(world):
    batch = Bundle.objects.filter(case=world.case).first().batch
    open_discrepancy("shortage", case=world.case, batch=batch, expected=120, found=103)
    assert codes.grouped(batch.label.code) in text(case_report(facts_of(world.case)))


def test_a_delivery_says_what_went_another_way_and_that_it_was_taken_back(world):
    assert "Left with an institution: 20 · Refused: 8" in text(case_report(facts_of(world.case)))
    world.tell(reverse, Act.objects.get(kind="handed"), reason="told_by_mistake", by=world.worker)
    said = text(case_report(facts_of(world.case)))
    assert "taken back" in said and "Refused: 8" not in said
