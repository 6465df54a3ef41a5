"""The trial campaign's own files, word by word as the task says."""

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command
from django.db.models import Count, Sum

from logistics.models import Campaign, Collection, Tally
from logistics.words import LETTERS_AND_CARDS
from tests.logistics.returns.files import commit, figures, preview, tallies

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[3] / "data/write-for-rights-2013"
WORLD = str(DATA / "returns/world-2013.xlsx")
OTHERS = ["iceland.csv", "czech-republic.csv", "drc-lubumbashi.csv", "togo.tsv"]


@pytest.fixture
def campaign() -> Campaign:
    call_command("load_campaign", str(DATA), verbosity=0)
    return Campaign.objects.get()


def other(name: str) -> str:
    return str(DATA / "returns" / name)


def test_the_workbook_holds_the_whole_campaign_and_then_the_other_files_are_already_told(campaign):
    answer = commit(WORLD, campaign)
    assert (answer["messages"], answer["countries"], answer["refused"], answer["already_told"]) == (2_300_000, 80, 0, 0)
    assert (answer["total_stated"], answer["total_agrees"], answer["question"]) == (2_300_000, True, None)
    alone = Tally.objects.annotate(named=Count("cases")).filter(named=1, cases__code="TR")
    assert alone.filter(kind__in=LETTERS_AND_CARDS, purpose="solidarity").aggregate(Sum("count"))["count__sum"] == 4236
    for name in OTHERS:
        answer = preview(other(name), campaign)
        rows = 5 if name == "drc-lubumbashi.csv" else 1
        assert (answer["rows"], answer["already_told"]) == (rows, rows), name


def test_a_changed_count_changes_what_follows(campaign, tmp_path):
    book = openpyxl.load_workbook(WORLD)
    sheet = book.worksheets[0]
    cell = next(sheet.cell(row, 9) for row in range(4, 40) if isinstance(sheet.cell(row, 9).value, int))
    cell.value += 1000
    book.save(tmp_path / "changed.xlsx")
    answer = preview(str(tmp_path / "changed.xlsx"), campaign)
    assert (answer["messages"], answer["total_agrees"]) == (2_301_000, False)


def test_iceland_alone(campaign):
    assert figures(commit(other("iceland.csv"), campaign)) == (0, 1, 0, 0, 51_465)
    assert tallies(campaign) == [("IS", "", "signature", "", 51_465, "exact")]


def test_the_czech_republic_alone(campaign):
    commit(other("czech-republic.csv"), campaign)
    assert tallies(campaign) == [("CZ", "", "not_broken_down", "", 14_032, "exact")]
    collection = Collection.objects.get()
    assert (collection.spent, collection.currency, collection.office) == (Decimal(120), "GBP", "Amnesty Czech Republic")


def test_congo_alone(campaign):
    answer = commit(other("drc-lubumbashi.csv"), campaign)
    assert figures(answer) == (0, 5, 0, 0, 1_800)
    assert (answer["total_stated"], answer["total_agrees"]) == (1_800, True)
    assert tallies(campaign) == [("CD", "ET NG PS TN", "not_broken_down", "", 1_800, "exact")]
    collection = Collection.objects.get()
    assert (collection.events, collection.place) == (5, "Lubumbashi, Katanga, DRC")
    assert (collection.organiser, str(collection.day), collection.precision) == ("Grégoire Kauli Moket", "2013-12-01", "month")


def test_togo_alone(campaign):
    commit(other("togo.tsv"), campaign)
    assert tallies(campaign) == [("TG", "", "signature", "", 22_000, "more_than")]
    assert Collection.objects.get().event == "Concert"


def test_after_the_four_the_workbook_adds_the_rest(campaign):
    for name in OTHERS:
        assert commit(other(name), campaign)["imported"]
    answer = commit(WORLD, campaign)
    assert (answer["already_told"], answer["refused"]) == (4, 0)
    assert Tally.objects.aggregate(Sum("count"))["count__sum"] == 2_300_000
