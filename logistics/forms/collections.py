"""A collection that is entered by hand: where and when, and a line for each figure."""

import re
from typing import Any

from django import forms
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.actions.collecting import Event, Line
from logistics.forms.acts import DayInput, KeyForm
from logistics.forms.speaking import Speaking, SpeakingSet
from logistics.forms.standards import LongSelect, country_choices
from logistics.models import Case
from logistics.words import Kind, Method, Precision, Purpose, Qualifier

PRECISIONS = [
    (Precision.DAY, gettext_lazy("the day is known")),
    (Precision.MONTH, gettext_lazy("only the month is known")),
    (Precision.YEAR, gettext_lazy("only the year is known")),
]
PURPOSES = [
    ("", gettext_lazy("not said")),
    (Purpose.SOLIDARITY, gettext_lazy("to the people")),
    (Purpose.APPEAL, gettext_lazy("to authorities")),
]
BETWEEN_CODES = re.compile(r"[\s,;+]+")


class NewCollection(KeyForm):
    country = forms.ChoiceField(label=gettext_lazy("Country"), choices=lambda: [("", "–"), *country_choices()], widget=LongSelect)
    day = forms.DateField(label=gettext_lazy("Day"), widget=DayInput(), required=False)
    precision = forms.ChoiceField(label=gettext_lazy("How exact is the day?"), choices=PRECISIONS)
    office = forms.CharField(label=gettext_lazy("Office"), max_length=200, required=False)
    event = forms.CharField(label=gettext_lazy("Event"), max_length=200, required=False)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    venue = forms.CharField(label=gettext_lazy("Venue"), max_length=200, required=False)
    events = forms.IntegerField(
        label=gettext_lazy("Events"), help_text=gettext_lazy("How many events it stands for."), min_value=1, initial=1
    )
    organiser = forms.CharField(
        label=gettext_lazy("Organiser"), help_text=gettext_lazy("A person’s name is kept only until the day below."),
        max_length=200, required=False,
    )  # fmt: skip
    organiser_expires = forms.DateField(label=gettext_lazy("Keep the name until"), widget=DayInput(), required=False)
    spent = forms.DecimalField(label=gettext_lazy("Money spent"), max_digits=14, decimal_places=2, required=False)
    currency = forms.CharField(
        label=gettext_lazy("Currency"), help_text=gettext_lazy("Three letters, for example GBP."), max_length=3,
        required=False,
    )  # fmt: skip
    is_nil = forms.BooleanField(label=gettext_lazy("Nothing was sent: a nil return, with no lines"), required=False)

    def told_event(self) -> Event:
        """What was typed, as the action takes it. Without a day there is nothing to be exact about."""
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("key", "is_nil")}
        typed["precision"] = typed["precision"] if typed["day"] else ""
        typed["currency"] = typed["currency"].upper()
        return Event(**typed)


class CountedLine(Speaking, forms.Form):
    """One figure. Left empty it is no line."""

    count = forms.IntegerField(label=gettext_lazy("How many"), min_value=1, required=False)
    qualifier = forms.ChoiceField(label=gettext_lazy("How exact"), choices=Qualifier.choices, initial=Qualifier.EXACT)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices, initial=Kind.LETTER)
    purpose = forms.ChoiceField(label=gettext_lazy("Sent"), choices=PURPOSES, required=False, initial=Purpose.SOLIDARITY)
    cases = forms.CharField(label=gettext_lazy("Codes of cases"), max_length=200, required=False)
    method = forms.ChoiceField(label=gettext_lazy("How it was found"), choices=Method.choices, initial=Method.DECLARED)

    def __init__(self, *args: Any, known: dict[str, Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean_cases(self) -> list[Case]:
        typed = [code for code in BETWEEN_CODES.split(self.cleaned_data["cases"].upper()) if code]
        if unknown := [code for code in typed if code not in self.known]:
            raise forms.ValidationError(
                _("This campaign has no case %(code)s. Write codes as they stand above.") % {"code": unknown[0]}
            )
        return [self.known[code] for code in dict.fromkeys(typed)]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("cases") and cleaned.get("count") is None and "count" not in self.errors:
            self.add_error("count", _("Write how many, or take the codes out of this line."))
        return cleaned

    def told_line(self) -> Line | None:
        if self.cleaned_data.get("count") is None:
            return None
        return Line(**self.cleaned_data)


CountedLines: type[SpeakingSet] = formset_factory(CountedLine, formset=SpeakingSet, extra=0, absolute_max=1000)
