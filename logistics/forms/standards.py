"""What can be chosen where a country, a language or a time zone is asked for."""

from functools import cache
from typing import Any
from zoneinfo import available_timezones

from babel import Locale
from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe

from logistics.actions.standards import countries
from logistics.resources.words.countries import country_name

Choices = list[tuple[str, str]]
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


@cache
def country_choices() -> Choices:
    """Every country by its name."""
    return sorted(((code, country_name(code)) for code in countries()), key=lambda choice: choice[1])


@cache
def language_choices() -> Choices:
    """The languages whose tag has two letters, by their English names."""
    names = Locale("en").languages
    return sorted(((tag, name) for tag, name in names.items() if len(tag) == 2), key=lambda choice: choice[1])


@cache
def zones_by_region() -> list[tuple[str, list[tuple[str, str]]]]:
    """Regions, and in each its places by name, so that typing `osl` in the list finds Oslo."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for name, shown in time_zone_choices()[1:]:
        region, _, place = shown.partition("/")
        within, _, town = place.rpartition("/")
        regions.setdefault(region, []).append((name, f"{town} ({within})" if within else town))
    return [(region, sorted(places, key=lambda choice: choice[1])) for region, places in regions.items()]


@cache
def time_zone_choices() -> Choices:
    """UTC, then every zone that is called after a place."""
    regions = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    places = sorted(name for name in available_timezones() if name.partition("/")[0] in regions)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]
