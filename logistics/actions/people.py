"""People, the roles they hold and the cases they work on. A coordinator's work."""

from django.db import transaction
from django.utils import timezone

from logistics import codes, permissions
from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Assignment, Case, Hub, Role, User
from logistics.permissions import require
from logistics.queries.cases import cases

OPERATOR = "operator"


def operator() -> User:
    """The user as whom commands act, made at the first call: sees everything and can never sign in."""
    user, is_new = User.objects.get_or_create(username=OPERATOR)
    if is_new:
        user.set_unusable_password()
        user.save(update_fields=["password"])
    Role.objects.get_or_create(user=user, role=permissions.OPERATOR, ended_at=None)
    return user


@transaction.atomic
def add_person(
    username: str, *, role: str, hub: Hub | None = None, by: User, is_demo: bool = False, password: str | None = None
) -> User:
    """Somebody new, with a first role and a code of their own for paper.

    Without a password they cannot sign in until one is set. Refused: `not_permitted`, `no_name`, `name_taken`,
    `unknown_role`, `hub_needed`, `no_hub_needed`, `hub_closed`.
    """
    require(by, "logistics.edit_people")
    name = username.strip()
    if not name:
        raise Refused("no_name", "Give a name to sign in with.")
    if User.objects.filter(username__iexact=name).exists():
        raise Refused("name_taken", f"Somebody signs in as {name} already. Choose another name.")
    _refuse_bad_role(role, hub)
    user = User.objects.create_user(name, password=password, is_demo=is_demo, code=codes.new_person())
    Role.objects.create(user=user, role=role, hub=hub, given_by=by)
    note(by, "person_added", user.code or "")
    return user


def _refuse_bad_role(role: str, hub: Hub | None) -> None:
    if role not in dict(permissions.ROLES) or role == permissions.OPERATOR:
        raise Refused("unknown_role", "There is no such role to give. Choose one from the list.")
    if role == permissions.MAILROOM and hub is None:
        raise Refused("hub_needed", "A mailroom volunteer works at a hub. Choose which.")
    if role != permissions.MAILROOM and hub is not None:
        raise Refused("no_hub_needed", "Only mailroom volunteers work at a hub. Leave the hub out.")
    if hub is not None and not hub.is_open:
        raise Refused("hub_closed", "That hub is closed. Choose one that is open.")


def _known(user: User) -> User:
    return locked(User.objects.exclude(username=OPERATOR), user.pk, "person")


@transaction.atomic
def give_role(user: User, *, role: str, hub: Hub | None = None, by: User) -> Role:
    """One more role. Refused: `not_permitted`, `unknown_person`, `person_closed`, `has_role`, and as `add_person`."""
    require(by, "logistics.edit_people")
    user = _known(user)
    if not user.is_active:
        raise Refused("person_closed", "This account is closed. Add the person anew.")
    _refuse_bad_role(role, hub)
    if Role.objects.filter(user=user, role=role, hub=hub, ended_at=None).exists():
        raise Refused("has_role", "This person has that role already.")
    given = Role.objects.create(user=user, role=role, hub=hub, given_by=by)
    note(by, f"role_given:{role}", user.code or "")
    return given


@transaction.atomic
def end_role(role: Role, *, by: User) -> Role:
    """This person no longer does this. Refused: `not_permitted`, `unknown_role`, `role_ended`, `last_coordinator`."""
    require(by, "logistics.edit_people")
    found = locked(Role.objects.exclude(role=permissions.OPERATOR), role.pk, "role")
    if found.ended_at is not None:
        raise Refused("role_ended", "This role has ended already.")
    _refuse_last_coordinator([found])
    found.ended_at, found.ended_by = timezone.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    note(by, f"role_ended:{found.role}", found.user.code or "")
    return found


def _refuse_last_coordinator(ending: list[Role]) -> None:
    if not any(role.role == permissions.COORDINATOR for role in ending):
        return
    others = Role.objects.filter(role=permissions.COORDINATOR, ended_at=None, user__is_active=True)
    if not others.exclude(pk__in=[role.pk for role in ending]).exists():
        raise Refused("last_coordinator", "This is the last coordinator. Give the role to somebody else first.")


@transaction.atomic
def close_person(user: User, *, by: User) -> User:
    """Close an account: it signs in no more, and its roles and assignments end. What it did stays.

    Refused: `not_permitted`, `unknown_person`, `person_closed`, `last_coordinator`.
    """
    require(by, "logistics.edit_people")
    user = _known(user)
    if not user.is_active:
        raise Refused("person_closed", "This account is closed already.")
    roles = Role.objects.filter(user=user, ended_at=None)
    _refuse_last_coordinator(list(roles))
    now = timezone.now()
    roles.update(ended_at=now, ended_by=by)
    user.assignments.filter(ended_at=None).update(ended_at=now, ended_by=by)
    user.is_active = False
    user.set_unusable_password()
    user.save(update_fields=["is_active", "password"])
    note(by, "person_closed", user.code or "")
    return user


@transaction.atomic
def assign(user: User, case: Case, *, by: User) -> Assignment:
    """Let somebody work on a case. Told again it changes nothing.

    Refused: `not_permitted`, `unknown_case`, `unknown_person`, `person_closed`, `not_by_case`.
    """
    require(by, "logistics.edit_people")
    case = locked(cases(by), case.pk, "case")
    user = _known(user)
    if not user.is_active:
        raise Refused("person_closed", "This account is closed. Choose somebody else.")
    if not user.roles & permissions.ROLES_BY_CASE:
        raise Refused("not_by_case", "Only translators, case workers and case teams work case by case.")
    given, is_new = Assignment.objects.get_or_create(user=user, case=case, ended_at=None, defaults={"given_by": by})
    if is_new:
        note(by, f"assigned:{case.code}", user.code or "")
    return given


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: User) -> Assignment:
    """From now on this person is a stranger to the case. Refused: `not_permitted`, `unknown_assignment`,
    `assignment_ended`."""
    require(by, "logistics.edit_people")
    found = locked(Assignment.objects.select_related("user", "case"), assignment.pk, "assignment")
    if found.ended_at is not None:
        raise Refused("assignment_ended", "This assignment has ended already.")
    found.ended_at, found.ended_by = timezone.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    note(by, f"unassigned:{found.case.code}", found.user.code or "")
    return found
