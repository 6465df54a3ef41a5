"""What waits in a mailroom, and who is there to be the second person."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import permissions, steps
from logistics.models import Bundle, Holding, User
from logistics.queries import scope
from logistics.queries.standing import standing_entries
from logistics.registry import Waiting
from logistics.steps import Step


def lying_here(user: User) -> QuerySet[Bundle]:
    """Bundles with pieces in the mailrooms of this person's hubs."""
    here = Holding.objects.filter(
        bundle=OuterRef("pk"), place__kind=steps.MAILROOM, place__hub__in=user.hub_ids, pieces__gt=0
    )
    return scope.bundles(user).filter(Exists(here))


def screened() -> Exists:
    return Exists(standing_entries().filter(bundle=OuterRef("pk"), step=Step.SCREENED))


def to_screen(user: User) -> QuerySet[Bundle]:
    """Bundles here that were not screened."""
    return lying_here(user).filter(~screened())


def others_at(hub_id: int, user: User) -> QuerySet[User]:
    """Who else works in this mailroom, and can be a witness or a second person."""
    held = Q(held_roles__hub=hub_id, held_roles__ended_at=None, held_roles__role=permissions.MAILROOM)
    return User.objects.filter(held, is_active=True).exclude(pk=user.pk).order_by("username").distinct()


def cards(user: User) -> Iterator[Waiting]:
    """Home: batches to count and bundles to screen."""
    if not user.holds(permissions.MAILROOM):
        return
    batches = scope.batches(user).filter(closed_at=None, hub__in=user.hub_ids).count()
    yield Waiting(
        batches,
        ngettext("batch to count", "batches to count", batches),
        _("Sort by case and kind, count each pile, and tie it."),
        f"{reverse('batches')}?closed=no",
        _("Count"),
    )
    bundles = to_screen(user).count()
    yield Waiting(
        bundles,
        ngettext("bundle to screen", "bundles to screen", bundles),
        _("Check every piece against the rules of its case."),
        reverse("bundles-screen"),
        _("Screen"),
    )
