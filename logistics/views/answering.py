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


AT_FIELD = {
    "day": ("day_not_come", "day_too_early"),
    "slug": ("bad_slug", "slug_taken"),
    "closes": ("closes_before_it_opens",),
    "year": ("bad_year",),
    "code": ("bad_case_code", "code_taken", "hub_code_taken"),
    "people": ("bad_number_of_people", "fewer_people"),
    "kind": ("unknown_kind",),
    "country": ("unknown_country",),
    "languages": ("unknown_language",),
    "username": ("name_taken", "bad_person"),
    "hub": ("hub_needed", "no_hub_needed"),
    "role": ("has_role",),
    "pieces": ("nothing_left", "too_many", "no_pieces"),
    "gross_grams": ("weight_too_small",),
}
"""What a refusal is about, where that is one value that was typed: its field, by the refusal's code."""
FIELD_OF = {code: field for field, refusals in AT_FIELD.items() for code in refusals}


@dataclass(frozen=True)
class Done:
    """That an action was carried out, and what it answered."""

    result: Any


def attempt(form: BaseForm, action: Callable[..., Any], *args: Any, **kwargs: Any) -> Done | None:
    """Call the action. If it is refused the form has the refusal (`form.refusal`, or at its field where it is about one
    value that was typed), and nothing was changed."""
    try:
        return Done(action(*args, **kwargs))
    except Refused as refusal:
        refusal.sentence = as_on_things(refusal.sentence)
        field = FIELD_OF.get(refusal.code, "")
        if field in form.fields and not form.fields[field].widget.is_hidden:
            form.add_error(field, refusal.sentence)
        else:
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
