"""What another return has told is not counted again."""

import pytest

from logistics.actions.people import operator
from logistics.actions.returns import withdraw_return
from logistics.models import Return
from logistics.resources.returns.importing import answers
from tests.logistics.returns.files import codes, commit, csv_file, figures, make_other_campaign, preview, tallies

pytestmark = pytest.mark.django_db
HEAD = "Country,Date,Case,Kind,Purpose,Count\n"
FIRST = HEAD + "Peru,2019-12-03,ZA-1,letters,appeal,500\n"


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        ("Peru,2019-12-03,ZA-1,letters,appeal,500", True),
        ("Pérou,3 December 2019,Grace Mbeki,lettres,solidarity,500", True),  # the purpose does not decide
        ("Peru,17 December 2019,ZA-1,letters,appeal,500", False),  # another day
        ("Peru,,ZA-1,,,500", True),
        ("Peru,2019,ZA-1,actions,,500", True),
        ("Peru,2019-11-30,ZA-1,letters,appeal,500", False),  # another month
        ("Peru,2018,ZA-1,letters,appeal,500", False),
        ("Peru,2019-12-03,ZA-1,cards,appeal,500", False),
        ("Peru,2019-12-03,ZA-1,letters,appeal,501", False),
        ("Chile,2019-12-03,ZA-1,letters,appeal,500", False),
        ("Peru,2019-12-03,ZA-2,letters,appeal,500", False),
        ("Peru,2019-12-03,,letters,appeal,500", False),
        ('Peru,2019-12-03,"ZA-1, ZA-2",letters,appeal,500', False),
    ],
)
def test_what_makes_a_row_already_told(row, is_told, tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, FIRST, "first.csv"), campaign)
    answer = preview(csv_file(tmp_path, HEAD + row + "\n\n"), campaign)
    assert (answer["already_told"], answer["refused"]) == (int(is_told), 0)
    if is_told:
        assert "row 2 of first.csv" in answer["problems"][0]["sentence"]
        assert (answer["messages"], answer["countries"]) == (0, 0)


def test_none_equals_none(tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, "Country,Count\nPeru,500\n", "first.csv"), campaign)
    assert figures(preview(csv_file(tmp_path, "Country,Kind,Count\nPeru,letters,500\nPeru,letters,501\n"), campaign))[3] == 1


def test_lines_within_one_return_never_repeat_each_other(tmp_path):
    campaign = make_other_campaign()
    answer = commit(csv_file(tmp_path, FIRST + FIRST.splitlines()[1] + "\n"), campaign)
    assert figures(answer) == (2, 0, 0, 0, 1000)
    assert len(tallies(campaign)) == 2


def test_only_what_is_new_is_imported(tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, FIRST, "first.csv"), campaign)
    answer = commit(csv_file(tmp_path, FIRST + "Chile,2019-12-03,ZA-1,letters,appeal,7\n", "both.csv"), campaign)
    assert figures(answer) == (1, 0, 0, 1, 7)
    assert [row[4] for row in tallies(campaign)] == [500, 7]


def test_a_withdrawn_return_tells_nothing(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, FIRST)
    number = commit(path, campaign)["imported"]
    withdraw_return(Return.objects.get(pk=number), by=operator())
    assert figures(commit(path, campaign)) == (1, 0, 0, 0, 500)


def test_another_campaign_tells_nothing(tmp_path):
    commit(csv_file(tmp_path, FIRST), make_other_campaign("one"))
    assert figures(preview(csv_file(tmp_path, FIRST), make_other_campaign("two"))) == (1, 0, 0, 0, 500)


def test_in_one_call_an_earlier_file_counts_as_told(tmp_path):
    campaign = make_other_campaign()
    paths = [csv_file(tmp_path, FIRST, "a.csv"), csv_file(tmp_path, FIRST + "\n\n", "b.csv")]
    for is_commit in (False, True):
        first, second = answers(paths, campaign=campaign, by=operator(), commit=is_commit)
        assert (figures(first), figures(second)) == ((1, 0, 0, 0, 500), (0, 0, 0, 1, 0))
    assert second["not_imported"]["code"] == "nothing_new"


def test_a_file_that_would_not_be_imported_tells_nothing(tmp_path):
    campaign = make_other_campaign()
    paths = [csv_file(tmp_path, FIRST + "Utopia,,,,,3\n", "a.csv"), csv_file(tmp_path, FIRST, "b.csv")]
    for is_commit in (False, True):
        first, second = answers(paths, campaign=campaign, by=operator(), commit=is_commit)
        assert (codes(first), figures(second)) == (["unknown_country"], (1, 0, 0, 0, 500))


def test_the_same_file_again_is_refused(tmp_path):
    campaign = make_other_campaign()
    path, copy = csv_file(tmp_path, FIRST), csv_file(tmp_path, FIRST, "copy.csv")
    both = answers([path, copy], campaign=campaign, by=operator())
    assert both[1]["refused_file"]["code"] == "same_file"
    commit(path, campaign)
    assert preview(copy, campaign)["refused_file"]["code"] == "same_file"
    assert commit(copy, campaign)["refused_file"]["code"] == "same_file"
    assert len(tallies(campaign)) == 1


def test_a_date_that_could_be_swapped_but_is_already_told_asks_nothing(tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, FIRST, "first.csv"), campaign)
    answer = preview(csv_file(tmp_path, HEAD + "Peru,03/12/2019,ZA-1,letters,appeal,500\n"), campaign)
    assert (answer["question"], answer["already_told"]) == (None, 1)


WHERE = "Country,Event,Place,Date,Case,Kind,Purpose,Count\n"
DEBATE = WHERE + "Peru,Debate,Lima,2019-12-04,ZA-1,letters,appeal,500\n"


@pytest.mark.parametrize(
    ("row", "is_told"),
    [
        ("Peru,Debate,Lima,2019-12-04", True),
        ("Peru,Debates,,2019-12-04", True),
        ("Peru,,,2019-12", True),
        ("Peru,Hall 126,,2019-12-01", False),
        ("Peru,Debate,Lima,2019-12-05", False),  # another day
        ("Peru,Debate,Cusco,2019-12-04", False),  # another place
        ("Peru,Concert,Lima,", False),  # another event
    ],
)
def test_an_event_a_place_or_a_day_that_differs_makes_it_another_row(row, is_told, tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, DEBATE, "first.csv"), campaign)
    answer = preview(csv_file(tmp_path, f"{WHERE}{row},ZA-1,letters,appeal,500\n\n"), campaign)
    assert (answer["already_told"], answer["refused"]) == (int(is_told), 0)
    where = "row 2 of first.csv (Debate, Lima, 4 December 2019)"
    assert where in answer["problems"][0]["sentence"], answer["problems"]
    assert answer["problems"][0]["code"] == ("already_told" if is_told else "alike")


def test_one_row_that_stands_answers_for_one_new_row_only(tmp_path):
    campaign = make_other_campaign()
    commit(csv_file(tmp_path, FIRST, "first.csv"), campaign)
    rows = "".join(f"Peru,Hall {at},,,ZA-1,letters,appeal,500\n" for at in range(20))
    answer = commit(csv_file(tmp_path, WHERE + rows), campaign)
    assert (answer["ready"] + answer["look"], answer["already_told"], answer["messages"]) == (19, 1, 9500)
    assert len(tallies(campaign)) == 20


def test_the_row_that_is_most_alike_is_the_one_that_answers(tmp_path):
    campaign = make_other_campaign()
    other = WHERE + "Peru,,,,ZA-1,letters,appeal,500\nPeru,Debate,Lima,2019-12-04,ZA-1,letters,appeal,500\n"
    commit(csv_file(tmp_path, other, "first.csv"), campaign)
    (problem,) = preview(csv_file(tmp_path, DEBATE), campaign)["problems"]
    assert "row 3 of first.csv" in problem["sentence"]
