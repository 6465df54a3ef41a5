"""From which day to which."""

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import DayInput
from logistics.forms.speaking import Speaking


class Days(Speaking, forms.Form):
    begin = forms.DateField(label=_("From"), required=False, widget=DayInput())
    end = forms.DateField(label=_("To"), required=False, widget=DayInput())
