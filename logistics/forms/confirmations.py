"""The forms that issue and replace a confirmation."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from logistics import words
from logistics.forms.acts import ActForm
from logistics.models import Delivery


class Issue(ActForm):
    """Issue a confirmation of chosen deliveries."""

    deliveries = forms.ModelMultipleChoiceField(
        Delivery.objects.none(), label=_("Deliveries that it confirms"), widget=forms.CheckboxSelectMultiple, to_field_name="number"
    )
    purpose = forms.ChoiceField(label=_("Purpose"), choices=list(words.FOR_WHOM.items()))
    field_order = ("key", "deliveries", "purpose", "day")

    def __init__(
        self, *args: Any, deliveries: QuerySet[Delivery], offered: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        """`deliveries`: what may be named, also by a form that was shown earlier; `offered`: what is shown, all chosen."""
        super().__init__(*args, **kwargs)
        self.fields["deliveries"].queryset = deliveries
        self.fields["deliveries"].widget.choices = offered
        self.initial.setdefault("deliveries", [value for value, _words in offered])
