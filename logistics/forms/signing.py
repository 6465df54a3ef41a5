"""Signing in, and what one chooses for oneself."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from logistics.actions.guarding import guarded
from logistics.errors import Refused
from logistics.forms.acts import Refusable
from logistics.forms.speaking import Speaking
from logistics.forms.standards import LongSelect, zones_by_region


NOT_TOGETHER = _("That name and password do not belong together. Look at both again.")
OF_PASSWORDS = {
    "password_too_short": _("That is too short to be safe. Write %(min_length)s characters or more."),
    "password_too_common": _("Many people use this password. Think of one of your own, of several words."),
    "password_too_similar": _("That is too much like your name. Think of another."),
}
"""What is said of a new password that cannot be, by the code of the rule."""


class SignIn(Speaking, AuthenticationForm):
    """After too many wrong passwords the form has a refusal, which says when to try again."""

    error_messages = {"invalid_login": NOT_TOGETHER, "inactive": NOT_TOGETHER}

    refusal: Refused | None = None

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()
        except Refused as refusal:
            self.refusal = refusal
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal


class NewPassword(Speaking, PasswordChangeForm):
    """Whoever finds a phone that is signed in does not get to guess either."""

    error_messages = {
        "password_mismatch": _("The two new passwords differ. Type the new one twice."),
        "password_incorrect": _("That is not your password of now. Type it again."),
    }

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # The page has more than this form, and is read from its beginning.
        self.fields["old_password"].widget.attrs.pop("autofocus", None)

    def add_error(self, field: str | None, error: Any) -> None:
        for each in getattr(error, "error_list", ()):
            each.message = OF_PASSWORDS.get(each.code, each.message)
        super().add_error(field, error)

    def clean(self) -> dict[str, Any]:
        told = super().clean()
        if self.user.has_first_password and told.get("new_password1") and self.user.check_password(told["new_password1"]):
            self.add_error("new_password1", _("That is the password that you were given. Think of one of your own."))
        return told

    def save(self, commit: bool = True) -> Any:
        self.user.has_first_password = False
        return super().save(commit)

    def clean_old_password(self) -> str:
        try:
            return guarded(self.user.get_username(), super().clean_old_password)
        except Refused as refusal:
            raise forms.ValidationError(refusal.sentence, code=refusal.code) from refusal


SITE = "site"


def zones() -> list[Any]:
    site = _("The site's: %(zone)s") % {"zone": settings.TIME_ZONE.replace("_", " ")}
    return [(SITE, site), ("UTC", "UTC"), *zones_by_region()]


class TimeZone(Refusable):
    """The zone of the times shown; cleaned to nothing where it is the site's."""

    time_zone = forms.TypedChoiceField(
        label=_("Show times as they are in"),
        help_text=_("Open the list and type the first letters of a place. Days that are told do not change."),
        choices=zones,
        widget=LongSelect,
        coerce=lambda chosen: "" if chosen == SITE else chosen,
        empty_value=None,
    )
