"""A coordinator's pages of returns: sent, looked at, imported, taken back."""

from datetime import date
from pathlib import Path
from uuid import UUID, uuid4, uuid5

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format

from logistics.actions import receiving
from logistics.models import Collection, Return, Tally, User, Work
from logistics.middleware import MOST_BYTES
from logistics.views import uploads
from logistics.views.handles import handle
from tests import factories
from tests.logistics.pages.coordinating import client_of, coordinator, hidden_from_others, text_of

pytestmark = pytest.mark.django_db

HEAD = "Country,Event,Date,Case,Kind,Purpose,How many\n"
GOOD = HEAD + "Togo,Market,13/01/2014,AA,letters,solidarity,120\nBenin,School,14/01/2014,AA,cards,solidarity,30\n"
TWO_WAYS = HEAD + "Togo,Market,03/01/2014,AA,letters,solidarity,120\n"
BAD = HEAD + "Togo,Market,13/01/2014,AA,letters,solidarity,many\nBenin,School,14/01/2014,AA,cards,solidarity,30\n"


@pytest.fixture(autouse=True)
def campaign():
    campaign = factories.make_campaign("light")
    factories.make_case(campaign, "AA")
    return campaign


def send(client, *texts: str, follow: bool = True):
    files = [SimpleUploadedFile(f"return-{number}.csv", text.encode()) for number, text in enumerate(texts)]
    return client.post("/return/add/", {"campaign": "light", "files": files}, follow=follow)


def address_of(response) -> str:
    return response.redirect_chain[-1][0].partition("#")[0]


def files_kept(address: str) -> list[Path]:
    token = address.rstrip("/").rpartition("/")[2].replace("-", "")
    return [path for path in Path(settings.MEDIA_ROOT, "uploads", token).rglob("*") if path.is_file()]


def test_only_coordinators_have_these_pages(campaign):
    returned = Return.objects.create(campaign=campaign, file_name="a.csv", sha256="0" * 64, by=factories.make_user())
    here = f"/returns/{handle('return', returned.pk)}/"
    for address in ("/returns/", "/return/add/", here, f"{here}withdraw/"):
        assert coordinator().get(address).status_code == 200, address
        assert hidden_from_others(address), address


def test_without_a_return_the_list_says_what_to_do():
    assert "No return has been imported yet." in text_of(coordinator().get("/returns/"))


@pytest.mark.parametrize("number", [1, 30])
def test_the_list_asks_as_often_for_one_as_for_thirty(number, campaign, django_assert_num_queries):
    client, by = coordinator(), factories.make_user()
    for at in range(number):
        returned = Return.objects.create(campaign=campaign, file_name=f"{at}.csv", sha256=f"{at:064}", by=by)
        factories.make_collection(campaign, source=returned, lines=[([], "letter", "", 5)])
    with django_assert_num_queries(7):
        client.get("/returns/")


def test_a_preview_stores_nothing_and_shows_the_total_beside_the_sum():
    response = send(coordinator(), GOOD + "Total,,,,,,160\n")
    told = text_of(response)
    assert "<strong>2</strong> of 2 rows can be imported" in told
    assert 'class="number">160<' in told and 'class="number">150<' in told and "Fewer" in told
    assert not Return.objects.exists() and not Tally.objects.exists()


def test_a_file_is_imported_once_however_often_it_is_sent_and_its_copy_is_removed():
    client = coordinator()
    address = address_of(send(client, GOOD))
    assert len(files_kept(address)) == 2  # the file, and what it says
    for _ in range(2):
        told = text_of(client.post(f"{address}import/", follow=True))
        assert "2 rows are imported." in told and "Take it back" in told
    assert Return.objects.get().file_name == "return-0.csv"
    assert sorted(Tally.objects.values_list("count", flat=True)) == [30, 120]
    assert not files_kept(address)
    here = f"/returns/{handle('return', Return.objects.get().pk)}/"
    assert client.get(address)["Location"] == here, "back to the preview leads to what it became"
    assert client.post(f"{address}leave/")["Location"] == here
    assert coordinator().get(address).status_code == 404


def test_a_refused_row_says_why_and_nothing_of_its_file_is_imported():
    client = coordinator()
    response = send(client, BAD, GOOD)
    told = text_of(response)
    assert "“many” is no whole positive number." in told
    assert "This file is not imported" in told
    told = text_of(client.post(f"{address_of(response)}import/", follow=True))
    assert "Rows of this file are refused" in told and "2 rows are imported." in told
    assert [each.file_name for each in Return.objects.all()] == ["return-1.csv"]


def test_the_date_question_is_answered_by_a_choice():
    client = coordinator()
    response = send(client, TWO_WAYS)
    address = address_of(response)
    assert "3 January 2014 or 1 March 2014" in text_of(response)
    assert "One question first" in text_of(response) and "--date-order" not in text_of(response)
    assert "Answer the question" in text_of(client.post(f"{address}import/", follow=True))
    assert not Return.objects.exists()
    address = address_of(send(client, TWO_WAYS))
    assert "Choose one of the two." in text_of(client.post(f"{address}dates/", {"file": "0"}))
    assert address_of(client.post(f"{address}dates/", {"file": "0", "order": "mdy"}, follow=True)) == address
    client.post(f"{address}import/")
    assert str(Collection.objects.get().day) == "2014-03-01"


def test_what_was_told_already_is_said_so_and_not_counted_twice():
    client = coordinator()
    client.post(f"{address_of(send(client, GOOD))}import/")
    told = text_of(send(client, GOOD))
    day = date_format(timezone.localdate(), "j F Y")
    assert f"This very file was imported before, as return-0.csv on {day}. Take that return back first" in told
    assert f'href="/returns/{handle("return", Return.objects.get().pk)}/">See that return' in told
    told = text_of(send(client, HEAD + "Togo,Market,13/01/2014,AA,letters,solidarity,120\n"))
    assert "This is told already" in told
    assert Tally.objects.count() == 2


def test_a_file_with_refused_rows_is_told_as_one_story():
    """Not "answer one question and then it can be imported", when rows are refused; and one sum of the same rows."""
    rows = "Togo,Market,03/01/2014,AA,letters,solidarity,120\nTogo,Hall,04/01/2014,AA,letters,solidarity,many\n"
    told = text_of(send(coordinator(), HEAD + rows + "Togo,Fair,05/01/2014,ZZ,letters,solidarity,70\nTotal,,,,,,200\n"))
    assert "One question first" not in told and "How does this file write its dates?" not in told
    assert "2 rows of it are refused" in told and "to import add" not in told
    assert 'class="number">200<' in told and 'class="number">190<' in told and 'class="number">10<' in told


def test_the_total_that_a_file_states_stands_beside_the_sum_after_the_import():
    client = coordinator()
    address = address_of(client.post(f"{address_of(send(client, GOOD + 'Total,,,,,,160' + chr(10)))}import/", follow=True))
    told = text_of(client.get(address))
    assert 'class="number">160<' in told and 'class="number">150<' in told and "Fewer" in told
    assert Return.objects.get().stated == 160


@pytest.mark.parametrize(("state", "words"), [("running", "file is being imported"), ("done", "file is imported")])
def test_home_leads_to_an_import_that_goes_on(state, words):
    client = coordinator()
    token = UUID(address_of(send(client, GOOD)).rstrip("/").rpartition("/")[2])
    by = User.objects.get(pk=client.session["_auth_user_id"])
    work = Work.objects.create(key=uuid5(token, "import"), kind="import-returns", by=by, state=state)
    told = text_of(client.get("/"))
    assert words in told and f'href="/progress/{work.key}/"' in told and "waits to be imported" not in told


def test_a_row_that_is_told_already_can_be_said_to_be_another():
    client = coordinator()
    client.post(f"{address_of(send(client, GOOD))}import/")
    response = send(client, HEAD + "Togo,Market,13/01/2014,AA,letters,solidarity,120\n")
    address = address_of(response)
    assert "row 2 of return-0.csv (Market, 13 January 2014)" in text_of(response) and 'name="another" value="2"' in text_of(response)
    told = text_of(client.post(f"{address}dates/", {"file": "0", "another": "2"}, follow=True))
    assert "<strong>1</strong> of 1 row can be imported" in told and "This is taken for another." in told
    assert client.post(f"{address}dates/", {"file": "0", "another": "x"}).status_code == 200
    client.post(f"{address}import/")
    assert sorted(Tally.objects.values_list("count", flat=True)) == [30, 120, 120]


def test_a_preview_is_there_only_for_whoever_sent_it():
    mine, other = coordinator(), coordinator()
    address = address_of(send(mine, GOOD))
    assert mine.get(address).status_code == 200
    for each in (other.get(address), other.post(f"{address}import/"), other.post(f"{address}leave/")):
        assert each.status_code == 404
    assert client_of(factories.make_user("translator")).get(address).status_code == 404
    assert not Return.objects.exists()


def test_what_is_left_is_removed():
    client = coordinator()
    address = address_of(send(client, GOOD))
    assert "Nothing was imported" in text_of(client.post(f"{address}leave/", follow=True))
    again = client.get(address, follow=True)
    assert again.redirect_chain == [("/return/add/", 302)] and "These files were left" in text_of(again)
    assert coordinator().get(address).status_code == 404
    assert not files_kept(address) and not Return.objects.exists()


def test_too_much_is_refused_before_it_is_read():
    response = coordinator().post("/return/add/", b"", content_type="text/plain", CONTENT_LENGTH=MOST_BYTES + 1)
    assert response.status_code == 413
    assert "larger than 10 MB" in text_of(response)


def test_no_file_and_too_many_files_are_refused():
    client = coordinator()
    assert "Look at what is marked" in text_of(client.post("/return/add/", {"campaign": "light"}))
    assert "too many at once" in text_of(send(client, *[GOOD] * (uploads.MOST_FILES + 1)))


def test_a_form_without_its_token_is_refused():
    client = coordinator()
    client.handler.enforce_csrf_checks = True
    assert send(client, GOOD, follow=False).status_code == 403


def test_the_name_of_a_file_leads_nowhere():
    client = coordinator()
    file = SimpleUploadedFile("x", GOOD.encode())
    file._name = "../../etc/passwd.csv"
    response = client.post("/return/add/", {"campaign": "light", "files": [file]}, follow=True)
    assert response.status_code == 200
    assert sorted(path.name for path in files_kept(address_of(response))) == ["answers.json", "passwd.csv"]


def test_a_return_is_taken_back_and_may_come_again():
    client = coordinator()
    address = address_of(client.post(f"{address_of(send(client, GOOD))}import/", follow=True))
    assert "<strong>150</strong> messages" in text_of(client.get(address))
    assert "will count no more" in text_of(client.get(f"{address}withdraw/"))
    told = text_of(client.post(f"{address}withdraw/", follow=True))
    assert "Taken back: it counts no more." in told
    assert Collection.objects.filter(withdrawn_at=None).count() == 0
    assert "The return return-0.csv was taken back before." in text_of(client.post(f"{address}withdraw/"))
    client.post(f"{address_of(send(client, GOOD))}import/")
    assert Return.objects.filter(withdrawn_at=None).count() == 1


def test_a_return_of_which_mail_has_come_is_not_offered_to_be_taken_back(campaign):
    client, hub = coordinator(), factories.make_hub()
    told = client.post(f"{address_of(send(client, GOOD))}import/", follow=True)
    page = told.redirect_chain[-1][0]
    assert "withdraw/" in text_of(client.get(page))
    by = factories.make_user("mailroom", hub=hub)
    receiving.receive_batch(Collection.objects.first(), hub=hub, received_on=date(2025, 1, 6), key=uuid4(), by=by)
    told = text_of(client.get(page))
    assert "withdraw/" not in told and "Mail of it has come to a mailroom, so it stays." in told


def test_home_counts_the_files_that_wait_to_be_imported_and_leads_to_them():
    client, words = coordinator(), "wait to be imported"
    assert words not in text_of(client.get("/"))
    address = address_of(send(client, GOOD, TWO_WAYS.replace("120", "7")))
    told = text_of(client.get("/"))
    assert f"2 files that were read {words}" in told and f'href="{address}"' in told
    assert words not in text_of(coordinator().get("/")), "another who is signed in has no such preview"
    client.post(f"{address}leave/")
    assert words not in text_of(client.get("/"))
    refused = address_of(send(client, BAD))
    assert "waits to be imported" not in text_of(client.get("/")), "it cannot be, as it is"
    client.post(f"{refused}leave/")
    imported = address_of(send(client, GOOD))
    assert "1 file that was read waits to be imported" in text_of(client.get("/"))
    client.post(f"{imported}import/", follow=True)
    assert "waits to be imported" not in text_of(client.get("/"))
