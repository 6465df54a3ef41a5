"""Several people who import at once. Only PostgreSQL lets two writers meet."""

import pytest

from logistics.actions.people import operator
from logistics.models import Return
from logistics.resources.returns.importing import import_file
from tests.journeys.test_two_at_once import at_once
from tests.logistics.returns.files import csv_file, make_other_campaign, tallies

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]
ROW = "Country,Date,Case,Kind,Purpose,Count\nPeru,2019-12-03,ZA-1,letters,appeal,5\n"


def said(path: str, campaign, by) -> object:
    answer = import_file(path, campaign=campaign, by=by)
    return answer.get("refused_file", {}).get("code") or answer.get("not_imported", {}).get("code") or "imported"


def test_the_same_file_imported_by_eight_at_once_counts_once(tmp_path):
    campaign, by, path = make_other_campaign(), operator(), csv_file(tmp_path, ROW)
    answers = at_once(*[lambda: said(path, campaign, by)] * 8)
    assert sorted(answers) == ["imported"] + ["same_file"] * 7
    assert (len(tallies(campaign)), Return.objects.count()) == (1, 1)


def test_two_files_that_tell_the_same_at_once_count_once(tmp_path):
    campaign, by = make_other_campaign(), operator()
    paths = [csv_file(tmp_path, ROW + "\n" * number, f"{number}.csv") for number in range(6)]
    answers = at_once(*[lambda path=path: said(path, campaign, by) for path in paths])
    assert sorted(answers) == ["imported"] + ["nothing_new"] * 5
    assert len(tallies(campaign)) == 1
