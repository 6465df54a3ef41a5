"""The people and hubs of the demonstration, made through the public actions by a coordinator."""

from dataclasses import dataclass, field

from logistics import permissions
from logistics.actions import hubs, people
from logistics.models import Campaign, Hub, User

PASSWORD = "lightpost-demo"
"""Of every demo login. It opens nothing but a server that is bound to loopback (logistics/authentication.py)."""

LOGINS = (
    ("coordinator", permissions.COORDINATOR),
    ("mailroom", permissions.MAILROOM),
    ("translator", permissions.TRANSLATOR),
    ("case-team", permissions.CASE_TEAM),
    ("case-worker", permissions.CASE_WORKER),
    ("auditor", permissions.AUDITOR),
)
"""One login for each role, as it is printed; the others of a role have a number after it."""


@dataclass
class Room:
    """A hub's mailroom and the two people in it."""

    hub: Hub
    volunteer: User
    witness: User


@dataclass
class Cast:
    """Everybody."""

    coordinator: User
    auditor: User
    translators: tuple[User, User]
    team: User
    workers: tuple[User, User]
    rooms: list[Room] = field(default_factory=list)


def gather(places: tuple[tuple[str, str], ...], operator: User) -> Cast:
    """Make the coordinator as the operator, and everybody else as the coordinator."""
    coordinator = _person("coordinator", permissions.COORDINATOR, operator)
    by_role = [
        _person(name, role, coordinator)
        for name, role in (
            ("auditor", permissions.AUDITOR),
            ("translator", permissions.TRANSLATOR),
            ("translator-2", permissions.TRANSLATOR),
            ("case-team", permissions.CASE_TEAM),
            ("case-worker", permissions.CASE_WORKER),
            ("case-worker-2", permissions.CASE_WORKER),
        )
    ]
    auditor, first, second, team, worker, other = by_role
    cast = Cast(coordinator, auditor, (first, second), team, (other, worker))
    cast.rooms = [_room(number, code, name, coordinator) for number, (code, name) in enumerate(places)]
    return cast


def _room(number: int, code: str, name: str, by: User) -> Room:
    hub = hubs.add_hub(code, name=name, by=by)
    names = ("mailroom", "mailroom-2") if number == 0 else (f"mailroom-{code}", f"mailroom-{code}-2")
    volunteer, witness = (_person(each, permissions.MAILROOM, by, hub) for each in names)
    return Room(hub, volunteer, witness)


def _person(name: str, role: str, by: User, hub: Hub | None = None) -> User:
    made = people.add_person(name, role=role, hub=hub, by=by, is_demo=True, password=PASSWORD)
    return User.objects.get(pk=made.pk)


def assign(cast: Cast, campaign: Campaign, whole: str) -> None:
    """Everybody who works by case gets theirs: one case worker has the case that goes the whole way, the other,
    whose login is printed and who so has something to do, all others."""
    for case in campaign.cases.order_by("code"):
        worker = cast.workers[0] if case.code == whole else cast.workers[1]
        for user in (*cast.translators, cast.team, worker):
            people.assign(user, case, by=cast.coordinator)
    cast.translators = tuple(User.objects.get(pk=user.pk) for user in cast.translators)
    cast.team = User.objects.get(pk=cast.team.pk)
    cast.workers = tuple(User.objects.get(pk=user.pk) for user in cast.workers)
