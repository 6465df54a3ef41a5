"""Background work: asked for once, done once, told again where it was interrupted."""

import os
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django_tasks_db.models import DBTaskResult

from logistics import registry
from logistics.actions.working import carry_out, start, start_again
from logistics.errors import Refused
from logistics.models import AuditRow, Work
from logistics.queries.working import LOST_SECONDS, standing
from tests import factories

pytestmark = pytest.mark.django_db

DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


class Counting:
    """A job that writes one audit row for each piece, finds again what it wrote, and can be told to stop half-way."""

    def __init__(self) -> None:
        self.stop_at: int | None = None
        self.fault: Exception | None = None

    def run(self, arguments, by, report):
        for at in range(arguments["pieces"]):
            if at == self.stop_at and self.fault:
                raise self.fault
            if not AuditRow.objects.filter(by=by, what="counted", subject=str(at)).exists():
                AuditRow.objects.create(by=by, what="counted", subject=str(at))
            report(at + 1, arguments["pieces"], "pieces")
        return registry.MadeFile("pieces.pdf", b"%PDF-") if arguments.get("file") else {"counted": arguments["pieces"]}


def answer(request, result):
    from django.http import HttpResponse  # late: only here

    return HttpResponse(f"counted {result['counted']}")


@pytest.fixture
def counting(monkeypatch) -> Counting:
    job = Counting()
    monkeypatch.setitem(registry.jobs, "count", registry.Job("Counting", job.run, answer))
    return job


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def rows(user) -> int:
    return AuditRow.objects.filter(by=user).count()


def text_of(response) -> str:
    return response.content.decode()


def test_the_same_key_is_done_once(counting):
    user, key = factories.make_user(), uuid4()
    first = start("count", {"pieces": 3}, by=user, key=key)
    assert first.state == Work.State.DONE and first.result == {"counted": 3}
    assert start("count", {"pieces": 3}, by=user, key=key).pk == first.pk
    carry_out(key)
    assert rows(user) == 3 and Work.objects.get().attempt == 1


@pytest.mark.parametrize("changed", ["arguments", "by"])
def test_a_key_with_other_content_is_refused(counting, changed):
    user, key = factories.make_user(), uuid4()
    start("count", {"pieces": 3}, by=user, key=key)
    with pytest.raises(Refused) as refusal:
        start("count", {"pieces": 4 if changed == "arguments" else 3}, by=factories.make_user() if changed == "by" else user, key=key)
    assert refusal.value.code == "key_reused"
    assert AuditRow.objects.count() == 3


def test_what_is_over_shows_its_result_and_only_to_whoever_asked(counting):
    user = factories.make_user()
    work = start("count", {"pieces": 3}, by=user)
    address = f"/progress/{work.key}/"
    assert text_of(client_of(user).get(address)) == "counted 3"
    assert client_of(factories.make_user()).get(address).status_code == 404
    assert client_of(factories.make_user()).post(f"{address}again/").status_code == 404
    assert Client().get(address).status_code == 302


def test_a_document_that_was_made_can_be_fetched_by_whoever_asked(counting):
    user = factories.make_user()
    work = start("count", {"pieces": 1, "file": True}, by=user)
    address = f"/progress/{work.key}/"
    assert "It is ready." in text_of(client_of(user).get(address)) and f"{address}file/" in text_of(client_of(user).get(address))
    response = client_of(user).get(f"{address}file/")
    assert b"".join(response.streaming_content) == b"%PDF-" and response["Content-Type"] == "application/pdf"
    assert response["Cache-Control"] == "no-store"
    assert client_of(factories.make_user()).get(f"{address}file/").status_code == 404


def test_a_refusal_is_the_sentence_of_the_job(counting):
    counting.stop_at, counting.fault = 0, Refused("nothing_to_do", "There is nothing to count. Choose another bundle.")
    user = factories.make_user()
    work = start("count", {"pieces": 3}, by=user)
    response = client_of(user).get(f"/progress/{work.key}/")
    assert "There is nothing to count. Choose another bundle." in text_of(response)
    assert "Refresh" not in response.headers
    with pytest.raises(Refused):
        start_again(work, by=user)


def test_a_fault_is_told_without_what_it_said_and_can_be_done_again_without_double_effect(counting, caplog):
    counting.stop_at, counting.fault = 2, ValueError("Hakan at 12 Long Street")
    user = factories.make_user()
    work = start("count", {"pieces": 3}, by=user)
    assert work.state == Work.State.FAILED and rows(user) == 2
    assert "ValueError" in caplog.text and str(work.key) in caplog.text and "Hakan" not in caplog.text
    response = client_of(user).get(f"/progress/{work.key}/")
    assert "a fault of the program" in text_of(response) and "Hakan" not in text_of(response)
    counting.fault = None
    assert text_of(client_of(user).post(f"/progress/{work.key}/again/", follow=True)) == "counted 3"
    assert rows(user) == 3
    client_of(user).post(f"/progress/{work.key}/again/")
    assert rows(user) == 3 and Work.objects.get().attempt == 2


def waiting(user, settings) -> Work:
    settings.TASKS = DATABASE
    return start("count", {"pieces": 3}, by=user)


def test_while_it_waits_the_page_looks_again_and_says_when_nobody_begins(counting, settings):
    user = factories.make_user()
    work = waiting(user, settings)
    response = client_of(user).get(f"/progress/{work.key}/")
    assert response["Refresh"] == "1" and "Nobody has begun" not in text_of(response)
    Work.objects.update(asked_at=work.asked_at.replace(year=work.asked_at.year - 1))
    told = text_of(client_of(user).get(f"/progress/{work.key}/"))
    assert "Nobody has begun with it" in told and "manage.py db_worker" in told


def beating(work: Work, *, ago: float = 0) -> None:
    work.folder.mkdir(parents=True, exist_ok=True)
    work.progress_path.write_text('{"done": 3200, "of": 5481, "what": "rows"}')
    now = work.progress_path.stat().st_mtime
    os.utime(work.progress_path, (now - ago, now - ago))


def test_while_it_runs_the_page_has_its_numbers(counting, settings):
    user = factories.make_user()
    work = waiting(user, settings)
    Work.objects.update(state=Work.State.RUNNING)
    beating(work)
    response = client_of(user).get(f"/progress/{work.key}/")
    assert '<progress max="5481" value="3200"' in text_of(response) and "<strong>3,200</strong> of 5,481" in text_of(response)
    assert response["Refresh"]
    assert "is being done" in text_of(client_of(user).post(f"/progress/{work.key}/again/", follow=True))
    other = waiting(factories.make_user(), settings)
    assert standing(other).ahead == 1


def test_what_was_interrupted_says_so_and_is_done_again_without_double_effect(counting, settings):
    user = factories.make_user()
    work = waiting(user, settings)
    for at in range(2):
        AuditRow.objects.create(by=user, what="counted", subject=str(at))
    Work.objects.update(state=Work.State.RUNNING, attempt=1)
    beating(work, ago=LOST_SECONDS + 1)
    response = client_of(user).get(f"/progress/{work.key}/")
    assert "stopped at 3,200 of 5,481" in text_of(response) and "Refresh" not in response.headers
    client_of(user).post(f"/progress/{work.key}/again/")
    carry_out(work.key)
    carry_out(work.key)
    assert Work.objects.get().state == Work.State.DONE and rows(user) == 3


def test_an_attempt_that_was_taken_for_lost_does_not_say_how_the_next_one_ended(counting, settings, monkeypatch):
    user = factories.make_user()
    work = waiting(user, settings)

    def overtaken(arguments, by, report):
        Work.objects.update(attempt=2)
        return {"counted": 99}

    monkeypatch.setitem(registry.jobs, "count", registry.Job("Counting", overtaken, answer))
    carry_out(work.key)
    assert Work.objects.get().state == Work.State.RUNNING and Work.objects.get().result is None


def test_after_a_day_it_is_forgotten_with_its_file(counting):
    user = factories.make_user()
    old = start("count", {"pieces": 1, "file": True}, by=user)
    assert old.file_path.exists()
    Work.objects.update(asked_at=old.asked_at.replace(year=old.asked_at.year - 1))
    start("count", {"pieces": 1}, by=user)
    assert not old.folder.exists() and not Work.objects.filter(pk=old.pk).exists()
    assert client_of(user).get(f"/progress/{old.key}/").status_code == 404


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_waits_in_the_database(counting, settings):
    user = factories.make_user()
    work = waiting(user, settings)
    assert rows(user) == 0 and list(DBTaskResult.objects.values_list("args_kwargs", flat=True)) == [
        {"args": [str(work.key)], "kwargs": {}}
    ]
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0)
    work.refresh_from_db()
    assert work.state == Work.State.DONE and rows(user) == 3
    assert standing(work).done == 3
