"""The story of the demonstration, read from a file: no case and no count stands in the code."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

from logistics.errors import Refused


@dataclass(frozen=True)
class Story:
    """Which campaign is loaded, which case goes the whole way, how far the others get."""

    campaign: Path
    first_return: str
    hubs: tuple[tuple[str, str], ...]
    whole: str
    withheld: int
    seized: int
    released: str
    released_gone: int
    stages: dict[str, str]
    waived: frozenset[str]
    summaries: dict[str, str]

    def returns(self) -> list[Path]:
        """The files of returns, the first one first."""
        files = sorted(path for path in (self.campaign / "returns").iterdir() if path.is_file())
        return sorted(files, key=lambda path: path.name != self.first_return)

    def summary(self, language: str) -> str:
        return self.summaries.get(language, self.summaries["en"])


def read(path: Path) -> Story:
    """The story in this file. Refused: `no_story` where it is missing or not whole."""
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        return Story(
            campaign=(path.parent / told["campaign"]).resolve(),
            first_return=told["first_return"],
            hubs=tuple((hub["code"], hub["name"]) for hub in told["hubs"]),
            whole=told["whole"]["case"],
            withheld=told["whole"]["withheld"],
            seized=told["whole"]["seized"],
            released=told["released"]["case"],
            released_gone=told["released"]["gone"],
            stages=told["stages"],
            waived=frozenset(told["consent"]["waived"]),
            summaries=told["summary"],
        )
    except (OSError, KeyError, tomllib.TOMLDecodeError) as fault:
        raise Refused("no_story", f"The story of the demonstration is not whole: {path.name}, {fault}.") from fault
