"""The facts of a packing list: codes, numbers, days and the public names of cases."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PackedBundle:
    """One bundle in the bag. `country`: ISO 3166-1 alpha-2; `kind`: letter or card (a value of words.Kind).

    `summary_languages`: BCP 47 tags of the approved summaries, where they are known; `is_waived`: the case team let
    it go without a summary.
    """

    code: str
    country: str
    kind: str
    pieces: int
    counted_on: date | None
    is_summarised: bool = False
    summary_languages: tuple[str, ...] = ()
    is_waived: bool = False


@dataclass(frozen=True, slots=True)
class CaseList:
    """The bundles of one case in the bag, in any order. `languages`: what the recipients read (BCP 47), in order."""

    name: str
    needs_summaries: bool
    bundles: tuple[PackedBundle, ...]
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PackingFacts:
    """A mailbag as it is packed: one list for each case. Not yet sealed: `sealed_on` is None."""

    code: str
    is_constructed: bool
    packed_on: date | None
    sealed_on: date | None
    is_witnessed: bool
    lists: tuple[CaseList, ...]
