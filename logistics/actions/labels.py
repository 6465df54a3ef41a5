"""Labels: every code on paper, and its replacement."""

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import codes
from logistics.actions.auditing import note
from logistics.actions.locking import locked, require_at
from logistics.errors import Refused
from logistics.models import Hub, Label, User
from logistics.permissions import require


def new_label(sort: str, hub: Hub) -> Label:
    """A fresh label of this sort for a thing at this hub; called by the actions that make the thing."""
    return Label.objects.create(code=codes.new(sort), hub=hub)


def new_labels(sort: str, hub: Hub, count: int) -> list[Label]:
    """So many fresh labels, in one query."""
    return Label.objects.bulk_create([Label(code=codes.new(sort), hub=hub) for _label in range(count)])


@transaction.atomic
def replace_label(label: Label, *, by: User) -> Label:
    """A new code for a thing whose label was lost or torn; the old code leads to it.

    Refused: `not_permitted`, `unknown_label`, `not_your_hub`, `already_replaced`.
    """
    require(by, "logistics.replace_label")
    label = locked(Label.objects.all(), label.pk, "label")
    require_at(by, label.hub)
    if label.replaced_by_id is not None:
        raise Refused("already_replaced", _("This label has been replaced already. Print the new one again."))
    label.replaced_by = new_label(label.code[0], label.hub)
    label.save(update_fields=["replaced_by"])
    note(by, "label_replaced", label.code)
    return label.replaced_by
