"""Which column holds what: by its header, and where a header is not clear, by what stands below it."""

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass, field

from logistics.resources.reading.contents import Cell
from logistics.resources.returns.casebook import Casebook
from logistics.resources.words.countries import countries_meant
from logistics.resources.words.headers import COUNTS, meaning
from logistics.resources.words.kinds import kind_of, kinds_in, method_of, purpose_in_kind, purpose_of
from logistics.resources.words.money import currency_in
from logistics.resources.words.normal import normal, tidy
from logistics.resources.words.numbers import figure_of, is_left_open

FIELDS = ("country", "office", "organiser", "office_or_organiser", "place", "event", "venue", "date", "year", "case", "kind",
          "purpose", "method", "spent", "currency", "events", "remarks")  # fmt: skip
ENOUGH = 1_000  # cells, to see what a column holds


@dataclass(frozen=True)
class Counted:
    """A column of figures, and what its header says of them."""

    column: int
    kind: str = ""
    purpose: str = ""
    case: str = ""

    @property
    def is_specific(self) -> bool:
        return bool(self.kind or self.purpose or self.case)


@dataclass
class Columns:
    """`counts` are the columns of figures; `whole` is a row's total beside several of them."""

    counts: list[Counted]
    whole: int | None = None
    fields: dict[str, list[int]] = field(default_factory=dict)
    date_order: str = ""
    currency: str = ""

    def text(self, cells: list[Cell], name: str) -> str:
        """The first filled cell of a row among the columns of this field, as text."""
        return tidy(self.value(cells, name))

    def value(self, cells: list[Cell], name: str) -> Cell:
        values = (cells[column] for column in self.fields.get(name, ()) if column < len(cells))
        return next((value for value in values if tidy(value)), "")

    @property
    def figures(self) -> list[int]:
        return [counted.column for counted in self.counts] + ([self.whole] if self.whole is not None else [])


def columns_of(header: list[str], below: list[list[Cell]], cases: Casebook) -> Columns | None:
    """What each column of a table holds; None where there is no column of figures, so that this is no return."""
    meanings = {column: _meaning(text, cases) for column, text in enumerate(header)}
    values = {column: _filled(below, column) for column in meanings}
    meant = {column: _by_contents(header[column], word, values[column], cases) for column, word in meanings.items()}
    _settle_case(meant, header, values, cases)
    _settle_unnamed(meant, values, cases)
    _settle_amounts(meant, header)
    _drop_row_numbers(meant, header, values)
    counts, whole = _counts(meant, header, values)
    if not counts:
        return None
    fields = {name: [column for column, word in meant.items() if word == name] for name in FIELDS}
    currency = next(filter(None, (currency_in(header[column]) for column in fields["spent"])), "")
    filled = {name: where for name, where in fields.items() if where}
    return Columns(counts, whole, filled, _date_order(header, fields), currency)


def _meaning(text: str, cases: Casebook) -> str:
    if cases.knows(text):
        return "case_count"
    return "other" if text.strip().startswith("%") or text.strip().endswith("%") else meaning(text)


def _filled(below: list[list[Cell]], column: int) -> list[Cell]:
    return [cells[column] for cells in below if column < len(cells) and tidy(cells[column])]


def _mostly(values: list[Cell], test: Callable[[Cell], object]) -> bool:
    some = values[:ENOUGH]
    return 2 * sum(1 for value in some if test(value)) > len(some)


def _is_figure(value: Cell) -> bool:
    return isinstance(value, (int, float)) or figure_of(value) is not None or is_left_open(value) or value in ("0", "0.0")


def _by_contents(header: str, word: str, values: list[Cell], cases: Casebook) -> str:
    """The meaning of one column, where its contents may overrule the header. Only a header that can mean two things."""
    figures = _mostly(values, _is_figure) if values else word not in ("kind", "events_or_event", "case", "event")
    if word == "events_or_event":
        return "events" if figures else "event"
    if word in ("kind", "event") and figures and normal(header) in ("sent", "items", "item", "what was sent", "activities"):
        return "number"
    if word in ("kind_count", "case_count") and values and not any(_is_figure(value) for value in values):
        return _words_below(values)
    if word in COUNTS and not figures:
        return _when_not_figures(header, word, values, cases)
    if word == "method" and not _mostly(values, lambda v: method_of(tidy(v))) and figures and values:
        return "count"
    return word


def _words_below(values: list[Cell]) -> str:
    """What stands under a header such as `Letters` or `Solidarity`, where it is not a single figure."""
    if _mostly(values, lambda v: purpose_of(tidy(v))):
        return "purpose"
    if _mostly(values, lambda v: kinds_in(tidy(v))):
        return "kind"
    return "kind_count" if _mostly(values, lambda v: any(c.isdecimal() for c in tidy(v))) else "other"


def _when_not_figures(header: str, word: str, values: list[Cell], cases: Casebook) -> str:
    """`Nombre` is a number in French and a name in Spanish; a header of figures stays one if even a few stand there."""
    if normal(header) == "nombre" and not any(_is_figure(value) for value in values):
        return "case"
    if _mostly(values, lambda v: cases.knows(tidy(v))):
        return "case"
    return word if word == "count" or any(_is_figure(value) for value in values) else "other"


def _settle_case(meant: dict[int, str], header: list[str], values: dict[int, list[Cell]], cases: Casebook) -> None:
    """`For` and `To` may stand above a case or above a purpose; `Name` above a case or an organiser."""
    for column, word in meant.items():
        if word == "case" and _mostly(values[column], lambda v: purpose_of(tidy(v)) and not cases.knows(tidy(v))):
            meant[column] = "purpose"
        if word == "purpose" and _mostly(values[column], lambda v: cases.knows(tidy(v))):
            meant[column] = "case"
    columns = [column for column, word in meant.items() if word == "case"]
    known = [column for column in columns if any(cases.knows(tidy(value)) for value in values[column])]
    for column in columns:
        is_name = normal(header[column]) in ("name", "nom", "nombre", "nome", "person", "people")
        if is_name and column not in known and len(columns) > 1:
            meant[column] = "other"


def _settle_unnamed(meant: dict[int, str], values: dict[int, list[Cell]], cases: Casebook) -> None:
    """A column under a header that says nothing may still be what no other column is: its contents say it."""
    tests = {
        "country": lambda v: len(countries_meant(tidy(v))) == 1,
        "case": lambda v: cases.knows(tidy(v)) and not _is_figure(v),  # a code may be a number
        "kind": lambda v: kind_of(tidy(v)),
        "purpose": lambda v: purpose_of(tidy(v)),
        "date": lambda v: isinstance(v, datetime.date),
    }
    for name, test in tests.items():
        doubtful = ("", "event") if name == "kind" else ("",)
        for column, word in meant.items():
            if word in doubtful and name not in meant.values() and values[column] and _mostly(values[column], test):
                meant[column] = name


def _drop_row_numbers(meant: dict[int, str], header: list[str], values: dict[int, list[Cell]]) -> None:
    """`No.` above 1, 2, 3 … counts the rows and not what was sent."""
    others = [column for column, word in meant.items() if word in (*COUNTS, "case_count")]
    for column in others:
        figures = [figure_of(value) for value in values[column]]
        counted = [figure.count for figure in figures if figure]
        is_short = normal(header[column]) in ("", "no", "nr", "n", "num", "numero", "nummer", "row", "line", "id", "lfd nr")
        if meant[column] == "number" and len(others) > 1 and (is_short or counted[:50] == list(range(1, len(counted[:50]) + 1))):
            meant[column] = "other"


def _settle_amounts(meant: dict[int, str], header: list[str]) -> None:
    """`Amount` beside a column of figures and a currency is money."""
    has_count = any(word in ("count", "number", "kind_count") for word in meant.values())
    for column, word in meant.items():
        if word == "total" and normal(header[column]) == "amount" and has_count and "currency" in meant.values():
            meant[column] = "spent"


def _counts(
    meant: dict[int, str], header: list[str], values: dict[int, list[Cell]]
) -> tuple[list[Counted], int | None]:
    """The columns of figures: several where each is for a kind, a purpose or a case; otherwise the one that counts."""
    found = {column: _counted(column, meant[column], header[column]) for column, word in meant.items()
             if word in (*COUNTS, "case_count")}  # fmt: skip
    general = [column for name in COUNTS[:3] for column in found if meant[column] == name]
    general.sort(key=lambda column: not any(_is_figure(value) for value in values[column]))  # stable
    specific = [column for column, counted in found.items() if counted.is_specific]
    if len(specific) > 1:
        rest = [column for column in general if column not in specific]
        return [found[column] for column in specific], rest[0] if rest else None
    if general and (meant[general[0]] != "total" or not specific):
        return [found[general[0]]], None
    if specific:
        return [found[specific[0]]], next((column for column in general if column not in specific), None)
    return [], None


def _counted(column: int, word: str, header: str) -> Counted:
    if word == "case_count":
        return Counted(column, case=header)
    kind = kind_of(header) or ""
    if word != "kind_count" and kind == "not_broken_down":
        kind = ""  # "number of messages" says nothing about the kind
    return Counted(column, kind=header if kind else "", purpose=_purpose(header))


def _purpose(header: str) -> str:
    exact = purpose_of(header)
    is_petition = "petition" in normal(header)
    return purpose_in_kind(header) or ("" if is_petition else exact) or ""


def _date_order(header: list[str], fields: dict[str, list[int]]) -> str:
    """`dmy` or `mdy` where the header of the dates says so ("Date (dd/mm/yyyy)", "Datum (TT.MM.JJJJ)")."""
    said = " ".join(header[column] for column in fields.get("date", ())).lower()
    if re.search(r"\b[dtj]{1,2}\W?m{1,2}\W?[yaj]{2,4}\b", said):
        return "dmy"
    return "mdy" if re.search(r"\bm{1,2}\W?[dtj]{1,2}\W?[yaj]{2,4}\b", said) else ""
