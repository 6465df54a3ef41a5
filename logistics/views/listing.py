"""Lists: search, filters, order, pages, and an export of just what is shown."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import tablib
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from logistics.reports.sheets import as_csv, as_xlsx

ROWS = 50
"""On a page."""


@dataclass(frozen=True)
class Column:
    """One column: its title, what stands in it, by which field it is ordered, and where it leads."""

    title: str
    value: Callable[[Any], Any]
    order: str = ""
    link: Callable[[Any], str] | None = None
    kind: str | Callable[[Any], str] = ""
    """Of every row, or of each: "number", "code", "day", "sentence" (a phone's whole width), "aside" (not on a phone), or
    plain text; "next" is what can be done with the row, and no part of an export."""


@dataclass(frozen=True)
class Filter:
    """A choice above the list: its name in the address, its label, what can be chosen, and the field it compares."""

    name: str
    label: str
    choices: Sequence[tuple[str, str]]
    lookup: str = ""
    apply: Callable[[QuerySet, str], QuerySet] | None = None

    def narrow(self, rows: QuerySet, chosen: str) -> QuerySet:
        if chosen not in {str(value) for value, _ in self.choices}:
            return rows
        return self.apply(rows, chosen) if self.apply else rows.filter(**{self.lookup: chosen})


@dataclass
class Listing:
    """A list as it is asked for by the address: `q`, the filters' names, `order`, `page`, `as`."""

    request: HttpRequest
    rows: QuerySet
    columns: Sequence[Column]
    name: str
    search: Sequence[str] = ()
    filters: Sequence[Filter] = ()
    shown: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.asked = self.request.GET
        self.q = " ".join(self.asked.get("q", "").split())[:100]
        for each in self.filters:
            chosen = self.asked.get(each.name, "")
            self.rows = each.narrow(self.rows, chosen)
            self.shown.append({"filter": each, "chosen": chosen})
        if self.q and self.search:
            wanted = Q()
            for lookup in self.search:
                wanted |= Q(**{f"{lookup}__icontains": self.q})
            self.rows = self.rows.filter(wanted)
        self.rows = self._ordered()

    def _ordered(self) -> QuerySet:
        asked = self.asked.get("order", "")
        known = {column.order for column in self.columns if column.order}
        if asked.lstrip("-") in known:
            return self.rows.order_by(asked, "pk")
        return self.rows

    @property
    def is_narrowed(self) -> bool:
        return bool(self.q) or any(each["chosen"] for each in self.shown)

    @property
    def page(self) -> Any:
        if not hasattr(self, "_page"):
            self._page = Paginator(self.rows, ROWS).get_page(self.asked.get("page"))
        return self._page

    @property
    def table(self) -> list[list[dict[str, Any]]]:
        return [self._cells(row) for row in self.page]

    def _cells(self, row: Any) -> list[dict[str, Any]]:
        return [
            {
                "value": column.value(row),
                "link": column.link(row) if column.link else "",
                "kind": column.kind(row) if callable(column.kind) else column.kind,
                "title": column.title,
            }
            for column in self.columns
        ]

    @property
    def heads(self) -> list[dict[str, str]]:
        """Each column's title, and the address that orders by it (the other way round where it does already)."""
        asked = self.asked.get("order", "")
        return [
            {
                "title": column.title,
                "kind": column.kind,
                "query": self._query(order=f"-{column.order}" if asked == column.order else column.order)
                if column.order
                else "",
                "order": {column.order: "ascending", f"-{column.order}": "descending"}.get(asked, "")
                if column.order
                else "",
            }
            for column in self.columns
        ]

    def _query(self, **changed: Any) -> str:
        asked = self.asked.copy()
        for name in ("page", "as"):
            asked.pop(name, None)
        for name, value in changed.items():
            asked[name] = value
        return asked.urlencode()

    @property
    def earlier(self) -> str:
        return self._query(page=self.page.previous_page_number()) if self.page.has_previous() else ""

    @property
    def later(self) -> str:
        return self._query(page=self.page.next_page_number()) if self.page.has_next() else ""

    @property
    def exports(self) -> list[tuple[str, str]]:
        return [(kind.upper(), self._query(**{"as": kind})) for kind in ("csv", "xlsx")]

    def answer(self, template: str, **context: Any) -> HttpResponse:
        """The page, or the file that was asked for."""
        if (kind := self.asked.get("as", "")) in ("csv", "xlsx"):
            columns = [column for column in self.columns if column.kind != "next"]
            data = tablib.Dataset(headers=[str(column.title) for column in columns])
            for row in self.rows.iterator(chunk_size=500) if not self.rows._prefetch_related_lookups else self.rows:
                data.append([column.value(row) for column in columns])
            return as_csv(data, self.name) if kind == "csv" else as_xlsx(data, self.name)
        return render(self.request, template, {"list": self, **context})
