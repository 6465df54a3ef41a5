"""What is wrong with a file is said in the language of the page, also where a process without languages found it."""

from gettext import NullTranslations

import pytest
from django.utils.translation import override, trans_real

from logistics.errors import Refused
from logistics.resources.reading import limits
from logistics.resources.reading.files import sheets_in
from tests.logistics.returns.files import csv_file, make_other_campaign, preview


class Loud(NullTranslations):
    """Another language, in which every sentence begins with a mark."""

    def gettext(self, message: str) -> str:
        return f"» {message}"

    def ngettext(self, one: str, many: str, n: int) -> str:
        return f"» {one if n == 1 else many}"

    def to_language(self) -> str:
        return "fr"


@pytest.fixture
def loud():
    with override("fr"):
        trans_real._active.value = Loud()
        yield


def test_a_refusal_of_the_child_is_translated_with_its_values_put_in(loud):
    with pytest.raises(Refused) as refusal:
        sheets_in(b"Country;Count\n" + b";".join(b"x" for _cell in range(1_300)))

    assert refusal.value.code == "too_many_columns"
    assert refusal.value.sentence == f"» Row 2 has 1\xa0300 columns; {limits.MAX_COLUMNS} are read at most."
    with pytest.raises(Refused, match="» This is a PDF"):
        sheets_in(b"%PDF-1.7")


@pytest.mark.django_db
def test_every_sentence_of_a_preview_is_translated(loud, tmp_path):
    text = (
        "Country,Date,Case,Kind,Purpose,Count,Spent\n"
        "Utopia,2014-01-02,XX-9,letters,,5,\nPeru,,,birds,,about 12000,much\nCongo,3000-01-01,Anna,letters,,-,\n"
        "Peru,03/04/2019,\"ZA-1, ZA-2\",letters,appeal,7,5\n"
    )

    problems = preview(csv_file(tmp_path, text), make_other_campaign())["problems"]

    assert {problem["code"] for problem in problems} >= {"unknown_country", "unknown_case", "no_number", "approximate", "date_order"}
    assert [problem for problem in problems if not problem["sentence"].startswith("» ")] == []
