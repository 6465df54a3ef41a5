"""What to show of who received what: which cases, for whom the mail is, and at which moment."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import DayInput
from logistics.forms.speaking import Speaking
from logistics.words import CaseStatus

SOLIDARITY, APPEALS, NOT_TOLD = "solidarity", "appeals", "not_told"
FOR_WHOM = [(SOLIDARITY, _("To the people")), (APPEALS, _("To authorities")), (NOT_TOLD, _("Not told"))]
"""Never added together: one at a time."""

Choices = Sequence[tuple[str, str]]


class TimeInput(forms.DateTimeInput):
    input_type = "datetime-local"


class Search(forms.TextInput):
    input_type = "search"

    def __init__(self) -> None:
        super().__init__(attrs={"autocomplete": "off", "spellcheck": "false"})


class Asked(Speaking, forms.Form):
    """Everything may be left out; what cannot be read is left out too, and said."""

    q = forms.CharField(label=_("Find a case"), max_length=100, required=False, widget=Search())
    campaign = forms.ChoiceField(label=_("Campaign"), required=False)
    status = forms.ChoiceField(label=_("State"), choices=[("", _("All")), *CaseStatus.choices], required=False)
    country = forms.ChoiceField(label=_("Their country"), required=False)
    purpose = forms.ChoiceField(label=_("For whom"), choices=FOR_WHOM, required=False)

    def __init__(self, data: Any, *, campaigns: Choices, countries: Choices) -> None:
        super().__init__(data, auto_id="asked-%s")
        self.fields["campaign"].choices = [("", _("All")), *campaigns]
        self.fields["country"].choices = [("", _("All")), *countries]
        today = timezone.localdate().isoformat()
        no_day = {"invalid": _("That is no day. Write it as 2014-01-31. The figures below are those of today.")}
        self.fields["as-of"] = forms.DateField(
            label=_("As of"), required=False, widget=DayInput(max=today), error_messages=no_day
        )
        no_time = {"invalid": _("That is no time. Write it as 2014-01-31T18:00. Below is what is known now.")}
        self.fields["known-at"] = forms.DateTimeField(
            label=_("As it was known at"), required=False, error_messages=no_time, widget=TimeInput(format="%Y-%m-%dT%H:%M")
        )
        if len(campaigns) < 2:
            del self.fields["campaign"]

    def clean(self) -> dict[str, Any]:
        told = super().clean() or self.cleaned_data
        if told.get("as-of") and told["as-of"] > timezone.localdate():
            self.add_error("as-of", _("That day has not come yet. The figures below are those of today."))
        if told.get("known-at") and told["known-at"] > timezone.now():
            self.add_error("known-at", _("That time has not come yet. Below is what is known now."))
        return told

    def told(self, name: str) -> str:
        """What was chosen, or nothing."""
        self.is_valid()
        return self.cleaned_data.get(name) or ""

    @property
    def as_of(self) -> date | None:
        return self.told("as-of") or None

    @property
    def known_at(self) -> datetime | None:
        return self.told("known-at") or None

    @property
    def for_whom(self) -> str:
        """One of FOR_WHOM."""
        return self.told("purpose") or SOLIDARITY
