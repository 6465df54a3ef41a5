"""From HTML to PDF: what is fetched, what is said about the maker, and what fails."""

import gc
import os
import re
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from logistics.documents import pdf
from tests.logistics.documents.reading import missing_glyphs, page_count, reader, text

ROOT = Path(__file__).parents[3]


def sheet(body: str = "<p>words</p>", head: str = "") -> str:
    return f'<!doctype html><html lang="en" class="a4"><head><title>MYP8VYRZAYFF</title>{head}</head><body>{body}</body></html>'


@pytest.fixture
def listener():
    """Counts who knocks on a port of this machine."""
    knocks = []
    server = socket.create_server(("127.0.0.1", 0))

    def wait():
        while True:
            try:
                connection, _ = server.accept()
            except OSError:
                return
            knocks.append(connection)
            connection.close()

    thread = threading.Thread(target=wait, daemon=True)
    thread.start()
    yield f"127.0.0.1:{server.getsockname()[1]}", knocks
    server.shutdown(socket.SHUT_RDWR)
    server.close()
    thread.join(5)


ASKING = [
    '<img src="{}">',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<svg width="9" height="9"><image href="{}" width="9" height="9"/></svg>',
    '<p style="background: url({})">x</p>',
    '<p style="list-style: url({}); display: list-item">x</p>',
    '<style>p::before {{ content: url({}) }}</style><p>x</p>',
    '<style>@import url({});</style>',
    '<link rel="stylesheet" href="{}">',
    '<link rel="attachment" href="{}">',
    '<a rel="attachment" href="{}">words</a>',
    '<style>@font-face {{ font-family: x; src: url({}) }} p {{ font-family: x }}</style><p>x</p>',
]


@pytest.mark.parametrize("asking", ASKING)
def test_nothing_is_fetched_from_the_network(listener, asking):
    address, knocks = listener
    with pytest.raises(pdf.DocumentFailed):
        pdf.render([sheet(asking.format(f"http://{address}/x.png"))])
    socket.create_connection(address.split(":")).close()  # the listener does hear
    for _ in range(500):
        if knocks:
            break
        threading.Event().wait(0.01)
    assert len(knocks) == 1


@pytest.mark.parametrize("asking", ASKING)
@pytest.mark.parametrize("address", ["file://{}", "document:{}", "document:../../{}", "{}", "ftp://127.0.0.1/{}"])
def test_no_other_file_of_the_machine_is_read(tmp_path, asking, address):
    secret = tmp_path / "secret.css"
    secret.write_text("p::before { content: 'a marker' }")
    with pytest.raises(pdf.DocumentFailed):
        pdf.render([sheet(asking.format(address.format(secret)))])


@pytest.mark.parametrize("asking", ["@import url(http://{}/x.css);", "p {{ background: url(http://{}/x.png) }}"])
@pytest.mark.parametrize("which", [pdf.STYLESHEET, pdf.ELEMENTS])
def test_not_even_a_stylesheet_may_fetch(listener, which, asking, tmp_path, monkeypatch):
    address, knocks = listener
    for name in (pdf.STYLESHEET, pdf.ELEMENTS):
        (tmp_path / name).write_text((pdf.FILES / name).read_text())
    (tmp_path / which).write_text(asking.format(address))
    monkeypatch.setattr(pdf, "FILES", tmp_path)
    with pytest.raises(pdf.DocumentFailed):
        pdf.render([sheet()])
    assert knocks == []


PASSED_OVER = [
    '<svg width="90" height="90"><use href="{}#x"/></svg>',
    '<svg width="90" height="90"><rect width="90" height="90" fill="url({}#x)"/></svg>',
    '<svg width="90" height="90"><rect width="90" height="90" filter="url({}#x)"/></svg>',
]
"""What asks within a drawing for a part of another file: it is passed over, and nothing is fetched."""


@pytest.mark.parametrize("asking", PASSED_OVER)
def test_a_drawing_takes_nothing_from_another_file(listener, tmp_path, asking):
    address, knocks = listener
    secret = tmp_path / "secret.svg"
    secret.write_text('<svg xmlns="http://www.w3.org/2000/svg"><g id="x"><text y="20">a marker</text></g></svg>')
    for target in (f"http://{address}/x.svg", f"file://{secret}", str(secret)):
        with suppress(pdf.DocumentFailed):
            assert "marker" not in text(pdf.render([sheet(asking.format(target))]))
    assert knocks == []


def test_a_link_fetches_nothing(listener):
    address, knocks = listener
    pdf.render([sheet(f'<a href="http://{address}/">words</a>')])
    assert knocks == []


def test_a_data_address_is_refused_too():
    with pytest.raises(pdf.DocumentFailed):
        pdf.render([sheet('<img src="data:image/png;base64,iVBORw0KGgo=">')])


def test_a_missing_picture_fails_the_document():
    with pytest.raises(pdf.DocumentFailed, match="not-there.svg"):
        pdf.render([sheet('<img src="document:not-there.svg">')])


def test_a_picture_that_cannot_be_read_fails_the_document():
    with pytest.raises(pdf.DocumentFailed, match="document.css"):
        pdf.render([sheet('<img src="document:document.css">')])


def test_the_stylesheet_is_understood_whole(caplog):
    pdf.render([sheet()])
    assert [record.getMessage() for record in caplog.records if record.name == "weasyprint"] == []


def test_a_letter_that_no_font_has_is_heard_by_the_tests(caplog):
    pdf.render([sheet("<p>words</p>")])
    assert missing_glyphs(caplog) == []
    pdf.render([sheet("<p>\U0010ff00</p>")])
    assert len(missing_glyphs(caplog)) == 1


def test_it_says_its_number_and_nothing_of_its_maker():
    head = '<meta name="author" content="x"><meta name="description" content="x"><meta name="keywords" content="x">'
    head += '<meta name="generator" content="x"><meta name="dcterms.created" content="2024-01-01">'
    made = pdf.render([sheet(head=head)])
    document = reader(made)
    assert dict(document.metadata) == {"/Title": "MYP8VYRZAYFF"}
    assert document.xmp_metadata is None
    assert "/ID" not in document.trailer
    assert b"WeasyPrint" not in made and b"pydyf" not in made


def test_sheets_become_one_file_each_with_its_own_page_numbers():
    foot = '<div class="running-foot"><span class="page-number"></span> of <span class="page-count"></span></div>'
    long = "".join('<p style="break-after: page">words</p>' for _ in range(2))
    made = pdf.render([sheet(foot + long), sheet(foot + "<p>other</p>")])
    assert page_count(made) == 3
    assert [part in text(made) for part in ("1 of 2", "2 of 2", "1 of 1")] == [True] * 3


def test_the_first_setting_that_fits_on_one_page_is_taken():
    two, one = sheet('<p style="break-after: page">first</p><p>last</p>'), sheet("<p>tight</p>")
    assert "tight" in text(pdf.render_on_one_page([two, one]))
    assert "first" in text(pdf.render_on_one_page([two, two]))
    assert "tight" in text(pdf.render_on_one_page([one, two]))


SCRIPT = """
import sys, tests.conftest, django
django.setup()
from tests.logistics.documents.test_confirmation import facts
from tests.mailbags.documents.test_packing_list import bag
from logistics.documents.confirmation import confirmation
from mailbags.documents.packing_list import packing_list
sys.stdout.buffer.write(confirmation(facts()) + packing_list(bag(30)))
"""


def test_another_process_with_another_clock_and_hash_seed_makes_the_same_bytes():
    made = [
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            env=os.environ | {"PYTHONHASHSEED": seed, "TZ": zone, "SOURCE_DATE_EPOCH": epoch, "LANG": "C.UTF-8"},
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone, epoch in (("1", "UTC", "1"), ("2", "Asia/Tokyo", "1700000000"))
    ]
    assert len(made[0]) > 20_000
    assert made[0] == made[1]


INLINE = {"b", "bdi", "i", "small", "span", "strong"}
DRAWN = {"circle", "path", "rect", "svg"}


def test_every_element_of_a_document_is_one_that_our_sheet_knows():
    known = set(re.findall(r"[a-z][a-z0-9]*", re.sub(r"/\*.*?\*/|\{.*?\}", "", (pdf.FILES / pdf.ELEMENTS).read_text(), flags=re.S)))
    written = "".join(file.read_text() for file in (ROOT / "templates/documents").glob("*.html"))
    assert set(re.findall(r"<([a-z][a-z0-9]*)", written)) <= known | INLINE | DRAWN


def test_a_document_that_fails_leaves_the_collecting_of_memory_as_it_was():
    assert gc.isenabled()
    with pytest.raises(pdf.DocumentFailed):
        pdf.render([sheet('<img src="document:nowhere.png">')])
    assert gc.isenabled()
    pdf.render([sheet()])
    assert gc.isenabled()


def test_a_stylesheet_that_was_changed_is_read_again(tmp_path, monkeypatch):
    for name in (pdf.STYLESHEET, pdf.ELEMENTS):
        (tmp_path / name).write_text((pdf.FILES / name).read_text())
    monkeypatch.setattr(pdf, "FILES", tmp_path)
    before = page_count(pdf.render([sheet("<p>one</p><p>two</p>")]))
    (tmp_path / pdf.STYLESHEET).write_text("p + p { break-before: page }")
    assert (before, page_count(pdf.render([sheet("<p>one</p><p>two</p>")]))) == (1, 2)
