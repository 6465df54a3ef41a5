"""Forms of the mailbags: opening one, scanning into it, its weight, its seal, and where it goes."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes
from logistics.forms.acts import ActForm, KeyForm, Refusable
from logistics.forms.acts_of import SecondPerson, number
from logistics.forms.scanning import bundle_code, to_scan_over
from logistics.forms.speaking import Speaking, asks, depends
from logistics.models import Shipment, User
from logistics.queries.consignees import beside_code
from logistics.words import BagForm, Reason, SealFound
from mailbags.actions.sealing import LONGEST_NUMBER


class ToShipment(Speaking, forms.Form):
    """Onto which shipment; its label says where it goes."""

    shipment = forms.ModelChoiceField(
        Shipment.objects.none(),
        label=gettext_lazy("Shipment"),
        to_field_name="number",
        empty_label=gettext_lazy("Choose where it goes"),
        error_messages=asks(gettext_lazy("Choose the shipment that it goes onto.")),
    )

    def __init__(self, *args: Any, shipments: QuerySet[Shipment], by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shipment"].queryset = shipments
        beside = beside_code([each.to_worker for each in shipments if each.to_worker], by)
        self.fields["shipment"].label_from_instance = lambda row: " · ".join(filter(None, (named(row), beside.get(row.to_worker_id))))


def named(shipment: Shipment) -> str:
    goes_to = shipment.to_hub.name if shipment.to_hub else shipment.to_worker.code or _("a case worker")
    return f"{codes.grouped(shipment.number)} · {goes_to}"


class NewBag(ToShipment, KeyForm):
    form = forms.ChoiceField(label=gettext_lazy("What it is"), choices=BagForm.choices)
    tare_grams = number(gettext_lazy("Weight when empty, in grams"), min_value=1, required=False)
    field_order = ["shipment", "form", "tare_grams"]


class Forwarding(ToShipment, Refusable):
    """Onto another shipment from this hub."""


class Scan(ActForm):
    """The code of a bundle, scanned or typed."""

    code = forms.CharField(
        label=gettext_lazy("Bundle code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "autofocus": True}
        ),
    )

    def clean_code(self) -> str:
        return bundle_code(self.cleaned_data["code"])

    def for_the_next(self) -> "Scan":
        """The form for the scan after one that was refused: empty, with what was refused beside it."""
        following = Scan()
        to_scan_over(following.fields["code"], self.data.get("code", "").strip()[:40])
        return following


class Weight(Refusable):
    gross_grams = number(gettext_lazy("Full bag, in grams"), min_value=1, error_messages=asks(gettext_lazy("Write what the full bag weighs, in grams.")))
    tare_grams = number(gettext_lazy("Empty bag, in grams"), min_value=1, required=False)


def seal_number(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        max_length=LONGEST_NUMBER, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}), **kwargs
    )


class Sealing(SecondPerson, ActForm):
    """The seal's number, and the witness who confirms it; or that one is alone at this hub."""

    number = seal_number(label=gettext_lazy("Number on the seal"), error_messages=asks(gettext_lazy("Write the number that is on the seal.")))
    alone = forms.BooleanField(label=gettext_lazy("I am alone at this hub"), required=False)
    field_order = ["number", "second", "password", "alone", "day"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["second"].label = _("Witness")
        for name in ("second", "password"):
            self.fields[name].required = False
            depends(self.fields[name])  # both, unless one is alone

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("second") and not told.get("password") and "password" not in self.errors:
            self.add_error("password", _("The witness types their own password here."))
        if told.get("second") and told.get("alone"):
            self.add_error("alone", _("There is a witness. Take the mark away, or the witness."))
        return told

    def sealed(self) -> dict[str, Any]:
        told = self.cleaned_data
        exception = Reason.ALONE_AT_HUB.value if told["alone"] else ""
        return {"number": told["number"], "witness": told.get("second"), "exception": exception}


class SealSeen(Speaking, forms.Form):
    """How a seal was found."""

    found = forms.ChoiceField(
        label=gettext_lazy("The seal is"), choices=[("", gettext_lazy("Choose how it is")), *SealFound.choices],
        error_messages=asks(gettext_lazy("Say how the seal is.")),
    )
    found_number = depends(seal_number(label=gettext_lazy("The number on it, where it is another"), required=False))

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        if told.get("found") == SealFound.OTHER_NUMBER and not told.get("found_number") and "found_number" not in self.errors:
            self.add_error("found_number", _("Write the number that is on the seal."))
        return told


class Unsealing(SealSeen, ActForm):
    field_order = ["found", "found_number", "day"]
