"""Somebody at a browser: follows links by their words, fills in what has a label, presses buttons, reads.

No address is typed but that of the site, and nothing is found by what it is called inside the page: what a person could
not find, a test cannot find either.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Locator, expect

from tests.browser.story.again import Again

GROUPED_CODE = re.compile(r"\b[A-Z0-9]{4} [A-Z0-9]{4} [A-Z0-9]{4}\b")
WITHOUT_NOTICE = ("Sign in", "Look at what they say")
"""What leads to a page that shows by itself what was done."""
OPTIONAL = "( may stay empty)?"
"""What a label says of a field that may stay empty."""


class Person:
    """One person at one window."""

    def __init__(self, window: BrowserContext, name: str = "", password: str = "") -> None:
        self.name, self.password = name, password
        self.page = window.new_page()
        self._again = Again(self.page)

    def sign_in(self, name: str = "", password: str = "") -> "Person":
        self.name, self.password = name or self.name, password or self.password
        self.page.goto("/")
        self.fill("Name", self.name)
        self.fill("Password", self.password)
        self.press("Sign in")
        return self

    def choose_password(self, own: str) -> "Person":
        """Instead of the one that somebody gave them. Not sent again: the old one is then a wrong one, and is counted."""
        self.fill("Old password", self.password).fill("New password", own).fill("New password confirmation", own)
        with self._arriving():
            self.page.get_by_role("button", name="Change the password", exact=True).click()
        self.reads("What waits for you")
        self.password = own
        return self

    def home(self) -> "Person":
        """The lantern: from every page one click."""
        self.go("Lightpost, home")
        return self

    def go(self, words: str, inside: str = "") -> "Person":
        """Follow the link; several that say the same must lead to the same place."""
        links = self._part(inside).get_by_role("link", name=words, exact=True)
        expect(links.first, f"“{words}” on {self.page.title()}").to_be_attached()
        addresses = {link.get_attribute("href") for link in links.all()}
        assert len(addresses) == 1, f"“{words}” leads to {sorted(map(str, addresses))} on {self.page.title()}"
        with self._arriving():
            links.filter(visible=True).first.click()
        return self

    def press(self, words: str, inside: str = "") -> "Person":
        """Press the button. What was done is said on the next page, and sending it once more changes nothing."""
        with self._arriving() as arrival:
            self._part(inside).get_by_role("button", name=words, exact=True).click()
        if self._again.last and arrival.value.request.redirected_from and words not in WITHOUT_NOTICE:
            expect(self.notice(), f"no notice after “{words}”").to_be_visible()
        self._again.send(words)
        return self

    def find(self, code: str) -> "Person":
        """What a hand scanner does on any page: it types the code into the search and ends it with Enter."""
        with self._arriving():
            field = self.page.get_by_role("searchbox", name="Find any code or name")
            field.fill(code)
            field.press("Enter")
        return self

    def type_as_a_scanner(self, code: str) -> "Person":
        """What a hand scanner does where nothing has the focus: it types, and ends with Enter."""
        with self._arriving():
            self.page.keyboard.type(code)
            self.page.keyboard.press("Enter")
        return self

    def open(self, code: str) -> "Person":
        """The page of this thing as it is now, found by its code if it is not the page that is open."""
        if code not in self.page.title():
            return self.find(code)
        with self._arriving():
            self.page.reload()
        return self

    def fill(self, label: str, value: object, inside: str = "") -> "Person":
        self._field(label, inside).fill(str(value))
        return self

    def attach(self, label: str, file: Path) -> "Person":
        self._field(label).set_input_files(file)
        return self

    def choose(self, label: str, option: str, inside: str = "") -> "Person":
        """One of a list, or of several to be pressed; the one that says just this, or else the only one that contains it."""
        radios = self._part(label).get_by_role("radio") if self._is_group(label) else None
        if radios is not None and radios.count():
            self._part(label).get_by_role("radio", name=option, exact=True).check()
            return self
        field = self._field(label, inside)
        expect(field, f"“{label}” on {self.page.title()}").to_be_visible()
        said = [text.strip() for text in field.locator("option").all_inner_texts()]
        fits = [text for text in said if text == option] or [text for text in said if option in text]
        assert len(fits) == 1, f"“{option}” under “{label}”: {said}"
        field.select_option(label=fits[0])
        return self

    def tick(self, words: str, inside: str = "") -> "Person":
        self._part(inside).get_by_role("checkbox", name=re.compile(re.escape(words))).check()
        return self

    def untick(self, words: str, inside: str = "") -> "Person":
        self._part(inside).get_by_role("checkbox", name=re.compile(re.escape(words))).uncheck()
        return self

    def unfold(self, words: str, about: str = "") -> "Person":
        """Open what is folded away; where there are several, the one about this."""
        folded = self.page.get_by_role("group").filter(has_text=words).filter(has_text=about)
        folded.get_by_text(words, exact=True).click()
        return self

    def reads(self, *texts: str, inside: str = "") -> "Person":
        part = self._part(inside) if inside else self.page.get_by_role("main")
        for text in texts:
            expect(part).to_contain_text(text, use_inner_text=True)
        return self

    def does_not_read(self, text: str) -> "Person":
        expect(self.page.get_by_role("main")).not_to_contain_text(text, use_inner_text=True)
        return self

    def notice(self) -> Locator:
        """What the page says of what was just done."""
        return self.page.get_by_role("status").first

    def noted(self, *links: str) -> "Person":
        """The notice leads to what was made, and to what takes it back."""
        for words in links:
            expect(self.notice().get_by_role("link", name=words, exact=True)).to_be_visible()
        return self

    def typed(self, label: str, inside: str = "") -> str:
        return self._field(label, inside).input_value()

    def codes(self, inside: str = "") -> list[str]:
        """The codes that can be read, in their order, each once."""
        part = self._part(inside) if inside else self.page.get_by_role("main")
        return list(dict.fromkeys(GROUPED_CODE.findall(" ".join(part.inner_text().split()))))

    def word(self, pattern: str, inside: str = "") -> str:
        """The one text that can be read and looks like this."""
        part = self._part(inside) if inside else self.page.get_by_role("main")
        found = re.findall(pattern, part.inner_text())
        assert len(set(found)) == 1, (pattern, found)
        return found[0]

    def paper(self, words: str) -> bytes:
        """The PDF that opens by the link that says this among other things."""
        link = self.page.get_by_role("link", name=words)
        expect(link).to_be_visible()
        answer = self.page.context.request.get(str(link.get_attribute("href")))
        assert answer.headers["content-type"] == "application/pdf"
        return answer.body()

    def back(self) -> "Person":
        """The browser's own Back: the form as it was sent."""
        self.page.go_back()
        return self

    @contextmanager
    def _arriving(self) -> Iterator[Any]:
        with self.page.expect_navigation() as arrival:
            yield arrival
        answer = arrival.value
        assert answer is None or answer.status < 400, f"{answer.status} at {answer.url}, for {self.name}"

    def _part(self, inside: str) -> Locator:
        """A group of fields or a section by its title; or else the row that says this, or the section whose title does."""
        if not inside:
            return self.page.locator("body")
        group, section = (self.page.get_by_role(role, name=inside, exact=True) for role in ("group", "region"))
        if (found := group.or_(section)).count():
            return found
        row, line = (self.page.get_by_role(role).filter(has_text=inside) for role in ("row", "listitem"))
        return row.or_(line).or_(self.page.get_by_role("region", name=inside))

    def _is_group(self, label: str) -> bool:
        return self.page.get_by_role("group", name=label, exact=True).count() > 0

    def _field(self, label: str, inside: str = "") -> Locator:
        words = re.compile(rf"^\s*{re.escape(label)}{OPTIONAL}\s*$")
        return self._part(inside).get_by_label(words).and_(self.page.locator("input, select, textarea"))
