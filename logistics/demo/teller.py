"""What every scene needs: keys that are the same every time, days from the campaign's close, and progress."""

import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Any, TextIO, TypeVar
from uuid import NAMESPACE_URL, UUID, uuid5

Item = TypeVar("Item")


class Teller:
    """Tells the acts of the demonstration one after the other."""

    def __init__(self, closes: date, out: TextIO) -> None:
        self.closes = closes
        self.out = out
        self._told = 0
        self._scene = ""
        self._began = time.monotonic()

    def day(self, offset: int) -> date:
        """So many days after the campaign closed."""
        return self.closes + timedelta(days=offset)

    def key(self) -> UUID:
        """The next key: the same in every run."""
        self._told += 1
        return uuid5(NAMESPACE_URL, f"lightpost:demo:{self._told}")

    def act(self, action: Callable[..., Any], *args: Any, day: int | date, **kwargs: Any) -> Any:
        """Tell one act on a day (or so many days after the close)."""
        on = day if isinstance(day, date) else self.day(day)
        return action(*args, key=self.key(), day=on, **kwargs)

    def scene(self, title: str) -> None:
        """Say what is happening now."""
        seconds = time.monotonic() - self._began
        self.out.write(f"{seconds:6.1f} s  {title}\n")
        self.out.flush()

    def each(self, items: Iterable[Item], what: str) -> Iterator[Item]:
        """The items one by one, counted on the terminal."""
        rows = list(items)
        shown = self.out.isatty()
        for number, item in enumerate(rows, 1):
            if shown and (number % 10 == 0 or number == len(rows)):
                self.out.write(f"\r          {number} of {len(rows)} {what}")
                self.out.flush()
            yield item
        if shown and rows:
            self.out.write("\r" + " " * 60 + "\r")
