"""Forms about a delivery that was recorded: better evidence, and what the recipient said."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, steps
from logistics.forms.acts import ActForm
from logistics.models import RecipientWords
from logistics.words import WordsConsent

GRADES = [
    (steps.ASSUMED, gettext_lazy("Posted, no word yet")), (steps.INSTITUTION, gettext_lazy("Left with an institution")),
    (steps.CLOSE, gettext_lazy("With somebody close")), (steps.IN_PERSON, gettext_lazy("Handed over in person")),
    (steps.ACKNOWLEDGED, gettext_lazy("The recipient said so")),
]  # fmt: skip
"""Evidence, lowest first."""


@dataclass(frozen=True)
class Known:
    """So many pieces of a bundle that are known so well: its code, the code that is on it now, the grade."""

    code: str
    shown: str
    grade: str
    pieces: int
    kind: str

    @property
    def name(self) -> str:
        return f"{self.code}.{self.grade}"


class Raise(ActForm):
    end = forms.ChoiceField(label=gettext_lazy("What is known now?"), choices=GRADES[1:], widget=forms.RadioSelect)

    def __init__(self, *args: Any, rows: Sequence[Known], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._rows = rows
        lowest = next((grade for grade in steps.GRADES if any(row.grade == grade for row in rows)), "")
        for row in rows:
            self.fields[f"told-{row.name}"] = forms.BooleanField(required=False, initial=row.grade == lowest)
            self.fields[f"known-{row.name}"] = forms.IntegerField(min_value=0, widget=forms.HiddenInput, initial=row.pieces, required=False)
            self.fields[f"some-{row.name}"] = forms.IntegerField(
                min_value=1, max_value=100_000, required=False, widget=forms.NumberInput({"inputmode": "numeric"}),
                label=gettext_lazy("Only so many of them"),
            )  # fmt: skip

    def groups(self) -> Iterator[dict[str, Any]]:
        """For the template: by what was known until now, lowest first, the bundles with their fields."""
        for grade, words in GRADES[:-1]:
            rows = [self._row(row) for row in self._rows if row.grade == grade]
            if rows:
                yield {"words": words, "rows": rows}

    def _row(self, row: Known) -> dict[str, Any]:
        fields = {name: self[f"{name}-{row.name}"] for name in ("told", "known", "some")}
        return {"row": row, "grouped": codes.grouped(row.shown), **fields}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ticked = self._ticked()
        if not ticked:
            raise forms.ValidationError(_("No bundle is ticked. Tick what is better known now."))
        if len({row.grade for row in ticked}) > 1:
            raise forms.ValidationError(
                _("What is ticked was known in different ways until now. Tick those of one group, record them, then the others.")
            )
        return cleaned

    def _ticked(self) -> list[Known]:
        return [row for row in self._rows if self.cleaned_data.get(f"told-{row.name}")]

    @property
    def start(self) -> str:
        return self._ticked()[0].grade

    def parts(self) -> list[tuple[str, int | None, int | None]]:
        """For each bundle ticked: its code, how many pieces (None: all), and of how many, where it is not all."""
        told = self.cleaned_data
        return [
            (row.code, told[f"some-{row.name}"], told[f"known-{row.name}"] if told[f"some-{row.name}"] else None)
            for row in self._ticked()
        ]


class Words(ActForm):
    words = forms.CharField(
        label=gettext_lazy("What they said"), max_length=RecipientWords.LONGEST, widget=forms.Textarea({"rows": 6}),
        help_text=gettext_lazy("In their own words, and no names. It can be erased at any time, and stands in no document."),
    )  # fmt: skip
    consent = forms.ChoiceField(
        label=gettext_lazy("What did they agree to?"), choices=WordsConsent.choices, widget=forms.RadioSelect,
        help_text=gettext_lazy("Without a yes nothing is kept: then leave this page."),
    )  # fmt: skip
    field_order = ["key", "words", "consent", "day"]
