"""What one can come to by following links, filters and exports, and the forms that are on the way. Nothing is sent."""

import io
import re
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser
from typing import Any

from django.test import Client
from openpyxl import load_workbook

DIFFERS = re.compile(
    r'name="csrfmiddlewaretoken" value="\w+"|name="key" value="[0-9a-f-]{36}"|\d\d:\d\d(:\d\d)?|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}'
)
"""What is another each time one looks: tokens, keys of forms, the time. Pages that a key leads to are begun with."""
PAPER = re.compile(r"/(packing-list|paper|print|letter-bill|bag-list|file|letter|report|form)/|/labels/")
"""PDFs are read by the tests of the documents."""


class Page(HTMLParser):
    """The links of a page, the addresses of its filters, and its forms."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address, self.links, self.filters = address, set(), set()
        self.forms: list[tuple[str, dict[str, str]]] = []
        self.form: dict[str, str] | None = None
        self.select = ""
        self.is_filter = False
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        told = dict(attributes)
        if tag == "a" and (told.get("href") or "").startswith(("/", "?")):
            href = told["href"]
            self.links.add(href if href.startswith("/") else self.address.partition("?")[0] + href)
        elif tag == "form":
            self.is_filter = told.get("method", "get") == "get"
            self.form = {}
            if not self.is_filter:
                self.forms.append((told.get("action") or self.address, self.form))
        elif tag in ("input", "textarea", "select") and self.form is not None and told.get("name"):
            self.select = told["name"] if tag == "select" else ""
            if told.get("type") not in ("checkbox", "radio") or "checked" in told:
                self.form[told["name"]] = told.get("value") or ""
        elif tag == "option" and self.select and self.form is not None:
            if self.is_filter:
                self.filters.add(f"{self.address.partition('?')[0]}?{self.select}={told.get('value') or ''}")
            elif "selected" in told:
                self.form[self.select] = told.get("value") or ""


@dataclass
class Crawl:
    """All that somebody comes to from home: texts by address, and forms."""

    client: Client
    texts: dict[str, str] = field(default_factory=dict)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)

    def look(self, *starts: str) -> "Crawl":
        waiting = list(starts)
        while waiting:
            address = waiting.pop().partition("#")[0]
            if address in self.texts or "//" in address or PAPER.search(address.partition("?")[0]) or address.startswith("/static/"):
                continue
            response = self.client.get(address)
            self.texts[address] = text_of(response)
            if response.status_code in (301, 302):
                waiting.append(response["Location"])
            elif response.get("Content-Type", "").startswith("text/html"):
                page = Page(address, self.texts[address])
                self.forms |= dict(page.forms)
                waiting += sorted({link for link in page.links if "?" not in link} if "?" in address else page.links | page.filters)
        return self


def text_of(response: Any) -> str:
    """What can be read in an answer, also in a table that was asked for as a file."""
    kind = response.get("Content-Type", "")
    if "spreadsheet" in kind:
        sheet = load_workbook(io.BytesIO(response.content)).active
        table = "\n".join("\t".join(str(value) for value in row if value is not None) for row in sheet.values)
        return DIFFERS.sub("", table)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = DIFFERS.sub("", unescape(body.decode("utf-8-sig", "replace")))
    return text + " ".join(f"{name}: {response[name]}" for name in ("Location", "Content-Disposition") if name in response)
