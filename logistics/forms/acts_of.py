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
from logistics.words import Reason


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


class Recounting(PartForm):
    found = number(gettext_lazy("Pieces that you count"), min_value=0, error_messages=asks(gettext_lazy("Write how many you count; 0 where none is there.")))
    field_order = ["found", "day"]


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
