"""The facts of a delivery confirmation: codes, numbers, days and names as they stood at issue, no other words.

They are stored as canonical JSON; every print, in every language, is made from that and from nothing else.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from logistics import steps

DELIVERED, DELIVERED_ELSEWHERE = "delivered", "delivered_elsewhere"
UNCONFIRMED, UNCONFIRMED_ELSEWHERE = "unconfirmed", "unconfirmed_elsewhere"
ON_THE_WAY = "on_the_way"
OUTCOMES = (
    DELIVERED,
    DELIVERED_ELSEWHERE,
    UNCONFIRMED,
    UNCONFIRMED_ELSEWHERE,
    steps.WITHHELD,
    steps.SEIZED,
    steps.REFUSED,
    steps.LOST,
    steps.DESTROYED,
    ON_THE_WAY,
)
"""What can have become of a piece, as the document lists it. `…_elsewhere`: at deliveries that it does not name."""

SMALL = 10
"""A cell of a country below this could point at a writer (design, section 6)."""


@dataclass(frozen=True, slots=True)
class Pieces:
    """Letters and cards."""

    letters: int = 0
    cards: int = 0

    @property
    def together(self) -> int:
        return self.letters + self.cards

    def __add__(self, other: "Pieces") -> "Pieces":
        return Pieces(self.letters + other.letters, self.cards + other.cards)

    @property
    def has_small_cell(self) -> bool:
        """Whether one of the two is there and below SMALL."""
        return 0 < self.letters < SMALL or 0 < self.cards < SMALL


@dataclass(frozen=True, slots=True)
class Because:
    """So many pieces for that reason (a code of words.Reason; empty: none was told)."""

    reason: str
    pieces: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of so many pieces, and why where it says."""

    what: str
    pieces: Pieces
    reasons: tuple[Because, ...] = ()


@dataclass(frozen=True, slots=True)
class Origin:
    """Pieces delivered that were written in one country (ISO 3166-1 alpha-2)."""

    country: str
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Others:
    """Countries that are given together, so that nobody who wrote can be singled out."""

    countries: int
    pieces: Pieces


@dataclass(frozen=True, slots=True)
class Replaced:
    """The confirmation that this one replaces, when it was issued, and the reason code of what changed (or none)."""

    number: str
    issued_on: date
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ConfirmationFacts:
    """Everything that a confirmation says. Figures that do not agree with each other are refused (ValueError).

    `months`: those in which the named deliveries took place ("2014-01"), in order; a day could be a trace.
    `attested_by`: the codes of the case workers. `countries`: in how many the delivered pieces were written.
    """

    number: str
    campaign: str
    is_constructed: bool
    case: str
    case_name: str
    purpose: str
    issued_on: date
    deliveries: tuple[str, ...]
    months: tuple[str, ...]
    countries: int
    grades: Mapping[str, int]
    outcomes: tuple[Outcome, ...]
    origins: tuple[Origin, ...]
    others: Others | None
    attested_by: tuple[str, ...]
    replaces: Replaced | None
    journey_head: str

    def __post_init__(self) -> None:
        if set(self.grades) != set(steps.GRADES) or [o.what for o in self.outcomes] != list(OUTCOMES):
            raise ValueError("every grade and every outcome has its figure, none a second one")
        listed = sum((origin.pieces for origin in self.origins), self.others.pieces if self.others else Pieces())
        if not self.delivered == self.outcome(DELIVERED).pieces.together == listed.together:
            raise ValueError("grades, outcomes and origins give different figures for what was delivered")
        if self.unconfirmed != self.outcome(UNCONFIRMED).pieces.together:
            raise ValueError("grades and outcomes give different figures for what is unconfirmed")

    def outcome(self, what: str) -> Outcome:
        return next(outcome for outcome in self.outcomes if outcome.what == what)

    @property
    def delivered(self) -> int:
        """Pieces handed over at the named deliveries, to the recipient or somebody close."""
        return sum(self.grades[grade] for grade in steps.DELIVERED)

    @property
    def unconfirmed(self) -> int:
        """Pieces that went out at the named deliveries and are not known to have arrived."""
        return sum(self.grades[grade] for grade in steps.UNCONFIRMED)

    @property
    def counted(self) -> Pieces:
        """All pieces of the case and purpose: what the outcomes sum to."""
        return sum((outcome.pieces for outcome in self.outcomes), Pieces())


def merged(origins: Mapping[str, Pieces]) -> tuple[tuple[Origin, ...], Others | None]:
    """Countries by name's code, those with a small cell given together; at least two, and no small cell left.

    Where even all of them together leave a small cell or are one country only, nothing is broken down.
    """
    by_size = sorted(origins, key=lambda country: (origins[country].together, country))
    small = [country for country in by_size if origins[country].has_small_cell]
    rest = [country for country in by_size if country not in small]
    while small and rest and (len(small) < 2 or _sum(origins, small).has_small_cell):
        small.append(rest.pop(0))
    others = Others(len(small), _sum(origins, small)) if small else None
    return tuple(Origin(country, origins[country]) for country in sorted(rest)), others


def _sum(origins: Mapping[str, Pieces], countries: Iterable[str]) -> Pieces:
    return sum((origins[country] for country in countries), Pieces())


def as_json(facts: ConfirmationFacts) -> dict[str, Any]:
    """The facts as JSON knows them, for storing."""
    return json.loads(_canonical(asdict(facts)))


def from_json(stored: Mapping[str, Any]) -> ConfirmationFacts:
    """The facts as they were stored. ValueError or KeyError if they are not whole."""
    values = dict(stored)
    values["issued_on"] = date.fromisoformat(values["issued_on"])
    values |= {name: tuple(values[name]) for name in ("deliveries", "months", "attested_by")}
    values["outcomes"] = tuple(_outcome(outcome) for outcome in values["outcomes"])
    values["origins"] = tuple(Origin(each["country"], Pieces(**each["pieces"])) for each in values["origins"])
    if values["others"]:
        values["others"] = Others(values["others"]["countries"], Pieces(**values["others"]["pieces"]))
    if replaced := values["replaces"]:
        values["replaces"] = Replaced(**{**replaced, "issued_on": date.fromisoformat(replaced["issued_on"])})
    return ConfirmationFacts(**values)


def _outcome(stored: Mapping[str, Any]) -> Outcome:
    reasons = tuple(Because(**because) for because in stored["reasons"])
    return Outcome(stored["what"], Pieces(**stored["pieces"]), reasons)


def content_hash(facts: ConfirmationFacts) -> str:
    """SHA-256 over the canonical JSON, 64 hexadecimal digits: one for all languages and all prints."""
    return hashlib.sha256(_canonical(asdict(facts)).encode()).hexdigest()


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_day)


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
