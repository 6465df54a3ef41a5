"""What a code is, where it is not the thing that was wanted. The letter at its beginning says so; nothing is looked up."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics import codes

NO_BUNDLE = {
    codes.BATCH: gettext_lazy("That is a batch, not a bundle. Scan the label of a bundle that was tied from it."),
    codes.MAILBAG: gettext_lazy("That is a mailbag, not a bundle. Scan the label of a bundle."),
    codes.SHIPMENT: gettext_lazy("That is a shipment, not a bundle. Scan the label of a bundle."),
    codes.DELIVERY: gettext_lazy("That is the number of a delivery, not a bundle. Scan the label of a bundle."),
    codes.CONFIRMATION: gettext_lazy("That is the number of a confirmation, not a bundle. Scan the label of a bundle."),
}
NEITHER = {
    codes.BATCH: gettext_lazy("%(code)s is a batch, neither a bag nor a bundle. Scan the label of one of those."),
    codes.SHIPMENT: gettext_lazy("%(code)s is a shipment, neither a bag nor a bundle. Scan the label of one of those."),
    codes.DELIVERY: gettext_lazy("%(code)s is the number of a delivery, neither a bag nor a bundle. Scan the label of one of those."),
    codes.CONFIRMATION: gettext_lazy(
        "%(code)s is the number of a confirmation, neither a bag nor a bundle. Scan the label of one of those."
    ),
}
"""By the sort of thing; a bag and a bundle are not among them."""


def bundle_code(text: str) -> str:
    """The code of a bundle in what was scanned or typed. `ValidationError` says what it is instead."""
    code = codes.normalise(text)
    if not codes.is_valid(code):
        raise forms.ValidationError(_("That is not a whole code. Scan it again, or type its twelve characters."))
    if code[0] in NO_BUNDLE:
        raise forms.ValidationError(NO_BUNDLE[code[0]])
    return code


def no_bag_or_bundle(code: str) -> str:
    """Of a code: the sentence that says what it is, or nothing where it is a bag or a bundle."""
    if not codes.is_valid(code):
        return _("%(code)s is no code: a character is wrong. Look at the label and type it again.") % {"code": code}
    return str(NEITHER[code[0]]) % {"code": codes.grouped(code)} if code[0] in NEITHER else ""


def to_scan_over(field: forms.Field, refused: str) -> None:
    """Beside an empty field what was refused in it. A script puts it back and selects it, so that the next scan takes
    its place; without one the field is empty for the next scan."""
    told: dict[str, Any] = {"data-refused": refused, "aria-invalid": "true", "aria-describedby": "refused"}
    field.widget.attrs |= told
