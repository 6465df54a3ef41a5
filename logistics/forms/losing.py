"""Forms for what is lost, has turned up, or was destroyed: so many pieces at one of the places where they are."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, steps
from logistics.actions.losing import DESTROYED_FOR
from logistics.forms.acts import ActForm
from logistics.forms.acts_of import PartForm, SecondPerson, number, reasons
from logistics.forms.speaking import asks

Choices = Sequence[tuple[str, str]]


class OfOnePlace(ActForm):
    """`start` says the kind of place and what was there when the form was shown, such as `transit.48`."""

    start = forms.CharField(label=gettext_lazy("Where they were"), widget=forms.RadioSelect, max_length=40)
    pieces = number(gettext_lazy("Pieces"), min_value=1)

    kinds: tuple[str, ...] = ()
    only_place = ""

    def __init__(self, *args: Any, places: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].widget.choices = places
        if len(places) == 1:
            self.fields["start"].widget = forms.HiddenInput()
            self.only_place = places[0][1]
        if places:
            self.initial.setdefault("start", places[0][0])

    def clean_start(self) -> tuple[str, int]:
        """The kind of place, and what was there."""
        kind, _dot, before = self.cleaned_data["start"].partition(".")
        if kind not in self.kinds or not (before.isascii() and before.isdigit()) or len(before) > 9:
            raise forms.ValidationError(_("Choose one of these places."))
        return kind, int(before)


class Losing(OfOnePlace):
    kinds = steps.OURS
    pieces = number(gettext_lazy("Pieces that cannot be found"), min_value=1, error_messages=asks(gettext_lazy("Write how many cannot be found.")))
    field_order = ["start", "pieces", "day"]


class Destroying(SecondPerson, OfOnePlace):
    kinds = (steps.WITHHELD, steps.REFUSED, steps.RETURNED)
    pieces = number(gettext_lazy("Pieces that were destroyed"), min_value=1, error_messages=asks(gettext_lazy("Write how many were destroyed.")))
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=[("", gettext_lazy("Choose why")), *reasons(DESTROYED_FOR)],
        error_messages=asks(gettext_lazy("Say why they were destroyed.")),
    )
    field_order = ["start", "pieces", "reason", "second", "password", "day"]


class Finding(PartForm):
    """`end` is a hub by its code, or a shipment by its number."""

    only_place = ""
    pieces = number(gettext_lazy("Pieces that turned up"), min_value=1, error_messages=asks(gettext_lazy("Write how many turned up.")))
    end = forms.ChoiceField(label=gettext_lazy("Where they turned up"), error_messages=asks(gettext_lazy("Choose where they turned up.")))
    field_order = ["pieces", "end", "day"]

    def __init__(self, *args: Any, ends: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["end"].choices = [("", gettext_lazy("Choose where")), *ends]

    def clean_end(self) -> tuple[str, str]:
        """`hub` or `shipment`, and which."""
        sort, _colon, which = self.cleaned_data["end"].partition(":")
        return sort, codes.normalise(which) if sort == "shipment" else which
