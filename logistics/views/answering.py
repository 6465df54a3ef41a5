"""Calling an action from a page: what was typed stays when it is refused, and a reload does nothing twice."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.html import format_html, format_html_join

from logistics.errors import Refused
from logistics.queries.finding import as_on_things


@dataclass(frozen=True)
class Done:
    """That an action was carried out, and what it answered."""

    result: Any


def attempt(form: BaseForm, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Done | None:
    """Call the action. If it is refused the form has the refusal (`form.refusal`), and nothing was changed."""
    try:
        return Done(action(*args, **kwargs))
    except Refused as refusal:
        refusal.sentence = as_on_things(refusal.sentence)
        form.refusal = refusal  # type: ignore[attr-defined]
        return None


Link = tuple[str, str]


def said(
    request: HttpRequest, sentence: str, to: str, *args: Any, link: Link | None = None, undo: Link | None = None
) -> HttpResponse:
    """Post, redirect, get: to the page `to` (a name, with what it takes), which then says the sentence.

    `link` is the address and the words of what was made, `undo` those of what takes it back.
    """
    links = format_html_join(" · ", '<a href="{}">{}</a>', [each for each in (link, undo) if each])
    messages.success(request, format_html("{} {}", sentence, links) if links else sentence)
    return redirect(to, *args)


def refused(request: HttpRequest, refusal: Refused, to: str, *args: Any) -> HttpResponse:
    """For a button without a form: back to the page, which says why not."""
    messages.error(request, as_on_things(refusal.sentence))
    return redirect(to, *args)
