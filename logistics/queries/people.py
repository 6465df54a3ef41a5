"""People whom a person may see: by name to sign in with, by code on paper."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.errors import Refused
from logistics.models import Assignment, Campaign, User

SEES_ALL_PEOPLE = frozenset({permissions.COORDINATOR, permissions.AUDITOR, permissions.OPERATOR})


def people(user: User) -> QuerySet[User]:
    """Coordinator, auditor and operator: everybody. Mailroom: who works at their hubs. Case team: who works on their
    cases. And everybody: themselves."""
    if user.roles & SEES_ALL_PEOPLE:
        return User.objects.all()
    seen = Q(pk=user.pk)
    if user.holds(permissions.MAILROOM):
        seen |= Q(held_roles__hub__in=user.hub_ids, held_roles__ended_at=None)
    if user.holds(permissions.CASE_TEAM):
        seen |= Q(assignments__case__in=user.case_ids, assignments__ended_at=None)
    return User.objects.filter(pk__in=User.objects.filter(seen).values("pk"))


def person_named(username: str, user: User) -> User:
    """Whoever signs in with this name. Refused: `unknown_person`."""
    found = people(user).filter(username__iexact=username).first()
    if found is None:
        raise Refused(
            "unknown_person", _("There is nobody called %(username)s here. Look at the name again.") % {"username": username}
        )
    return found


def workers(campaign: Campaign, user: User) -> dict[int, list[User]]:
    """By the key of each case of a campaign, who is assigned to it now. One query."""
    found: dict[int, list[User]] = {}
    standing = Assignment.objects.filter(case__campaign=campaign, ended_at=None, user__in=people(user))
    for each in standing.select_related("user").order_by("user__username"):
        found.setdefault(each.case_id, []).append(each.user)
    return found
