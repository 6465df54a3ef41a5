"""Adding and editing a campaign."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import DayInput, KeyForm, Refusable
from logistics.models import Campaign, Case, User
from logistics.queries.cases import cases
from logistics.words import Precision, Purpose, Qualifier

PRECISIONS = [
    (Precision.DAY, _("the day is known")),
    (Precision.MONTH, _("only the month is known")),
    (Precision.YEAR, _("only the year is known")),
]


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
        label=_("Largest bundle"), help_text=_("The largest number of pieces in a bundle."), min_value=1, max_value=1000
    )


class CaseOfFigure(forms.ModelChoiceField):
    def label_from_instance(self, case: Case) -> str:
        return " · ".join(text for text in (case.code, case.public_name) if text)


class NewFigure(Refusable):
    """A figure that somebody published, as they said it."""

    case = CaseOfFigure(
        label=_("Case"), queryset=Case.objects.none(), to_field_name="code", required=False,
        empty_label=_("none: it is of a whole year"),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Year"), help_text=_("Where it is of a whole year."), required=False)
    qualifier = forms.ChoiceField(label=_("How exact"), choices=Qualifier.choices, initial=Qualifier.EXACT)
    count = forms.IntegerField(label=_("How many"), min_value=0, required=False)
    what = forms.CharField(label=_("Of what"), help_text=_("For example: letters received."), max_length=200, required=False)
    purpose = forms.ChoiceField(
        label=_("Sent"), required=False,
        choices=[("", _("not said")), (Purpose.SOLIDARITY, _("to the people")), (Purpose.APPEAL, _("to authorities"))],
    )  # fmt: skip
    countries = forms.IntegerField(label=_("Countries"), min_value=0, required=False)
    as_of = forms.DateField(label=_("As of"), widget=DayInput(), required=False)
    as_of_precision = forms.ChoiceField(label=_("How exact is the day?"), choices=PRECISIONS)
    source = forms.CharField(label=_("Source"), help_text=_("Who said it, and where it can be read."), max_length=300)

    def __init__(self, *args: Any, campaign: Campaign, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case"].queryset = cases(by).filter(campaign=campaign).order_by("code")

    def told(self) -> dict[str, Any]:
        """What was typed, as the action takes it. Without a day there is nothing to be exact about."""
        typed = dict(self.cleaned_data)
        return typed | {"as_of_precision": typed["as_of_precision"] if typed["as_of"] else ""}
