"""Loading a campaign's files through the actions: all or nothing, and again without harm."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from django.db import transaction

from logistics.actions import campaigns, cases, situations
from logistics.errors import Refused
from logistics.models import Campaign, Case, Flag, Situation, User
from logistics.resources.campaign_files import values
from logistics.resources.campaign_files.tables import Columns, Line, read
from logistics.words import CaseKind, Purpose, SituationWhat

CAMPAIGN = Columns(("slug", "name"), ("opens", "closes"))
CASES = Columns(("code", "public_name", "kind", "country", "reads"), ("also_known_as", "people", "source"))
SITUATION = Columns(("case", "date", "what"), ("precision", "note", "source"))
TOTALS = Columns(("year", "total"), ("qualifier", "countries", "as_of", "final", "source"))
FIGURES = Columns(("case", "count"), ("what", "purpose", "qualifier", "as_of", "source"))
MOST_TOLD = 20
"""Faults are told all at once, but no more than so many."""
COLUMN_OF = {
    "bad_slug": "slug", "slug_taken": "slug", "closes_before_it_opens": "closes", "bad_case_code": "code",
    "code_taken": "code", "bad_number_of_people": "people", "fewer_people": "people", "bad_name": "also_known_as",
    "day_not_come": "date",
}  # fmt: skip
"""In which column that stands which an action refuses with this code."""


@dataclass
class Loaded:
    """What was done: the campaign, how many of each thing are new or changed, which files were not there."""

    campaign: Campaign
    done: Counter[str] = field(default_factory=Counter)
    missing: list[str] = field(default_factory=list)
    faults: list[Refused] = field(default_factory=list)

    @property
    def changed(self) -> bool:
        return bool(self.done)

    def each(self, lines: Iterable[Line], do: Callable[["Loaded", Line], None]) -> None:
        """Do something with each line; what is refused is kept with its line, to be told together."""
        for line in lines:
            try:
                do(self, line)
            except Refused as refusal:
                self.faults.append(_placed(refusal, line))


def closing_day(folder: Path) -> date:
    """The day on which the campaign in this folder closes. Refused: `no_closing_day` and what `load` refuses."""
    closes = values.exact_day(_campaign_line(folder), "closes")
    if closes is None:
        raise Refused("no_closing_day", "campaign.csv gives no day on which the campaign closes. Write it there.")
    return closes


@transaction.atomic
def load(folder: Path, *, by: User, until: date | None = None) -> Loaded:
    """Read the folder's files into the site; of the situations only those up to the day `until`, if one is given.

    A second time it changes nothing. What a line says anew is changed, new figures are added, nothing is removed: an
    empty cell leaves what stands. Refused, with all faults at once (the code is that of the first): `no_folder`,
    `one_campaign`, `code_twice`, `unknown_case`, what `tables.read` and `values` refuse of the files, and what the
    actions refuse.
    """
    campaign_line = _campaign_line(folder)
    files = [
        (_lines_of_cases(folder), _case),
        (read(folder, "situation.csv", SITUATION, required=False), _situation_up_to(until)),
        (read(folder, "campaign-totals.csv", TOTALS, required=False), _total),
        (read(folder, "case-figures.csv", FIGURES, required=False), _figure),
    ]
    try:
        loaded = _campaign(campaign_line, by)
    except Refused as refusal:
        raise _placed(refusal, campaign_line) from refusal
    for (lines, do), name in zip(files, ("cases", "situation", "campaign-totals", "case-figures"), strict=True):
        if lines is None:
            loaded.missing.append(f"{name}.csv")
        loaded.each(lines or [], lambda loaded, line, do=do: do(loaded, line, by))
        if name == "cases":
            _refuse_faults(loaded.faults)  # else every line about such a case would be a fault too
    _refuse_faults(loaded.faults)
    return loaded


def _placed(refusal: Refused, line: Line) -> Refused:
    """The refusal with its place, if it does not say that already."""
    if refusal.sentence.startswith(f"{line.file}, line "):
        return refusal
    return line.place(refusal, COLUMN_OF.get(refusal.code, ""))


def _refuse_faults(faults: list[Refused]) -> None:
    if faults:
        told = [fault.sentence for fault in faults[:MOST_TOLD]]
        if len(faults) > MOST_TOLD:
            told.append(f"… and {len(faults) - MOST_TOLD} more like these.")
        raise Refused(faults[0].code, "\n".join(told))


def _campaign_line(folder: Path) -> Line:
    if not folder.is_dir():
        raise Refused("no_folder", f"There is no folder {folder}. Give the folder that holds campaign.csv and cases.csv.")
    lines = read(folder, "campaign.csv", CAMPAIGN, required=True) or []
    if len(lines) != 1:
        raise Refused(
            "one_campaign",
            f"campaign.csv holds {len(lines)} campaigns; a folder is for one. Leave one line under the names of the "
            "columns, and give every other campaign a folder of its own.",
        )
    return lines[0]


def _campaign(line: Line, by: User) -> Loaded:
    slug, name = values.text(line, "slug"), values.text(line, "name")
    opens, closes = values.exact_day(line, "opens"), values.exact_day(line, "closes")
    campaign = Campaign.objects.filter(slug=slug).first()
    if campaign is None:
        loaded = Loaded(campaigns.add_campaign(slug, name=name, opens=opens, closes=closes, by=by))
        loaded.done["campaigns added"] += 1
        return loaded
    loaded = Loaded(campaign)
    opens, closes = opens or campaign.opens, closes or campaign.closes
    if (campaign.name, campaign.opens, campaign.closes) != (name, opens, closes):
        loaded.campaign = campaigns.edit_campaign(campaign, name=name, opens=opens, closes=closes, by=by)
        loaded.done["campaigns changed"] += 1
    return loaded


def _lines_of_cases(folder: Path) -> list[Line]:
    lines = read(folder, "cases.csv", CASES, required=True) or []
    if not lines:
        raise Refused("no_cases", "cases.csv has no case in it. Write one line for each case.")
    first: dict[str, Line] = {}
    for line in lines:
        code = values.text(line, "code").casefold()
        if code in first:
            raise line.refuse("code", f"stands in line {first[code].number} already. Give each case its own.", "code_twice")
        first[code] = line
    return lines


def _case(loaded: Loaded, line: Line, by: User) -> None:
    names = values.several(line, "also_known_as")
    fields = {
        "kind": values.choice(line, "kind", CaseKind.values),
        "people": values.number(line, "people"),
        "public_name": line["public_name"],
        "country": values.country(line, "country"),
        "languages": values.languages(line, "reads"),
        "source": line["source"],
    }
    case = loaded.campaign.cases.filter(code__iexact=line["code"]).first()
    if case is None:
        cases.add_case(loaded.campaign, line["code"], names=names, by=by, **fields)
        loaded.done["cases added"] += 1
        return
    told = {name: value for name, value in fields.items() if value not in ("", None, [])}
    changed = {name: value for name, value in told.items() if value != getattr(case, name)}
    if changed or set(names) - set(case.names.values_list("name", flat=True)):
        cases.edit_case(case, names=names, by=by, **changed)
        loaded.done["cases changed"] += 1


def _case_of(loaded: Loaded, line: Line) -> Case:
    case = loaded.campaign.cases.filter(code__iexact=values.text(line, "case")).first()
    if case is None:
        codes = ", ".join(loaded.campaign.cases.values_list("code", flat=True)[:30])
        raise line.refuse("case", f"is no case of this campaign. Add it to cases.csv, or write one of {codes}.", "unknown_case")
    return case


def _situation_up_to(until: date | None) -> Callable[[Loaded, Line, User], None]:
    def situation(loaded: Loaded, line: Line, by: User) -> None:
        case, word = _case_of(loaded, line), values.text(line, "what")
        day, precision = values.day_as_told(line, "date", "precision")
        if until is not None and day > until:
            return
        known = word.casefold() in SituationWhat.values
        remark = line["note"] if known else ": ".join(part for part in (word, line["note"]) if part)
        there = Situation.objects.filter(case=case).count()
        told = situations.record_situation(
            case, day=day, precision=precision, what=word.casefold() if known else SituationWhat.OTHER, remark=remark,
            source=line["source"], by=by,
        )  # fmt: skip
        if Situation.objects.filter(case=case).count() > there:
            loaded.done["situations added"] += 1
            if flagged := Flag.objects.filter(situation=told).count():
                loaded.done["bundles on their way that now wait for the case team"] += flagged

    return situation


def _total(loaded: Loaded, line: Line, by: User) -> None:
    year, opens = values.year(line, "year"), loaded.campaign.opens
    as_of, precision = values.day(line, "as_of")
    _, is_new = campaigns.record_figure(
        year=year, campaign=loaded.campaign if opens and opens.year == year else None, count=values.number(line, "total"),
        qualifier=values.qualifier(line, "qualifier"), countries=values.number(line, "countries"), as_of=as_of,
        as_of_precision=precision, is_final=values.yes_or_no(line, "final"), source=line["source"], by=by,
    )  # fmt: skip
    if is_new:
        loaded.done["published totals added"] += 1


def _figure(loaded: Loaded, line: Line, by: User) -> None:
    as_of, precision = values.day(line, "as_of")
    _, is_new = campaigns.record_figure(
        case=_case_of(loaded, line), campaign=loaded.campaign, count=values.number(line, "count"), what=line["what"],
        purpose=values.choice(line, "purpose", Purpose.values, empty=True), qualifier=values.qualifier(line, "qualifier"),
        as_of=as_of, as_of_precision=precision, source=line["source"], by=by,
    )  # fmt: skip
    if is_new:
        loaded.done["published figures added"] += 1
