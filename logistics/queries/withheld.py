"""What is held back in a mailroom, and waits for whoever may let it go or destroy it."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import permissions, steps
from logistics.models import Holding, User
from logistics.queries import scope
from logistics.registry import Waiting


def pieces_withheld(user: User) -> int:
    """Pieces that this person may decide about: in the mailrooms of their hubs, and of their cases. One query."""
    theirs = Q(pk__in=[])
    if user.holds(permissions.MAILROOM):
        theirs |= Q(place__hub__in=user.hub_ids)
    if user.holds(permissions.CASE_TEAM):
        theirs |= Q(bundle__case__in=user.case_ids)
    seen = scope.bundles(user).filter(pk=OuterRef("bundle"))
    rows = Holding.objects.filter(theirs, Exists(seen), place__kind=steps.WITHHELD, pieces__gt=0)
    return rows.aggregate(all=Sum("pieces"))["all"] or 0


def cards(user: User) -> Iterator[Waiting]:
    """Home, for mailroom and case team."""
    if not user.roles & {permissions.MAILROOM, permissions.CASE_TEAM}:
        return
    n = pieces_withheld(user)
    yield Waiting(
        n, ngettext("piece is withheld", "pieces are withheld", n),
        _("Two people can let them go after all, or tell them as destroyed. Until then they are kept apart."),
        f"{reverse('bundles')}?at={steps.WITHHELD}", _("Look"), can_wait=True,
    )  # fmt: skip
