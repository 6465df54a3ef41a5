"""A campaign that is not the trial one, and files to be imported into it."""

from datetime import date
from pathlib import Path

import openpyxl

from logistics.actions.people import operator
from logistics.models import Campaign, Collection, Tally
from logistics.resources.returns.importing import answers, import_file
from logistics.words import CaseKind
from tests.factories import make_campaign, make_case

CASES = [
    ("HR-1", "Ana and Ivo Horvat", "HR", ["The Horvats"]),
    ("VN-1", "Nguyễn Văn Đài", "VN", ["Dai, Nguyen Van"]),
    ("EG-1", "Omar Salem", "EG", ["Salem, Omar", "Teacher Omar"]),
    ("ZA-1", "Grace Mbeki", "ZA", []),
    ("ZA-2", "Thabo Dlamini", "ZA", []),
    ("ES-1", "", "ES", []),
    ("CO-1", "La comunidad de San José, Colombia", "CO", ["San José community"]),
]


def make_other_campaign(slug: str = "light-2019") -> Campaign:
    campaign = make_campaign(slug, name="Light 2019", opens=date(2019, 11, 1), closes=date(2020, 1, 31))
    for code, name, country, names in CASES:
        make_case(campaign, code, public_name=name, country=country, names=names, kind=CaseKind.PERSON, consent=False)
    return campaign


def csv_file(folder: Path, text: str, name: str = "return.csv", encoding: str = "utf-8") -> str:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def workbook(folder: Path, *sheets: list[list[object]], merged: tuple[str, ...] = (), name: str = "return.xlsx") -> str:
    """Each sheet a list of rows; `merged` are ranges of the first sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets, 1):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    for area in merged:
        book.worksheets[0].merge_cells(area)
    path = folder / name
    book.save(path)
    return str(path)


def preview(path: str, campaign: Campaign, **options: object) -> dict:
    """The answer for one file; what it says is checked to add up."""
    answer = answers([path], campaign=campaign, by=operator(), **options)[0]
    if "refused_file" not in answer:
        states = [answer[state] for state in ("ready", "look", "refused", "already_told")]
        assert sum(states) == answer["rows"]
    return answer


def commit(path: str, campaign: Campaign, **options: object) -> dict:
    return import_file(path, campaign=campaign, by=operator(), **options)


def codes(answer: dict, row: int | None = None) -> list[str]:
    """The codes of the problems, of one row or of all."""
    return sorted(problem["code"] for problem in answer["problems"] if row in (None, problem["row"]))


def figures(answer: dict) -> tuple[int, int, int, int, int]:
    """Ready, look, refused, already told, messages."""
    return tuple(answer[name] for name in ("ready", "look", "refused", "already_told", "messages"))


def tallies(campaign: Campaign) -> list[tuple]:
    """Country, codes of cases, kind, purpose, count, qualifier: of every standing tally, in order."""
    rows = Tally.objects.filter(collection__campaign=campaign, collection__withdrawn_at=None).order_by("row", "pk")
    return [
        (tally.collection.country, " ".join(sorted(case.code for case in tally.cases.all())), tally.kind, tally.purpose,
         tally.count, tally.qualifier)
        for tally in rows.select_related("collection").prefetch_related("cases")
    ]  # fmt: skip


def collections(campaign: Campaign) -> list[Collection]:
    return list(Collection.objects.filter(campaign=campaign, withdrawn_at=None).order_by("pk"))


def is_empty(campaign: Campaign) -> bool:
    """Whether nothing at all was written."""
    return not campaign.returns.exists() and not campaign.collections.exists() and not Tally.objects.exists()
