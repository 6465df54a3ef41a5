"""`load_campaign` reads a campaign's own files: tolerant of how they were saved, exact about what they say."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from logistics import permissions
from logistics.actions.people import operator
from logistics.models import AuditRow, Campaign, Case, Flag, PublishedFigure, Situation
from logistics.resources import campaign_files
from tests import factories
from tests.logistics.refusing import all_rows, refused
from tests.world import World

pytestmark = pytest.mark.django_db

FILES = {
    "campaign.csv": "slug,name,opens,closes\nspring-2021,Spring 2021,2021-03-01,2021-04-15\n",
    "cases.csv": (
        "code,public_name,also_known_as,kind,people,country,reads,source\n"
        'QQ,"Ana, from Qq",Anna|Ana Q.,person,1,PE,es|qu,a leaflet\n'
        "TR,The nine,,group,9,TR,tr,a leaflet\n"
        "V-1,,The village,community,,GT,quc,\n"
    ),
    "situation.csv": (
        "case,date,precision,what,note,source\n"
        "QQ,2021-03,month,moved,to another town,a call\n"
        "TR,2021-04-02,day,on trial,all nine,a paper\n"
    ),
    "campaign-totals.csv": (
        "year,total,qualifier,countries,as_of,final,source\n"
        "2001,,,,,,the first one\n"
        '2021,"4,500,000",more_than,70,2021-06,yes,a report\n'
    ),
    "case-figures.csv": (
        "case,count,what,purpose,qualifier,as_of,source\n"
        "QQ,1200,letters,solidarity,about,2021,a report\n"
    ),
}  # fmt: skip


@pytest.fixture
def folder(tmp_path):
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def write(folder: Path, name: str, text: str) -> None:
    (folder / name).write_text(text, encoding="utf-8")


def replace(folder: Path, name: str, old: str, new: str) -> None:
    assert old in FILES[name]
    write(folder, name, FILES[name].replace(old, new))


def load(folder: Path) -> str:
    """What the command prints."""
    out = io.StringIO()
    call_command("load_campaign", str(folder), stdout=out, stderr=io.StringIO())
    return out.getvalue()


def told(folder: Path) -> str:
    """What the command says when it refuses; nothing has changed."""
    operator()
    before = all_rows()
    with pytest.raises(CommandError) as error:
        load(folder)
    assert all_rows() == before
    return str(error.value)


def cases() -> dict[str, tuple]:
    return {
        case.code: (case.public_name, case.kind, case.people, case.country, case.languages, case.recipients.count())
        for case in Case.objects.all()
    }


def figures(*fields: str) -> list[tuple]:
    return list(PublishedFigure.objects.order_by("pk").values_list(*fields))


def test_a_campaign_comes_into_an_empty_site(folder):
    said = load(folder)

    assert list(Campaign.objects.values_list("slug", "name", "opens", "closes")) == [
        ("spring-2021", "Spring 2021", date(2021, 3, 1), date(2021, 4, 15))
    ]
    assert cases() == {
        "QQ": ("Ana, from Qq", "person", 1, "PE", ["es", "qu"], 1),
        "TR": ("The nine", "group", 9, "TR", ["tr"], 9),
        "V-1": ("", "community", None, "GT", ["quc"], 1),
    }
    assert set(Case.objects.get(code="QQ").names.values_list("name", flat=True)) == {"Anna", "Ana Q."}
    assert list(Situation.objects.values_list("case__code", "day", "precision", "what", "note", "source")) == [
        ("QQ", date(2021, 3, 1), "month", "moved", "to another town", "a call"),
        ("TR", date(2021, 4, 2), "day", "other", "on trial: all nine", "a paper"),
    ]
    assert figures("year", "campaign__slug", "case__code", "count", "qualifier", "countries", "as_of", "as_of_precision",
                   "is_final", "purpose", "what") == [
        (2001, None, None, None, "", None, None, "", None, "", ""),
        (2021, "spring-2021", None, 4_500_000, "more_than", 70, date(2021, 6, 1), "month", True, "", ""),
        (None, "spring-2021", "QQ", 1200, "about", None, date(2021, 1, 1), "year", None, "solidarity", "letters"),
    ]  # fmt: skip
    assert said.splitlines() == [
        "Spring 2021 (spring-2021): 3 cases.",
        "  campaigns added: 1",
        "  cases added: 3",
        "  situations added: 2",
        "  published totals added: 2",
        "  published figures added: 1",
    ]
    assert set(AuditRow.objects.values_list("by__username", flat=True)) == {"operator"}


def test_a_second_run_changes_nothing_and_says_so(folder):
    load(folder)
    before = all_rows()

    assert "Nothing was changed." in load(folder)
    assert all_rows() == before


def test_what_a_line_says_anew_is_changed_and_nothing_is_removed(folder):
    load(folder)
    replace(folder, "campaign.csv", "2021-04-15", "2021-04-30")
    write(
        folder, "cases.csv",
        "code,public_name,also_known_as,kind,people,country,reads,source\n"
        "qq,Ana,Anita,person,,,es,\n"
        "TR,The nine,,group,10,TR,tr|ku,a leaflet\n",
    )  # fmt: skip
    replace(folder, "case-figures.csv", "1200", "1300")
    replace(folder, "situation.csv", "TR,2021-04-02,day,on trial,all nine,a paper\n", "")

    said = load(folder)

    assert "campaigns changed: 1\n  cases changed: 2\n  published figures added: 1" in said
    assert cases() == {
        "QQ": ("Ana", "person", 1, "PE", ["es"], 1),
        "TR": ("The nine", "group", 10, "TR", ["tr", "ku"], 10),
        "V-1": ("", "community", None, "GT", ["quc"], 1),
    }
    assert set(Case.objects.get(code="QQ").names.values_list("name", flat=True)) == {"Anna", "Ana Q.", "Anita"}
    assert figures("count")[-2:] == [(1200,), (1300,)]
    assert Situation.objects.count() == 2


def test_two_campaigns_share_codes_and_the_totals_of_all_years(folder):
    load(folder)
    replace(folder, "campaign.csv", "spring-2021,Spring 2021,2021-03-01,2021-04-15", "a-2001,The first,2001-12-10,2001-12-11")
    write(folder, "case-figures.csv", FILES["case-figures.csv"])

    load(folder)

    assert Case.objects.filter(code="TR").count() == 2
    assert figures("year", "campaign__slug", "case__campaign__slug") == [
        (2001, "a-2001", None),
        (2021, "spring-2021", None),
        (None, "spring-2021", "spring-2021"),
        (None, "a-2001", "a-2001"),
    ]


def _saved(text: str, *, encoding: str = "utf-8", **changes: str) -> bytes:
    for old, new in changes.items():
        text = text.replace({"line": "\n", "cell": ","}[old], new)
    return text.encode(encoding)


PLAIN = {name: text for name, text in FILES.items() if name in ("campaign.csv", "situation.csv")}


@pytest.mark.parametrize(
    "save",
    [
        lambda text: _saved(text, encoding="utf-8-sig"),
        lambda text: _saved(text, encoding="utf-16"),
        lambda text: _saved(text, encoding="cp1252"),
        lambda text: _saved(text, line="\r\n"),
        lambda text: _saved(text, line="\n\n,,,\n"),
        lambda text: _saved(text, cell=";"),
        lambda text: _saved(text, cell="\t"),
        lambda text: b"sep=;\r\n" + _saved(text, cell=";", line="\r\n", encoding="cp1252"),
        lambda text: _saved(text, cell=" , "),
        lambda text: _saved(text)[:-1],
    ],
    ids=["bom", "utf-16", "windows", "crlf", "blank", "semicolons", "tabs", "sep", "spaces", "no-last-newline"],
)
def test_files_come_as_they_were_saved(save, folder):
    load(folder)
    before = all_rows()
    for name, text in PLAIN.items():
        (folder / name).write_bytes(save(text))

    assert "Nothing was changed." in load(folder)
    assert all_rows() == before


def test_columns_stand_in_any_order_with_others_between_them(folder):
    load(folder)
    before = all_rows()
    write(
        folder, "cases.csv",
        "Reads;COUNTRY;Kind;Remarks;Public name;people;code;also-known-as\n"
        'es, qu;pe;Person;"a remark; with a\nline";Ana, from Qq;1;qq;Anna\n',
    )  # fmt: skip

    assert "Nothing was changed." in load(folder)
    assert all_rows() == before


@pytest.mark.parametrize("name", ["situation.csv", "campaign-totals.csv", "case-figures.csv"])
def test_a_file_that_is_not_needed_may_be_missing(name, folder):
    (folder / name).unlink()

    assert f"There is no {name}; it is not needed." in load(folder)
    assert Case.objects.count() == 3


@pytest.mark.parametrize(
    ("name", "old", "new", "says"),
    [
        ("campaign.csv", "slug,", "short,", ("campaign.csv", "no column slug", "short")),
        ("campaign.csv", "spring-2021,", "spring 2021,", ("campaign.csv, line 2, column slug", "“spring 2021”", "w4r-2013")),
        ("campaign.csv", "spring-2021,", ",", ("campaign.csv, line 2, column slug", "empty")),
        ("campaign.csv", "Spring 2021", "", ("campaign.csv, line 2, column name", "empty")),
        ("campaign.csv", "2021-03-01", "2021-03", ("campaign.csv, line 2, column opens", "“2021-03”", "whole day")),
        ("campaign.csv", "2021-03-01", "01/03/2021", ("column opens", "“01/03/2021”", "2013-12-19")),
        ("campaign.csv", "2021-04-15", "2021-02-30", ("column closes", "“2021-02-30”", "calendar")),
        ("campaign.csv", "2021-04-15", "2020-04-15", ("line 2, column closes", "“2020-04-15”", "before it opens")),
        ("campaign.csv", "spring-2021", "a,A,,\nspring-2021", ("campaign.csv", "2 campaigns", "folder of its own")),
        ("campaign.csv", "spring-2021,Spring 2021,2021-03-01,2021-04-15\n", "", ("campaign.csv", "0 campaigns")),
        ("cases.csv", "kind,", "sort,", ("cases.csv", "no column kind")),
        ("cases.csv", ",kind,", ",kind,kind,", ("cases.csv", "two columns kind")),
        ("cases.csv", "person", "hero", ("cases.csv, line 2, column kind", "“hero”", "person, group, community")),
        ("cases.csv", "PE,", "UK,", ("cases.csv, line 2, column country", "“UK”", "GB")),
        ("cases.csv", "es|qu", "es|spanish", ("cases.csv, line 2, column reads", "“spanish”", "BCP 47")),
        ("cases.csv", "V-1", "tr", ("cases.csv, line 4, column code", "“tr”", "line 3")),
        ("cases.csv", "V-1", "V 1", ("cases.csv, line 4, column code", "“V 1”")),
        ("cases.csv", "V-1", "", ("cases.csv, line 4, column code", "empty")),
        ("cases.csv", "group,9", "group,many", ("cases.csv, line 3, column people", "“many”", "digits")),
        ("cases.csv", "group,9", "group,-9", ("cases.csv, line 3, column people", "“-9”")),
        ("cases.csv", "group,9", "person,9", ("cases.csv, line 3, column people", "9 people")),
        ("cases.csv", "Anna|", "A" * 201 + "|", ("cases.csv, line 2, column also_known_as", "“AAAA", "200 characters")),
        ("cases.csv", "The nine,", "The nine, of TR,", ("cases.csv, line 3", "9 cells", "quotation marks")),
        ("cases.csv", '"Ana, from Qq"', '"Ana, from Qq', ("cases.csv, line 2", "quotation marks")),
        ("situation.csv", "QQ,2021-03", "ZZ,2021-03", ("situation.csv, line 2, column case", "“ZZ”", "QQ, TR, V-1")),
        ("situation.csv", "QQ,2021-03", "QQ,", ("situation.csv, line 2, column date", "empty")),
        ("situation.csv", "QQ,2021-03", "QQ,2121-03", ("line 2, column date", "“2121-03”", "has not come yet")),
        ("situation.csv", "2021-03,month", "2021-03,day", ("line 2, column precision", "“day”", "more exact")),
        ("situation.csv", "2021-03,month", "2021-03,week", ("line 2, column precision", "“week”", "day, month, year")),
        ("situation.csv", "moved", "", ("situation.csv, line 2, column what", "empty")),
        ("campaign-totals.csv", "2001,", "21st,", ("campaign-totals.csv, line 2, column year", "“21st”")),
        ("campaign-totals.csv", '"4,500,000"', "4.5", ("campaign-totals.csv, line 3, column total", "“4.5”")),
        ("campaign-totals.csv", "more_than", "roughly", ("line 3, column qualifier", "“roughly”", "at_least")),
        ("campaign-totals.csv", ",yes,", ",perhaps,", ("line 3, column final", "“perhaps”", "yes nor no")),
        ("campaign-totals.csv", "2021-06", "June 2021", ("line 3, column as_of", "“June 2021”")),
        ("case-figures.csv", "QQ,1200", "XX,1200", ("case-figures.csv, line 2, column case", "“XX”")),
        ("case-figures.csv", "solidarity", "love", ("line 2, column purpose", "“love”", "solidarity, appeal")),
        ("case-figures.csv", "1200", "12OO", ("case-figures.csv, line 2, column count", "“12OO”")),
    ],
)
def test_a_fault_is_told_with_its_place_and_what_to_do_and_nothing_is_loaded(name, old, new, says, folder):
    replace(folder, name, old, new)

    message = told(folder)

    assert [part for part in says if part not in message] == []
    assert not Campaign.objects.exists()


def test_all_faults_of_the_files_are_told_at_once(folder):
    replace(folder, "situation.csv", "QQ,2021-03,month", "QQ,2021-13,month")
    replace(folder, "campaign-totals.csv", "more_than", "roughly")

    message = told(folder)

    assert "situation.csv, line 2, column date" in message
    assert "campaign-totals.csv, line 3, column qualifier" in message


def test_a_line_has_the_number_that_an_editor_shows(folder):
    replace(folder, "cases.csv", "a leaflet\nTR", '"a leaflet\nof two lines"\n\nTR')
    text = (folder / "cases.csv").read_text(encoding="utf-8")
    write(folder, "cases.csv", text.replace("group,9", "choir,9"))

    assert "cases.csv, line 5, column kind" in told(folder)


@pytest.mark.parametrize("name", ["campaign.csv", "cases.csv"])
def test_a_file_that_is_needed_is_asked_for(name, folder):
    (folder / name).unlink()

    assert f"There is no {name} in {folder}" in told(folder)


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n", b"%PDF-1.7\0\0", b"PK\x03\x04\0\0", bytes(range(256))])
def test_a_file_that_is_no_table_is_refused(data, folder):
    (folder / "cases.csv").write_bytes(data)

    assert "cases.csv" in told(folder)


def test_a_folder_that_is_not_there_is_said_so(tmp_path):
    assert "There is no folder" in told(tmp_path / "nowhere")


def test_cases_without_a_line_are_no_campaign(folder):
    write(folder, "cases.csv", FILES["cases.csv"].partition("\n")[0])

    assert "cases.csv has no case in it" in told(folder)


def test_a_group_does_not_lose_people_by_a_changed_file(folder):
    load(folder)
    replace(folder, "cases.csv", "group,9", "group,8")

    assert "cases.csv, line 3, column people: Case TR has 9 recipients" in told(folder)


def test_only_who_may_loads_a_campaign(folder):
    for role in ("", permissions.CASE_TEAM, permissions.AUDITOR):
        refused("not_permitted", campaign_files.load, folder, by=factories.make_user(role))


def test_what_happens_later_comes_with_a_later_load(folder):
    by = operator()
    campaign_files.load(folder, by=by, until=date(2021, 4, 1))
    assert list(Situation.objects.values_list("case__code", flat=True)) == ["QQ"]

    loaded = campaign_files.load(folder, by=by)

    assert dict(loaded.done) == {"situations added": 1}
    assert campaign_files.closing_day(folder) == date(2021, 4, 15)


def test_a_new_situation_flags_what_is_on_its_way(folder):
    world = World(code="QQ")
    bundle = world.count(3)
    write(folder, "campaign.csv", f"slug,name\n{world.campaign.slug},{world.campaign.name}\n")

    said = load(folder)

    assert "bundles on their way that now wait for the case team: 1" in said
    assert Flag.objects.get().bundle == bundle


def test_a_case_with_a_fault_is_told_once_and_not_again_at_each_of_its_lines(folder):
    replace(folder, "cases.csv", "person", "hero")

    assert "situation.csv" not in told(folder)
