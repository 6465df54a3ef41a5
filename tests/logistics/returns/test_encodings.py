"""CSV files as different programs write them."""

import pytest

from logistics.resources.reading.files import read_file
from tests.logistics.returns.files import csv_file

TEXT = "Pays;Activité;Nombre\nCôte d’Ivoire;Été – œuvre;12\n"
WANTED = [["Pays", "Activité", "Nombre"], ["Côte d’Ivoire", "Été – œuvre", "12"]]


def cells(path: str) -> list[list[str]]:
    (sheet,) = read_file(path).sheets
    return [row.cells for row in sheet.rows]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_is_read(encoding, end, tmp_path):
    assert cells(csv_file(tmp_path, TEXT.replace("\n", end), encoding=encoding)) == WANTED


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_every_separator_is_found_out(separator, tmp_path):
    text = 'Country;Event;Date;Count\nPeru;"A; b, c | d";3.12.2019;1\nChile;x;;"1,5"\n'
    rows = [["Country", "Event", "Date", "Count"], ["Peru", "A; b, c | d", "3.12.2019", "1"], ["Chile", "x", "", "1,5"]]
    table = text if separator == ";" else "\n".join(separator.join(f'"{cell}"' for cell in row) for row in rows)
    assert cells(csv_file(tmp_path, table)) == rows


def test_a_title_with_other_separators_above_the_header_does_not_mislead(tmp_path):
    text = "Return of Peru, Chile, Kenya, Togo, Mali\n\nCountry;Date;Count\nPeru;2019-12-03;1\n"
    assert cells(csv_file(tmp_path, text))[1] == ["Country", "Date", "Count"]


def test_the_line_that_names_the_separator_is_no_row(tmp_path):
    assert cells(csv_file(tmp_path, "sep=;\r\nCountry;Count\r\nPeru;1\r\n")) == [["Country", "Count"], ["Peru", "1"]]


def test_a_line_break_within_quotation_marks_stays_in_its_cell(tmp_path):
    (sheet,) = read_file(csv_file(tmp_path, 'Country,Event,Count\nPeru,"two\nlines",1\nChile,x,2\n')).sheets
    assert [row.cells[1] for row in sheet.rows] == ["Event", "two\nlines", "x"]
