"""Called by bin/pictures: walks through the running demo as each role does, and takes the pictures of the guides.

Everything is found as a reader of the guide finds it: by the words on links, buttons and labels. What has changed its
words stops the walk here, and so the guide is mended together with the page.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image, ImageOps
from playwright.sync_api import Browser, Locator, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
TO = ROOT / "docs" / "pictures"
SITE = f"http://{os.environ['LIGHTPOST_BIND']}"
PASSWORD = "lightpost-demo"  # noqa: S105  (printed by bin/demo; works on loopback alone)

PHONE = {"width": 390, "height": 760}
TABLE = {"width": 1024, "height": 768}
RETURN = ROOT / "data" / "demo" / "return.csv"

PIXELS_A_POINT = 1.25
COLOURS = 128
"""A picture of a page needs no more, and is a third of the size."""


class Walk:
    """One person in a browser, and the pictures of one guide."""

    def __init__(self, browser: Browser, guide: str, who: str, size: dict[str, int]) -> None:
        self.guide, self.number = guide, 0
        self.page: Page = browser.new_context(viewport=size, locale="en-GB").new_page()
        self.page.set_default_timeout(15_000)
        self.page.goto(f"{SITE}/sign-in/")
        self.page.get_by_label("Name").fill(who)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.press("Sign in")

    def go(self, words: str, *, inside: str = "", which: int = 0) -> None:
        self._scope(inside).get_by_role("link", name=words).nth(which).click()
        self.page.wait_for_load_state()

    def press(self, words: str, *, inside: str = "", which: int = 0) -> None:
        self._scope(inside).get_by_role("button", name=words).nth(which).click()
        self.page.wait_for_load_state()

    def home(self) -> None:
        self.page.goto(f"{SITE}/")

    def fill(self, label: str, value: str, *, which: int = 0) -> None:
        self.page.get_by_label(label).nth(which).fill(value)

    def choose(self, label: str, option: str, *, which: int = 0) -> None:
        self.page.get_by_label(label).nth(which).select_option(label=option)

    def tick(self, label: str, *, which: int = 0) -> None:
        self.page.get_by_label(label).nth(which).check()

    def first_row(self) -> None:
        self.page.locator("tbody a").first.click()
        self.page.wait_for_load_state()

    def choose_case(self, code: str, pile: int) -> None:
        choice = self.page.get_by_label("For").nth(pile)
        texts = choice.locator("option").all_inner_texts()
        choice.select_option(index=next(number for number, text in enumerate(texts) if code in text))

    def _scope(self, inside: str) -> Page | Locator:
        return self.page.locator(inside).first if inside else self.page

    def picture(self, name: str, *, tall: int = 0) -> None:
        """What stands on the screen now, or as much of the page as fits a screen that is so many pixels tall."""
        self.number += 1
        size = self.page.viewport_size
        if tall:
            height = self.page.evaluate("document.documentElement.scrollHeight")
            self.page.set_viewport_size({"width": size["width"], "height": min(height, tall)})
        shot = self.page.screenshot()
        self.page.set_viewport_size(size)
        keep(Image.open(BytesIO(shot)), f"{self.guide}-{self.number}-{name}")


def keep(picture: Image.Image, name: str) -> None:
    file = TO / f"{name}.png"
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    print(f"  {file.relative_to(ROOT)}  {file.stat().st_size // 1024} KiB")


GUIDES: dict[str, Callable[[Browser], None]] = {}


def guide(walk: Callable[[Browser], None]) -> Callable[[Browser], None]:
    GUIDES[walk.__name__.replace("_", "-")] = walk
    return walk


@guide
def mailroom(browser: Browser) -> None:
    me = Walk(browser, "mailroom", "mailroom", TABLE)
    me.picture("home")
    me.go("Batches")
    me.go("Receive a batch")
    me.picture("where-from")
    me.go("Batches")
    me.first_row()
    me.go("Count the piles")
    for pile, (case, pieces) in enumerate((("TR", "47"), ("TN", "23"))):
        me.choose_case(case, pile)
        me.fill("Pieces", pieces, which=pile)
    me.picture("count")
    me.press("Tie the bundles")
    me.picture("labels")
    me.go("Count the next piles")
    me.go("Close the batch")
    me.press("Close it and see")
    me.picture("declared")
    me.home()
    me.go("Screen")
    me.first_row()
    me.picture("screen")
    me.home()
    me.go("Seal")
    me.first_row()
    me.picture("pack", tall=1000)
    me.go("Seal")
    me.picture("seal", tall=900)
    me.home()
    me.go("Dispatch")
    me.go("Dispatch", inside="main")
    me.picture("dispatch", tall=900)


@guide
def translator(browser: Browser) -> None:
    me = Walk(browser, "translator", "translator", TABLE)
    me.picture("home")
    me.go("Write a summary")
    me.go("Write it")
    me.page.locator("textarea").fill(
        "Constructed for demonstration. The writers greet you. They have heard what was done to you, they ask for "
        "justice, and they say that you are not alone."
    )
    me.picture("write")
    me.home()
    me.go("Read and approve")
    me.go("Read")
    me.picture("approve")


@guide
def case_worker(browser: Browser) -> None:
    me = Walk(browser, "case-worker", "case-worker", PHONE)
    me.picture("home", tall=1100)
    me.go("Take it over")
    me.picture("take-over", tall=1300)
    me.home()
    me.go("Record a delivery")
    me.picture("deliver", tall=1500)
    me.tick("Family")
    me.press("Record what is ticked")
    me.picture("recorded", tall=1100)


@guide
def case_team(browser: Browser) -> None:
    me = Walk(browser, "case-team", "case-team", TABLE)
    me.picture("home")
    me.go("Cases")
    me.go("Hakan Yaman")
    me.picture("case", tall=1500)
    me.go("Consents, rules, situations")
    me.picture("about", tall=1400)
    me.go("Deliveries")
    me.first_row()
    me.picture("delivery", tall=1000)
    me.page.goto(f"{SITE}/confirmations/")
    me.first_row()
    me.picture("confirmation", tall=1000)
    me.go("Received")
    me.picture("received", tall=1300)


@guide
def coordinator(browser: Browser) -> None:
    me = Walk(browser, "coordinator", "coordinator", TABLE)
    me.go("Campaigns")
    me.go("Write for Rights 2013")
    me.picture("campaign", tall=1200)
    me.go("People")
    me.page.locator("tbody a").last.click()
    me.picture("person", tall=1000)
    me.go("Returns")
    me.go("Import returns")
    me.page.locator("input[type=file]").set_input_files(RETURN)
    me.press("Look at what they say")
    me.page.get_by_text("Told already").first.wait_for()
    me.picture("preview", tall=1200)
    me.go("Returns")
    me.first_row()
    me.picture("return", tall=1000)
    me.go("Collections")
    me.picture("collections")


@guide
def readme(browser: Browser) -> None:
    """What says at once what Lightpost is: a case on a page, and what is printed of it."""
    me = Walk(browser, "readme", "case-team", TABLE)
    me.go("Cases")
    me.go("Hakan Yaman")
    me.picture("case", tall=900)


PAPERS = (
    ("labels", "A", (), "labels"),
    ("packing-list", "M", (), "packing-list"),
    ("bag-list", "S", (), "bag-list"),
    ("letter-bill", "S", (), "letter-bill"),
    ("delivery-form", "S", ("--language", "en"), "delivery-form"),
    ("confirmation", "C", ("--language", "en"), "confirmation"),
    ("confirmation", "C", ("--language", "tr"), "confirmation-tr"),
    ("confirmation", "C", ("--language", "ar"), "confirmation-ar"),
    ("confirmation", "C", ("--language", "km"), "confirmation-km"),
    ("letter", "C", ("--language", "en"), "letter"),
    ("case-report", "", (), "case-report"),
)
"""Kind, how its code begins, options of the command, and the name of the picture."""


@guide
def documents(browser: Browser) -> None:
    """The first page of each kind, by the command that prints it."""
    listed = json.loads(manage("document", "--list", "--format", "json"))
    with tempfile.TemporaryDirectory() as folder:
        for kind, begins, options, name in PAPERS:
            code = [row["code"] for row in listed if row["kind"] == kind and row["code"].startswith(begins)][-1]
            file = Path(folder) / f"{name}.pdf"
            manage("document", kind, code, "-o", str(file), *options)
            page = pypdfium2.PdfDocument(file)[0].render(scale=PIXELS_A_POINT).to_pil()
            keep(ImageOps.expand(page.convert("RGB"), border=1, fill="#b8b2a5"), f"document-{name}")


def manage(*words: str) -> str:
    return subprocess.run([sys.executable, ROOT / "manage.py", *words], check=True, capture_output=True, text=True).stdout


def main(names: list[str]) -> None:
    TO.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--lang=en-GB"],
        )
        for name in names or GUIDES:
            GUIDES[name](browser)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
