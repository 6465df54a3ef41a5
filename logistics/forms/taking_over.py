"""Taking over a shipment: the seal of each bag as found, its bundles ticked off, and codes typed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes
from logistics.forms.acts import ActForm
from logistics.words import SealFound

FOUND = [("", gettext_lazy("It has not come")), *SealFound.choices]


@dataclass(frozen=True)
class Expected:
    """A bundle of the letter bill: its code, the code of its bag ("" for one that was missing before), its pieces."""

    code: str
    bag: str
    kind: str
    pieces: int
    case: str


class TakeOver(ActForm):
    codes = forms.CharField(
        label=gettext_lazy("Codes typed or scanned"), required=False, widget=forms.Textarea({"rows": 3, "autocapitalize": "characters"}),
        help_text=gettext_lazy("One a line, in place of ticks. A bundle that is not on this page is noted as one too many."),
    )  # fmt: skip

    def __init__(self, *args: Any, bags: Sequence[tuple[str, str]], expected: Sequence[Expected], **kwargs: Any) -> None:
        """`bags`: the code and the seal's number of each that has not been opened."""
        super().__init__(*args, **kwargs)
        self._bags, self._expected = bags, expected
        for code, _number in bags:
            self.fields[f"seal-{code}"] = forms.ChoiceField(label=gettext_lazy("The seal was"), choices=FOUND, required=False)
            self.fields[f"number-{code}"] = forms.CharField(
                label=gettext_lazy("Number on it, if it is another"), required=False, max_length=30
            )
            self.fields[f"all-{code}"] = forms.BooleanField(required=False)
        for bundle in expected:
            self.fields[f"here-{bundle.code}"] = forms.BooleanField(required=False)
            self.fields[f"found-{bundle.code}"] = forms.IntegerField(
                required=False, min_value=1, max_value=100_000, widget=forms.NumberInput({"inputmode": "numeric"})
            )

    def bags(self) -> Iterator[dict[str, Any]]:
        """For the template: each bag with its fields and its bundles."""
        for code, number in self._bags:
            fields = {name: self[f"{name}-{code}"] for name in ("seal", "number", "all")}
            yield {"code": code, "grouped": codes.grouped(code), "on_it": number, "bundles": self._rows(code), **fields}

    def late(self) -> list[dict[str, Any]]:
        """What was missing from bags opened before."""
        opened = {code for code, _number in self._bags}
        return [row for each in {bundle.bag for bundle in self._expected} - opened for row in self._rows(each)]

    def _rows(self, bag: str) -> list[dict[str, Any]]:
        return [
            {
                "bundle": each, "grouped": codes.grouped(each.code), "here": self[f"here-{each.code}"],
                "found": self[f"found-{each.code}"],
            }  # fmt: skip
            for each in self._expected
            if each.bag == bag
        ]

    def clean_codes(self) -> list[str]:
        typed = [part for part in self.cleaned_data["codes"].replace(",", "\n").splitlines() if part.strip()]
        found = list(dict.fromkeys(codes.normalise(part) for part in typed))
        if wrong := [code for code in found if not codes.is_valid(code)]:
            raise forms.ValidationError(
                _("%(code)s is no code: a character is wrong. Look at the label and type it again.") % {"code": wrong[0]}
            )
        return found

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ticked = {bundle.bag for bundle in self._expected if self._came(bundle)}
        for code, _number in self._bags:
            state = cleaned.get(f"seal-{code}")
            if code in ticked and not state:
                self.add_error(f"seal-{code}", _("Bundles of this bag are ticked. Say how its seal was found, or take the ticks out."))
            if state == SealFound.OTHER_NUMBER and not cleaned.get(f"number-{code}"):
                self.add_error(f"number-{code}", _("Write the number that is on the seal."))
        if not self.errors and not self.opened() and not ticked and not self.extra():
            raise forms.ValidationError(_("Nothing is ticked yet. Say how each seal was found and tick what is there."))
        return cleaned

    def _came(self, bundle: Expected) -> bool:
        cleaned = self.cleaned_data
        return bool(
            cleaned.get(f"here-{bundle.code}")
            or cleaned.get(f"found-{bundle.code}")
            or cleaned.get(f"all-{bundle.bag}")
            or bundle.code in cleaned.get("codes", ())
        )

    def opened(self) -> list[tuple[str, str, str]]:
        """Code, how the seal was found, and the number on it."""
        cleaned = self.cleaned_data
        return [
            (code, cleaned[f"seal-{code}"], cleaned[f"number-{code}"])
            for code, _number in self._bags
            if cleaned.get(f"seal-{code}")
        ]

    def found(self) -> list[tuple[str, int | None]]:
        """The bundles that came, with the pieces found where they were counted."""
        return [(each.code, self.cleaned_data[f"found-{each.code}"]) for each in self._expected if self._came(each)]

    def extra(self) -> list[str]:
        """Codes typed that were not expected."""
        known = {each.code for each in self._expected} | {code for code, _number in self._bags}
        return [code for code in self.cleaned_data.get("codes", ()) if code not in known]
