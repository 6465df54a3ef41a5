"""Returns that take more than two seconds: read and imported by a worker, with progress, once."""

from uuid import UUID, uuid5

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import Client

from logistics.actions.working import carry_out
from logistics.models import Return, Tally, Work
from logistics.resources.returns import sent
from logistics.resources.returns.importing import Session, import_file
from tests import factories

HEAD = "Country,Event,Date,Case,Kind,Purpose,How many\n"
LONG = HEAD + "".join(f"Togo,Market {at},13/01/2014,AA,letters,solidarity,{at + 1}\n" for at in range(1500))
SHORT = HEAD + "Benin,School,14/01/2014,AA,cards,solidarity,30\n"


@pytest.fixture
def campaign():
    campaign = factories.make_campaign("light")
    factories.make_case(campaign, "AA")
    return campaign


@pytest.fixture
def queued(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def coordinator() -> Client:
    client = Client()
    client.force_login(factories.make_user("coordinator"))
    return client


def send(client, *texts: str) -> str:
    """Where the browser is sent to after the files were sent."""
    files = [SimpleUploadedFile(f"return-{number}.csv", text.encode()) for number, text in enumerate(texts)]
    return client.post("/return/add/", {"campaign": "light", "files": files})["Location"]


def work_off() -> None:
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)


@pytest.mark.django_db(transaction=True)
def test_a_long_file_is_read_and_imported_by_a_worker(campaign, queued):
    client = coordinator()
    address = send(client, LONG)
    assert "It waits to be begun." in client.get(address).content.decode()
    work_off()
    preview = client.get(address)["Location"]
    assert "<strong>1,500</strong> of 1,500 rows" in client.get(preview).content.decode()
    assert not Return.objects.exists()
    address = client.post(f"{preview}import/")["Location"]
    assert client.post(f"{preview}import/")["Location"] == address
    assert not Return.objects.exists()
    work_off()
    assert "1,500 rows are imported." in client.get(address, follow=True).content.decode()
    assert Return.objects.count() == 1 and Tally.objects.count() == 1500


@pytest.mark.django_db
def test_a_short_file_waits_for_no_worker(campaign, queued):
    client = coordinator()
    preview = client.get(send(client, SHORT))["Location"]
    assert "can be imported" in client.get(preview).content.decode()
    address = client.post(f"{preview}import/")["Location"]
    assert "1 row is imported." in client.get(address, follow=True).content.decode()


@pytest.mark.django_db
def test_an_import_that_was_interrupted_after_a_file_goes_on_with_the_next(campaign, queued):
    """The worker imported the first file and was killed before it could say so."""
    client = coordinator()
    send(client, LONG, SHORT)
    work = Work.objects.last()
    carry_out(work.key)
    preview = client.get(f"/progress/{work.key}/")["Location"]
    client.post(f"{preview}import/")
    work = Work.objects.get(key=uuid5(UUID(preview.split("/")[-2]), "import"))
    folder = sent.Sent(UUID(work.arguments["token"]))
    folder.keep("results", [])
    import_file(str(folder.files[0]), campaign=campaign, by=work.by)
    carry_out(work.key)
    told = client.get(f"/progress/{work.key}/", follow=True).content.decode()
    assert "return-0.csv: 1,500 rows are imported." in told and "return-1.csv: 1 row is imported." in told
    assert Return.objects.count() == 2 and Tally.objects.count() == 1501


@pytest.mark.django_db
def test_what_somebody_else_imported_meanwhile_is_not_taken_for_an_earlier_attempt(campaign, queued):
    client = coordinator()
    address = send(client, LONG)
    carry_out(Work.objects.get().key)
    preview = client.get(address)["Location"]
    client.post(f"{preview}import/")
    work = Work.objects.last()
    folder = sent.Sent(UUID(work.arguments["token"]))
    folder.keep("results", [])
    import_file(str(folder.files[0]), campaign=campaign, by=factories.make_user("coordinator"))
    carry_out(work.key)
    assert "was imported before" in client.get(f"/progress/{work.key}/", follow=True).content.decode()


@pytest.mark.django_db
def test_files_that_are_gone_are_asked_for_again(campaign, queued):
    client = coordinator()
    address = send(client, LONG)
    work = Work.objects.get()
    sent.Sent(UUID(work.arguments["token"])).remove()
    carry_out(work.key)
    assert "Send them again." in client.get(address).content.decode()


@pytest.mark.django_db
def test_it_reports_how_many_rows_are_read(campaign, tmp_path):
    told = []
    client = coordinator()
    client.get(send(client, LONG))
    work = Work.objects.get()
    sent.look(work.arguments, work.by, lambda *report: told.append(report))
    assert told[0] == (1, 1500, "return-0.csv") and told[-1] == (1500, 1500, "return-0.csv")


@pytest.mark.django_db
def test_what_came_while_a_file_was_read_is_compared_with_it(campaign, tmp_path):
    """Another file that tells the same is imported while this one is read."""
    by = factories.make_user("coordinator")
    first, second = tmp_path / "first.csv", tmp_path / "second.csv"
    first.write_text(SHORT)
    second.write_text(SHORT + "\n")
    session = Session(campaign, by, commit=True)
    session.report = lambda *told: import_file(str(second), campaign=campaign, by=by)
    answer = session.answer(str(first))
    assert answer["imported"] is None and answer["already_told"] == 1
    assert [each.file_name for each in Return.objects.all()] == ["second.csv"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("commit", [False, True])
def test_nobody_who_writes_has_to_wait_while_rows_are_read(campaign, tmp_path, commit):
    path = tmp_path / "one.csv"
    path.write_text(SHORT)
    session = Session(campaign, factories.make_user("coordinator"), commit=commit)
    held = []
    session.report = lambda *told: held.append(connection.in_atomic_block)
    session.answer(str(path))
    assert held == [False]
