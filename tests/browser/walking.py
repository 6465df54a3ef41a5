"""Walks a served site by its links, as each role, without a browser: which pages can anybody find?"""

import heapq
import re
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from http.cookiejar import CookieJar
from typing import Any

from django.urls import Resolver404, resolve

from tests.browser.serving import PASSWORD, Site

ROLES = ("coordinator", "mailroom", "translator", "case-team", "case-worker", "auditor")
MOST_OF_A_SORT = 12
"""Pages of one URL name that are opened in search of what only some of them lead to."""
SAME_PAGE = {"page", "order", "as", "q"}
"""What a list's own links change: the same page, shown in another way."""


class Links(HTMLParser):
    """`links` and `forms` of one page; a form has its method, its action, and what it would send as it stands."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.inside = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        if tag == "a" and "href" in found:
            self.links.append(found["href"])
        elif tag == "form":
            method = found.get("method", "get").lower()
            self.forms.append({"method": method, "action": found.get("action", ""), "fields": {}, "choices": {}})
        elif self.forms:
            self._control(tag, found)

    def _control(self, tag: str, found: dict[str, str]) -> None:
        form, name = self.forms[-1], found.get("name", "")
        if tag == "option" and self.inside:
            options = form["choices"].setdefault(self.inside, [])
            options.append(found.get("value", ""))
            if "selected" in found or len(options) == 1:  # the first, unless another one is chosen
                form["fields"][self.inside] = found.get("value", "")
        elif tag in ("select", "textarea"):
            self.inside = name
            form["fields"].setdefault(name, "")
        elif tag == "input" and name:
            is_box = found.get("type") in ("checkbox", "radio")
            value = found.get("value", "on" if is_box else "")
            form["choices"].setdefault(name, []).append(value)
            if "checked" in found or not is_box:
                form["fields"][name] = value
        elif tag == "button" and "formaction" in found:
            self.forms.insert(-1, {"method": "post", "action": found["formaction"], "fields": {}, "choices": {}})

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea"):
            self.inside = ""


class Visitor:
    """Somebody with a program that keeps cookies and follows redirects."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.jar = CookieJar()
        self.opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.jar)
        )

    def get(self, address: str) -> tuple[int, str, str, str]:
        return self._open(urllib.request.Request(self.site.address + address))

    def post(self, address: str, files: dict[str, tuple[str, bytes]] | None = None, **fields: str) -> tuple[int, str, str, str]:
        body, kind = encoded(fields | {"csrfmiddlewaretoken": self.cookie("csrftoken")}, files or {})
        headers = {"Content-Type": kind, "Referer": self.site.address + address}
        return self._open(urllib.request.Request(self.site.address + address, body, headers))

    def fill(self, address: str, files: dict[str, tuple[str, bytes]] | None = None, **values: str) -> str:
        """Sends the form of a page that has these fields, as it stands but for these values; where it leads."""
        status, here, _kind, text = self.get(address)
        assert status == 200, (address, status)
        asked = set(values) | set(files or {})
        forms = [form for form in Links(text).forms if form["method"] == "post" and form["action"] != "/sign-out/"]
        form = next(form for form in forms if asked <= set(form["fields"]) | set(form["choices"]))
        sent = {name: value for name, value in form["fields"].items() if name not in (files or {})} | values
        status, reached, _kind, text = self.post(urllib.parse.urljoin(here, form["action"] or here), files, **sent)
        assert status == 200 and (reached != here or 'class="notice refused"' not in text), f"{address} was refused: {told(text)}"
        return reached

    def cookie(self, name: str) -> str:
        return next(each.value or "" for each in self.jar if each.name == name)

    def links(self, address: str) -> list[str]:
        return Links(self.get(address)[3]).links

    def choices(self, address: str, field: str) -> list[str]:
        forms = Links(self.get(address)[3]).forms
        return next(form["choices"][field] for form in forms if field in form["choices"])

    def sign_in(self, name: str) -> None:
        self.get("/sign-in/")
        status, address, _kind, _text = self.post("/sign-in/", username=name, password=PASSWORD)
        assert (status, address) == (200, "/"), (name, status, address)

    def _open(self, request: urllib.request.Request) -> tuple[int, str, str, str]:
        """Status, the address in the end, the content type, and the text of a page."""
        try:
            answer = self.opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            kind = answer.headers.get_content_type()
            text = answer.read().decode() if kind == "text/html" else ""
            return answer.status, answer.geturl().removeprefix(self.site.address), kind, text


def told(html: str) -> str:
    """What a page says, in one line."""
    return " ".join(re.sub(r"<[^>]*>", " ", html.partition("<main")[2].partition("</main")[0]).split())


def encoded(fields: dict[str, str], files: dict[str, tuple[str, bytes]]) -> tuple[bytes, str]:
    """The body of a form, and its content type."""
    if not files:
        return urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded"
    line = "a-line-between-parts"
    parts = [f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}'.encode() for name, value in fields.items()]
    for name, (title, content) in files.items():
        head = f'Content-Disposition: form-data; name="{name}"; filename="{title}"\r\nContent-Type: text/csv\r\n\r\n'
        parts.append(head.encode() + content)
    body = b"".join(f"--{line}\r\n".encode() + part + b"\r\n" for part in parts) + f"--{line}--\r\n".encode()
    return body, f"multipart/form-data; boundary={line}"


def name_of(address: str) -> str | None:
    """The URL name of an address, with its app; None for what is no page of ours."""
    path = urllib.parse.urlsplit(address).path
    try:
        return resolve(path).view_name
    except Resolver404:
        return None


@dataclass
class Found:
    """What one person's walk came by: addresses by URL name. `moved`: answered with a page of another name."""

    pages: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    moved: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    files: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    posts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    broken: list[str] = field(default_factory=list)


class Walk:
    """One person's walk. Of each page's links to the same sort of page the first are followed first, so that the walk
    comes by all sorts of pages, and not by all bundles."""

    def __init__(self, visitor: Visitor, most: int = MOST_OF_A_SORT) -> None:
        self.visitor, self.most = visitor, most
        self.found = Found()
        self.opened: Counter[str] = Counter()
        self.seen: set[str] = set()
        self.waiting: list[tuple[int, int, str, str]] = []

    def begin(self, *addresses: str) -> Found:
        self._wait(addresses, "/")
        while self.waiting:
            _rank, _number, name, address = heapq.heappop(self.waiting)
            if self.opened[name] < self.most:
                self.opened[name] += 1
                self._open(name, address)
        return self.found

    def _open(self, name: str, address: str) -> None:
        status, final, kind, text = self.visitor.get(address)
        if status != 200:
            self.found.broken.append(f"{address}: {status}")
        elif kind != "text/html":
            self.found.files[name].append(address)
        else:
            (self.found.pages if name_of(final) == name else self.found.moved)[name].append(address)
            page = Links(text)
            self._wait(page.links + [view for form in page.forms for view in views_of(form, final)], final)
            for form in page.forms:
                action = name_of(urllib.parse.urljoin(final, form["action"] or final))
                if form["method"] == "post" and action:
                    self.found.posts[action].append(final)

    def _wait(self, links: Iterable[str], here: str) -> None:
        rank: Counter[str] = Counter()
        for link in links:
            parts = urllib.parse.urlsplit(urllib.parse.urljoin(here, link))
            address = parts.path + (f"?{parts.query}" if parts.query and not is_same_page(parts.query) else "")
            if parts.scheme or address in self.seen:
                continue
            self.seen.add(address)
            if name := name_of(address):
                rank[name] += 1
                heapq.heappush(self.waiting, (rank[name], len(self.seen), name, address))
            else:
                self.found.broken.append(f"{address}: no such address, linked from {here}")


def views_of(form: dict[str, Any], here: str) -> list[str]:
    """Where a form that only looks leads: as it stands, and, to the same page, with each choice of each of its lists."""
    if form["method"] != "get":
        return []
    action = urllib.parse.urljoin(here, form["action"] or here).partition("?")[0]
    if action != here.partition("?")[0]:
        return [f"{action}?{urllib.parse.urlencode(form['fields'])}"]
    chosen = [{name: value} for name, values in form["choices"].items() for value in values if value]
    return [action, *(f"{action}?{urllib.parse.urlencode(each)}" for each in chosen)]


def is_same_page(query: str) -> bool:
    return bool(set(urllib.parse.parse_qs(query, keep_blank_values=True)) & SAME_PAGE)
