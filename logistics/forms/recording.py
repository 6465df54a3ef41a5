"""What a case worker records: a delivery, what becomes of pieces later, a recount."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes, steps
from logistics.forms.acts import ActForm
from logistics.forms.speaking import depends
from logistics.models import RecipientWords
from logistics.words import Capacity, Purpose, Reason, WordsConsent, figure

HANDED = {
    "self": (gettext_lazy("The person"), steps.IN_PERSON, Capacity.SELF),
    "said": (gettext_lazy("The person, who has said so"), steps.ACKNOWLEDGED, Capacity.SELF),
    "family": (gettext_lazy("Family"), steps.CLOSE, Capacity.FAMILY),
    "lawyer": (gettext_lazy("A lawyer"), steps.CLOSE, Capacity.LAWYER),
    "friend": (gettext_lazy("A friend"), steps.CLOSE, Capacity.FRIEND),
    "institution": (gettext_lazy("A prison, a hospital, a post office"), steps.INSTITUTION, Capacity.INSTITUTION),
    "posted": (gettext_lazy("Not known: they were posted directly"), steps.ASSUMED, ""),
}
"""Who took them: the words, the grade of evidence, in what capacity."""

NOT_HANDED = {
    steps.REFUSED: gettext_lazy("They were refused"),
    steps.SEIZED: gettext_lazy("They were seized"),
    steps.DEFERRED: gettext_lazy("They are kept for release"),
    steps.RETURNED: gettext_lazy("They go back to the hub"),
}

WHY = (
    Reason.CUSTOMS, Reason.PRISON, Reason.POLICE, Reason.KEPT_FOR_RELEASE, Reason.TOO_MANY_AT_ONCE, Reason.MOVED,
    Reason.DECEASED, Reason.UNKNOWN, Reason.UNCLAIMED, Reason.DECLINED, Reason.PROHIBITED, Reason.INSUFFICIENT_ADDRESS,
)  # fmt: skip
"""Why pieces did not come into anybody's hands."""

OUTCOMES = [(name, words) for name, (words, _grade, _capacity) in HANDED.items()] + list(NOT_HANDED.items())


MOST = 2_000
"""Pieces that anybody may say of one bundle, twice what the largest holds in any campaign (`EditedCampaign`): beyond it a
slip of the finger, or a code that was scanned into the field."""


def whole_number(label: Any = "", **kwargs: Any) -> forms.IntegerField:
    numeric = forms.NumberInput({"inputmode": "numeric"})
    return forms.IntegerField(label=label, max_value=MOST, widget=numeric, **{"min_value": 0, "required": False} | kwargs)


def reason(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=[("", "–"), *((each.value, each.label) for each in WHY)])


@dataclass(frozen=True)
class With:
    """A bundle, the code that is on it now, for whom it is, and how many of its pieces are where."""

    code: str
    shown: str
    kind: str
    purpose: str
    places: Mapping[str, int]

    @property
    def pieces(self) -> int:
        return sum(self.places.values())

    @property
    def here(self) -> int:
        """How many of them are handed over where nothing else is said: what is missing or kept is not."""
        return self.places.get(steps.FIELD) or self.pieces


GROUPS = [
    (Purpose.SOLIDARITY, gettext_lazy("What did you hand over?"), ""),
    ("", gettext_lazy("It is not told to whom these are written"), ""),
    (Purpose.APPEAL, gettext_lazy("Written to an authority"), gettext_lazy("Record these by themselves, with whoever took them.")),
]
"""Purposes are kept apart: by purpose, the words above its bundles."""


class Deliver(ActForm):
    who = forms.ChoiceField(label=gettext_lazy("Who took them?"), choices=OUTCOMES, widget=forms.RadioSelect)
    reason = reason(gettext_lazy("Why, where they were not handed over"))
    words = forms.CharField(
        label=gettext_lazy("What they said"), required=False, max_length=RecipientWords.LONGEST, strip=True, widget=forms.Textarea({"rows": 4}),
    )  # fmt: skip
    more = forms.BooleanField(label=gettext_lazy("I have counted them: there really are more"), required=False)
    consent = forms.ChoiceField(
        label=gettext_lazy("Did they agree that it is kept?"), required=False, widget=forms.RadioSelect,
        choices=[("", gettext_lazy("No, or I did not ask: nothing is kept")), *WordsConsent.choices],
    )  # fmt: skip

    asks_for_more = False
    """Whether more was told than is known of a bundle, and nobody has said yet that it is so."""

    def __init__(self, *args: Any, bundles: Sequence[With], has_arrived: bool = True, **kwargs: Any) -> None:
        """`has_arrived`: whether any of the shipment was taken over; else it may have been posted straight on."""
        super().__init__(*args, **kwargs)
        self._bundles = bundles
        self._likely = likely = _likely(bundles, has_arrived)
        for each in bundles:
            self.fields[f"told-{each.code}"] = forms.BooleanField(required=False, initial=each in likely)
            self.fields[f"known-{each.code}"] = forms.IntegerField(
                min_value=0, widget=forms.HiddenInput, initial=each.pieces, required=False
            )
            self.fields[f"here-{each.code}"] = forms.IntegerField(
                min_value=0, widget=forms.HiddenInput, initial=each.here, required=False
            )
            self.fields[f"some-{each.code}"] = whole_number(gettext_lazy("Handed over"))
            for became, words in NOT_HANDED.items():
                self.fields[f"{became}-{each.code}"] = whole_number(words)

    @property
    def likely_pieces(self) -> int:
        """Of the bundles that are ticked at first."""
        return sum(each.here for each in self._likely)

    def groups(self) -> Iterator[dict[str, Any]]:
        """For the template: by purpose, its words, its pieces, and each bundle with its fields."""
        for purpose, legend, help_text in GROUPS:
            rows = [self._row(each) for each in self._bundles if each.purpose == purpose]
            if rows:
                first = [row["bundle"] for row in rows if row["bundle"] in self._likely] or [row["bundle"] for row in rows]
                yield {"legend": legend, "help": help_text, "rows": rows, "pieces": sum(bundle.here for bundle in first)}

    def _row(self, each: With) -> dict[str, Any]:
        numbers = [self[f"{name}-{each.code}"] for name in ("some", *NOT_HANDED)]
        return {
            "bundle": each, "grouped": codes.grouped(each.shown), "told": self[f"told-{each.code}"],
            "known": self[f"known-{each.code}"], "here": self[f"here-{each.code}"], "numbers": numbers, "is_open": any(field.value() for field in numbers),
            "errors": [error for field in numbers for error in field.errors],
            "in_transit": each.places.get(steps.TRANSIT, 0), "deferred": each.places.get(steps.DEFERRED, 0),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        ticked = [each for each in self._bundles if cleaned.get(f"told-{each.code}")]
        if not ticked:
            raise forms.ValidationError(_("No bundle is ticked. Tick what you handed over."))
        for each in ticked:
            self._refuse_too_many(each, cleaned.get(f"known-{each.code}") or 0, cleaned.get(f"some-{each.code}"))
        return cleaned

    def _refuse_too_many(self, each: With, known: int, some: int | None) -> None:
        """More than is known is a slip of the finger, until somebody says that it was counted."""
        told = (some or 0) + self._others(each)
        if some is None and told > known:
            self.add_error(f"some-{each.code}", _("There are %(n)s pieces in it. Say how many were handed over too.") % {"n": figure(known)})
        elif told > known and not self.cleaned_data.get("more"):
            self.asks_for_more = True
            sentence = _("%(known)s are known of it, and here are %(told)s. Look at the numbers, or say below that there really are more.")
            self.add_error(f"some-{each.code}", sentence % {"known": figure(known), "told": figure(told)})

    def _others(self, bundle: With) -> int:
        return sum(self.cleaned_data.get(f"{became}-{bundle.code}") or 0 for became in NOT_HANDED)

    def outcomes(self) -> list[tuple[str, str, int | None, int]]:
        """For each bundle ticked: its code, what became of so many pieces (None: all), and how many were known."""
        return [line for each in self._bundles if self.cleaned_data[f"told-{each.code}"] for line in self._of(each)]

    def _of(self, bundle: With) -> Iterator[tuple[str, str, int | None, int]]:
        cleaned, code = self.cleaned_data, bundle.code
        known, some = cleaned[f"known-{code}"] or 0, cleaned[f"some-{code}"]
        others, here = self._others(bundle), cleaned[f"here-{code}"] or known
        rest = max(here - others, 0) if others or here < known else None
        main = some if some is not None else rest
        if main is None or main > 0:
            yield code, self._became(), main, known
        for became in NOT_HANDED:
            if number := cleaned[f"{became}-{code}"]:
                yield code, became, number, known

    def _became(self) -> str:
        who = self.cleaned_data["who"]
        return HANDED[who][1] if who in HANDED else who

    @property
    def capacity(self) -> str:
        who = self.cleaned_data["who"]
        return HANDED[who][2] if who in HANDED else ""


def _likely(bundles: Sequence[With], has_arrived: bool) -> list[With]:
    """What is ticked at first, of one purpose: what the case worker has; or else what may have been posted directly, or
    was kept for release. What is missing of a shipment that was taken over is not ticked."""
    purpose = next((purpose for purpose, *_words in GROUPS if any(each.purpose == purpose for each in bundles)), "")
    rows = [each for each in bundles if each.purpose == purpose]
    for place in (steps.FIELD, steps.DEFERRED) if has_arrived else (steps.FIELD, steps.TRANSIT, steps.DEFERRED):
        if found := [each for each in rows if each.places.get(place)]:
            return found
    return []


LATER = [
    (steps.REFUSED, gettext_lazy("They were refused")),
    (steps.SEIZED, gettext_lazy("They were seized")),
    (steps.DEFERRED, gettext_lazy("They are kept for release")),
    (steps.RETURNED, gettext_lazy("They go back to the hub")),
    (steps.FIELD, gettext_lazy("They were given back to me")),
]


class TellLater(ActForm):
    start = forms.ChoiceField(label=gettext_lazy("Which pieces?"), widget=forms.RadioSelect)
    became = forms.ChoiceField(label=gettext_lazy("What became of them?"), choices=LATER, widget=forms.RadioSelect)
    pieces = depends(
        whole_number(gettext_lazy("How many of them"), help_text=gettext_lazy("Left empty, all of them went the same way."), min_value=1)
    )
    reason = reason(gettext_lazy("Why"))
    field_order = ("key", "start", "became", "pieces", "reason", "day")

    def __init__(self, *args: Any, starts: Sequence[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = starts
        if len(starts) == 1:
            self.fields["start"].initial = starts[0][0]


class FieldRecount(ActForm):
    found = whole_number(gettext_lazy("How many are there?"), required=True)
    before = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    field_order = ("key", "before", "found", "day")
