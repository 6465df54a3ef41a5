"""Taking over a shipment: the seal of each bag as found, its bundles ticked off, or their codes typed or scanned."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes
from logistics.forms.acts import ActForm
from logistics.forms.scanning import no_bag_or_bundle
from logistics.words import SealFound

ABSENT = "absent"
FOUND = [
    ("", gettext_lazy("It has not come yet")), *SealFound.choices,
    (ABSENT, gettext_lazy("The bag is missing: it should be here")),
]  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """A bundle of the letter bill: its code, the code that is on its label now, the code of its bag, its pieces."""

    code: str
    shown: str
    bag: str
    kind: str
    pieces: int
    case: str


@dataclass(frozen=True)
class ExpectedBag:
    """A bag that has not been opened: its code, the code that is on its label now, the number of its seal."""

    code: str
    shown: str
    seal: str


def parted(text: str) -> list[str]:
    """The codes in what was typed or scanned, each once. They stand on lines of their own, or between commas."""
    parts = text.replace(",", "\n").replace(";", "\n").splitlines()
    return list(dict.fromkeys(codes.normalise(part) for part in parts if part.strip()))


class TakeOver(ActForm):
    codes = forms.CharField(
        label=gettext_lazy("Scan or type a code"), required=False, max_length=2000,
        widget=forms.TextInput({"autocapitalize": "characters", "autocomplete": "off", "spellcheck": "false"}),
    )  # fmt: skip

    def __init__(
        self, *args: Any, bags: Sequence[ExpectedBag], expected: Sequence[Expected], extra: Iterable[str] = (),
        first: Callable[[Sequence[str]], Mapping[str, str]], taken: frozenset[str] = frozenset(), **kwargs: Any,
    ) -> None:  # fmt: skip
        """`extra`: codes that were typed before and are not expected. `first`: for codes, the first code of each
        thing, where another label is on it now. `taken`: codes of this shipment that were taken over before."""
        super().__init__(*args, **kwargs)
        self._bags, self._expected, self._first, self._taken = bags, expected, first, taken
        self.fields["extra"] = forms.MultipleChoiceField(required=False, choices=[(code, code) for code in extra])
        for bag in bags:
            self._add_bag(bag.code)
        for bundle in expected:
            self.fields[f"here-{bundle.code}"] = forms.BooleanField(required=False)
            self.fields[f"damaged-{bundle.code}"] = forms.BooleanField(required=False)
            self.fields[f"found-{bundle.code}"] = forms.IntegerField(
                required=False, min_value=1, max_value=100_000, widget=forms.NumberInput({"inputmode": "numeric"})
            )

    def _add_bag(self, code: str) -> None:
        self.fields[f"seal-{code}"] = forms.ChoiceField(label=gettext_lazy("The seal was"), choices=FOUND, required=False)
        self.fields[f"number-{code}"] = forms.CharField(
            label=gettext_lazy("Number on it, if it is another"), required=False, max_length=30
        )
        self.fields[f"damaged-{code}"] = forms.BooleanField(required=False)
        self.fields[f"all-{code}"] = forms.BooleanField(required=False)

    def bags(self) -> Iterator[dict[str, Any]]:
        """For the template: each bag with its fields and its bundles."""
        for bag in self._bags:
            fields = {name: self[f"{name}-{bag.code}"] for name in ("seal", "number", "damaged", "all")}
            yield {"code": bag.code, "grouped": codes.grouped(bag.shown), "on_it": bag.seal, "bundles": self._rows(bag.code), **fields}

    def late(self) -> list[dict[str, Any]]:
        """What was missing from bags opened before."""
        unopened = {bag.code for bag in self._bags}
        return [row for each in {bundle.bag for bundle in self._expected} - unopened for row in self._rows(each)]

    def too_many(self) -> list[tuple[str, str]]:
        """For the template: codes typed before that are not expected, and how each is read."""
        return [(code, codes.grouped(code)) for code in self["extra"].value() or []]

    def _rows(self, bag: str) -> list[dict[str, Any]]:
        rows = []
        for each in self._expected:
            if each.bag == bag:
                fields = {name: self[f"{name}-{each.code}"] for name in ("here", "damaged", "found")}
                rows.append({"bundle": each, "grouped": codes.grouped(each.shown), **fields})
        return rows

    def clean_codes(self) -> list[str]:
        found = parted(self.cleaned_data["codes"])
        if wrong := [sentence for code in found if (sentence := no_bag_or_bundle(code))]:
            raise forms.ValidationError(wrong[0])
        first = self._first(found)
        return list(dict.fromkeys(first.get(code, code) for code in found))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ticked = {bundle.bag for bundle in self._expected if self._came(bundle)}
        for bag in self._bags:
            self._check_bag(bag.code, bag.code in ticked, cleaned)
        if not self.errors and not self.opened() and not self.absent() and not ticked and not self.extra():
            raise forms.ValidationError(_("Nothing is ticked yet. Say how each seal was found and tick what is there."))
        return cleaned

    def _check_bag(self, code: str, has_ticks: bool, cleaned: dict[str, Any]) -> None:
        state = cleaned.get(f"seal-{code}")
        if (has_ticks or cleaned.get(f"damaged-{code}")) and not state:
            self.add_error(f"seal-{code}", _("Bundles of this bag are ticked. Say how its seal was found, or take the ticks out."))
        if has_ticks and state == ABSENT:
            self.add_error(f"seal-{code}", _("Bundles of this bag are ticked, so it has come. Say how its seal was found."))
        if state == SealFound.OTHER_NUMBER and not cleaned.get(f"number-{code}"):
            self.add_error(f"number-{code}", _("Write the number that is on the seal."))

    def _came(self, bundle: Expected) -> bool:
        cleaned, code = self.cleaned_data, bundle.code
        told = [cleaned.get(f"{name}-{code}") for name in ("here", "found", "damaged")]
        return bool(any(told) or cleaned.get(f"all-{bundle.bag}") or {code, bundle.bag or code} & set(cleaned.get("codes", ())))

    def opened(self) -> list[tuple[str, str, str, bool]]:
        """Code, how the seal was found, the number on it, and whether the bag is damaged."""
        cleaned = self.cleaned_data
        return [
            (bag.code, state, cleaned[f"number-{bag.code}"], cleaned[f"damaged-{bag.code}"])
            for bag in self._bags
            if (state := cleaned.get(f"seal-{bag.code}")) and state != ABSENT
        ]

    def absent(self) -> list[str]:
        """The bags that are missing."""
        return [bag.code for bag in self._bags if self.cleaned_data.get(f"seal-{bag.code}") == ABSENT]

    def found(self) -> list[tuple[str, int | None]]:
        """The bundles that came, with the pieces found where they were counted."""
        return [(each.code, self.cleaned_data[f"found-{each.code}"]) for each in self._expected if self._came(each)]

    def damaged(self) -> list[str]:
        return [each.code for each in self._expected if self.cleaned_data[f"damaged-{each.code}"]]

    def extra(self) -> list[str]:
        """Codes that were not expected."""
        known = {each.code for each in self._expected} | {bag.code for bag in self._bags} | self._taken
        typed = [*self.cleaned_data.get("extra", ()), *self.cleaned_data.get("codes", ())]
        return [code for code in dict.fromkeys(typed) if code not in known]

    def ticked_off(self) -> tuple[dict[str, Any], list[tuple[str, str]]]:
        """The form as it stands once the codes in it are ticked, and what is to be said of each: a sort of notice and a
        sentence; what was refused stands beside, as `refused`. For a form that was sent only to tick; nothing else in it is
        looked at."""
        now = {name: self.data.get(name) for name in self.data if name in self.fields}
        now |= {"extra": self.data.getlist("extra"), "codes": ""}
        typed, told, left = parted(self.data.get("codes", "")), [], []
        first = self._first([code for code in typed if codes.is_valid(code)])
        for code in typed:
            if wrong := no_bag_or_bundle(code):
                left.append(code)
                told.append(("refused", wrong))
            else:
                told.append(self._tick(first.get(code, code), code, now))
        return now | {"refused": ", ".join(left)}, told or [("needs", _("No code was typed. Scan a label, or type what is on it."))]

    def _tick(self, code: str, typed: str, now: dict[str, Any]) -> tuple[str, str]:
        words = {"code": codes.grouped(typed)}
        bundles = [each.code for each in self._expected if code in (each.code, each.bag)]
        if code in {bag.code for bag in self._bags}:
            now |= {f"here-{each}": "on" for each in bundles}
            return "done", _("Bag %(code)s is ticked, with all that should be in it. Say how its seal was.") % words
        if bundles:
            was_ticked = now.get(f"here-{code}")
            now[f"here-{code}"] = "on"
            return ("known", _("%(code)s was ticked already.") % words) if was_ticked else ("done", _("%(code)s is ticked.") % words)
        if code in self._taken:
            return "known", _("%(code)s has been taken over already.") % words
        if code not in now["extra"]:
            now["extra"].append(code)
        return "needs", _("%(code)s is not on the letter bill. It stands among what is too many.") % words
