"""How far background work is: a small file that says so, and beats for as long as its worker lives."""

import json
import os
import time
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

BEAT = 2.0
"""Seconds between two signs of life."""
LEAST = 0.2
"""Seconds between two reports that are written."""


class Progress:
    """A `registry.Report`, to be used as a context: within it the file beats, whether or not anything is reported."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._written = 0.0
        self._ended = Event()
        self._beat = Thread(target=self._keep_beating, daemon=True)

    def __enter__(self) -> "Progress":
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._write(0, 0, "")
        self._beat.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, at: TracebackType | None) -> None:
        self._ended.set()
        self._beat.join()

    def __call__(self, done: int, of: int, what: str = "") -> None:
        now = time.monotonic()
        if done >= of or now - self._written >= LEAST:
            self._written = now
            self._write(done, of, what)

    def _write(self, done: int, of: int, what: str) -> None:
        new = self.path.with_suffix(".new")
        new.write_text(json.dumps({"done": done, "of": of, "what": str(what)}))
        os.replace(new, self.path)

    def _keep_beating(self) -> None:
        while not self._ended.wait(BEAT):
            try:
                os.utime(self.path)
            except FileNotFoundError:
                return
