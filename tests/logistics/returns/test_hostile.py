"""Files that are meant to hurt: each gets a sentence, and costs little."""

import os
import stat

import pytest

from logistics.errors import Refused
from logistics.resources.reading import limits
from logistics.resources.reading.files import read_file
from logistics.resources.returns.casebook import Casebook
from logistics.resources.returns.importing import tables_of
from tests.logistics.returns import hostile

SECONDS = 10
MEGABYTES = 500


def refusal_of(path: str) -> Refused:
    """How reading this file is refused. What it may cost is limited where the child is started."""
    with pytest.raises(Refused) as refusal:
        tables_of(read_file(path), Casebook())
    assert "Traceback" not in refusal.value.sentence
    assert refusal.value.sentence.endswith(".")
    return refusal.value


@pytest.mark.parametrize("name", hostile.TEXTS)
def test_a_hostile_text_gets_a_sentence(name, tmp_path):
    code, build = hostile.TEXTS[name]
    (tmp_path / name).write_bytes(build())
    assert refusal_of(str(tmp_path / name)).code == code


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_workbook_gets_a_sentence(name, tmp_path):
    build, codes = hostile.FILES[name]
    assert refusal_of(build(tmp_path)).code in codes


def test_a_folder_a_device_and_a_missing_file_get_a_sentence(tmp_path):
    assert refusal_of(str(tmp_path)).code == "not_a_file"
    assert refusal_of("/dev/zero").code == "not_a_file"
    assert refusal_of(str(tmp_path / "nothing.csv")).code == "not_found"
    assert refusal_of("\0").code == "not_found"
    os.mkfifo(tmp_path / "pipe")
    assert refusal_of(str(tmp_path / "pipe")).code == "not_a_file"


def test_a_file_that_may_not_be_opened_gets_a_sentence(tmp_path):
    if os.geteuid() == 0:  # root may open everything
        assert refusal_of("/proc/self/mem").code in ("not_found", "empty_file")
        return
    path = tmp_path / "closed.csv"
    path.write_text("Country,Count\nPeru,5\n")
    path.chmod(stat.S_IWUSR)
    assert refusal_of(str(path)).code == "not_found"


def test_a_workbook_that_lies_about_its_size_but_is_small_is_read(tmp_path):
    (sheet,) = read_file(hostile.lying_dimension(tmp_path)).sheets
    assert [row.cells[:2] for row in sheet.rows] == [["Country", "Count"], ["Peru", 5]]


def test_the_child_that_opens_a_file_is_given_less_than_a_file_may_cost():
    assert limits.CHILD_WALL_SECONDS < SECONDS
    assert limits.CHILD_ADDRESS_SPACE < MEGABYTES * 2**20
