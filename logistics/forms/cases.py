"""Forms of a case: what is known of it, consents, rules, situations, decisions."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from logistics import words
from logistics.forms.acts import DayInput, KeyForm, Refusable
from logistics.forms.speaking import depends
from logistics.forms.standards import LongSelect, country_choices
from logistics.models import Case, CaseName, Flag, Recipient

class AboutCase(Refusable):
    public_name = depends(
        forms.CharField(label=_("Public name"), help_text=_("Left empty, only the code is shown."), max_length=200, required=False)
    )
    kind = forms.ChoiceField(label=_("It is about"), choices=words.CaseKind.choices)
    people = forms.IntegerField(label=_("How many people"), min_value=1, required=False)
    names = forms.CharField(
        label=_("More names it goes by"), help_text=_("One a line. Returns are recognised by them."),
        widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, required=False,
    )  # fmt: skip
    country = forms.ChoiceField(label=_("Country"), choices=lambda: [("", "–"), *country_choices()], required=False, widget=LongSelect)
    languages = forms.CharField(
        label=_("Languages they read"), help_text=_("Their tags, the one they read best first, with a space between: tr ku."), required=False
    )
    translation_policy = forms.ChoiceField(label=_("Summaries"), choices=words.TranslationPolicy.choices)
    is_read_aloud = forms.BooleanField(label=_("Letters are read aloud to them"), required=False)
    weekly_limit = forms.IntegerField(
        label=_("Most pieces a week"), help_text=_("The largest number that is safe for the person."), min_value=1, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def clean_names(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]

    def clean_languages(self) -> list[str]:
        return self.cleaned_data["languages"].replace(",", " ").split()


class NewCase(KeyForm, AboutCase):
    code = forms.CharField(label=_("Code"), help_text=_("Up to 20 letters, digits, dots and hyphens; it stands on papers."), max_length=20)
    field_order = ("key", "code", "public_name")


class RemovedNames(Refusable):
    names = forms.ModelMultipleChoiceField(
        CaseName.objects.none(), label=_("Names to take away"), widget=forms.CheckboxSelectMultiple, to_field_name="name"
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["names"].queryset = CaseName.objects.filter(case=case).order_by("name")
        self.fields["names"].label_from_instance = lambda row: row.name


class OfRecipient(Refusable):
    """About one recipient of a case, who is known here by a number."""

    recipient = forms.ModelChoiceField(Recipient.objects.none(), label=_("Recipient"), to_field_name="number", empty_label=_("Choose one"))
    field_order = ("recipient",)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["recipient"]
        field.queryset = Recipient.objects.filter(case=case)
        field.label_from_instance = lambda row: str(row.number)


class ConsentForm(OfRecipient):
    purpose = forms.ChoiceField(label=_("Consent"), choices=words.ConsentPurpose.choices)
    day = forms.DateField(label=_("On"), widget=DayInput(), initial=timezone.localdate)


class Waiver(Refusable):
    reason = forms.CharField(
        label=_("Why"), help_text=_("In a sentence: why mail may go out although nobody could be asked. No names and no addresses."),
        widget=forms.Textarea(attrs={"rows": 3}), max_length=500,
    )  # fmt: skip
    day = forms.DateField(label=_("On"), widget=DayInput(), initial=timezone.localdate)


class RuleForm(Refusable):
    subject = forms.ChoiceField(label=_("About"), choices=words.RuleSubject.choices)
    force = forms.ChoiceField(label=_("It is"), choices=words.RuleForce.choices)
    text = forms.CharField(label=_("What"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500)
    holds_from = forms.DateField(label=_("Holds from"), widget=DayInput(), required=False)
    holds_until = forms.DateField(label=_("Holds until"), widget=DayInput(), required=False)
    source = forms.CharField(label=_("Source"), max_length=300, required=False)


class RuleEnd(Refusable):
    day = forms.DateField(label=_("Last day"), widget=DayInput(), initial=timezone.localdate)


class SituationForm(OfRecipient):
    what = forms.ChoiceField(label=_("What happened"), choices=[("", _("Choose what")), *words.SituationWhat.choices])
    day = forms.DateField(label=_("When"), widget=DayInput(), initial=timezone.localdate)
    precision = forms.ChoiceField(label=_("Known is the"), choices=words.Precision.choices)
    remark = forms.CharField(
        label=_("Remark"), help_text=_("No names and no addresses. It can be erased."), max_length=500, required=False
    )
    source = forms.CharField(label=_("Source"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].required = False
        self.fields["recipient"].empty_label = _("Not said whom")


class Decision(Refusable):
    bundles = forms.MultipleChoiceField(label=_("Bundles"), widget=forms.CheckboxSelectMultiple)
    decision = forms.ChoiceField(label=_("What becomes of them"), choices=words.FlagDecision.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, flags: Mapping[str, Flag], offered: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        """`flags`: all of the case, each by what stands for it in the form; `offered`: those that wait, all chosen. What
        has been decided since is refused by the action."""
        super().__init__(*args, **kwargs)
        self.flags = flags
        self.fields["bundles"].choices = [(value, value) for value in flags]
        self.fields["bundles"].widget.choices = offered
        self.initial.setdefault("bundles", [value for value, _words in offered])

    def clean_bundles(self) -> list[Flag]:
        return [self.flags[value] for value in self.cleaned_data["bundles"]]


class Sure(Refusable):
    """Nothing to fill in: the button alone."""
