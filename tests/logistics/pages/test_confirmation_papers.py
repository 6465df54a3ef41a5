"""The papers of a confirmation: in which languages they are offered and handed out, and to whom."""

import re

import pytest

from logistics.models import AuditRow, Confirmation
from logistics.views.confirmations import letters
from tests import factories
from tests.logistics.documents.reading import paper, text
from tests.logistics.pages.coordinating import client_of
from tests.logistics.pages.test_deliveries import delivered, issue
from tests.world import World

pytestmark = pytest.mark.django_db


def confirmed() -> tuple[World, str]:
    """A confirmation that holds, and its number."""
    world, _bundle, delivery = delivered()
    issue(world, delivery)
    return world, Confirmation.objects.get().number


@pytest.mark.parametrize(("asked", "title"), [("", "Teslim belgesi"), ("?language=fr&paper=letter", "Attestation de remise")])
def test_the_paper_is_in_what_they_read_unless_another_language_is_chosen(asked, title):
    world, number = confirmed()
    world.case.languages = ["ku", "tr", "en"]
    world.case.save()
    made = client_of(world.team).get(f"/confirmations/{number}/paper/{asked}").content
    assert title in text(made)
    assert paper(made) == ((216, 279) if "letter" in asked else (210, 297))


def test_the_languages_are_offered_what_they_read_first():
    world, number = confirmed()
    world.case.languages = ["km"]
    world.case.save()
    shown = client_of(world.team).get(f"/confirmations/{number}/").content.decode()
    offered = [tag for tag in re.findall(r'<option value="([a-z]{2})">', shown)]
    assert offered == ["km", "en", "fr", "es", "ar", "ru", "tr"] * 2
    assert "Khmer · ខ្មែរ" in shown and "Arabic · العربية" in shown and "<option value=\"en\">English</option>" in shown


def test_there_is_no_paper_in_a_language_that_there_is_not():
    world, number = confirmed()
    assert client_of(world.team).get(f"/confirmations/{number}/paper/?language=de").status_code == 404


def test_the_letter_to_be_read_is_on_the_page_and_printing_it_is_written_down():
    world, number = confirmed()
    client = client_of(world.team)
    assert f'href="/confirmations/{number}/letter/"' in client.get(f"/confirmations/{number}/").content.decode()
    response = client.get(f"/confirmations/{number}/letter/?language=en")
    assert "This is what has come for you" in text(response.content)
    assert response["Content-Disposition"] == f'inline; filename="{number}.pdf"'
    assert AuditRow.objects.filter(what="document_printed", subject=number).count() == 1
    other = factories.make_case(world.campaign)
    assert client_of(factories.make_user("case_team", cases=[other])).get(f"/confirmations/{number}/letter/").status_code == 404


def test_the_page_of_the_case_leads_those_who_may_read_it_out_to_the_letter():
    world, number = confirmed()
    page, letter = f"/cases/{world.campaign.slug}/{world.case.code}/", f'href="/confirmations/{number}/letter/"'
    for user in (world.team, world.worker):
        assert letter in client_of(user).get(page).content.decode()
        assert client_of(user).get(letter[6:-1]).status_code == 200
    for user in (world.translator, world.coordinator, world.auditor):
        assert "/letter/" not in client_of(user).get(page).content.decode()
        assert client_of(user).get(letter[6:-1]).status_code == 404
    found = Confirmation.objects.get()
    found.is_late = False
    assert letters(found, ["tr"], 40) and not letters(found, ["tr"], 0)
    found.is_late = True
    assert not letters(found, ["tr"], 40), "not what is out of date"
    found.is_late = False
    found.purpose = "appeal"
    assert not letters(found, ["tr"], 40)
