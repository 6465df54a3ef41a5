"""One row of a return as it was understood, and what somebody should look at before it is imported."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics.actions.returns import Line
from logistics.models import Case
from logistics.queries.returns import Told
from logistics.resources.returns.casebook import grouped, shown
from logistics.resources.returns.widgets import Money
from logistics.resources.words.countries import countries_in, country_name
from logistics.resources.words.dates import Day
from logistics.resources.words.kinds import kind_of, method_of, purpose_in_kind, purpose_of
from logistics.resources.words.normal import normal
from logistics.resources.words.numbers import Figure
from logistics.resources.words.spans import events_said
from logistics.words import Kind, Method, Precision, Qualifier

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
    Qualifier.ABOUT: gettext_lazy("about %(n)s"),
    Qualifier.AT_LEAST: gettext_lazy("at least %(n)s"),
    Qualifier.MORE_THAN: gettext_lazy("more than %(n)s"),
    Qualifier.ALMOST: gettext_lazy("almost %(n)s"),
    Qualifier.FEWER_THAN: gettext_lazy("fewer than %(n)s"),
}
HOW_TO_SAY_WHICH = gettext_lazy("Say which is meant: --date-order dmy or mdy.")
"""On a command line, after what a date can be; a page has a question of its own."""


@dataclass
class Reading:
    """What the fields of the resource set. `told` is the line of another return that says the same, `alike` one of another
    event or day."""

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
    alike: Told | None = None

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
        where = (self.event, self.place, self.venue)
        return Told(self.country, count, cases, kind, day and day.day, precision, "", self.row, *where)

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
        if self.alike:
            yield "alike", _("The same number stands in %(where)s. This is taken for another.") % {"where": where_told(self.alike)}
        if self.country_from:
            yield "country_elsewhere", _from_elsewhere(self.country, self.country_from)
        if self.day is None:
            yield "no_date", _("No date is known. Add it if you know it.")
        elif self.could_be_swapped:
            yield "date_order", _swapped(self.day)
        if not self.kind_meant:
            yield "no_kind", _unknown_kind(self.kind)
        if not self.purpose_meant:
            yield "no_purpose", _unknown_purpose(self.purpose)
        if len(self.cases) > 1:
            yield "several_cases", _several(self.cases)
        if self.figure.qualifier != Qualifier.EXACT:
            said = APPROXIMATELY[self.figure.qualifier] % {"n": grouped(self.figure.count)}
            yield "approximate", _("The figure is not exact: %(figure)s.") % {"figure": said}
        if self.money.problem:
            yield "unclear_amount", self.money.problem


def where_told(told: Told) -> str:
    """Which line of which return, with its event, place and day as far as they are known."""
    if told.row:
        where = _("row %(row)s of %(file)s") % {"row": grouped(told.row), "file": told.file_name}
    else:
        where = told.file_name or _("another collection")
    forms = {Precision.YEAR: "Y", Precision.MONTH: "F Y", Precision.DAY: "j F Y"}
    day = date_format(told.day, forms[told.precision]) if told.day else ""
    said = ", ".join(text for text in (told.event, told.place or told.venue, day) if text)
    return f"{where} ({said})" if said else where


def _swapped(day: Day) -> str:
    first, second = (date_format(one, "j F Y") for one in (day.day, day.other))
    sentence = _("The date can be %(first)s or %(second)s.") % {"first": first, "second": second}
    return f"{sentence} {HOW_TO_SAY_WHICH}"


def _from_elsewhere(country: str, where: str) -> str:
    if where == "hint":
        sentence = _("The row names no country; %(country)s is taken from what stands above the table.")
    elif where == "venue":
        sentence = _("The row names no country; %(country)s is taken from what stands in the venue.")
    else:
        sentence = _("The row names no country; %(country)s is taken from what stands in the name of the office.")
    return sentence % {"country": country_name(country)}


def _unknown_kind(text: str) -> str:
    if text:
        return _("“%(text)s” says no kind that is known here: it stays not broken down.") % {"text": shown(text)}
    return _("No kind is told: it stays not broken down. Add it if you know it.")


def _unknown_purpose(text: str) -> str:
    if text:
        return _("“%(text)s” says no purpose that is known here: it stays not told.") % {"text": shown(text)}
    return _("No purpose is told: it stays not told. Add it if you know it.")


def _several(cases: tuple[Case, ...]) -> str:
    sentence = ngettext(
        "One figure for %(n)s case (%(codes)s): it is not divided between them.",
        "One figure for %(n)s cases (%(codes)s): it is not divided between them.",
        len(cases),
    )
    return sentence % {"n": grouped(len(cases)), "codes": ", ".join(case.code for case in cases)}
