"""The form that raises the evidence of a delivery."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from logistics import codes, steps
from logistics.forms.acts import ActForm
from logistics.models import Bundle

GRADES = [
    (steps.ASSUMED, _("Posted, no word yet")), (steps.INSTITUTION, _("Left with an institution")),
    (steps.CLOSE, _("With somebody close")), (steps.IN_PERSON, _("Handed over in person")),
    (steps.ACKNOWLEDGED, _("The recipient said so")),
]  # fmt: skip
"""Evidence, lowest first."""


class Raise(ActForm):
    bundles = forms.ModelMultipleChoiceField(Bundle.objects.none(), label=_("Bundles"), widget=forms.CheckboxSelectMultiple)
    start = forms.ChoiceField(label=_("Known until now"), choices=GRADES[:-1])
    end = forms.ChoiceField(label=_("Known now"), choices=GRADES[1:], initial=steps.ACKNOWLEDGED)
    field_order = ("key", "bundles", "start", "end", "day")

    def __init__(self, *args: Any, bundles: QuerySet[Bundle], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["bundles"]
        field.queryset = bundles
        field.label_from_instance = lambda row: codes.grouped(row.label.code)
