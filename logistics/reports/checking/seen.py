"""What the pass over the acts leaves for the pass over the bundles, and the counts of both."""

from dataclasses import dataclass, field
from datetime import date, datetime

from logistics.actions.days import EASTERNMOST
from logistics.queries import journey
from logistics.queries.journey import ActRow, EntryRow, PlaceRow


@dataclass
class Seen:
    """`headers`: by act, the hash of its fields as they are today. `void`: reversals and what they reverse."""

    places: dict[int, PlaceRow] = field(default_factory=journey.places)
    void: set[int] = field(default_factory=journey.acts_that_do_not_stand)
    headers: dict[int, bytes] = field(default_factory=dict)
    rebundled: int = 0
    acts: int = 0
    entries: int = 0
    bundles: int = 0
    pieces: int = 0

    def place(self, key: int) -> PlaceRow:
        return self.places.get(key, journey.NOWHERE)

    def start(self, entry: EntryRow) -> str:
        """Where its pieces came from, as it stands in the chain."""
        return self.place(entry.from_place).name if entry.from_place else entry.from_border

    def end(self, entry: EntryRow) -> str:
        """Where its pieces went, as it stands in the chain."""
        return self.place(entry.to_place).name if entry.to_place else entry.to_border

    def kinds(self, entry: EntryRow) -> tuple[str, str]:
        """The kinds of place that it leads from and to."""
        start = self.place(entry.from_place).kind if entry.from_place else entry.from_border
        return start, self.place(entry.to_place).kind if entry.to_place else entry.to_border

    def places_of(self, entry: EntryRow) -> list[PlaceRow]:
        """The places that it names; a border is none."""
        return [self.place(key) for key in (entry.from_place, entry.to_place) if key]


def name_of(act: ActRow) -> str:
    """An act as faults name it."""
    return f"Act {act.pk} ({act.kind})"


def latest_day(recorded_at: datetime) -> date:
    """The latest day that it was anywhere on earth when something was recorded."""
    return (recorded_at + EASTERNMOST).date()
