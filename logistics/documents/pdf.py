"""From HTML to the bytes of a PDF. The only file that knows WeasyPrint.

Nothing is fetched but files of static/documents/; what cannot be had fails the whole document. The same
input gives the same bytes: no dates, no random identifier, no producer, no author.
"""

import gc
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from mimetypes import guess_type
from pathlib import Path

import pydyf
from weasyprint import CSS, HTML, Document
from weasyprint.logger import LOGGER
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FILES = (Path(__file__).resolve().parents[2] / "static" / "documents").resolve()
SCHEME = "document:"
STYLESHEET = "document.css"
ELEMENTS = "elements.css"


class DocumentFailed(Exception):
    """The document could not be made as it was written; no bytes are given out."""


class OurFilesOnly(URLFetcher):
    """Answers `document:NAME` with that file of static/documents/ and refuses every other address."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        """Raises what stops the rendering: an ordinary error would silently drop the picture."""
        file = (FILES / url.removeprefix(SCHEME)).resolve()
        if not (url.startswith(SCHEME) and file.is_relative_to(FILES) and file.is_file()):
            raise FatalURLFetchingError(f"a document may not fetch {url[:60]}")
        kind = guess_type(file.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, file.read_bytes(), {"Content-Type": kind})


def render(sheets: Sequence[str], report: Callable[[int, int], None] | None = None) -> bytes:
    """One PDF of these HTML documents, each with its own page numbers; title and language are the first one's.

    `report` is told how many of them are laid out. Raises DocumentFailed if anything is missing or cannot be read.
    """
    with _failing_aloud(), _without_collecting():
        styles, documents = _styles(STYLESHEET), []
        for number, sheet in enumerate(sheets, 1):
            documents.append(_lay_out(sheet, styles))
            if report:
                report(number, len(sheets))
        pages = [page for document in documents for page in document.pages]
        return bytes(documents[0].copy(pages).write_pdf(finisher=_make_neutral))


def render_on_one_page(settings: Sequence[str]) -> bytes:
    """The PDF of the first of these that is one page long: one document, set ever tighter. Else of the first.

    Raises DocumentFailed as `render` does.
    """
    with _failing_aloud(), _without_collecting():
        styles = _styles(STYLESHEET)
        documents = (_lay_out(setting, styles) for setting in settings)
        first = next(documents)
        one = first if len(first.pages) == 1 else next((d for d in documents if len(d.pages) == 1), first)
        return bytes(one.write_pdf(finisher=_make_neutral))


def _styles(name: str) -> CSS:
    return _parsed((FILES / name).read_text("utf-8"))


@lru_cache(maxsize=2)
def _parsed(text: str) -> CSS:
    """Read once in a process, and again if the file has changed."""
    return CSS(string=text, base_url=SCHEME, url_fetcher=OurFilesOnly())


class OurElements(HTML):
    """A document that knows the elements of elements.css in place of all of HTML's: a fifth less time for a short one."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_styles(ELEMENTS)]


def _lay_out(sheet: str, styles: CSS) -> Document:
    return OurElements(string=sheet, base_url=SCHEME, url_fetcher=OurFilesOnly()).render(stylesheets=[styles])


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Nothing that is laid out can go before its document: looking for it took a quarter of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _make_neutral(document: Document, pdf: pydyf.PDF) -> None:
    """Keep the title, which is the number; drop whatever else says who or what made this."""
    for key in [key for key in pdf.info if key != "Title"]:
        del pdf.info[key]


class _Listener(logging.Handler):
    """Hears this thread's errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.thread = threading.get_ident()
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.thread == self.thread:
            self.heard.append(record.getMessage())


@contextmanager
def _failing_aloud() -> Iterator[None]:
    """WeasyPrint writes a picture that it cannot read into its log and goes on; we do not."""
    listener = _Listener()
    LOGGER.addHandler(listener)
    try:
        yield
    except FatalURLFetchingError as failure:
        raise DocumentFailed(str(failure)) from failure
    finally:
        LOGGER.removeHandler(listener)
    if listener.heard:
        raise DocumentFailed("; ".join(listener.heard))
