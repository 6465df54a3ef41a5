"""Which browser the tests drive: the Chromium of the system, never one that is fetched."""

import os
import shutil
from pathlib import Path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
NAMES = ("chromium", "chromium-browser")


def find_chromium() -> str | None:
    """Its path. A snap, or the script that stands in for one, is no browser that can be driven from here."""
    for name in NAMES:
        path = shutil.which(name)
        if path and not is_snap(Path(path)):
            return path
    return None


def is_snap(path: Path) -> bool:
    real = path.resolve()
    if real.name == "snap" or "/snap/" in str(path) or "/snap/" in str(real):
        return True
    with real.open("rb") as file:
        start = file.read(4096)
    return start.startswith(b"#!") and b"snap" in start


def is_required() -> bool:
    """LIGHTPOST_BROWSER=required: without a browser the browser tests fail, in place of not being run."""
    return os.environ.get("LIGHTPOST_BROWSER", "") == "required"
