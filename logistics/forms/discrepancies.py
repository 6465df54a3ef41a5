"""The form that closes a discrepancy."""

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import Refusable


class Explanation(Refusable):
    explanation = forms.CharField(
        label=_("How it came about"), help_text=_("In a sentence. No names and no addresses. What was expected stays as it is."),
        widget=forms.Textarea(attrs={"rows": 4}), max_length=1000,
    )  # fmt: skip
