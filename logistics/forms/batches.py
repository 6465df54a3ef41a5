"""What comes to a mailroom: which collection a batch is of, and the piles that were counted in it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator
from django.forms import formset_factory
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.actions.counting import Pile
from logistics.actions.screening import WITHHELD_FOR
from logistics.forms.acts import ActForm, Refusable
from logistics.forms.acts_of import reasons
from logistics.forms.speaking import Speaking, SpeakingSet, depends
from logistics.models import Case, Hub
from logistics.words import Kind, Purpose, figure

MOST = 20_000
"""Pieces in one pile that may be told at once."""

KINDS = [(Kind.LETTER.value, Kind.LETTER.label), (Kind.CARD.value, Kind.CARD.label)]
PURPOSES = [
    (Purpose.SOLIDARITY.value, gettext_lazy("to the people")),
    (Purpose.APPEAL.value, gettext_lazy("to authorities")),
    ("", gettext_lazy("not told")),
]


class Received(ActForm):
    """That a batch has come, to which hub and when."""

    hub = forms.ModelChoiceField(Hub.objects.none(), label=gettext_lazy("Mailroom"), empty_label=None, to_field_name="code")
    field_order = ["key", "hub", "day"]

    def __init__(self, *args: Any, hubs: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hub"].queryset = hubs
        self.fields["hub"].label_from_instance = lambda hub: hub.name
        self.fields["day"].label = _("Day on which it came")


class Closing(Refusable):
    """That everything is counted; of a batch without a bundle somebody says that nothing was in it."""

    nothing = forms.BooleanField(
        label=gettext_lazy("I have looked: nothing was in it"),
        error_messages={"required": gettext_lazy("No bundle is tied. Count what came, or say that nothing was in it.")},
    )

    def __init__(self, *args: Any, is_empty: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_empty:
            del self.fields["nothing"]


class PileLine(Speaking, forms.Form):
    """One pile: for whom, what, and how many. Left without a number it counts for nothing."""

    case = forms.ChoiceField(label=gettext_lazy("For"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=KINDS, initial=Kind.LETTER.value)
    purpose = forms.ChoiceField(
        label=gettext_lazy("Written"), choices=PURPOSES, required=False, initial=Purpose.SOLIDARITY.value
    )
    pieces = forms.IntegerField(label=gettext_lazy("Pieces"), required=False, min_value=1, max_value=MOST)

    def __init__(self, *args: Any, known: Sequence[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {case.code: case for case in known}
        names = [(case.code, f"{case.shown_name} ({case.code})") for case in known]
        self.fields["case"].choices = [("", _("Choose a case")), *names]
        self.fields["pieces"].widget.attrs |= {"inputmode": "numeric", "autocomplete": "off"}

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("pieces") and not told.get("case"):
            self.add_error("case", _("Say whom this pile is for."))
        if told.get("case") and not told.get("pieces") and "pieces" not in self.errors:
            self.add_error("pieces", _("Say how many pieces there are."))
        return told

    def piles(self, limit: int) -> list[Pile]:
        """The pile, tied into bundles of at most `limit` pieces."""
        told = self.cleaned_data
        pieces = told.get("pieces") or 0
        sizes = [limit] * (pieces // limit) + [pieces % limit] * bool(pieces % limit)
        return [Pile(self.known[told["case"]], told["kind"], size, told["purpose"]) for size in sizes]


PileLines: type[SpeakingSet] = formset_factory(PileLine, formset=SpeakingSet, extra=0, max_num=40, validate_max=True)


class InHand(ActForm):
    """One pile that somebody holds: for whom, what, how many by now, and what of it must be held back."""

    case = forms.ChoiceField(
        label=gettext_lazy("For"), error_messages={"required": gettext_lazy("Say whom this pile is for.")}
    )
    kind = forms.ChoiceField(label=gettext_lazy("What"), choices=KINDS, initial=Kind.LETTER.value)
    purpose = forms.ChoiceField(
        label=gettext_lazy("Written"), choices=PURPOSES, required=False, initial=Purpose.SOLIDARITY.value
    )
    count = forms.IntegerField(min_value=0, initial=0)
    held_back = forms.IntegerField(label=gettext_lazy("Of these, to hold back"), required=False, min_value=0)
    reason = depends(
        forms.ChoiceField(
            label=gettext_lazy("Why"), required=False, choices=[("", gettext_lazy("Choose why")), *reasons(WITHHELD_FOR)]
        )
    )  # fmt: skip

    def __init__(self, *args: Any, known: Sequence[Case], limit: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known, self.limit = {case.code: case for case in known}, limit
        names = [(case.code, f"{case.shown_name} ({case.code})") for case in known]
        self.fields["case"].choices = [("", _("Choose a case")), *names]
        for name in ("count", "held_back"):
            self.fields[name].widget = forms.TextInput(
                attrs={"inputmode": "numeric", "maxlength": str(len(str(limit))), "autocomplete": "off"}
            )
        full = _("A bundle holds at most %(limit)s. Tie what you have, and begin the next one.") % {"limit": figure(limit)}
        self.fields["count"].validators.append(MaxValueValidator(limit, full))

    def counted(self, more: str) -> int:
        """The count after one of the buttons was pressed; never below nothing, nor beyond a full bundle."""
        typed = str(self["count"].value() or "0").strip()
        count = int(typed) if typed.isdecimal() and len(typed) < 7 else 0
        step = int(more) if more in STEPS else 0
        return min(max(count + step, 0), max(self.limit, count if not step else 0))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if "count" in told and not told["count"]:
            self.add_error("count", _("Count the pile first: nothing is counted yet."))
        if told.get("held_back") and not told.get("reason"):
            self.add_error("reason", _("Say why they are held back."))
        return told

    def pile(self) -> Pile:
        told = self.cleaned_data
        return Pile(self.known[told["case"]], told["kind"], told["count"], told["purpose"])


STEPS = ("-1", "1", "5", "10")
"""The buttons under the count."""
