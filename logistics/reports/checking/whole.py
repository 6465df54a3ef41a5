"""Whether the journey is whole: all checks, one sentence for each fault, and a verdict."""

from collections.abc import Callable, Iterable, Iterator

from logistics import registry
from logistics.reports import head
from logistics.reports.checking import acts, bundles, confirmations, things
from logistics.reports.checking.seen import Seen
from logistics.reports.head import Head

Check = Callable[[], Iterable[str]]


class Checking:
    """One run over everything. Iterate over `faults()` to the end, then ask for the `verdict`."""

    def __init__(self, against: Head | None = None) -> None:
        self.seen = Seen()
        self.against = against
        self.found = 0

    def checks(self) -> dict[str, Check]:
        """All checks by name, in order: the bundles' chains need what the acts leave in `seen`."""
        own: dict[str, Check] = {
            "acts": lambda: acts.faults(self.seen),
            "bundles": lambda: bundles.faults(self.seen),
            "shipments": things.shipments,
            "deliveries": things.deliveries,
            "confirmations": confirmations.faults,
            "labels": things.labels,
        }
        if kept := self.against:
            own["head"] = lambda: head.faults(kept)
        return own | registry.journey_checks

    def faults(self) -> Iterator[str]:
        """One sentence for each fault, naming the bundle, the act or the thing."""
        for check in self.checks().values():
            for fault in check():
                self.found += 1
                yield fault

    @property
    def verdict(self) -> str:
        """The last line: whole or not, and over how much."""
        seen = self.seen
        over = f"{_many(seen.bundles, 'bundle')}, {_many(seen.entries, 'entry', 'entries')}, {_many(seen.acts, 'act')}"
        over = f"{over}, {_many(seen.pieces, 'piece')}; {_many(len(self.checks()), 'check')}"
        if self.found:
            return f"{_many(self.found, 'fault')} found in {over}."
        return f"The journey is whole: {over}."


def _many(number: int, one: str, several: str = "") -> str:
    return f"{number:,} {one if number == 1 else several or f'{one}s'}"
