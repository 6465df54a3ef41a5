"""The form for what was sent back and has reached a mailroom."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes
from logistics.forms.acts import ActForm


class ComingBack(ActForm):
    """The bundles that are here, by the codes on their labels, and which mailroom took them in."""

    bundles = forms.MultipleChoiceField(
        label=gettext_lazy("What has come back"), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Tick what is here.")},
    )  # fmt: skip
    hub = forms.ChoiceField(label=gettext_lazy("In which mailroom"))
    field_order = ["bundles", "hub", "day"]

    def __init__(self, *args: Any, rows: Sequence[tuple[str, str]], hubs: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bundles"].choices = rows
        self.fields["hub"].choices = hubs
        if len(hubs) == 1:
            self.fields["hub"].widget = forms.HiddenInput()
            self.initial.setdefault("hub", hubs[0][0])

    def clean_bundles(self) -> list[str]:
        return [codes.normalise(code) for code in self.cleaned_data["bundles"]]

    def clean_hub(self) -> str:
        known = {code for code, _name in self.fields["hub"].choices}
        if self.cleaned_data["hub"] not in known:
            raise forms.ValidationError(_("Choose the mailroom in which you work."))
        return self.cleaned_data["hub"]
