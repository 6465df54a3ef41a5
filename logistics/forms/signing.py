"""What one chooses for oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import Refusable
from logistics.forms.standards import zones_by_region


SITE = "site"


def zones() -> list[Any]:
    site = _("The site's: %(zone)s") % {"zone": settings.TIME_ZONE.replace("_", " ")}
    return [(SITE, site), ("UTC", "UTC"), *zones_by_region()]


class TimeZone(Refusable):
    """The zone of the times shown; cleaned to nothing where it is the site's."""

    time_zone = forms.TypedChoiceField(
        label=_("Show times as they are in"),
        help_text=_("Open the list and type the first letters of a place. Days that are told do not change."),
        choices=zones,
        coerce=lambda chosen: "" if chosen == SITE else chosen,
        empty_value=None,
    )
