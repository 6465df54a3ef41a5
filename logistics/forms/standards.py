"""What can be chosen where a country, a language or a time zone is asked for."""

from functools import cache
from zoneinfo import available_timezones

from babel import Locale

from logistics.actions.standards import countries
from logistics.resources.words.countries import country_name

Choices = list[tuple[str, str]]


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
def time_zone_choices() -> Choices:
    """UTC, then every zone that is called after a place."""
    regions = ("Africa", "America", "Antarctica", "Asia", "Atlantic", "Australia", "Europe", "Indian", "Pacific")
    places = sorted(name for name in available_timezones() if name.partition("/")[0] in regions)
    return [("UTC", "UTC"), *((name, name.replace("_", " ")) for name in places)]
