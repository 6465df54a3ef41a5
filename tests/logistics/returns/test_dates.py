"""Days and months that could be swapped."""

import pytest

from tests.logistics.returns.files import codes, collections, commit, csv_file, figures, is_empty, make_other_campaign, preview

pytestmark = pytest.mark.django_db
HEAD = "Country,{},Kind,Purpose,Count\n"


def rows(*dates: str, header: str = "Date") -> str:
    return HEAD.format(header) + "".join(f"Peru,{date},letters,appeal,{number}\n" for number, date in enumerate(dates, 5))


def test_a_file_that_does_not_settle_the_order_asks(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, rows("03/12/2019", "12/12/2019", "2019-12-30"))
    answer = preview(path, campaign)
    assert (answer["question"], figures(answer), codes(answer)) == ("date_order", (2, 1, 0, 0, 18), ["date_order"])
    assert answer["problems"][0]["row"] == 2


def test_commit_refuses_until_the_question_is_answered(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, rows("03/12/2019"))
    answer = commit(path, campaign)
    assert (answer["imported"], answer["not_imported"]["code"], is_empty(campaign)) == (None, "date_order", True)
    assert commit(path, campaign, date_order="mdy")["question"] is None
    assert str(collections(campaign)[0].day) == "2019-03-12"


@pytest.mark.parametrize(("order", "day"), [("dmy", "2019-12-03"), ("mdy", "2019-03-12")])
def test_the_answer_settles_it(order, day, tmp_path):
    campaign = make_other_campaign()
    answer = commit(csv_file(tmp_path, rows("03/12/2019")), campaign, date_order=order)
    assert (answer["question"], figures(answer)) == (None, (1, 0, 0, 0, 5))
    assert str(collections(campaign)[0].day) == day


@pytest.mark.parametrize(("other", "day"), [("25/11/2019", "2019-12-03"), ("11/25/2019", "2019-03-12")])
def test_another_row_settles_it(other, day, tmp_path):
    campaign = make_other_campaign()
    answer = commit(csv_file(tmp_path, rows("03/12/2019", other)), campaign)
    assert (answer["question"], figures(answer)) == (None, (2, 0, 0, 0, 11))
    assert str(collections(campaign)[0].day) == day


def test_rows_that_contradict_each_other_settle_nothing(tmp_path):
    campaign = make_other_campaign()
    answer = preview(csv_file(tmp_path, rows("03/12/2019", "25/11/2019", "11/25/2019")), campaign)
    assert (answer["question"], codes(answer)) == ("date_order", ["date_order"])


@pytest.mark.parametrize(("header", "day"), [("Date (dd/mm/yyyy)", "2019-12-03"), ("Date (MM/DD/YYYY)", "2019-03-12"),
                                             ("Datum (TT.MM.JJJJ)", "2019-12-03")])  # fmt: skip
def test_the_header_settles_it(header, day, tmp_path):
    campaign = make_other_campaign()
    answer = commit(csv_file(tmp_path, rows("03/12/2019", header=header)), campaign)
    assert (answer["question"], str(collections(campaign)[0].day)) == (None, day)


def test_a_refused_row_asks_nothing(tmp_path):
    campaign = make_other_campaign()
    answer = preview(csv_file(tmp_path, HEAD.format("Date") + "Utopia,03/12/2019,letters,appeal,5\n"), campaign)
    assert (answer["question"], codes(answer)) == (None, ["unknown_country"])


def test_a_day_that_comes_in_the_future_only_when_swapped_is_still_asked_about(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, rows("01/12/2098"))
    assert codes(preview(path, campaign)) == ["impossible_date"]
