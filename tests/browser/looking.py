"""Looks at one page in Chromium, in every way that people see it, and tells what is wrong with it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from axe_playwright_python.base import AXE_FILE_PATH
from playwright.sync_api import BrowserContext

HERE = Path(__file__).resolve().parent
PHONE, TABLE, REFLOW, HEIGHT = 360, 1440, 320, 900
MOST_PARTS = 60
PAPER = 673
"""CSS pixels between the margins of A4: 210 mm less 16 mm on either side (the stylesheet's @page)."""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WITHOUT_GRADIENTS = """() => {
    for (const each of [document.body, ...document.querySelectorAll(".next")]) each.style.backgroundImage = "none";
}"""
"""Axe cannot tell how dark a gradient is, and would then say nothing about the words on it."""
FROM_THE_BEGINNING = """() => {
    const start = document.createElement("span");
    start.tabIndex = -1;
    document.body.prepend(start);
    start.focus();
    start.remove();
}"""
"""The next Tab comes to the first stop, even where the page has chosen a field to begin with."""
AXE = """async (options) => (await axe.run(document, options)).violations.flatMap(
    (each) => each.nodes.map((node) => `axe ${each.id}: ${node.target} ${node.any.map((one) => one.message).join(" ").slice(0, 160)}`))"""


@cache
def script() -> str:
    return (HERE / "looking.js").read_text()


@cache
def axe() -> str:
    return Path(AXE_FILE_PATH).read_text()


@dataclass
class Looker:
    """One page after the other in one window; `address` is the site's. What it finds are sentences."""

    context: BrowserContext
    address: str
    wrong: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page = self.context.new_page()
        self.page.on("console", lambda said: self.wrong.append(f"console: {said.text}") if said.type == "error" else None)
        self.page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        self.page.on("request", self._from_elsewhere)

    def _from_elsewhere(self, request) -> None:
        if not request.url.startswith((f"{self.address}/", "data:")):
            self.wrong.append(f"asks for {request.url}")

    def look(self, address: str, *, status: int = 200, closely: bool = True) -> list[str]:
        """Everything that is wrong with this page, each with how it was seen. Not `closely`: leaves out what depends on
        the sort of the page, and not on who looks at it."""
        self.wrong.clear()
        self._open(address, status, PHONE)
        found = list(self._every_way() if closely else self._shortly())
        return [f"{address} · {sentence}" for sentence in dict.fromkeys([*self.wrong, *found])]

    def read_from_the_right(self, address: str) -> list[str]:
        self.wrong.clear()
        self._open(address, 200, PHONE)
        found = list(self._seen("phone", "rightToLeft"))
        with self._as_wide_as(TABLE):
            found += self._seen("table", "rightToLeft")
        return [f"{address} · {sentence}" for sentence in dict.fromkeys([*self.wrong, *found])]

    def _open(self, address: str, status: int, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        answer = self.page.goto(self.address + address)
        if answer.status != status:
            self.wrong.append(f"answers {answer.status}")
            if status != 200:
                return
        self.wrong[:] = [each for each in self.wrong if status == 200 or "status of 4" not in each]
        self.page.evaluate(script())

    def _every_way(self) -> Iterator[str]:
        yield from self._seen("phone", "headings", "width", "targets", "forms", "fields")
        yield from self._axe("phone")
        yield from self._in_the_dark("phone, dark")
        with self._as_wide_as(REFLOW):
            yield from self._seen("320 px", "width")
        with self._as_wide_as(TABLE):
            yield from self._seen("table", "headings", "width", "targets", "fields")
            yield from self._axe("table")
            yield from self._in_the_dark("table, dark")
        yield from self._printed()
        yield from self._by_keyboard()

    def _shortly(self) -> Iterator[str]:
        yield from self._seen("phone", "headings", "width", "targets", "forms", "fields")
        with self._as_wide_as(TABLE):
            yield from self._seen("table", "headings", "width", "targets", "fields")
            yield from self._axe("table")

    @contextmanager
    def _as_wide_as(self, width: int) -> Iterator[None]:
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        yield
        self.page.set_viewport_size({"width": PHONE, "height": HEIGHT})

    def _seen(self, how: str, *what: str) -> Iterator[str]:
        said = self.page.evaluate("what => what.flatMap(each => window.look[each]())", list(what))
        yield from (f"{how}: {sentence}" for sentence in said)

    def _axe(self, how: str, **options: object) -> Iterator[str]:
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(axe())
        self.page.evaluate(WITHOUT_GRADIENTS)
        chosen = {"resultTypes": ["violations"], "runOnly": RULES} | options
        yield from (f"{how}: {sentence}" for sentence in self.page.evaluate(AXE, chosen))

    def _in_the_dark(self, how: str) -> Iterator[str]:
        self.page.emulate_media(color_scheme="dark")
        yield from self._axe(how, runOnly={"type": "rule", "values": ["color-contrast"]})
        self.page.emulate_media(color_scheme="light")

    def _printed(self) -> Iterator[str]:
        for scheme in ("light", "dark"):
            self.page.emulate_media(media="print", color_scheme=scheme)
            with self._as_wide_as(PAPER):
                yield from self._seen(f"print, {scheme}", "paper")
        self.page.emulate_media(media="screen", color_scheme="light")

    def _tab(self, times: int) -> None:
        for _ in range(times):
            self.page.keyboard.press("Tab")

    def _by_keyboard(self) -> Iterator[str]:
        """Tab through everything; then whether Enter in its first field sends the main form."""
        self.page.evaluate(FROM_THE_BEGINNING)
        self._tab(self.page.evaluate("() => window.look.followKeyboard()"))
        # The parts of a day are stops of their own, which nothing tells of.
        for _ in range(MOST_PARTS):
            if self.page.evaluate("() => window.way.isOver()"):
                break
            self._tab(1)
        yield from (f"keyboard: {sentence}" for sentence in self.page.evaluate("() => window.way.reached()"))
        if self.page.evaluate("() => window.look.readyToSend()"):
            self.page.keyboard.press("Enter")
            if not self.page.evaluate("() => window.sent"):
                yield "keyboard: Enter does not send the main form"
