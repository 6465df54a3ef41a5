"""Loading a campaign's files through the actions: all or nothing, and again without harm."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from logistics.actions import campaigns, cases, situations
from logistics.errors import Refused
from logistics.models import Campaign, Case, User
from logistics.resources.campaign_files import values
from logistics.resources.campaign_files.tables import Line, read
from logistics.words import CaseKind, Purpose, SituationWhat

CAMPAIGN = ("slug", "name")
CASES = ("code", "kind")
SITUATION = ("case", "date", "what")
TOTALS = ("year", "total")
FIGURES = ("case", "count")


@dataclass
class Loaded:
    """What was done: the campaign, how many of each thing are new or changed, which files were not there."""

    campaign: Campaign
    done: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.done)


def closing_day(folder: Path) -> date:
    """The day on which the campaign in this folder closes. Refused: `no_closing_day` and what `load` refuses."""
    (line,) = _campaign_lines(folder)
    closes = values.exact_day(line, "closes")
    if closes is None:
        raise Refused("no_closing_day", "The campaign's file gives no day on which it closes.")
    return closes


@transaction.atomic
def load(folder: Path, *, by: User, until: date | None = None) -> Loaded:
    """Read the folder's files into the site; of the situations only those up to the day `until`, if one is given.

    A second time it changes nothing; what has changed in the files is changed, new figures are added, nothing is
    removed. Refused: `no_folder`, `file_missing`, `column_missing`, `bad_value`, `unreadable`, `one_campaign`,
    `same_code_twice`, and what the actions refuse.
    """
    if not folder.is_dir():
        raise Refused("no_folder", f"There is no folder {folder}. Give the folder that holds campaign.csv and cases.csv.")
    (line,) = _campaign_lines(folder)
    loaded = _campaign(line, by)
    _cases(folder, loaded, by)
    _situations(folder, loaded, by, until)
    _totals(folder, loaded, by)
    _figures(folder, loaded, by)
    return loaded


def _campaign_lines(folder: Path) -> list[Line]:
    lines = read(folder, "campaign.csv", CAMPAIGN, required=True) or []
    if len(lines) != 1:
        raise Refused("one_campaign", f"campaign.csv holds {len(lines)} campaigns. A folder is for one: give it one line.")
    return lines


def _optional(folder: Path, name: str, columns: tuple[str, ...], loaded: Loaded) -> list[Line]:
    lines = read(folder, name, columns, required=False)
    if lines is None:
        loaded.missing.append(name)
    return lines or []


def _campaign(line: Line, by: User) -> Loaded:
    days = {"opens": values.exact_day(line, "opens"), "closes": values.exact_day(line, "closes")}
    campaign = Campaign.objects.filter(slug=line["slug"]).first()
    if campaign is None:
        loaded = Loaded(campaigns.add_campaign(line["slug"], name=line["name"], **days, by=by))
        loaded.done["campaigns added"] += 1
        return loaded
    loaded = Loaded(campaign)
    if (campaign.name, campaign.opens, campaign.closes) != (line["name"], *days.values()):
        loaded.campaign = campaigns.edit_campaign(campaign, name=line["name"], **days, by=by)
        loaded.done["campaigns changed"] += 1
    return loaded


def _cases(folder: Path, loaded: Loaded, by: User) -> None:
    lines = read(folder, "cases.csv", CASES, required=True) or []
    seen: set[str] = set()
    for line in lines:
        code = line["code"]
        if not code or code.casefold() in seen:
            raise Refused("same_code_twice", f"cases.csv, line {line.number}: the code “{code}” is missing or stands twice.")
        seen.add(code.casefold())
        _case(line, loaded, by)


def _case(line: Line, loaded: Loaded, by: User) -> None:
    names = [name.strip() for name in line["also_known_as"].split("|") if name.strip()]
    fields = {
        "kind": values.choice(line, "kind", list(CaseKind.values)),
        "people": values.number(line, "people"),
        "public_name": line["public_name"],
        "country": values.country(line, "country"),
        "languages": values.languages(line, "reads"),
        "source": line["source"],
    }
    case = Case.objects.filter(campaign=loaded.campaign, code__iexact=line["code"]).first()
    if case is None:
        cases.add_case(loaded.campaign, line["code"], names=names, by=by, **fields)
        loaded.done["cases added"] += 1
        return
    known = {name: getattr(case, name) for name in fields}
    if known != fields or set(names) - set(case.names.values_list("name", flat=True)):
        cases.edit_case(case, names=names, by=by, **fields)
        loaded.done["cases changed"] += 1


def _case_of(line: Line, loaded: Loaded) -> Case:
    case = Case.objects.filter(campaign=loaded.campaign, code__iexact=line["case"]).first()
    if case is None:
        raise line.refuse("case", "is no case of this campaign. Write a code that stands in cases.csv.")
    return case


def _situations(folder: Path, loaded: Loaded, by: User, until: date | None) -> None:
    for line in _optional(folder, "situation.csv", SITUATION, loaded):
        case = _case_of(line, loaded)
        day, precision = values.day(line, "date")
        if day is None:
            raise line.refuse("date", "is empty. Write the day, the month or the year.")
        if line["precision"]:
            precision = values.choice(line, "precision", ["day", "month", "year"])
        if until is not None and day > until:
            continue
        word = line["what"].lower()
        known = word in SituationWhat.values
        remark = line["note"] if known else ": ".join(part for part in (line["what"], line["note"]) if part)
        before = case.situations.count()
        situations.record_situation(
            case, day=day, precision=precision, what=word if known else SituationWhat.OTHER, remark=remark,
            source=line["source"], by=by,
        )  # fmt: skip
        if case.situations.count() > before:
            loaded.done["situations added"] += 1


def _totals(folder: Path, loaded: Loaded, by: User) -> None:
    opens = loaded.campaign.opens
    for line in _optional(folder, "campaign-totals.csv", TOTALS, loaded):
        year = values.number(line, "year")
        if not year or not 1900 <= year <= 2200:
            raise line.refuse("year", "is no year.")
        as_of, precision = values.day(line, "as_of")
        _, is_new = campaigns.record_figure(
            year=year, campaign=loaded.campaign if opens and opens.year == year else None, case=None,
            count=values.number(line, "total"), qualifier=values.qualifier(line, "qualifier"),
            countries=values.number(line, "countries"), as_of=as_of, as_of_precision=precision,
            is_final=values.yes_or_no(line, "final"), source=line["source"], what="", purpose="", by=by,
        )  # fmt: skip
        if is_new:
            loaded.done["published totals added"] += 1


def _figures(folder: Path, loaded: Loaded, by: User) -> None:
    for line in _optional(folder, "case-figures.csv", FIGURES, loaded):
        as_of, precision = values.day(line, "as_of")
        _, is_new = campaigns.record_figure(
            case=_case_of(line, loaded), campaign=loaded.campaign, year=None, count=values.number(line, "count"),
            what=line["what"], purpose=values.choice(line, "purpose", list(Purpose.values), empty=True),
            qualifier=values.qualifier(line, "qualifier"), countries=None, as_of=as_of, as_of_precision=precision,
            is_final=None, source=line["source"], by=by,
        )  # fmt: skip
        if is_new:
            loaded.done["published figures added"] += 1
