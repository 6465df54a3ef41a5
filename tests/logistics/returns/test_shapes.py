"""The shapes in which returns arrive."""

import openpyxl
import pytest

from tests.factories import make_case
from tests.logistics.returns.files import (
    codes,
    collections,
    commit,
    csv_file,
    figures,
    make_other_campaign,
    preview,
    tallies,
    workbook,
)

pytestmark = pytest.mark.django_db


def test_a_workbook_with_a_title_blank_rows_subtotals_and_a_notes_sheet(tmp_path):
    campaign = make_other_campaign()
    path = workbook(
        tmp_path,
        [
            ["Light 2019: what came in", None, None, None, None, None],
            [],
            ["Country", "Date", "Case", "Kind", "Purpose", "How many"],
            ["Kenya", "2019-12-03", "ZA-1", "letters", "solidarity", 10],
            ["Kenya", "2019-12-03", "ZA-2", "cards", "solidarity", 5],
            ["Subtotal Kenya", None, None, None, None, 15],
            [],
            ["Peru", "2019-12-04", "EG-1", "letters", "appeal", 7],
            ["Total Peru", None, None, None, None, 7],
            ["TOTAL", None, None, None, None, 22],
            ["* provisional figures"],
        ],
        [["Please send questions to the coordinator."], ["Figures are provisional."]],
        merged=("A1:F1",),
    )
    answer = preview(path, campaign)
    assert figures(answer) == (3, 0, 0, 0, 22)
    assert (answer["total_stated"], answer["total_agrees"], answer["countries"]) == (22, True, 2)
    assert answer["problems"] == []


def test_a_total_that_disagrees_is_said(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Country,Case,Kind,Purpose,Date,Count\n"
                    "Kenya,ZA-1,letters,solidarity,2019-12-03,10\nTOTAL,,,,,11\n")  # fmt: skip
    answer = preview(path, campaign)
    assert (answer["total_stated"], answer["total_agrees"], answer["messages"]) == (11, False, 10)
    assert codes(answer, row=3) == ["total_differs"]


def test_a_value_merged_downwards_holds_for_all_its_rows(tmp_path):
    campaign = make_other_campaign()
    path = workbook(
        tmp_path,
        [
            ["Country", "Event", "Date", "Case", "Kind", "Purpose", "How many"],
            ["Kenya", "Vigil", "2019-12-03", "ZA-1", "letters", "solidarity", 10],
            [None, None, None, "ZA-2", "letters", "solidarity", 20],
            [None, None, None, "EG-1", "letters", "solidarity", 30],
        ],
        merged=("A2:A4", "B2:B4", "C2:C4"),
    )
    answer = commit(path, campaign)
    assert figures(answer) == (3, 0, 0, 0, 60)
    assert len(collections(campaign)) == 1
    assert [row[0:2] + row[4:5] for row in tallies(campaign)] == [("KE", "ZA-1", 10), ("KE", "ZA-2", 20), ("KE", "EG-1", 30)]


def test_a_figure_merged_downwards_is_of_its_rows_together(tmp_path):
    campaign = make_other_campaign()
    path = workbook(
        tmp_path,
        [
            ["Country", "Date", "Case", "Kind", "Purpose", "How many", "Spent", "Currency"],
            ["Kenya", "2019-12-03", "ZA-1", "letters", "solidarity", 10, 40, "EUR"],
            ["Kenya", "2019-12-03", "EG-1", "letters", "solidarity", None, None, None],
            ["Kenya", "2019-12-03", "ES-1", "letters", "solidarity", 3, None, None],
            ["TOTAL", None, None, None, None, 13, None, None],
        ],
        merged=("F2:F3", "G2:G4", "H2:H4"),
    )
    answer = commit(path, campaign)
    assert figures(answer) == (1, 2, 0, 0, 13)
    assert answer["total_agrees"] is True
    assert [row[1:2] + row[4:5] for row in tallies(campaign)] == [("EG-1 ZA-1", 10), ("ES-1", 3)]
    assert [(c.spent, c.currency) for c in collections(campaign)] == [(40, "EUR")]


def test_where_the_total_holds_the_only_figure_it_is_of_the_rows_above(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Organiser,Place,Event,Date,For,Letters and cards\n"
                    'Amal N.,"Kisumu, Kenya",Reading,November 2019,,\n,,Reading,November 2019,,\n'
                    ',,Reading,November 2019,,\nTOTAL,,three readings,,"ZA-1, EG-1",95\n')  # fmt: skip
    answer = commit(path, campaign)
    assert (answer["rows"], figures(answer)) == (3, (0, 3, 0, 0, 95))
    (collection,) = collections(campaign)
    assert (collection.events, collection.country, collection.organiser) == (3, "KE", "Amal N.")
    assert (str(collection.day), collection.precision) == ("2019-11-01", "month")
    assert tallies(campaign) == [("KE", "EG-1 ZA-1", "letter_and_card", "", 95, "exact")]


def test_kinds_side_by_side_are_figures_of_their_own(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Country;Date;Case;Purpose;Letters;Postcards;Total\n"
                    "Kenya;2019-12-03;ZA-1;solidarity;10;5;15\nPeru;2019-12-03;ZA-2;solidarity;;7;7\n"
                    "Chile;2019-12-04;EG-1;appeal;0;-;9\nTOTAL;;;;10;12;31\n")  # fmt: skip
    answer = commit(path, campaign)
    assert tallies(campaign) == [
        ("KE", "ZA-1", "letter", "solidarity", 10, "exact"),
        ("KE", "ZA-1", "card", "solidarity", 5, "exact"),
        ("PE", "ZA-2", "card", "solidarity", 7, "exact"),
        ("CL", "EG-1", "not_broken_down", "appeal", 9, "exact"),
    ]
    assert codes(answer) == ["no_kind", "total_differs"]  # the total's own columns come to 22


def test_purposes_and_cases_side_by_side(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Country,Date,Case,Solidarity letters,Appeal letters\nKenya,2019-12-03,ZA-1,10,5\n")
    other = csv_file(tmp_path, "Country,Date,Kind,Purpose,Grace Mbeki,EG-1,The Horvats\n"
                     "Peru,2019-12-03,cards,solidarity,1,2,3\nTotal,,,,1,2,3\n", "other.csv")  # fmt: skip
    assert figures(commit(path, campaign)) == (2, 0, 0, 0, 15)
    answer = commit(other, campaign)
    assert (figures(answer), answer["total_agrees"]) == ((3, 0, 0, 0, 6), True)
    assert tallies(campaign) == [
        ("KE", "ZA-1", "letter", "solidarity", 10, "exact"),
        ("KE", "ZA-1", "letter", "appeal", 5, "exact"),
        ("PE", "ZA-1", "card", "solidarity", 1, "exact"),
        ("PE", "EG-1", "card", "solidarity", 2, "exact"),
        ("PE", "HR-1", "card", "solidarity", 3, "exact"),
    ]


def test_a_header_of_two_lines(tmp_path):
    campaign = make_other_campaign()
    path = workbook(
        tmp_path,
        [
            ["Country", "Date", "Case", "Purpose", "Number sent", None],
            [None, None, None, None, "Letters", "Cards"],
            ["Kenya", "2019-12-03", "ZA-1", "solidarity", 4, 6],
        ],
        merged=("A1:A2", "B1:B2", "C1:C2", "D1:D2", "E1:F1"),
    )
    assert figures(preview(path, campaign)) == (2, 0, 0, 0, 10)
    text = "Country,Date,Case,Purpose,Number sent,\n,,,,Letters,Cards\nKenya,2019-12-03,ZA-1,solidarity,4,6\n"
    assert figures(preview(csv_file(tmp_path, text), campaign)) == (2, 0, 0, 0, 10)


def test_every_sheet_with_a_table_is_read_and_a_sheet_may_name_the_country(tmp_path):
    campaign = make_other_campaign()
    book = workbook(
        tmp_path,
        [["Case", "Date", "Kind", "Purpose", "Count"], ["ZA-1", "2019-12-03", "letters", "solidarity", 8], ["TOTAL", "", "", "", 8]],
        [["Case", "Date", "Kind", "Purpose", "Count"], ["ZA-2", "2019-12-03", "letters", "solidarity", 9], ["TOTAL", "", "", "", 9]],
    )

    file = openpyxl.load_workbook(book)
    file["Sheet 1"].title, file["Sheet 2"].title = "Kenya", "Côte d’Ivoire"
    file.save(book)
    answer = commit(book, campaign)
    assert (figures(answer), answer["total_stated"], answer["total_agrees"]) == ((2, 0, 0, 0, 17), 17, True)
    assert [row[0] for row in tallies(campaign)] == ["KE", "CI"]


def test_two_tables_one_below_the_other(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Letters\nCountry,Case,Date,Kind,Purpose,Count\nKenya,ZA-1,2019-12-03,letters,solidarity,5\n"
                    "TOTAL,,,,,5\n\nPetitions\nCase,Country,Kind,How many,Date,Purpose\n"
                    "EG-1,Peru,signatures,50,2019-12-03,appeal\nTOTAL,,,50,,\n")  # fmt: skip
    answer = preview(path, campaign)
    assert (figures(answer), answer["total_stated"], answer["total_agrees"]) == ((2, 0, 0, 0, 55), 55, True)


def test_row_numbers_are_no_figures(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "No.,Country,Case,Date,Purpose,Letters\n1,Kenya,ZA-1,2019-12-03,solidarity,50\n"
                    "2,Peru,ZA-1,2019-12-03,solidarity,60\n")  # fmt: skip
    assert figures(preview(path, campaign)) == (2, 0, 0, 0, 110)


def test_titles_regions_and_notes_between_the_rows_are_no_rows(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Country,Case,Date,Kind,Purpose,Count\nAFRICA,,,,,\nKenya,ZA-1,2019-12-03,letters,solidarity,5\n"
                    "AMERICAS,,,,,\nPeru,ZA-1,2019-12-03,letters,solidarity,6\n,,,,,\nSource: what the offices wrote,,,,,\n")  # fmt: skip
    assert figures(preview(path, campaign)) == (2, 0, 0, 0, 11)


def test_a_country_without_a_figure_is_refused_and_not_passed_over(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Country,Case,Date,Kind,Purpose,Count\nKenya,,,,,\nPeru,ZA-1,2019-12-03,letters,solidarity,6\n")
    answer = preview(path, campaign)
    assert (figures(answer), codes(answer, row=2)) == ((1, 0, 1, 0, 6), ["no_number"])


def test_a_countrys_own_total_is_what_it_reports(tmp_path):
    campaign = make_other_campaign()
    path = csv_file(tmp_path, "Country,Kind,Count\nKenya,Total,500\nPeru,Total,600\nTOTAL,,1100\n")
    answer = preview(path, campaign)
    assert (answer["rows"], answer["messages"], answer["total_stated"], answer["total_agrees"]) == (2, 1100, 1100, True)


def test_changing_one_count_changes_the_messages_by_as_much(tmp_path):
    campaign = make_other_campaign()
    head = "Country,Case,Date,Kind,Purpose,Count\nPeru,ZA-1,2019-12-03,letters,solidarity,6\n"
    first = preview(csv_file(tmp_path, head + "Kenya,ZA-1,2019-12-03,letters,solidarity,5\n"), campaign)
    second = preview(csv_file(tmp_path, head + "Kenya,ZA-1,2019-12-03,letters,solidarity,1005\n"), campaign)
    assert second["messages"] - first["messages"] == 1000


def test_a_country_in_the_name_of_the_office_or_above_the_table_is_looked_at(tmp_path):
    campaign = make_other_campaign()
    text = "Office,Date,Case,Kind,Purpose,Count\nAmnesty Peru,2019-12-03,ZA-1,letters,appeal,5\n"
    answer = preview(csv_file(tmp_path, text), campaign)
    assert (figures(answer), codes(answer)) == ((0, 1, 0, 0, 5), ["country_elsewhere"])
    text = "Amnesty International Bénin\n\nPlace,Date,Case,Kind,Purpose,Count\nCotonou,2019-12-03,ZA-1,letters,appeal,5\n"
    answer = commit(csv_file(tmp_path, text), campaign)
    assert (codes(answer), [row[0] for row in tallies(campaign)]) == (["country_elsewhere"], ["BJ"])


@pytest.mark.parametrize("office", ["AI", "AF", "SG", "IT"])
def test_letters_that_happen_to_be_a_countrys_code_are_no_country_in_an_office(office, tmp_path):
    campaign = make_other_campaign()
    text = f"Country,Office,Date,Case,Kind,Purpose,Count\n,{office},2019-12-03,ZA-1,letters,appeal,5\n"
    assert codes(preview(csv_file(tmp_path, text), campaign)) == ["unknown_country"]


def test_what_is_told_above_the_table_holds_for_its_rows(tmp_path):
    campaign = make_other_campaign()
    text = "Country:,Peru,\nDate: 3 December 2019,,\nOffice,Amnesty Peru,\n\nCase,Kind,Purpose,Count\nZA-1,letters,appeal,5\n"
    answer = commit(csv_file(tmp_path, text), campaign)
    (collection,) = collections(campaign)
    assert (figures(answer), str(collection.day), collection.office) == ((1, 0, 0, 0, 5), "2019-12-03", "Amnesty Peru")


def test_a_sheet_that_adds_up_the_others_is_left_out(tmp_path):

    campaign = make_other_campaign()
    path = workbook(
        tmp_path,
        [["Country", "Total"], ["Kenya", 8], ["TOTAL", 8]],
        [["Country", "Case", "Date", "Kind", "Purpose", "Count"], ["Kenya", "ZA-1", "2019-12-03", "letters", "appeal", 8]],
    )
    book = openpyxl.load_workbook(path)
    book["Sheet 1"].title = "Summary"
    book.save(path)
    assert figures(preview(path, campaign)) == (1, 0, 0, 0, 8)


def test_a_merged_cell_that_begins_in_the_header_does_not_fill_the_rows(tmp_path):
    campaign = make_other_campaign()
    path = workbook(
        tmp_path,
        [["Country", "Kind", "Count"], [None, "letters", 5], [None, "letters", 6]],
        merged=("A1:A3",),
    )
    assert codes(preview(path, campaign)) == ["unknown_country"] * 2
    assert "names no country" in preview(path, campaign)["problems"][0]["sentence"]


def test_several_blocks_each_with_the_only_figure_in_its_total(tmp_path):
    campaign = make_other_campaign()
    text = "Organiser;Place;Event;Date;Case;Letters\n"
    text += "A B;Lima, Peru;Debate;December 2019;;\n;;Debate;December 2019;;\nTotal;;;;ZA-1;100\n"
    text += "C D;Quito, Ecuador;Vigil;December 2019;;\n;;Vigil;December 2019;;\nTotal;;;;EG-1;50\n"
    answer = commit(csv_file(tmp_path, text), campaign)
    assert (answer["rows"], answer["messages"], answer["countries"], codes(answer)) == (4, 150, 2, ["no_purpose"] * 2)
    assert [(found.country, found.organiser, found.events) for found in collections(campaign)] == [("PE", "A B", 2), ("EC", "C D", 2)]


def test_a_footer_of_two_cells_is_no_row(tmp_path):
    campaign = make_other_campaign()
    text = "Country;Case;Date;Kind;Purpose;Count\nPeru;ZA-1;2019-12-03;letters;appeal;5\n\nPrepared by;Jane;;;;\n"
    assert figures(preview(csv_file(tmp_path, text), campaign)) == (1, 0, 0, 0, 5)
    text += "Chile;ZA-1;;;;\n"
    assert codes(preview(csv_file(tmp_path, text), campaign))[-1] == "unknown_country"


def test_the_currency_may_stand_in_the_header(tmp_path):
    campaign = make_other_campaign()
    text = "Country;Date;Kind;Purpose;Count;Cost (EUR)\nPeru;2019-12-03;letters;appeal;5;80\n"
    assert codes(commit(csv_file(tmp_path, text), campaign)) == []
    assert [(found.spent, found.currency) for found in collections(campaign)] == [(80, "EUR")]


def test_a_total_that_lost_its_word_is_known_by_what_it_adds_up_to(tmp_path):
    campaign = make_other_campaign()
    head = "Country,Case,Date,Kind,Purpose,Count\n"
    rows = "{0},ZA-1,2019-12-03,letters,appeal,5\n{0},ZA-2,2019-12-03,letters,appeal,6\n"
    text = head + rows.format("Peru") + ",,,,,11\n" + rows.format("Chile") + ",,,,,11\n,,,,,22\n"
    answer = preview(csv_file(tmp_path, text), campaign)
    assert (figures(answer), answer["total_stated"], answer["total_agrees"]) == ((4, 0, 0, 0, 22), 22, True)
    assert codes(preview(csv_file(tmp_path, head + rows.format("Peru") + ",,,,,12\n"), campaign)) == ["unknown_country"]


def test_a_case_whose_code_is_a_number_is_found_in_its_column_only(tmp_path):
    campaign = make_other_campaign()
    make_case(campaign, "7", public_name="Seventh Person", consent=False)
    text = "Week,Country,Date,Kind,Purpose,Count\n7,Peru,2019-12-03,letters,appeal,7\n"
    commit(csv_file(tmp_path, text), campaign)
    path = workbook(tmp_path, [["Country", "Case", "Date", "Kind", "Purpose", "Count"], ["Chile", 7, "2019-12-03", "letters", "appeal", 7]])
    commit(path, campaign)
    assert [row[:2] for row in tallies(campaign)] == [("PE", ""), ("CL", "7")]


def test_columns_under_headers_that_say_nothing_are_known_by_what_they_hold(tmp_path):
    campaign = make_other_campaign()
    text = "Who,Where from,Whatever,Sort,Why,Count\nGrace Mbeki,Peru,letters,x,appeal,5\nEG-1,Chile,cards,y,solidarity,6\n"
    commit(csv_file(tmp_path, text), campaign)
    assert tallies(campaign) == [("PE", "ZA-1", "letter", "appeal", 5, "exact"), ("CL", "EG-1", "card", "solidarity", 6, "exact")]


def test_a_figure_that_no_database_holds_is_refused_with_what_to_do(tmp_path):
    campaign = make_other_campaign()
    text = "Country;Case;Date;Kind;Purpose;Count\nPeru;ZA-1;2019-12-03;letters;appeal;2 147 483 648\n"
    assert codes(preview(csv_file(tmp_path, text), campaign)) == ["too_large_number"]
