"""Sending a form again, byte for byte, as a second click or a browser that goes back does: it may change nothing more."""

from dataclasses import dataclass, field
from typing import Any

from django.apps import apps
from django.contrib.sessions.models import Session
from playwright.sync_api import Page, Request

from tests.world import everything


def rows() -> tuple[Any, ...]:
    """What a second sending may not change: the journey, and how many rows there are of anything."""
    return everything(), {model.__name__: model.objects.count() for model in apps.get_models() if model is not Session}


@dataclass
class Post:
    address: str
    body: bytes | None
    sort: str


@dataclass
class Again:
    """Remembers what a page has sent last."""

    page: Page
    last: Post | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.page.on("request", self._remember)

    def _remember(self, request: Request) -> None:
        if request.method == "POST":
            self.last = Post(request.url, request.post_data_buffer, request.headers["content-type"])

    def send(self, words: str) -> None:
        """Send it once more. A file is not sent again: its upload changes nothing before it is agreed to."""
        if self.last is None or not self.last.body:
            return
        before = rows()
        answer = self.page.context.request.post(self.last.address, data=self.last.body, headers={"content-type": self.last.sort})
        assert answer.ok or words == "Sign in", f"“{words}”, sent again, is answered {answer.status}"
        assert rows() == before, f"“{words}”, sent again, has had an effect twice"
        self.last = None
