"""Case workers to whom a shipment can go: who they are, as far as the one who asks may know."""

from collections.abc import Iterable, Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.models import Assignment, Role, User
from logistics.queries import scope
from logistics.queries.cases import cases
from logistics.queries.people import people

PLANS = frozenset({permissions.MAILROOM, permissions.CASE_TEAM})
NAMED = 4
"""Cases that stand beside a code; the others are told as more."""


def workers(user: User) -> QuerySet[User]:
    """Case workers; for a case team those of its cases."""
    held = Role.objects.filter(role=permissions.CASE_WORKER, ended_at=None).values("user")
    rows = User.objects.filter(pk__in=held, is_active=True, code__isnull=False)
    if user.holds(permissions.CASE_TEAM):
        rows = rows.filter(pk__in=Assignment.objects.filter(case__in=user.case_ids, ended_at=None).values("user"))
    return rows.order_by("username")


def beside_code(found: Iterable[User], user: User) -> dict[int, str]:
    """By the key of a case worker what may stand beside their code: their name for a case team, which works with them;
    for a mailroom the cases that they work on, by code. Two queries."""
    keys = [each.pk for each in found]
    names = people(user).filter(pk__in=keys) if user.holds(permissions.CASE_TEAM) else User.objects.none()
    told = dict(names.values_list("pk", "username"))
    rows = Assignment.objects.filter(user__in=keys, ended_at=None, case__in=cases(user)).order_by("case__code")
    by_case: dict[int, list[str]] = {}
    for key, code in rows.values_list("user", "case__code"):
        by_case.setdefault(key, []).append(code)
    return {key: told.get(key) or _of_cases(by_case.get(key, [])) for key in keys}


def _of_cases(found: list[str]) -> str:
    if not found:
        return _("works on no case now")
    sentence = _("for %(cases)s and more") if len(found) > NAMED else _("for %(cases)s")
    return sentence % {"cases": ", ".join(found[:NAMED])}


def find(user: User, text: str) -> Iterator[tuple[str, str, str]]:
    """Search: a case worker by the code that stands on pages and papers. It leads to what is sent to them."""
    if not user.roles & PLANS:
        return
    found = workers(user).filter(code__iexact=text.replace(" ", "")).first()
    if found is None:
        return
    sent = scope.shipments(user).filter(to_worker=found).exists()
    address = f"{reverse('shipments')}?q={found.code}" if sent else reverse("shipment-plan")
    yield _("case worker"), found.code or "", address
