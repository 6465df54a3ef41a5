"""Times as people read them: in the reader's zone, and always with what it is off UTC."""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import localtime

register = template.Library()


@register.filter
def moment(at: datetime) -> str:
    """26 January 2014, 14:05 UTC+01:00."""
    here = localtime(at)
    return f"{date_format(here, 'j F Y, H:i')} {offset(here)}"


def stamp(at: datetime) -> str:
    """2014-01-26 14:05 UTC+01:00: for a column of times, and for the table that is made of it."""
    here = localtime(at)
    return f"{here:%Y-%m-%d %H:%M} {offset(here)}"


def day_of(at: datetime) -> date:
    """The reader's day at that time."""
    return localtime(at).date()


def offset(at: datetime) -> str:
    sign = f"{at:%z}"
    return f"UTC{sign[:3]}:{sign[3:5]}" if at.utcoffset() else "UTC"
