"""Issuing, replacing and printing confirmations."""

from uuid import uuid4

import pytest

from logistics.actions.following import Part, raise_evidence
from logistics.actions.reversing import reverse
from logistics.models import Act, AuditRow, Confirmation
from tests import factories
from tests.logistics.pages.coordinating import client_of, text_of
from tests.logistics.pages.test_deliveries import delivered, issue
from tests.world import DAY, World, everything

pytestmark = pytest.mark.django_db


def test_a_confirmation_is_issued_once_however_often_it_is_sent():
    world, _bundle, delivery = delivered()
    key = str(uuid4())
    for _ in range(2):
        response = issue(world, delivery, key=key)
        assert response["Location"] == f"/confirmations/{Confirmation.objects.get().number}/"
    assert "<strong>40</strong> pieces delivered" in text_of(client_of(world.worker).get(response["Location"]))


def test_a_refused_confirmation_keeps_what_was_typed():
    world, _bundle, delivery = delivered()
    before = everything()
    response = issue(world, delivery, purpose="appeal")
    assert "Nothing of that purpose" in text_of(response) and '"appeal" selected' in text_of(response)
    assert everything() == before and not Confirmation.objects.exists()


def test_strangers_do_not_see_it_and_a_case_worker_does_not_issue():
    world, _bundle, delivery = delivered()
    issue(world, delivery)
    number = Confirmation.objects.get().number
    stranger = factories.make_user("case_team", cases=[factories.make_case()])
    for rest in ("", "paper/", "replace/"):
        for other in (stranger, world.translator, world.volunteer):
            assert client_of(other).get(f"/confirmations/{number}/{rest}").status_code == 404
    assert client_of(world.worker).get(f"/confirmations/{number}/replace/").status_code == 404
    assert number[:4] not in text_of(client_of(stranger).get("/confirmations/"))


def test_what_is_out_of_date_says_so_and_is_replaced_by_number():
    world, bundle, delivery = delivered()
    issue(world, delivery)
    first, client = Confirmation.objects.get(), client_of(world.team)
    told = {"parts": [Part(bundle)], "start": "close", "end": "acknowledged", "key": uuid4(), "day": DAY}
    raise_evidence(delivery, by=world.worker, **told)
    late = text_of(client.get(f"/confirmations/{first.number}/"))
    assert "It is out of date: replace it" in late and "Better evidence came" in late
    assert "Out of date" in late.partition('class="next')[0]  # what is next is not printed; this is
    worker = text_of(client_of(world.worker).get(f"/confirmations/{first.number}/"))
    assert "Out of date" in worker and "replace/" not in worker
    assert "confirmation is out of date" in text_of(client.get("/"))
    typed = {"key": str(uuid4()), "day": DAY.isoformat(), "deliveries": [delivery.number], "purpose": "solidarity"}
    client.post(f"/confirmations/{first.number}/replace/", typed)
    later = Confirmation.objects.get(replaces=first)
    assert f"/confirmations/{later.number}/" in text_of(client.get(f"/confirmations/{first.number}/"))
    assert "Nothing here fits" in text_of(client.get("/confirmations/?state=late"))


def test_where_all_that_it_names_was_taken_back_it_says_what_to_do():
    world, _bundle, delivery = delivered()
    issue(world, delivery)
    first, client = Confirmation.objects.get(), client_of(world.team)
    world.tell(reverse, Act.objects.get(kind="handed"), reason="told_by_mistake", by=world.worker)
    assert "When the right delivery is recorded, replace it here." in text_of(client.get(f"/confirmations/{first.number}/replace/"))
    assert "One that was corrected is replaced" in text_of(client.get(f"/cases/{world.campaign.slug}/{world.case.code}/confirm/"))


def test_the_paper_is_a_pdf_and_printing_it_is_written_down():
    world, _bundle, delivery = delivered()
    issue(world, delivery)
    number = Confirmation.objects.get().number
    response = client_of(world.team).get(f"/confirmations/{number}/paper/")
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF")
    assert AuditRow.objects.filter(what="document_printed", subject=number, by=world.team).count() == 1


def test_without_a_confirmation_the_list_says_what_to_do():
    assert "No confirmation has been issued yet." in text_of(client_of(World().team).get("/confirmations/"))


def test_what_stands_in_one_that_holds_is_not_offered_again():
    world, _bundle, delivery = delivered()
    address, client = f"/cases/{world.campaign.slug}/{world.case.code}/confirm/", client_of(world.team)
    offered = text_of(client.get(address))
    assert f'value="{delivery.number}"' in offered and "40 pieces" in offered and "checked" in offered
    issue(world, delivery)
    told = text_of(client.get(address))
    assert delivery.number not in told and "No delivery of this case waits to be confirmed" in told and "<button class=\"button primary\">" not in told
    replacing = text_of(client.get(f"/confirmations/{Confirmation.objects.get().number}/replace/"))
    assert f'value="{delivery.number}"' in replacing


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_and_the_form_ask_as_often_for_thirty_as_for_one(number, django_assert_num_queries):
    world, _bundle, delivery = delivered()
    issue(world, delivery)
    first = Confirmation.objects.get()
    for _ in range(number - 1):
        copy = Confirmation.objects.get(pk=first.pk)
        copy.pk, copy.number, copy.key = None, f"C{uuid4().hex[:11]}", uuid4()
        copy.save()
        copy.deliveries.set([delivery])
    client = client_of(world.team)
    with django_assert_num_queries(7):
        client.get("/confirmations/")
    with django_assert_num_queries(9):
        client.get(f"/cases/{world.campaign.slug}/{world.case.code}/confirm/")
    with django_assert_num_queries(7):
        client.get(f"/confirmations/{first.number}/")
