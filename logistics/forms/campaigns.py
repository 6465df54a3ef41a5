"""Adding and editing a campaign."""

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import DayInput, KeyForm, Refusable


class AboutCampaign(Refusable):
    name = forms.CharField(label=_("Name"), max_length=200)
    opens = forms.DateField(label=_("Opens on"), widget=DayInput(), required=False)
    closes = forms.DateField(label=_("Closes on"), widget=DayInput(), required=False)


class NewCampaign(KeyForm, AboutCampaign):
    slug = forms.CharField(
        label=_("Short name"),
        help_text=_("For addresses and files. Letters a to z, digits and hyphens, for example w4r-2013."),
        max_length=60,
    )
    field_order = ("key", "name", "slug", "opens", "closes")


class EditedCampaign(AboutCampaign):
    bundle_limit = forms.IntegerField(
        label=_("Largest bundle"), help_text=_("The largest number of pieces in a bundle."), min_value=1
    )
