"""What every form that tells an act has: its key, made when the form was shown, and the day."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.errors import Refused
from logistics.forms.speaking import Speaking


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs or None, format="%Y-%m-%d")


class Refusable(Speaking, forms.Form):
    """A form whose action may be refused; the page shows the refusal above what was typed."""

    refusal: Refused | None = None
    required_css_class = "required"


class ActForm(Refusable):
    """The key makes a second sending of the same form harmless."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    day = forms.DateField(label=_("Day"), widget=DayInput(), initial=timezone.localdate)

    def told(self) -> dict[str, Any]:
        """`key` and `day`, as every action takes them."""
        return {"key": self.cleaned_data["key"], "day": self.cleaned_data["day"]}


class KeyForm(Refusable):
    """For things that are made once, on no particular day."""

    key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
