"""Whatever stands in the cells, the answer adds up and nothing breaks."""

import datetime
import random

import pytest

from logistics.actions.people import operator
from logistics.resources.reading.contents import Row, Sheet
from logistics.resources.reading.files import Read
from logistics.resources.returns.importing import Session
from tests.logistics.returns.files import make_other_campaign

pytestmark = pytest.mark.django_db
HEADERS = ["Country", "Pays", "Office or organiser", "Place", "Event", "Events", "Date", "Year", "Case", "For", "Kind", "Purpose", "To",
           "Count", "No.", "Nombre", "Total", "Letters", "Solidarity cards", "Method", "Spent", "Cost (EUR)", "Currency", "Remarks",
           "Grace Mbeki", "#", "%", "Name", "Date (dd/mm/yyyy)"]  # fmt: skip
CELLS = ["", "", "Peru", "Congo", "ZA-1", "ZA-1, EG-1", "South Africa", "letters", "appeal", "500", "1 380", "over 5", "=1", "-5", "0", "nil",
         "3/12/2019", "13/12/2019", "Dec 2019", "31/31/2019", "TOTAL", "Subtotal", "Total Peru", "no office; organiser X", "Five debates",
         "20 GBP", "\u202e", "(", "[", "a:b", "&", ";", "x" * 300, "½", "²", "𝟙𝟚", "1" * 400, 5, 7.5, 1e300, float("inf"), float("nan"), -3,
         True, datetime.date(2019, 12, 3), datetime.date(9999, 12, 31), "99999", 99999999, "1.1.2019 bis 3.1.2019"]  # fmt: skip


def sheet_of(draw: random.Random) -> Sheet:
    width = draw.randint(2, 9)
    rows = [[draw.choice(HEADERS) for _ in range(width)] for _ in range(draw.randint(1, 2))]
    rows[0][:2] = ["Country", "Count"]
    rows += [[draw.choice(CELLS) for _ in range(draw.randint(1, width))] for _ in range(draw.randint(0, 9))]
    merges = [(top, left, top + draw.randint(0, 3), left + draw.randint(0, 2)) for top, left in [(draw.randint(1, 9), draw.randint(0, 6))]]
    return Sheet("S", [Row(number, row) for number, row in enumerate(rows, 1) if any(map(str, row))], merges)


def test_nonsense_never_breaks_and_always_adds_up(monkeypatch):
    campaign, by, draw = make_other_campaign(), operator(), random.Random(2019)
    for number in range(250):
        read = Read("f.csv", str(number), [sheet_of(draw)])
        monkeypatch.setattr("logistics.resources.returns.importing.read_file", lambda path, read=read: read)
        answer = Session(campaign, by, commit=True).answer("f.csv")
        if "refused_file" not in answer:
            assert sum(answer[state] for state in ("ready", "look", "refused", "already_told")) == answer["rows"]
            assert bool(answer["imported"]) != ("not_imported" in answer)
