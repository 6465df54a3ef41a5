"""What must span the apps, filled by each app's `AppConfig.ready()`."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol


class DocumentKind(Protocol):
    """A sort of document: which ones a person may print, in which languages, and how one is printed.

    A kind may have `options`, the names of what else `render` can be asked, and `normalise`, where what is typed is no
    opaque code.
    """

    def codes(self, user: Any) -> list[str]: ...

    def languages(self, code: str, user: Any) -> list[str]:
        """BCP 47 tags of what it can be printed in, first the one that is used where none is asked for."""
        ...

    def render(self, code: str, user: Any, paper: str, language: str | None) -> bytes:
        """The PDF. No language: the first of `languages`. Refused: `unknown_language` and what the kind refuses."""
        ...


journey_checks: dict[str, Callable[[], Iterable[str]]] = {}
"""By name: a check that yields one sentence for each fault it finds."""

document_kinds: dict[str, DocumentKind] = {}
"""By the word that the command takes."""


@dataclass(frozen=True)
class LabelSet:
    """Labels that are printed together: the number of the whole, the code of each, the language of their hub."""

    number: str
    labels: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class LabelSource:
    """Things with labels: which codes a person may print labels for, and the labels for one of them (or nothing)."""

    codes: Callable[[Any], Iterable[str]]
    find: Callable[[str, Any], LabelSet | None]


label_sources: list[LabelSource] = []
"""Whose labels can be printed."""

undo_containers: dict[str, Callable[..., None]] = {}
"""By step: what an app mends in its own tables when an act of that step is reversed. Takes (act, reversal)."""

summary_languages: list[Callable[[list[int]], Mapping[int, tuple[str, ...]]]] = []
"""By bundle key, the languages (BCP 47) of its approved summaries, from the app that keeps the words."""


undo_checks: dict[str, Callable[[Any], None]] = {}
"""By step: refuses to reverse an act of that step as long as an app's own tables forbid it. Takes the act."""

undo_hindrances: list[Callable[[], Any]] = []
"""A condition on acts each: those that `undo_checks` would refuse."""


def add_journey_check(name: str, check: Callable[[], Iterable[str]]) -> None:
    journey_checks[name] = check


def add_document_kind(name: str, kind: DocumentKind) -> None:
    document_kinds[name] = kind


def add_label_source(codes: Callable[[Any], Iterable[str]], find: Callable[[str, Any], LabelSet | None]) -> None:
    label_sources.append(LabelSource(codes, find))


def undo_with(step: str, mend: Callable[..., None], check: Callable[[Any], None] | None = None) -> None:
    undo_containers[step] = mend
    if check:
        undo_checks[step] = check


packing_hindrances: list[Callable[[Any], str]] = []
"""Of a bundle: the sentence that says why it must be counted again before it is packed; empty where nothing does."""


def add_packing_hindrance(find: Callable[[Any], str]) -> None:
    packing_hindrances.append(find)


def add_undo_hindrance(find: Callable[[], Any]) -> None:
    undo_hindrances.append(find)


def tell_summary_languages(find: Callable[[list[int]], Mapping[int, tuple[str, ...]]]) -> None:
    summary_languages.append(find)


demo_tools: dict[str, Any] = {}
"""By app: the module whose functions the demonstration calls."""


def lend_to_demo(app: str, module: Any) -> None:
    demo_tools[app] = module


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person: how many, what, why or since when, and where to do it. What `can_wait` stands
    behind all else."""

    number: int
    what: str
    why: str
    address: str
    button: str
    can_be_done: bool = True
    can_wait: bool = False


@dataclass(frozen=True)
class Paper:
    """A document that can be printed from a page: its title, what it is for, and where it is: the file, or a page that asks first.

    `languages`: what it can be printed in, tag and name; the first is used where none is chosen.
    """

    title: str
    note: str
    address: str
    is_page: bool = False
    languages: tuple[tuple[str, str], ...] = ()


shipment_papers: list[Callable[[Any, Any], Iterable[Paper]]] = []
"""The papers of a shipment that a user may print, as each app knows them; shown on the shipment's page."""


def add_shipment_papers(find: Callable[[Any, Any], Iterable[Paper]]) -> None:
    shipment_papers.append(find)


home_cards: list[Callable[[Any], Iterable[Waiting]]] = []
"""What waits for a user, as each app knows it; shown on the home page in this order."""

finders: list[Callable[[Any, str], Iterable[tuple[str, str, str]]]] = []
"""Search: for a user and what was typed, the things that they may see: what it is, its name, its address."""


def add_home_cards(find: Callable[[Any], Iterable[Waiting]]) -> None:
    home_cards.append(find)


def add_finder(find: Callable[[Any, str], Iterable[tuple[str, str, str]]]) -> None:
    finders.append(find)


class Report(Protocol):
    """Says how far background work is: so many of so many (0: nobody knows yet), and of what."""

    def __call__(self, done: int, of: int, what: str = "") -> None: ...


@dataclass(frozen=True)
class MadeFile:
    """A document that background work made. Its name tells nothing about anybody."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Job:
    """A kind of background work.

    `run` takes what was asked for, whoever asked, and a Report; it answers a MadeFile, or what JSON can hold, which
    `answer` then turns into the response that whoever asked is given. It asks for permission itself, and may run a
    second time after it was interrupted: what it wrote the first time it must find again.
    """

    title: str
    run: Callable[[dict[str, Any], Any, Report], Any]
    answer: Callable[[Any, Any], Any] | None = None
    back: str = "home"


jobs: dict[str, Job] = {}
"""By the word that is stored: every kind of background work (`logistics.actions.working`)."""


def add_job(kind: str, job: Job) -> None:
    jobs[kind] = job


shipment_parts: list[Callable[[Any, Any], tuple[str, Any]]] = []
"""What an app shows on the page of a shipment: for a user and a shipment, a template, and what it knows as `of`."""


def add_shipment_part(find: Callable[[Any, Any], tuple[str, Any]]) -> None:
    shipment_parts.append(find)
