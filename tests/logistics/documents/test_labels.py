"""Label sheets: what stands in a cell, where it stands, and that a scanner reads it, also from a copy of a copy."""

import random
import re
from io import StringIO

import pytest
from django.core.management import call_command
from PIL import Image

from logistics import codes
from logistics.actions.labels import replace_label
from logistics.documents import labels
from logistics.documents.label_kind import MOST, Labels, printed
from logistics.errors import Refused
from logistics.models import AuditRow
from logistics.queries.labels import label_set
from logistics.registry import LabelSet
from tests import factories
from tests.logistics.documents.reading import fonts, missing_glyphs, page_count, page_texts, paper, photocopied, picture, read, reader, text
from tests.world import World, everything

POINTS = 72 / 25.4


def some(count: int, sorts: str = "BBBAM") -> list[str]:
    with codes.drawing_from(random.Random(1)):
        return [codes.new(sorts[at % len(sorts)]) for at in range(count)]


def sheets(count: int = 24, **asked) -> bytes:
    return labels.label_sheets(some(count), number="AGFJYJ1FPJEH", **asked)


def black(image: Image.Image) -> int:
    return image.size[0] * image.size[1] - image.point(lambda value: 255 * (value > 127)).histogram()[255]


@pytest.mark.parametrize(("name", "size"), [("a4", (210, 297)), ("letter", (216, 279))])
def test_every_cell_has_its_symbol_its_code_and_its_letter_and_nothing_else(name, size):
    made = sheets(paper=name)
    assert (page_count(made), paper(made)) == (1, size)
    assert sorted(each.text for each in read(picture(made))) == sorted(some(24))
    said = text(made)
    assert all(codes.grouped(code) in said for code in some(24))
    rest = said
    for code in some(24):
        rest = rest.replace(codes.grouped(code), "", 1)
    margin = "AGFJ YJ1F PJEH 50 mm when printed at 100 % Page 1 of 1"
    words = rest.split()
    assert sorted(words) == sorted([*margin.split(), *(code[0] for code in some(24))])


@pytest.mark.parametrize("name", labels.page.PAPERS)
def test_a_scanner_reads_every_symbol_from_the_copy_of_a_copy(name):
    copy = photocopied(picture(sheets(paper=name)))
    assert copy.mode == "1"
    assert sorted(each.text for each in read(copy)) == sorted(some(24))


def test_the_symbols_are_of_level_q_with_modules_of_three_quarters_of_a_millimetre():
    for each in read(picture(sheets())):
        assert each.ec_level == "Q"
        corners = each.position
        width = (corners.top_right.x - corners.top_left.x) / 200 * 25.4
        assert width / 21 == pytest.approx(0.75, abs=0.03)


def test_around_every_symbol_four_modules_stay_white():
    image = picture(sheets())
    quiet = 4 * labels.MODULE / 25.4 * 200
    for each in read(image):
        left, top = each.position.top_left.x, each.position.top_left.y
        right, bottom = each.position.bottom_right.x, each.position.bottom_right.y
        dark = image.crop((round(left - quiet + 2), round(top - quiet + 2), round(right + quiet - 2), round(bottom + quiet - 2)))
        inside = image.crop((round(left - 1), round(top - 1), round(right + 2), round(bottom + 2)))
        assert black(dark) == black(inside)


@pytest.mark.parametrize("name", labels.page.PAPERS)
def test_cells_are_where_the_sheet_is_punched(name):
    left, top = {"a4": (7.21, 12.9), "letter": (10.16, 4.1)}[name]
    found = {each.text: each.position.top_left for each in read(picture(sheets(paper=name)))}
    for at, code in enumerate(some(24)):
        x = left + at % 3 * 66.04 + 4 + 4 * labels.MODULE
        y = top + at // 3 * 33.9 + 1.6 + 4 * labels.MODULE
        assert found[code].x / 200 * 25.4 == pytest.approx(x, abs=0.3)
        assert found[code].y / 200 * 25.4 == pytest.approx(y, abs=0.3)


def test_a_sheet_that_is_half_used_is_begun_where_it_is_free():
    made = sheets(3, start_at=23)
    assert page_count(made) == 2
    first, second = ({each.text for each in read(picture(made, number))} for number in (0, 1))
    assert (first, second) == (set(some(3)[:2]), set(some(3)[2:]))
    lowest = min(each.position.top_left.y for each in read(picture(made)))
    assert lowest / 200 * 25.4 > 12.9 + 7 * 33.9


def test_copies_lie_beside_each_other():
    made = sheets(2, copies=3)
    rows = sorted((round(each.position.top_left.y / 100), each.text) for each in read(picture(made)))
    assert [code for _, code in rows] == [some(2)[0]] * 3 + [some(2)[1]] * 3


def test_many_sheets_say_their_pages_and_how_far_they_are():
    told = []
    made = sheets(24 * 11 + 1, report=lambda done, of: told.append((done, of)))
    assert [re.search(r"Page \d+ of \d+", each)[0] for each in page_texts(made)] == [f"Page {n} of 12" for n in range(1, 13)]
    assert told == [(1, 2), (2, 2)]


def test_on_letter_too_it_says_its_number_and_its_page():
    made = sheets(25, paper="letter")
    assert [("AGFJ YJ1F PJEH" in each, f"Page {n} of 2" in each) for n, each in enumerate(page_texts(made), 1)] == [(True, True)] * 2


def test_it_says_its_number_and_no_more(caplog):
    made = sheets()
    assert dict(reader(made).metadata) == {"/Title": "AGFJYJ1FPJEH"}
    assert reader(made).trailer["/Root"]["/Lang"] == "en"
    assert {name.split("-")[0] for name in fonts(made)} == {"Noto"}
    assert missing_glyphs(caplog) == []


@pytest.mark.parametrize("name", labels.page.PAPERS)
def test_the_same_labels_are_the_same_bytes(name):
    assert sheets(30, paper=name, start_at=5) == sheets(30, paper=name, start_at=5)


@pytest.fixture
def world(db) -> World:
    return World()


def test_a_batch_has_its_label_and_those_of_its_bundles(world):
    first, second = world.count(10), world.count(20)
    batch = first.batch
    second.batch = batch
    second.save()
    set_of = label_set(batch.label.code, world.volunteer)
    assert set_of == LabelSet(batch.label.code, (batch.label.code, first.label.code, second.label.code), "en")


def test_a_bundle_has_its_own_and_a_replaced_one_the_new(world):
    bundle = world.count(10)
    old, new = bundle.label.code, replace_label(bundle.label, by=world.volunteer).code
    for code in (old, new):
        assert label_set(code, world.volunteer).labels == (new,)


def test_a_shipment_has_those_of_its_bags(world):
    shipment = world.plan()
    bags = [world.bag(shipment), world.bag(shipment)]
    found = label_set(shipment.number, world.volunteer)
    assert found.labels == tuple(bag.label.code for bag in bags)
    assert label_set(bags[0].label.code, world.volunteer).labels == (bags[0].label.code,)


def test_what_one_may_not_see_has_no_label(world):
    bundle = world.count(10)
    other = factories.make_user("mailroom", hub=factories.make_hub())
    for code in (bundle.label.code, bundle.batch.label.code, world.plan().number, "BRBDACA59J0J"):
        with pytest.raises(Refused) as refusal:
            label_set(code, other)
        assert refusal.value.code == "unknown_label"
    assert Labels().codes(other) == []


@pytest.mark.parametrize("role", ["translator", "case_worker", "case_team", "coordinator", "auditor", ""])
def test_only_a_mailroom_prints_labels(world, role):
    bundle = world.count(10)
    user = factories.make_user(role, cases=[world.case])
    with pytest.raises(Refused) as refusal:
        Labels().render(bundle.label.code, user, "a4", None)
    assert refusal.value.code == "not_permitted"


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"start_at": 0}, "no_such_cell"),
        ({"start_at": 25}, "no_such_cell"),
        ({"copies": 0}, "number_of_copies"),
        ({"copies": 25}, "number_of_copies"),
        ({"language": "tr"}, "unknown_language"),
    ],
)
def test_what_cannot_be_printed_is_refused(asked, code, world):
    with pytest.raises(Refused) as refusal:
        printed(LabelSet("BRBDACA59J0J", ("BRBDACA59J0J",), "en"), "a4", by=world.volunteer, **asked)
    assert refusal.value.code == code


def test_more_than_a_hundred_sheets_are_too_many(world):
    with pytest.raises(Refused) as refusal:
        printed(LabelSet("BRBDACA59J0J", ("BRBDACA59J0J",) * (MOST // 2 + 1), "en"), "a4", by=world.volunteer, copies=2)
    assert refusal.value.code == "too_many_labels"


def test_the_command_prints_labels_and_writes_it_down(world, tmp_path):
    bundle = world.count(10)
    before = everything()
    target = tmp_path / "labels.pdf"
    asked = ["--start-at", "3", "--copies", "2", "--paper", "letter"]
    call_command("document", "labels", bundle.label.code, "-o", str(target), *asked, stderr=StringIO())
    assert [each.text for each in read(picture(target.read_bytes()))] == [bundle.label.code] * 2
    row = AuditRow.objects.latest("pk")
    assert (row.what, row.subject) == ("document_printed", bundle.label.code)
    assert everything() == before
