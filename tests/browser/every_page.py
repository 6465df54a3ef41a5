"""One walk through the demonstration for a whole run of tests, kept for all workers: its data, its sign-ins, what it found."""

import fcntl
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.urls import URLResolver, get_resolver

from tests.browser import before, serving, walking
from tests.browser.walking import Found, Visitor, Walk

OTHERS = ("mailroom-south", "case-worker-2")
"""More of the demonstration's people, who see what the first of their role does not."""
PEOPLE = (*walking.ROLES, *OTHERS)


@dataclass(frozen=True)
class Walked:
    """What everybody found, by person ("" is nobody), with the cookie that signs each of them in on a copy of the data."""

    database: Path
    files: Path
    cookies: dict[str, str]
    found: dict[str, Found]

    def pages(self, person: str) -> dict[str, str]:
        """By URL name, the first address of each sort of page that this person can open."""
        return {name: addresses[0] for name, addresses in sorted(self.found[person].pages.items()) if name}

    def names(self, what: str) -> set[str]:
        return {name for found in self.found.values() for name in getattr(found, what)}


def walked_once(folder: Path, database: Path) -> Walked:
    """The walk of this run, done by whichever worker comes first."""
    kept = folder / "walk.json"
    with (folder / "walk.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not kept.exists():
            said = walk(database, folder / "walk")
            kept.write_text(json.dumps(said))
    said = json.loads(kept.read_text())
    found = {person: Found(**each) for person, each in said["found"].items()}
    return Walked(Path(said["database"]), Path(said["files"]), said["cookies"], found)


def walk(database: Path, folder: Path) -> dict[str, Any]:
    with serving.serving(database, folder) as site:
        people = {name: Visitor(site) for name in PEOPLE}
        for name, visitor in people.items():
            visitor.sign_in(name)
        by_form = before.prepare(site, people)
        found = {
            name: vars(Walk(each, 3 if name in OTHERS else walking.MOST_OF_A_SORT).begin("/", *by_form.get(name, [])))
            for name, each in people.items()
        }
        found[""] = vars(Walk(Visitor(site)).begin("/"))
        done = folder / "walked.db"
    serving.settle(site.database)
    shutil.copyfile(site.database, done)
    cookies = {name: visitor.cookie("sessionid") for name, visitor in people.items()}
    return {"database": str(done), "files": str(folder / "files"), "cookies": cookies, "found": found}


def names_of_the_urlconf(patterns: list | None = None, space: str = "") -> list[str]:
    names = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else space
            names += names_of_the_urlconf(pattern.url_patterns, inner)
        else:
            names.append(space + pattern.name)
    return names
