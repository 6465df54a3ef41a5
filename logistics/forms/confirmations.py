"""The forms that issue and replace a confirmation."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from logistics import codes, words
from logistics.forms.acts import ActForm
from logistics.models import Delivery


class Issue(ActForm):
    """Issue a confirmation of chosen deliveries."""

    deliveries = forms.ModelMultipleChoiceField(
        Delivery.objects.none(), label=_("Deliveries that it confirms"), widget=forms.CheckboxSelectMultiple, to_field_name="number"
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=words.Purpose.choices)
    field_order = ("key", "deliveries", "purpose", "day")

    def __init__(self, *args: Any, deliveries: QuerySet[Delivery], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deliveries"].queryset = deliveries
        self.fields["deliveries"].label_from_instance = (
            lambda row: f"{codes.grouped(row.number)} · {row.day.day} {row.day:%B %Y}"
        )
