"""Forms of what is done with one bundle, of a second person, and of taking an act back."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.actions.guarding import guarded
from logistics.actions.reversing import REVERSED_FOR
from logistics.actions.screening import WITHHELD_FOR
from logistics.errors import Refused
from logistics.forms.acts import ActForm, Refusable
from logistics.forms.speaking import Speaking, asks
from logistics.models import User
from logistics.words import Reason, figure


def reasons(allowed: tuple[Reason, ...]) -> list[tuple[str, Any]]:
    return [(reason.value, reason.label) for reason in allowed]


def number(label: Any, **kwargs: Any) -> forms.IntegerField:
    widget = forms.NumberInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, widget=widget, max_value=1_000_000, **kwargs)


class Reversal(ActForm):
    """Taking an act back."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=[("", gettext_lazy("Choose why")), *reasons(REVERSED_FOR)],
        error_messages=asks(gettext_lazy("Say why it is taken back.")),
    )


class PartForm(ActForm):
    """So many of the pieces that are there; what was there when the form was shown travels with it."""

    before = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class Withholding(PartForm):
    pieces = number(gettext_lazy("Pieces to hold back"), min_value=1, error_messages=asks(gettext_lazy("Write how many are held back.")))
    reason = forms.ChoiceField(
        label=gettext_lazy("Why"), choices=[("", gettext_lazy("Choose why")), *reasons(WITHHELD_FOR)],
        error_messages=asks(gettext_lazy("Say why they are held back.")),
    )
    field_order = ["pieces", "reason", "day"]


class Splitting(PartForm):
    pieces = number(gettext_lazy("Pieces for the new bundle"), min_value=1, error_messages=asks(gettext_lazy("Write how many go into the new bundle.")))
    field_order = ["pieces", "day"]


class Checkbox(forms.CheckboxInput):
    """A tick that stands for one number, and is never set beforehand."""

    def __init__(self, number: int) -> None:
        super().__init__(check_test=lambda value: False)
        self.number = number

    def format_value(self, value: Any) -> str:
        return str(self.number)


class Recounting(PartForm):
    """The number is asked about once where it is another than stood there; only then is that one told."""

    found = number(gettext_lazy("Pieces that you count"), min_value=0, error_messages=asks(gettext_lazy("Write how many you count; 0 where none is there.")))
    sure = forms.IntegerField(required=False, widget=forms.HiddenInput)
    field_order = ["found", "sure", "day"]

    most = 0
    """Pieces that the bundle may hold: as many as any, or as it has already. The page says so of each."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed = str(self.data.get(self.add_prefix("found"), "")).strip()
        if typed.isdecimal() and len(typed) < 8:  # a label is read before the form is looked at
            self.fields["sure"].label = _("I counted %(n)s") % {"n": figure(int(typed))}

    def clean_found(self) -> int:
        found: int = self.cleaned_data["found"]
        if found > self.most:
            sentence = _("A bundle holds at most %(most)s, not %(n)s. Count again; what is too many belongs to another bundle.")
            raise forms.ValidationError(sentence % {"most": figure(self.most), "n": figure(found)})
        return found

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        found, before = told.get("found"), told.get("before")
        if found is not None and before is not None and found != before and told.get("sure") != found:
            self.fields["sure"].widget = Checkbox(found)
            sentence = _("You count %(n)s where %(before)s stood. Is that so? Tick it if it is, or count again.")
            self.add_error("sure", sentence % {"n": figure(found), "before": figure(before)})
        return told


class SecondPerson(Speaking, forms.Form):
    """Somebody else who is there, and who says so with their own password."""

    second = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Second person"),
        empty_label=gettext_lazy("Choose who is with you"),
        to_field_name="username",
        error_messages=asks(gettext_lazy("Choose who is with you.")),
    )
    password = forms.CharField(
        label=gettext_lazy("Their password"),
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("They type it themselves. It is not kept."),
        error_messages=asks(gettext_lazy("Whoever is with you types their own password here.")),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].queryset = people
        if not people.exists():
            self.fields["second"].help_text = _("Nobody else may do this with you yet. A coordinator can add somebody to your team.")

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        second = told.get("second")
        password = told.get("password")
        if second and password:
            try:
                if not guarded(second.get_username(), lambda: second.check_password(password)):
                    self.add_error("password", _("That is not their password. They type it again."))
                elif second.has_first_password:
                    self.add_error("second", _("Somebody else knows their password yet. They sign in and choose their own first."))
            except Refused as refusal:
                self.add_error("password", refusal.sentence)
        return told


class Releasing(SecondPerson, PartForm):
    pieces = number(gettext_lazy("Pieces to let go"), min_value=1, error_messages=asks(gettext_lazy("Write how many are let go.")))
    field_order = ["pieces", "second", "password", "day"]


class Replacing(Refusable):
    """A new label in place of the one that was on it when the form was shown."""

    old = forms.CharField(widget=forms.HiddenInput)
