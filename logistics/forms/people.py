"""Inviting somebody, giving roles, assigning cases."""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Value
from django.db.models.functions import Concat
from django.utils.translation import gettext_lazy as _

from logistics import permissions
from logistics.forms.acts import KeyForm, Refusable
from logistics.models import Case, Hub, User
from logistics.queries.cases import cases
from logistics.words import CaseStatus

NO_SUCH_NAME = _("A name to sign in with has no spaces. Use letters of any script, digits and . @ + - _ only: anna.k")
ROLES = [(role, label) for role, label in permissions.ROLES if role != permissions.OPERATOR]


class SignInName(forms.CharField):
    """In letters of any script."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("validators", [RegexValidator(r"\A\s*[\w.@+-]+\s*\Z", NO_SUCH_NAME)])
        super().__init__(label=_("Name to sign in with"), max_length=150, **kwargs)


class RoleFields(Refusable):
    role = forms.ChoiceField(label=_("Role"), choices=ROLES)
    hub = forms.ModelChoiceField(
        label=_("Hub"), help_text=_("Only for mailroom volunteers: where they work."), required=False,
        queryset=Hub.objects.none(), to_field_name="code", empty_label="–",
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["hub"].queryset = Hub.objects.filter(is_open=True)


class Invitation(KeyForm, RoleFields):
    username = SignInName(
        help_text=_(
            "What their colleagues know them by, in one word. It need not be their real name; papers show a code instead."
        )
    )
    field_order = ("key", "username", "role", "hub")


class NewName(Refusable):
    username = SignInName(help_text=_("Tell them: from now on they sign in with it."))


class GivenRole(RoleFields):
    pass


class CaseChoice(forms.ModelMultipleChoiceField):
    def label_from_instance(self, case: Case) -> str:
        return " · ".join(text for text in (case.code, case.public_name, case.campaign.name) if text)


class AssignedCases(Refusable):
    """The cases that somebody does not work on yet."""

    cases = CaseChoice(
        label=_("Cases"), queryset=Case.objects.none(), widget=forms.CheckboxSelectMultiple, to_field_name="named"
    )

    def __init__(self, *args: Any, by: User, besides: set[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_ones = cases(by).exclude(status=CaseStatus.CLOSED).exclude(pk__in=besides)
        named = Concat("campaign__slug", Value("/"), "code")
        rows = open_ones.select_related("campaign").annotate(named=named).order_by("campaign__slug", "code")
        self.fields["cases"].queryset = rows
