"""What can be chosen where a country, a language or a time zone is asked for."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext_lazy

from logistics.actions.standards import countries
from logistics.resources.words.countries import country_name, locale_of

Choices = list[tuple[str, str]]
REGIONS = {
    "Africa": gettext_lazy("Africa"), "America": gettext_lazy("America"), "Antarctica": gettext_lazy("Antarctica"),
    "Asia": gettext_lazy("Asia"), "Atlantic": gettext_lazy("Atlantic"), "Australia": gettext_lazy("Australia"),
    "Europe": gettext_lazy("Europe"), "Indian": gettext_lazy("Indian"), "Pacific": gettext_lazy("Pacific"),
}  # fmt: skip
"""Of time zones that are called after a place."""
CHOSEN = mark_safe(" selected")


class LongSelect(forms.Select):
    """For hundreds of choices: written in one go, where a template for each of them takes most of the page's time."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> str:
        widget = self.get_context(name, value, attrs)["widget"]
        groups = format_html_join("", "{}", ((_written(label, rows),) for label, rows, _index in widget["optgroups"]))
        return format_html('<select name="{}"{}>{}</select>', widget["name"], flatatt(widget["attrs"]), groups)


def _written(label: str | None, rows: list[dict[str, Any]]) -> str:
    options = format_html_join(
        "", '<option value="{}"{}>{}</option>', ((row["value"], CHOSEN if row["selected"] else "", row["label"]) for row in rows)
    )
    return format_html('<optgroup label="{}">{}</optgroup>', label, options) if label else options


def country_choices() -> Choices:
    """Every country by its name in the language of the page."""
    return _country_choices(get_language() or "en")


@cache
def _country_choices(shown_in: str) -> Choices:
    return sorted(((code, country_name(code, shown_in)) for code in countries()), key=lambda choice: choice[1])


def language_choices() -> Choices:
    """The languages whose tag has two letters, by their names in the language of the page."""
    return _language_choices(get_language() or "en")


@cache
def _language_choices(shown_in: str) -> Choices:
    names = locale_of(shown_in).languages
    return sorted(((tag, name) for tag, name in names.items() if len(tag) == 2), key=lambda choice: choice[1])


@cache
def zones_by_region() -> list[tuple[Any, list[tuple[str, str]]]]:
    """Regions, and in each its places by name, so that typing `osl` in the list finds Oslo."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name, shown in time_zone_choices()[1:]:
        region, _slash, place = shown.partition("/")
        within, _slash, town = place.rpartition("/")
        regions.setdefault(region, []).append((name, f"{town} ({within})" if within else town))
    return [(REGIONS[region], sorted(places, key=lambda choice: choice[1])) for region, places in regions.items()]


@cache
def time_zone_choices() -> Choices:
    """UTC, then every zone that is called after a place."""
    places = sorted(name for name in available_timezones() if name.partition("/")[0] in REGIONS)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]
