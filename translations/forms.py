"""Writing, approving and waiving summaries."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics.forms.acts import ActForm, Refusable
from logistics.forms.standards import language_choices
from logistics.words import Reason

WHY = [(each.value, each.label) for each in (Reason.READS_IT, Reason.NO_TRANSLATOR)]


class WriteSummary(Refusable):
    language = forms.ChoiceField(label=_("Language"), help_text=_("One that the recipient reads."))
    text = forms.CharField(
        label=_("What the letters say"), max_length=20_000,
        help_text=_("So that the person can read it: who writes, what they wish, what comes up again and again. No names of writers, no addresses."),
    )  # fmt: skip

    def __init__(self, *args: Any, languages: Sequence[str], **kwargs: Any) -> None:
        """`languages`: what the recipients read (BCP 47), in order; none: any."""
        super().__init__(*args, **kwargs)
        names = dict(language_choices())
        self.fields["language"].choices = [(tag, names.get(tag, tag)) for tag in languages] or language_choices()
        chosen = self["language"].value() or (languages[0] if languages else "")
        self.fields["text"].widget = forms.Textarea({"rows": 12, "dir": "auto", "lang": chosen})


class Approve(ActForm):
    """Its key and the day."""


class Waive(ActForm):
    bundles = forms.MultipleChoiceField(label=_("Which bundles?"), widget=forms.CheckboxSelectMultiple)
    reason = forms.ChoiceField(label=_("Why may they go without?"), choices=WHY, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=500, help_text=_("For the case team; it can be erased. No names."),
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip
    field_order = ("key", "bundles", "reason", "note", "day")

    def __init__(self, *args: Any, bundles: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bundles"].choices = bundles
