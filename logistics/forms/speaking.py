"""What a form says of a value that cannot be: what is wrong with it, then what to do. In one place, for every form."""

from typing import Any

from django import forms
from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Sentences = dict[str, Any]
LOST = gettext_lazy("Something of this page was lost on its way. Open the page again, and tell it once more.")
"""Of what nobody types: the key of an act, or what was there when the form was shown."""
NOT_SHOWN = gettext_lazy("That cannot be chosen here, or no more. Choose from what is shown.")
NO_DAY = gettext_lazy("That is no day of the calendar. Write it as 2014-01-31.")
NO_TIME = gettext_lazy("That is no time. Write it as 2014-01-31T18:00.")
NO_CHARACTER = gettext_lazy("It has a character that cannot be kept. Type it again by hand.")

EMPTY = (
    ((forms.MultipleChoiceField, forms.ModelMultipleChoiceField), gettext_lazy("Nothing is chosen at “%(what)s”. Choose at least one.")),
    ((forms.ChoiceField,), gettext_lazy("Nothing is chosen at “%(what)s”. Choose one.")),
    ((forms.IntegerField,), gettext_lazy("There is no number at “%(what)s”. Write it in digits.")),
    ((forms.DateField, forms.DateTimeField), gettext_lazy("There is no day at “%(what)s”. Write it as 2014-01-31.")),
    ((forms.FileField,), gettext_lazy("There is no file at “%(what)s”. Choose the file.")),
    ((forms.BooleanField,), gettext_lazy("“%(what)s” is not ticked. Tick it where it is so.")),
    ((forms.Field,), gettext_lazy("“%(what)s” is empty. Fill it in.")),
)
"""By kind of field, the first that fits."""
CANNOT_BE = (
    ((forms.MultipleChoiceField, forms.ModelMultipleChoiceField, forms.ChoiceField),
     {"invalid_choice": NOT_SHOWN, "invalid_list": NOT_SHOWN, "invalid_pk_value": NOT_SHOWN}),
    ((forms.DecimalField,), {"invalid": gettext_lazy("That is no amount. Write digits, with a point before the cents: 1250.50.")}),
    ((forms.IntegerField,), {"invalid": gettext_lazy("That is no whole number. Write it in digits: 25.")}),
    ((forms.DateTimeField,), {"invalid": NO_TIME}),
    ((forms.DateField,), {"invalid": NO_DAY}),
    ((forms.FileField,), {
        "missing": gettext_lazy("The file did not come through. Choose it again."),
        "invalid": gettext_lazy("The file did not come through. Choose it again."),
        "empty": gettext_lazy("There is nothing in this file. Choose another, or save it again."),
        "max_length": gettext_lazy("The name of this file is too long. Give it a shorter one."),
        "contradiction": gettext_lazy("Choose a file, or take it away: not both."),
    }),
    ((forms.UUIDField,), {"invalid": LOST}),
)  # fmt: skip


class Speaking(forms.BaseForm):
    """A form in whose fields our own sentences stand, unless a field brought one of its own."""

    def full_clean(self) -> None:
        for field in self.fields.values():
            _teach(field)
        super().full_clean()

    def add_error(self, field: str | None, error: Any) -> None:
        # A field that looks in the database says this by itself, and asks no `error_messages`.
        for each in getattr(error, "error_list", ()):
            if each.code == "null_characters_not_allowed":
                each.message = NO_CHARACTER
        super().add_error(field, error)


def depends(field: Any) -> Any:
    """An optional field of which its own words say when it stays empty, so that no mark beside its label does."""
    field.depends = True
    return field


def asks(sentence: Any) -> dict[str, Any]:
    """For a field that says by itself what to do where it is empty: its `error_messages`."""
    return {"required": sentence}


class SpeakingSet(forms.BaseFormSet):
    """The same for lines that are several forms of one kind."""

    default_error_messages = forms.BaseFormSet.default_error_messages | {
        "missing_management_form": LOST,
        "too_many_forms": gettext_lazy("These are more lines than one page takes. Tell the rest on another."),
        "too_few_forms": gettext_lazy("There are fewer lines than this page needs. Fill in one more."),
    }


def _teach(field: forms.Field) -> None:
    plain = _plain(field)
    for code, sentence in _sentences(field).items():
        if field.error_messages.get(code) is plain.get(code):
            field.error_messages[code] = sentence


def _plain(field: forms.Field) -> Sentences:
    """What this kind of field says of itself."""
    told: Sentences = {}
    for kind in reversed(type(field).__mro__):
        told |= getattr(kind, "default_error_messages", {})
    return told


def _sentences(field: forms.Field) -> Sentences:
    cannot_be = next((told for kinds, told in CANNOT_BE if isinstance(field, kinds)), {})
    told = {"required": _empty(field), **cannot_be, **_limits(field)}
    return dict.fromkeys(told, LOST) if field.widget.is_hidden else told


def _empty(field: forms.Field) -> Any:
    if not field.label:
        return _("This is empty. Fill it in.")
    return next(sentence for kinds, sentence in EMPTY if isinstance(field, kinds)) % {"what": field.label}


def _limits(field: forms.Field) -> Sentences:
    """How much can be told: the numbers grouped as the reader groups them."""
    told: Sentences = {}
    if (least := getattr(field, "min_value", None)) is not None:
        told["min_value"] = _("That is too small a number. Write %(n)s or more.") % {"n": intcomma(least)}
    if (most := getattr(field, "max_value", None)) is not None:
        told["max_value"] = _("That is too large a number. Write %(n)s or less.") % {"n": intcomma(most)}
    if isinstance(field, forms.DecimalField):
        told |= _digits(field)
    if isinstance(field, forms.CharField) and field.max_length:
        told["max_length"] = _("This is too long. Make it %(n)s characters or fewer.") % {"n": intcomma(field.max_length)}
    return told


def _digits(field: forms.DecimalField) -> Sentences:
    before = (field.max_digits or 0) - (field.decimal_places or 0)
    too_large = _("That is too large an amount. Write %(n)s digits or fewer before the point.") % {"n": intcomma(before)}
    too_fine = _("That is too fine. Write %(n)s digits or fewer after the point.") % {"n": intcomma(field.decimal_places or 0)}
    return {"max_digits": too_large, "max_whole_digits": too_large, "max_decimal_places": too_fine}
