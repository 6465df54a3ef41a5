"""Adding a hub."""

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import KeyForm
from logistics.forms.standards import LongSelect, country_choices, language_choices, time_zone_choices


class NewHub(KeyForm):
    name = forms.CharField(label=_("Name"), max_length=100)
    code = forms.CharField(
        label=_("Code"), help_text=_("Short, printed on papers: letters, digits and hyphens, for example north."),
        max_length=20,
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [("", "–"), *country_choices()], required=False, widget=LongSelect)
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=time_zone_choices, initial="UTC", widget=LongSelect)
    language = forms.ChoiceField(
        label=_("Language"), help_text=_("Papers on the outside of bags are printed in it."), choices=language_choices,
        initial="en",
    )  # fmt: skip
