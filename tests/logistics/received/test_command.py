"""`manage.py received`: table, JSON and CSV, and what it refuses."""

import csv
import io
import json
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone

from logistics.queries.received import received
from logistics.reports.received import harmless
from tests import factories
from tests.world import DAY, World

pytestmark = pytest.mark.django_db


def say(*arguments: str) -> tuple[str, str]:
    out, errors = io.StringIO(), io.StringIO()
    call_command("received", *arguments, stdout=out, stderr=errors)
    return out.getvalue(), errors.getvalue()


def test_json_is_a_list_with_one_object_for_each_case():
    world = World()
    world.count(88)
    out, errors = say("--format", "json")
    assert json.loads(out) == received(world.coordinator)
    assert "operator of this machine" in errors


def test_json_of_no_cases_is_an_empty_list():
    assert json.loads(say("--format", "json")[0]) == []


def test_days_and_times_are_passed_on():
    world = World()
    world.count(88)
    (before,) = json.loads(say("--format=json", f"--as-of={DAY - timedelta(days=1)}")[0])
    assert (before["counted"], before["as_of"]) == (0, "2025-01-05")
    assert json.loads(say("--format=json", f"--as-of={DAY}")[0])[0]["counted"] == 88
    assert json.loads(say("--format=json", "--known-at=2020-01-01T00:00+00:00")[0])[0]["counted"] == 0
    assert json.loads(say("--format=json", f"--known-at={timezone.now().isoformat()}")[0])[0]["counted"] == 88
    assert json.loads(say("--format=json", "--known-at=2020-01-01T00:00Z")[0])[0]["counted"] == 0


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--campaign", "never-was"], "unknown_campaign"),
        (["--case", "NEVER"], "unknown_case"),
        (["--as-of", "31.1.2014"], "bad_day"),
        (["--as-of", "2014-02-30"], "bad_day"),
        (["--as-of", ""], "bad_day"),
        (["--known-at", "yesterday"], "bad_time"),
        (["--known-at", "2014-01-31T12:00"], "time_without_offset"),
        (["--known-at", "2014-01-31"], "time_without_offset"),
        (["--known-at", "0001-01-01T00:00+14:00"], "bad_time"),
        (["--known-at", "9999-12-31T23:59-14:00"], "bad_time"),
    ],
)
def test_what_cannot_be_answered_is_refused_with_a_sentence_and_a_code(arguments, code):
    World()
    with pytest.raises(CommandError) as refusal:
        say(*arguments)
    assert str(refusal.value).endswith(f"[{code}]")
    assert len(str(refusal.value)) > 40


def test_it_is_refused_where_a_person_has_the_name_of_the_operator():
    factories.make_user(name="operator")
    with pytest.raises(CommandError, match=r"\[operator_is_somebody\]"):
        say()


def test_json_is_valid_whatever_the_terminal_is_encoded_in():
    case = factories.make_case(public_name="Yıldız \"=1\" 王")
    out, _ = say("--format", "json")
    assert out.isascii()
    assert json.loads(out)[0]["name"] == case.public_name


def test_a_name_cannot_steer_the_terminal_or_break_the_table():
    factories.make_case(code="AY", public_name="Aylin\n\x1b[31mred\u202eder")
    assert "AY     Aylin [31mred der         0" in say()[0]


def test_the_table_is_for_people():
    world = World(code="AY", public_name="Aylin Yıldız")
    factories.make_case(world.campaign, "B", public_name="Somebody else")
    world.campaign.bundle_limit = 2000
    world.campaign.save()
    world.count(1088)
    world.count(7, purpose="appeal")
    out, _ = say(f"--as-of={DAY}")
    lines = out.splitlines()
    assert lines[:3] == [world.campaign.name, "As of 6 January 2025. Figures are pieces: letters and cards.", ""]
    assert lines[3:8] == [
        "Solidarity letters and cards",
        "Case   Name           Declared  Counted  Withheld  On the way  Delivered  Unconfirmed  Other",
        "AY     Aylin Yıldız      1,095    1,088         0       1,088          0            0      0",
        "B      Somebody else         0        0         0           0          0            0      0",
        "Total                    1,095    1,088         0       1,088          0            0      0",
    ]
    assert lines[9] == "Appeals to authorities: letters and cards"
    assert lines[11].split()[-6:] == ["7", "0", "7", "0", "0", "0"]
    assert "Purpose not told" not in out
    assert "Constructed" not in out


def test_one_case_is_shown_with_its_places_and_a_known_time_is_said():
    world = World()
    world.count(5)
    out, _ = say("--case", world.case.code, "--known-at", "2090-01-01T12:00+02:00")
    assert f"{world.case.code}: mailroom 5." in out
    assert ", as known at 2090-01-01T12:00+02:00." in out


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_a_constructed_campaign_says_so(form):
    world = World()
    world.campaign.is_constructed = True
    world.campaign.save()
    out, errors = say("--format", form)
    assert "Constructed for demonstration" in out + errors
    assert ("Constructed for demonstration" in out) == (form == "table")


def test_csv_has_every_figure_on_one_line_for_each_case():
    world = World()
    world.count(5)
    (row,) = csv.DictReader(io.StringIO(say("--format", "csv")[0]))
    assert (row["case"], row["counted"], row["places.mailroom"], row["appeals.grades.close"]) == (world.case.code, "5", "5", "0")
    assert row["as_of"] == timezone.localdate().isoformat()


@pytest.mark.parametrize("name", ["=1+1", "==1+1", "+1", "-1", "@SUM(1)", "\t=1", "\r=1", " =1+1", "＝1+1", "\n@x"])
def test_csv_shows_a_name_that_looks_like_a_formula_as_text(name):
    factories.make_case(public_name=name)
    (row,) = csv.DictReader(io.StringIO(say("--format", "csv")[0], newline=""))
    assert row["name"] == f"'{name}"
    assert (harmless("Ünal = x"), harmless(-5)) == ("Ünal = x", -5)
