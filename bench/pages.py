"""How fast the pages are: queries, median and worst time, bytes, for every page and every role that may open it.

    .venv/bin/python bench/pages.py [--times N] [--database URL]

Run by hand, compared within one run. Loads the demonstration into a new SQLite file (or uses the database named), signs
in as each of its roles, and follows links as a person would, in this process, without a network. Of each page of the
URLconf the heaviest of those found is opened N times. What is only sent (POST) or answers with a file is told apart.
Prints a Markdown table; ▲ marks more than 12 queries or over 100 ms. On a machine that is busy with other things the
clock says how long a page waited for them: there the processor's own time is what can be compared, and what is marked by.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

ROOT = Path(__file__).parents[1]
MOST_QUERIES, MOST_MS = 12, 100
OPENED = 12
"""Pages of one name that are opened for one role, to find the heaviest and where links lead on."""


@dataclass
class Opened:
    """A page as it was opened once."""

    name: str
    role: str
    address: str
    queries: int
    sent: int
    is_page: bool


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--times", type=int, default=20)
    asked.add_argument("--database", default="")
    options = asked.parse_args()
    if os.environ.get("BENCH_CHILD"):
        measure(options.times, is_new=not options.database)
        return
    with tempfile.TemporaryDirectory(prefix="lightpost-bench-") as folder:
        env = os.environ | {
            "BENCH_CHILD": "1", "DATABASE_URL": options.database or f"sqlite:///{folder}/bench.db", "LIGHTPOST_DEMO": "1",
            "LIGHTPOST_SECRET_KEY": "bench-" * 12, "LIGHTPOST_HOSTS": "127.0.0.1", "LIGHTPOST_BIND": "127.0.0.1:8000",
            "LIGHTPOST_FILES": folder, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "logistics.settings",
        }  # fmt: skip
        sys.exit(subprocess.run([sys.executable, __file__, *sys.argv[1:]], env=env, cwd=ROOT).returncode)


def measure(times: int, *, is_new: bool) -> None:
    import django

    django.setup()
    from django.core.management import call_command
    from django.urls import get_resolver

    from logistics.demo.cast import LOGINS

    if is_new:
        call_command("migrate", verbosity=0)
        call_command("demo", stdout=open(os.devnull, "w"))
    found: dict[tuple[str, str], Opened] = {}
    for name, role in LOGINS:
        for page in crawl(signed_in(name), role):
            kept = found.get((page.name, role))
            if kept is None or (page.queries, page.sent) > (kept.queries, kept.sent):
                found[page.name, role] = page
    clients = {role: signed_in(name) for name, role in LOGINS}
    rows = sorted(((timed(clients[page.role], page, times), page) for page in found.values()), key=lambda row: -row[0].own)
    show(rows, times)
    never = {name for name, _route in names(get_resolver().url_patterns)} - {name for name, _role in found}
    print(f"\nNot opened (they only take what is sent, or nothing in the demonstration leads there): {', '.join(sorted(never))}.")


def signed_in(name: str):
    from django.test import Client

    from logistics.models import User

    client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=True)
    client.force_login(User.objects.get(username=name))
    return client


def names(patterns, space: str = "", prefix: str = ""):
    """Name and route of every address of the URLconf."""
    for pattern in patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from names(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else space, route)
        elif pattern.name:
            yield space + pattern.name, route


class Links(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag == "a" and (href := dict(attributes).get("href")):
            self.found.append(href)


def crawl(client, role: str):
    """Each page once, from the home page and what needs no code, by links."""
    from django.urls import Resolver404, get_resolver, resolve

    plain = ["/" + route for _name, route in names(get_resolver().url_patterns) if "<" not in route]
    ahead, seen, count = ["/", *plain], set(), {}
    while ahead:
        address = ahead.pop(0)
        path = urlsplit(address).path
        try:
            name = resolve(path).view_name
        except Resolver404:
            continue
        if path in seen or count.get(name, 0) >= OPENED or name == "sign-in":
            continue
        seen.add(path)
        page, links = opened(client, role, name, path)
        if page:
            count[name] = count.get(name, 0) + 1
            ahead += [urljoin(path, link) for link in links]
            yield page


def opened(client, role: str, name: str, path: str) -> tuple[Opened | None, list[str]]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)  # warm
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(path)
    if answer.status_code != 200:
        return None, []
    body = answer.getvalue()
    is_page = answer["Content-Type"].startswith("text/html")
    found = Opened(name, role, path, len(captured), len(body), is_page)
    return found, Links(body.decode()).found if is_page else []


@dataclass
class Times:
    """Milliseconds: best, median and worst by the clock, and the median of this process's own processor time."""

    best: float
    median: float
    worst: float
    own: float


def timed(client, page: Opened, times: int) -> Times:
    clock, own = [], []
    for _ in range(times if page.is_page else max(1, times // 10)):
        begun, own_begun = time.perf_counter(), time.process_time()
        client.get(page.address).getvalue()
        clock.append((time.perf_counter() - begun) * 1000)
        own.append((time.process_time() - own_begun) * 1000)
    return Times(min(clock), statistics.median(clock), max(clock), statistics.median(own))


def show(rows: list[tuple[Times, Opened]], times: int) -> None:
    pages = [row for row in rows if row[1].is_page]
    print(f"{len(pages)} pages, each opened {times} times.\n")
    table("page", pages)
    print("\nFiles, made when they are asked for:\n")
    table("file", [row for row in rows if not row[1].is_page])


def table(what: str, rows: list[tuple[Times, Opened]]) -> None:
    line(what, "role", "queries", "processor ms", "best ms", "median ms", "worst ms", "bytes", "")
    print("|---|---|" + "---:|" * 6 + "---|")
    for took, page in rows:
        mark = "▲" if page.is_page and (page.queries > MOST_QUERIES or took.own > MOST_MS) else ""
        figures = [f"{number:.0f}" for number in (took.own, took.best, took.median, took.worst)]
        line(page.name, page.role, page.queries, *figures, f"{page.sent:,}", mark)


def line(*cells: object) -> None:
    print("| " + " | ".join(str(cell) for cell in cells) + " |")


if __name__ == "__main__":
    main()
