"""What enters the database, and that nothing enters by half."""


import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from logistics.actions.auditing import of_return
from logistics.actions.people import operator
from logistics.errors import Refused
from logistics.models import AuditRow, Return
from logistics.resources.returns.importing import answers, import_file
from tests.factories import make_hub, make_user
from tests.logistics.returns.files import collections, commit, csv_file, figures, is_empty, make_other_campaign, preview, tallies

pytestmark = pytest.mark.django_db
HEAD = "Country,Office or organiser,Place,Event,Venue,Date,Case,Kind,Purpose,Count,Spent,Currency\n"


def test_a_preview_writes_nothing(tmp_path):
    campaign = make_other_campaign()
    operator()
    path = csv_file(tmp_path, HEAD + "Peru,Amnesty Peru,Lima,Vigil,Hall,2019-12-03,ZA-1,letters,appeal,5,,\n")
    with CaptureQueriesContext(connection) as queries:
        preview(path, campaign)
    assert not [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]
    assert is_empty(campaign)


def test_a_file_with_a_refused_row_is_not_imported_at_all(tmp_path):
    campaign = make_other_campaign()
    text = HEAD + "Peru,,,,,2019-12-03,ZA-1,letters,appeal,5,,\nPeru,,,,,2019-12-03,Nobody,letters,appeal,6,,\n"
    answer = commit(csv_file(tmp_path, text), campaign)
    assert (figures(answer), answer["imported"], answer["not_imported"]["code"]) == ((1, 0, 1, 0, 5), None, "rows_refused")
    assert is_empty(campaign)


def test_rows_of_one_event_become_one_collection_with_several_tallies(tmp_path):
    campaign = make_other_campaign()
    same = "Peru,Amnesty Peru,Lima,Vigil,Hall,2019-12-03,"
    text = HEAD + f"{same}ZA-1,letters,appeal,5,,\n{same}ZA-1,letters,appeal,6,30,EUR\n{same}ZA-2,cards,solidarity,7,,\n"
    text += "Peru,Amnesty Peru,Lima,Vigil,Hall,2019-12-04,ZA-1,letters,appeal,8,,\n"
    answer = commit(csv_file(tmp_path, text), campaign)
    first, second = collections(campaign)
    assert (first.tallies.count(), second.tallies.count(), first.source_id) == (3, 1, answer["imported"])
    assert (first.office, first.place, first.event, first.venue, first.country) == ("Amnesty Peru", "Lima", "Vigil", "Hall", "PE")
    assert (str(first.spent), first.currency, second.spent) == ("30.00", "EUR", None)
    imported = Return.objects.get(pk=answer["imported"])
    assert AuditRow.objects.filter(what="return_imported", subject=of_return(imported)).count() == 1


@pytest.mark.parametrize(
    ("cell", "office", "organiser"),
    [
        ("Amnesty Peru", "Amnesty Peru", ""),
        ("no office; group in Cusco", "group in Cusco", ""),
        ("no office; organiser Ana Quispe", "", "Ana Quispe"),
        ("pas de bureau, organisatrice Ana Quispe", "", "Ana Quispe"),
        ("Ana Quispe", "", "Ana Quispe"),
        ("no office", "", ""),
    ],
)
def test_the_name_of_an_organiser_expires_and_that_of_an_office_does_not(cell, office, organiser, tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, HEAD + f'Peru,"{cell}",,,,2019-12-03,ZA-1,letters,appeal,5,,\n'), campaign)
    (found,) = collections(campaign)
    assert (found.office, found.organiser) == (office, organiser)
    if organiser:
        assert found.organiser_expires.year == found.recorded_at.year + 2
    else:
        assert found.organiser_expires is None


def test_a_text_that_looks_like_a_formula_is_kept_as_text(tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, HEAD + "Peru,=1+1,@place,+event,-venue,2019-12-03,ZA-1,letters,appeal,5,,\n"), campaign)
    (found,) = collections(campaign)
    assert (found.organiser, found.place, found.event, found.venue) == ("=1+1", "@place", "+event", "-venue")


def test_money_that_cannot_be_read_is_looked_at_and_not_guessed(tmp_path):
    campaign = make_other_campaign()
    text = HEAD + "Peru,,,A,,2019-12-03,ZA-1,letters,appeal,5,a lot,EUR\nPeru,,,B,,2019-12-03,ZA-1,letters,appeal,6,20,\n"
    answer = commit(csv_file(tmp_path, text + "Peru,,,C,,2019-12-03,ZA-1,letters,appeal,7,£20.50,\n"), campaign)
    assert [problem["code"] for problem in answer["problems"]] == ["unclear_amount", "unclear_amount"]
    assert [(found.spent and float(found.spent), found.currency) for found in collections(campaign)] == [
        (None, ""), (20.0, ""), (20.5, "GBP"),
    ]  # fmt: skip


def test_several_events_in_words_are_several_events(tmp_path):
    campaign = make_other_campaign()
    text = HEAD + 'Peru,,,"Five debates, Lima",,2019-12-03,ZA-1,letters,appeal,5,,\nPeru,,,24-hour marathon,,2019-12-03,ZA-1,letters,appeal,6,,\n'
    commit(csv_file(tmp_path, text), campaign)
    assert [found.events for found in collections(campaign)] == [5, 1]


@pytest.mark.parametrize("size", [2, 60])
def test_the_number_of_queries_does_not_grow_with_the_rows(size, tmp_path):
    campaign = make_other_campaign()
    by = operator()
    rows = "".join(f"Peru,,,E{number},,2019-12-03,ZA-1,letters,appeal,{number},,\n" for number in range(1, size + 1))
    path = csv_file(tmp_path, HEAD + rows)
    with CaptureQueriesContext(connection) as queries:
        answers([path], campaign=campaign, by=by)
    assert len([q for q in queries if "SAVEPOINT" not in q["sql"]]) == 5


@pytest.mark.parametrize("role", ["", "mailroom", "translator", "case_worker", "case_team", "auditor"])
def test_who_may_not_import_learns_nothing_and_changes_nothing(role, tmp_path):
    campaign = make_other_campaign()
    user = make_user(role, hub=make_hub() if role == "mailroom" else None)
    path = csv_file(tmp_path, HEAD + "Peru,,,,,2019-12-03,ZA-1,letters,appeal,5,,\n")
    for ask in (lambda: import_file(path, campaign=campaign, by=user), lambda: answers([path], campaign=campaign, by=user)):
        with pytest.raises(Refused) as refusal:
            ask()
        assert refusal.value.code == "not_permitted"
    assert is_empty(campaign)


def test_a_coordinator_imports(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, HEAD + "Peru,,,,,2019-12-03,ZA-1,letters,appeal,5,,\n")
    assert import_file(path, campaign=campaign, by=make_user("coordinator"))["imported"]
    assert len(tallies(campaign)) == 1


def test_a_file_full_of_mistakes_is_answered_soon(tmp_path):
    campaign = make_other_campaign()
    rows = "".join(f"Xqland{number:05},,,,,2019-12-03,Nobdy {number},gloop {number},whim {number},5,,\n" for number in range(5_000))
    answer = preview(csv_file(tmp_path, HEAD + rows), campaign)
    assert (answer["refused"], len(answer["problems"])) == (5_000, 10_000)
