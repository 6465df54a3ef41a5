"""Whatever a page says can be said in another language, and stands under the policy that pages have."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAGES = [path for path in sorted(TEMPLATES.rglob("*.html")) if TEMPLATES / "documents" not in path.parents]
"""Documents have their own languages, and tests of their own."""
TRANSLATED = re.compile(
    r"{%\s*blocktrans(late)?\b.*?{%\s*endblocktrans(late)?\s*%}"
    r"|{%\s*block (narrow|body_class)\s*%}.*?{%\s*endblock\s*%}"  # what stands there is a class
    r"|{#.*?#}|{%.*?%}|{{.*?}}",
    re.DOTALL,
)
READ_OUT = {"alt", "title", "placeholder", "aria-label", "aria-description", "data-label", "label"}
"""Attributes that somebody reads or hears. An input's value is read as well, if it is a button."""
A_WORD = re.compile(r"[^\W\d_]{2,}")
SAME_EVERYWHERE = {"Lightpost", "UTC"}


class Literal(HTMLParser):
    """`found`: words that stand in the template as they are, outside everything that is translated or filled in."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(TRANSLATED.sub(" ", text))

    def handle_data(self, data: str) -> None:
        self.found += [word for word in A_WORD.findall(data) if word not in SAME_EVERYWHERE]

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        for name, value in attributes:
            if name in READ_OUT:
                self.handle_data(value or "")


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(TEMPLATES)) for path in PAGES])
def test_every_word_of_a_page_can_be_translated(path):
    assert Literal(path.read_text()).found == []


@pytest.mark.parametrize("path", PAGES, ids=[str(path.relative_to(TEMPLATES)) for path in PAGES])
def test_nothing_in_a_page_is_forbidden_by_its_own_policy(path):
    text = TRANSLATED.sub(" ", path.read_text())
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=|javascript:|<script(?![^>]*\ssrc=)", text) == []


def test_a_word_that_stands_there_as_it_is_would_be_found():
    assert Literal('<p>{% translate "Yes" %} or {{ no }}</p><input placeholder="Any code">').found == ["or", "Any", "code"]
