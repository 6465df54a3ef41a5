"""One row of a return as it was understood, and what somebody should look at before it is imported."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from logistics.actions.returns import Line
from logistics.models import Case
from logistics.queries.returns import Told
from logistics.resources.returns.casebook import shown
from logistics.resources.returns.widgets import Money
from logistics.resources.words.countries import countries_in, country_name
from logistics.resources.words.dates import Day
from logistics.resources.words.kinds import kind_of, method_of, purpose_in_kind, purpose_of
from logistics.resources.words.normal import normal
from logistics.resources.words.numbers import Figure
from logistics.resources.words.spans import events_said
from logistics.words import Kind, Method, Qualifier

NO_OFFICE = re.compile(
    r"^(?:no (?:office|section)|(?:pas de|sans|aucun) bureau|kein büro|ohne büro|sin oficina|sem escritório)\b[\s;,:.–-]*",
    re.I,
)
ORGANISER = re.compile(
    r"^(?:organi[sz]er|organi[sz]ed by|organisat(?:eur|rice)|organisée? par|veranstalter(?:in)?|organisiert von"
    r"|organizador(?:a)?|organizado por|contact)\b[\s:–-]*",
    re.I,
)
INSTITUTIONS = frozenset(
    "amnesty amnistia amnistie ai office section group groupe gruppe grupo bureau buro sektion seccion secao oficina"
    " escritorio team equipe equipo school schule ecole escuela escola university universite universitat universidad"
    " universidade college lycee gymnasium club association asociacion associacao verein network reseau red rede netzwerk"
    " committee comite union church eglise kirche iglesia igreja chapter national international headquarters students"
    " youth volunteers library bibliotheque foundation fondation centre center".split()
)
APPROXIMATELY = {
    Qualifier.ABOUT: "about",
    Qualifier.AT_LEAST: "at least",
    Qualifier.MORE_THAN: "more than",
    Qualifier.ALMOST: "almost",
    Qualifier.FEWER_THAN: "fewer than",
}


@dataclass
class Reading:
    """What the fields of the resource set. `told` is the line of another return that says the same."""

    row: int = 0
    country: str = ""
    country_from: str = ""
    office: str = ""
    organiser: str = ""
    office_or_organiser: str = ""
    place: str = ""
    event: str = ""
    venue: str = ""
    day: Day | None = None
    cases: tuple[Case, ...] = ()
    kind: str = ""
    purpose: str = ""
    figure: Figure | None = None
    method: str = ""
    money: Money = field(default_factory=Money)
    events: int = 1
    told: Told | None = None

    @property
    def kind_meant(self) -> str | None:
        return kind_of(self.kind) or kind_of(self.figure.kind_text if self.figure else "")

    @property
    def purpose_meant(self) -> str | None:
        return purpose_of(self.purpose) or purpose_in_kind(self.kind)

    @property
    def could_be_swapped(self) -> bool:
        return self.day is not None and self.day.other is not None

    def as_told(self) -> Told:
        """As another return would have to tell it. A day that could be swapped is known by its year."""
        day = self.day
        precision = "" if day is None else "year" if day.other else day.precision
        count, kind = self.figure.count, self.kind_meant or Kind.NOT_BROKEN_DOWN
        cases = frozenset(case.pk for case in self.cases)
        return Told(self.country, count, cases, kind, day and day.day, precision, file_name="", row=self.row)

    def line(self) -> Line:
        """As the action takes it. What is not known stays unknown."""
        office, organiser = self._who()
        return Line(
            row=self.row,
            country=self.country,
            office=office,
            organiser=organiser,
            place=self.place,
            event=self.event,
            venue=self.venue,
            day=self.day and self.day.day,
            precision=self.day.precision if self.day else "",
            events=max(self.events, events_said(self.event)),
            spent=self.money.amount,
            currency=self.money.currency,
            cases=self.cases,
            kind=self.kind_meant or Kind.NOT_BROKEN_DOWN,
            purpose=self.purpose_meant or "",
            count=self.figure.count,
            qualifier=self.figure.qualifier,
            method=method_of(self.method) or Method.DECLARED,
        )

    def _who(self) -> tuple[str, str]:
        """Office and organiser. A name that is of no institution is taken for a person's, and so expires."""
        office, either = NO_OFFICE.sub("", self.office), NO_OFFICE.sub("", self.office_or_organiser)
        organiser = ORGANISER.sub("", NO_OFFICE.sub("", self.organiser))
        for text in (office, either):
            if ORGANISER.match(text) and not organiser:
                organiser = ORGANISER.sub("", text)
        office = "" if ORGANISER.match(office) else office
        either = "" if ORGANISER.match(either) else either
        if either and (INSTITUTIONS & set(normal(either).split()) or countries_in(either)):
            return office or either, organiser
        return office, organiser or either

    def notes(self) -> Iterator[tuple[str, str]]:
        """A code and a sentence for each thing that somebody should look at."""
        if self.country_from:
            where = {"hint": "above the table", "venue": "in the venue"}.get(self.country_from, "in the name of the office")
            name = country_name(self.country)
            yield "country_elsewhere", f"The row names no country; {name} is taken from what stands {where}."
        if self.day is None:
            yield "no_date", "No date is known. Add it if you know it."
        elif self.could_be_swapped:
            yield "date_order", _swapped(self.day)
        if not self.kind_meant:
            yield "no_kind", _unknown("kind", self.kind, "not broken down")
        if not self.purpose_meant:
            yield "no_purpose", _unknown("purpose", self.purpose, "not told")
        if len(self.cases) > 1:
            codes = ", ".join(case.code for case in self.cases)
            yield "several_cases", f"One figure for {len(self.cases)} cases ({codes}): it is not divided between them."
        if self.figure.qualifier != Qualifier.EXACT:
            yield "approximate", f"The figure is not exact: {APPROXIMATELY[self.figure.qualifier]} {self.figure.count:,}."
        if self.money.problem:
            yield "unclear_amount", self.money.problem


def _swapped(day: Day) -> str:
    first, second = (f"{one.day} {one:%B %Y}" for one in (day.day, day.other))
    return f"The date can be {first} or {second}. Say which is meant: --date-order dmy or mdy."


def _unknown(what: str, text: str, stays: str) -> str:
    if text:
        return f"“{shown(text)}” says no {what} that is known here: it stays {stays}."
    return f"No {what} is told: it stays {stays}. Add it if you know it."
