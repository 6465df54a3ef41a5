"""People, the roles they hold and the cases they work on. A coordinator's work."""

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import codes, permissions
from logistics.actions.auditing import note, of_case
from logistics.actions.cleaning import clean, save_changed, save_new
from logistics.actions.locking import locked
from logistics.actions.standards import refuse_unknown_time_zone
from logistics.errors import Refused
from logistics.models import Assignment, Case, Hub, Role, User
from logistics.permissions import require
from logistics.queries.cases import cases
from logistics.queries.people import people

OPERATOR = "operator"


@transaction.atomic
def operator() -> User:
    """The user as whom commands act, made at the first call: sees everything and can never sign in.

    Refused: `operator_is_somebody` where a person has that name.
    """
    user, is_new = User.objects.get_or_create(username=OPERATOR, defaults={"password": make_password(None)})
    if is_new:
        Role.objects.create(user=user, role=permissions.OPERATOR)
        note(user, "operator_made")
    if user.has_usable_password() or not user.holds(permissions.OPERATOR):
        raise Refused(
            "operator_is_somebody",
            _("Commands act as the user %(name)s, who can never sign in; here that is a person. Give them another name.")
            % {"name": OPERATOR},
        )
    return user


def forget_what_is_held(user: User) -> None:
    """Roles, hubs and cases are read once for each user that was fetched; read them anew from here on."""
    for name in ("roles", "hub_ids", "case_ids", "_held"):
        user.__dict__.pop(name, None)


@transaction.atomic
def add_person(
    username: str, *, role: str, hub: Hub | None = None, by: User, is_demo: bool = False, password: str | None = None,
    is_handed_on: bool = False,
) -> User:  # fmt: skip
    """Somebody new, with a first role and a code of their own for paper.

    Without a password they cannot sign in until one is set; one that `is_handed_on` they change first. Refused: `not_permitted`, `bad_person`, `name_taken`,
    `weak_password`, `unknown_role`, `hub_needed`, `no_hub_needed`, `unknown_hub`, `hub_closed`.
    """
    require(by, "logistics.edit_people")
    _refuse_bad_role(role, hub)
    name = User.normalize_username(username.strip())
    taken = Refused("name_taken", _("Somebody signs in as %(name)s already. Choose another name.") % {"name": name})
    user = User(username=name, is_demo=is_demo, code=codes.new_person(), has_first_password=is_handed_on)
    clean(user, "person", beside=["password"])
    if name.casefold() == OPERATOR or User.objects.filter(username__iexact=name).exists():
        raise taken
    if password is not None and not is_demo:
        _refuse_weak(password, user)
    user.set_password(password)
    save_new(user, taken=taken)
    Role.objects.create(user=user, role=role, hub=hub, given_by=by)
    note(by, "person_added", user.code or "")
    return user


def _refuse_weak(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as fault:
        sentence = _("Choose another password. %(why)s") % {"why": " ".join(fault.messages)}
        raise Refused("weak_password", sentence) from fault


def _refuse_bad_role(role: str, hub: Hub | None) -> None:
    if role not in dict(permissions.ROLES) or role == permissions.OPERATOR:
        raise Refused("unknown_role", _("There is no such role to give. Choose one from the list."))
    if role == permissions.MAILROOM and hub is None:
        raise Refused("hub_needed", _("A mailroom volunteer works at a hub. Choose which."))
    if role != permissions.MAILROOM and hub is not None:
        raise Refused("no_hub_needed", _("Only mailroom volunteers work at a hub. Leave the hub out."))
    if hub is not None and not locked(Hub.objects.all(), hub.pk, "hub").is_open:
        raise Refused("hub_closed", _("That hub is closed. Choose one that is open."))


def _known(user: User, by: User) -> User:
    return locked(people(by).exclude(username=OPERATOR), user.pk, "person")


@transaction.atomic
def give_role(user: User, *, role: str, hub: Hub | None = None, by: User) -> Role:
    """One more role. Refused: `not_permitted`, `unknown_person`, `person_closed`, `has_role`, and as `add_person`."""
    require(by, "logistics.edit_people")
    found = _known(user, by)
    if not found.is_active:
        raise Refused("person_closed", _("This account is closed. Add the person anew."))
    _refuse_bad_role(role, hub)
    if Role.objects.filter(user=found, role=role, hub=hub, ended_at=None).exists():
        raise Refused("has_role", _("This person has that role already. There is nothing left to do."))
    given = Role.objects.create(user=found, role=role, hub=hub, given_by=by)
    forget_what_is_held(user)
    note(by, f"role_given:{role}", found.code or "")
    return given


@transaction.atomic
def end_role(role: Role, *, by: User) -> Role:
    """This person no longer does this; after their last role by case, they are a stranger to all cases.

    Refused: `not_permitted`, `unknown_role`, `role_ended`, `last_coordinator`.
    """
    require(by, "logistics.edit_people")
    found = locked(Role.objects.exclude(role=permissions.OPERATOR).select_related("user"), role.pk, "role")
    if found.ended_at is not None:
        raise Refused("role_ended", _("This role has ended already. There is nothing left to do."))
    _refuse_last_coordinator([found])
    found.ended_at, found.ended_by = timezone.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    forget_what_is_held(found.user)
    if not found.user.roles & permissions.ROLES_BY_CASE:
        _end_assignments(found.user, by)
    note(by, f"role_ended:{found.role}", found.user.code or "")
    return found


def _end_assignments(user: User, by: User) -> None:
    user.assignments.filter(ended_at=None).update(ended_at=timezone.now(), ended_by=by)
    forget_what_is_held(user)


def _refuse_last_coordinator(ending: list[Role]) -> None:
    if not any(role.role == permissions.COORDINATOR for role in ending):
        return
    standing = Role.objects.filter(role=permissions.COORDINATOR, ended_at=None, user__is_active=True)
    keys = set(standing.select_for_update(of=("self",)).order_by("pk").values_list("pk", flat=True))
    if keys <= {role.pk for role in ending}:
        raise Refused("last_coordinator", _("This is the last coordinator. Give the role to somebody else first."))


@transaction.atomic
def close_person(user: User, *, by: User) -> User:
    """Close an account: it signs in no more, and its roles and assignments end. What it did stays.

    Refused: `not_permitted`, `unknown_person`, `person_closed`, `last_coordinator`.
    """
    require(by, "logistics.edit_people")
    found = _known(user, by)
    if not found.is_active:
        raise Refused("person_closed", _("This account is closed already. There is nothing left to do."))
    roles = Role.objects.filter(user=found, ended_at=None)
    _refuse_last_coordinator(list(roles))
    roles.update(ended_at=timezone.now(), ended_by=by)
    _end_assignments(found, by)
    found.is_active = False
    found.set_unusable_password()
    found.save(update_fields=["is_active", "password"])
    note(by, "person_closed", found.code or "")
    return found


@transaction.atomic
def renew_password(user: User, *, password: str, by: User) -> User:
    """Another password for somebody who has lost theirs, to be changed by them first. The old one ends at once, and
    wherever it is signed in.

    Refused: `not_permitted`, `unknown_person`, `person_closed`, `own_password`, `weak_password`.
    """
    require(by, "logistics.edit_people")
    found = _known(user, by)
    if not found.is_active:
        raise Refused("person_closed", _("This account is closed. Add the person anew."))
    if found.pk == by.pk:
        raise Refused("own_password", _("That is your own account. You change its password under You."))
    if not found.check_password(password):
        _refuse_weak(password, found)
        found.set_password(password)
        found.has_first_password = True
        found.save(update_fields=["password", "has_first_password"])
        note(by, "password_renewed", found.code or "")
    return found


@transaction.atomic
def rename_person(user: User, *, username: str, by: User) -> User:
    """Another name to sign in with. Code, roles and what was done stay.

    Refused: `not_permitted`, `unknown_person`, `person_closed`, `bad_person`, `name_taken`.
    """
    require(by, "logistics.edit_people")
    found = _known(user, by)
    if not found.is_active:
        raise Refused("person_closed", _("This account is closed. Its name stays as it is."))
    name = User.normalize_username(username.strip())
    taken = Refused("name_taken", _("Somebody signs in as %(name)s already. Choose another name.") % {"name": name})
    if name == found.username:
        return found
    if name.casefold() == OPERATOR or User.objects.filter(username__iexact=name).exclude(pk=found.pk).exists():
        raise taken
    found.username = name
    clean(found, "person", beside=["password"])
    save_changed(found, "username", taken=taken)
    note(by, "person_renamed", found.code or "")
    return found


@transaction.atomic
def assign(user: User, case: Case, *, by: User) -> Assignment:
    """Let somebody work on a case. Told again it changes nothing.

    Refused: `not_permitted`, `unknown_case`, `unknown_person`, `person_closed`, `not_by_case`.
    """
    require(by, "logistics.edit_people")
    case = _seen(case, by)
    found = _known(user, by)
    if not found.is_active:
        raise Refused("person_closed", _("This account is closed. Choose somebody else."))
    if not found.roles & permissions.ROLES_BY_CASE:
        raise Refused(
            "not_by_case",
            _("Only translators, case workers and case teams work case by case. Give one of these roles first."),
        )
    given, is_new = Assignment.objects.get_or_create(user=found, case=case, ended_at=None, defaults={"given_by": by})
    if is_new:
        forget_what_is_held(user)
        note(by, "assigned", f"{found.code} {of_case(case)}")
    return given


def _seen(case: Case, by: User) -> Case:
    found = cases(by).select_related("campaign").filter(pk=case.pk).first()
    if found is None:
        raise Refused("unknown_case", _("There is no such case here. Look at the code again."))
    return found


@transaction.atomic
def end_assignment(assignment: Assignment, *, by: User) -> Assignment:
    """From now on this person is a stranger to the case. Refused: `not_permitted`, `unknown_assignment`,
    `assignment_ended`."""
    require(by, "logistics.edit_people")
    found = locked(Assignment.objects.select_related("user", "case__campaign"), assignment.pk, "assignment")
    if found.ended_at is not None:
        raise Refused("assignment_ended", _("This assignment has ended already. There is nothing left to do."))
    found.ended_at, found.ended_by = timezone.now(), by
    found.save(update_fields=["ended_at", "ended_by"])
    note(by, "unassigned", f"{found.user.code} {of_case(found.case)}")
    return found


@transaction.atomic
def choose_time_zone(name: str, *, by: User) -> User:
    """The zone in which this person reads times: an IANA name, or nothing for the site's. Everybody may, for themselves.

    Refused: `unknown_time_zone`.
    """
    if name:
        refuse_unknown_time_zone(name)
    User.objects.filter(pk=by.pk).update(time_zone=name)
    by.time_zone = name
    return by
