"""How labels are printed."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from logistics import codes
from logistics.documents.label_kind import CELLS, MOST_COPIES
from logistics.forms.acts import KeyForm
from logistics.registry import LabelSet

ALL, WHOLE, PARTS = "all", "whole", "parts"
WHICH = [
    (ALL, _("the batch and its bundles")),
    (PARTS, _("its bundles only")),
    (WHOLE, _("the batch only")),
]
PAPERS = [("a4", _("A4")), ("letter", _("Letter"))]


class PrintLabels(KeyForm):
    which = forms.ChoiceField(label=_("Labels for"), choices=WHICH, widget=forms.RadioSelect, initial=ALL)
    start_at = forms.TypedChoiceField(
        label=_("First free cell of the sheet"), choices=[(n, str(n)) for n in range(1, CELLS + 1)], coerce=int, initial=1,
        widget=forms.RadioSelect,
    )  # fmt: skip
    copies = forms.IntegerField(
        label=_("Copies of each"), min_value=1, max_value=MOST_COPIES, initial=1,
        widget=forms.NumberInput({"inputmode": "numeric"}),
    )  # fmt: skip
    paper = forms.ChoiceField(label=_("Paper"), choices=PAPERS, widget=forms.RadioSelect, initial="a4")

    def __init__(self, *args: Any, found: LabelSet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._found = found
        self.has_parts = found.number[0] == codes.BATCH and found.labels[0] == found.number and len(found.labels) > 1
        if not self.has_parts:
            self.fields["which"].required = False

    def clean_which(self) -> str:
        return self.cleaned_data["which"] if self.has_parts else ALL

    @property
    def total(self) -> int:
        """Labels that are asked for."""
        return len(self.chosen(self._found, self.cleaned_data["which"]).labels) * self.cleaned_data["copies"]

    @staticmethod
    def chosen(found: LabelSet, which: str) -> LabelSet:
        """Of a batch: itself, its bundles, or both."""
        parts = {ALL: found.labels, WHOLE: found.labels[:1], PARTS: found.labels[1:]}
        return replace(found, labels=parts[which])
