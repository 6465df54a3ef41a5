"""The two commands: what they print, where, and with which exit code."""

import json

import pytest
from django.core.management import CommandError, call_command

from logistics.actions.people import operator
from logistics.models import AuditRow, Return
from tests.logistics.returns.files import csv_file, is_empty, make_other_campaign, tallies

pytestmark = pytest.mark.django_db
GOOD = "Country,Date,Case,Kind,Purpose,Count\nPeru,2019-12-03,ZA-1,letters,appeal,5\n"
BAD = GOOD + "Utopia,2019-12-03,ZA-1,letters,appeal,5\n"
KEYS = ["file", "rows", "ready", "look", "refused", "already_told", "messages", "countries", "total_stated", "total_agrees",
        "question", "problems"]  # fmt: skip


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output, standard error."""
    capsys.readouterr()
    try:
        call_command("import_returns", *arguments)
        code = 0
    except SystemExit as end:
        code = end.code
    out, err = capsys.readouterr()
    return code, out, err


def test_json_is_a_list_with_one_object_a_file_and_nothing_else(tmp_path, capsys):
    make_other_campaign()
    good, missing = csv_file(tmp_path, GOOD), str(tmp_path / "missing.csv")
    code, out, _ = run(capsys, good, missing, "--campaign", "light-2019", "--format", "json")
    first, second = json.loads(out)
    assert (code, list(first), first["file"], first["messages"], first["problems"]) == (1, KEYS, good, 5, [])
    assert second == {"file": missing, "refused_file": {"code": "not_found", "sentence": "There is no such file. Check the name."}}


def test_the_exit_code_is_1_only_if_something_was_refused(tmp_path, capsys):
    campaign = make_other_campaign()
    assert run(capsys, csv_file(tmp_path, GOOD), "--campaign", "light-2019")[0] == 0
    code, out, _ = run(capsys, csv_file(tmp_path, BAD), "--campaign", "light-2019", "--format", "json")
    (answer,) = json.loads(out)
    assert code == 1
    assert answer["problems"] == [
        {
            "row": 3,
            "code": "unknown_country",
            "sentence": "No country is known as “Utopia”. Correct the name, or write its two-letter code.",
        }
    ]
    assert is_empty(campaign)


def test_commit_imports_and_says_how_to_take_it_back(tmp_path, capsys):
    campaign = make_other_campaign()
    code, out, _ = run(capsys, csv_file(tmp_path, GOOD), "--campaign", "light-2019", "--commit", "--format", "json")
    (answer,) = json.loads(out)
    returned = Return.objects.get()
    assert (code, answer["imported"], returned.by, returned.file_name) == (0, returned.pk, operator(), "return.csv")
    assert len(tallies(campaign)) == 1
    call_command("undo_import", str(returned.pk))
    assert tallies(campaign) == []
    assert list(AuditRow.objects.filter(what__startswith="return_").values_list("what", flat=True)) == [
        "return_imported", "return_withdrawn",
    ]  # fmt: skip


def test_one_bad_file_does_not_stop_the_good_one(tmp_path, capsys):
    campaign = make_other_campaign()
    paths = [csv_file(tmp_path, BAD, "bad.csv"), csv_file(tmp_path, GOOD, "good.csv")]
    code, out, _ = run(capsys, *paths, "--campaign", "light-2019", "--commit")
    assert code == 1
    assert "nothing of it was imported" in out
    assert list(Return.objects.values_list("file_name", flat=True)) == ["good.csv"]
    assert len(tallies(campaign)) == 1


def test_commit_with_an_open_question_ends_with_1(tmp_path, capsys):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, GOOD.replace("2019-12-03", "03/12/2019"))
    assert run(capsys, path, "--campaign", "light-2019")[0] == 0
    assert run(capsys, path, "--campaign", "light-2019", "--commit")[0] == 1
    assert is_empty(campaign)
    assert run(capsys, path, "--campaign", "light-2019", "--commit", "--date-order", "dmy")[0] == 0
    assert len(tallies(campaign)) == 1


def test_the_table_says_the_same_in_words(tmp_path, capsys):
    make_other_campaign()
    _, out, _ = run(capsys, csv_file(tmp_path, BAD + "TOTAL,,,,,10\n"), "--campaign", "light-2019")
    assert "2 rows: 1 ready, 0 look, 1 refused, 0 already told" in out
    assert "row 3: No country is known as “Utopia”" in out
    assert "total stated: 10; the rows agree" in out


def test_an_unknown_campaign_and_an_unknown_return_get_a_sentence(tmp_path):
    with pytest.raises(CommandError) as refusal:
        call_command("import_returns", csv_file(tmp_path, GOOD), "--campaign", "nowhere")
    assert "[unknown_campaign]" in str(refusal.value)
    for number in ("0", "99", "x", "-1", "٣", "9" * 30):
        with pytest.raises(CommandError) as refusal:
            call_command("undo_import", "--", number)
        assert "[unknown_return]" in str(refusal.value)


def test_a_terminal_is_not_steered_by_what_stands_in_a_file(tmp_path, capsys):
    make_other_campaign()
    path = csv_file(tmp_path, GOOD + "Uto\x9bpia\u202e,2019-12-03,ZA-1,letters,appeal,5\n")
    _, out, _ = run(capsys, path, "--campaign", "light-2019")
    assert "\x9b" not in out
    assert "\u202e" not in out
