"""The form that plans a shipment."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from logistics.actions.days import WESTERNMOST
from logistics.forms.acts import DayInput, KeyForm
from logistics.forms.speaking import asks, depends
from logistics.models import Hub, User


class Plan(KeyForm):
    """From a hub to a case worker or to another hub."""

    from_hub = forms.ModelChoiceField(
        Hub.objects.none(), label=_("From"), to_field_name="code", empty_label=_("Choose a hub"),
        error_messages=asks(_("Choose the hub that it leaves from.")),
    )  # fmt: skip
    to_worker = depends(
        forms.ModelChoiceField(
            User.objects.none(), label=_("To a case worker"), to_field_name="code", required=False, empty_label="–"
        )
    )
    to_hub = depends(
        forms.ModelChoiceField(Hub.objects.none(), label=_("Or to another hub"), to_field_name="code", required=False, empty_label="–")
    )
    carrier = forms.CharField(label=_("Carrier"), help_text=_("A company, never a person."), max_length=100, required=False)
    tracking = forms.CharField(label=_("Tracking number"), max_length=60, required=False)
    expected_on = forms.DateField(label=_("Expected on"), widget=DayInput(), required=False)

    def __init__(self, *args: Any, hubs: QuerySet[Hub], workers: QuerySet[User], beside: Mapping[int, str], **kwargs: Any) -> None:
        """`beside`: by the key of a case worker what stands beside their code; a mailroom sees no names."""
        super().__init__(*args, **kwargs)
        self.fields["from_hub"].queryset = hubs
        self.fields["to_hub"].queryset = Hub.objects.filter(is_open=True)
        self.fields["to_worker"].queryset = workers
        self.fields["to_worker"].label_from_instance = lambda worker: f"{worker.code} · {beside.get(worker.pk, '')}".rstrip(" ·")

    def clean_expected_on(self) -> date | None:
        """Not a day that is over everywhere: what is planned now comes later."""
        day, first = self.cleaned_data["expected_on"], (timezone.now() - WESTERNMOST).date()
        if day and day < first:
            sentence = _("%(day)s is over. Give a day that is still to come, or leave it empty.")
            raise forms.ValidationError(sentence % {"day": date_format(day, "j F Y")})
        return day
