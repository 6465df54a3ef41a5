"""What waits for a coordinator, and what they find by a code or a name."""

from collections.abc import Iterator

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import permissions
from logistics.actions.people import OPERATOR
from logistics.models import Assignment, Hub, Role, User
from logistics.queries.cases import campaigns, cases
from logistics.queries.declared import collections, returns
from logistics.queries.people import people
from logistics.registry import Waiting
from logistics.resources.words.countries import country_name
from logistics.views.collections import address_of, day_said, named
from logistics.views.returns import address_of as address_of_return
from logistics.words import CaseStatus

MOST = 10
"""Found things of one sort."""
TWO = 2
"""People who seal a bag together."""


def waiting(user: User) -> Iterator[Waiting]:
    """Cases that nobody decides about, hubs where nobody can be a witness, people who can do nothing. Three queries."""
    if not user.holds(permissions.COORDINATOR):
        return
    teams = Role.objects.filter(user=OuterRef("user"), role=permissions.CASE_TEAM, ended_at=None)
    assigned = Assignment.objects.filter(Exists(teams), case=OuterRef("pk"), ended_at=None)
    alone = cases(user).exclude(status=CaseStatus.CLOSED).filter(~Exists(assigned)).count()
    yield Waiting(
        alone,
        ngettext("case has no case team", "cases have no case team", alone),
        _("Nobody records consents, plans shipments or confirms for them."),
        reverse("people") + "?role=case_team",
        _("Assign somebody"),
    )
    held = Count("held_roles", filter=Q(held_roles__ended_at=None, held_roles__user__is_active=True))
    few = Hub.objects.filter(is_open=True).annotate(volunteers=held).filter(volunteers__lt=TWO).count()
    yield Waiting(
        few,
        ngettext("hub has fewer than two volunteers", "hubs have fewer than two volunteers", few),
        _("A bag is sealed by two people together."),
        reverse("hubs"),
        _("See the hubs"),
    )
    holding = Role.objects.filter(user=OuterRef("pk"), ended_at=None)
    idle = people(user).filter(~Exists(holding), is_active=True, code__isnull=False).exclude(username=OPERATOR).count()
    yield Waiting(
        idle,
        ngettext("person has no role", "people have no role", idle),
        _("They sign in and see nothing. Give them a role, or close the account."),
        reverse("people") + "?role=none",
        _("See who"),
    )


def find(user: User, q: str) -> Iterator[tuple[str, str, str]]:
    """Campaigns, people, files and collections whose code or name holds what was typed. Four queries."""
    if not user.holds(permissions.COORDINATOR):
        return
    for row in campaigns(user).filter(Q(name__icontains=q) | Q(slug__icontains=q))[:MOST]:
        yield _("Campaign"), row.name, reverse("campaign", args=[row.slug])
    known = people(user).filter(code__isnull=False).exclude(username=OPERATOR)
    for row in known.filter(Q(username__icontains=q) | Q(code__iexact=q)).order_by("username")[:MOST]:
        yield _("Person"), f"{row.username} · {row.code}", reverse("person", args=[row.code])
    for row in returns(user).filter(file_name__icontains=q).order_by("-pk")[:MOST]:
        yield _("Return"), row.file_name, address_of_return(row)
    told = Q(event__icontains=q) | Q(office__icontains=q) | Q(place__icontains=q) | Q(venue__icontains=q)
    for row in collections(user).filter(told).order_by("-pk")[:MOST]:
        about = [named(row), country_name(row.country), day_said(row.day, row.precision)]
        yield _("Collection"), " · ".join(text for text in about if text), address_of(row)
