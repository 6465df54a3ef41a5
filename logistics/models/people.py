"""Users, the roles they hold, and the cases they are assigned to."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.functional import cached_property

from logistics import permissions


class User(AbstractUser):
    """Somebody who signs in. Printed only by code."""

    code = models.CharField(max_length=12, unique=True, null=True, editable=False)
    time_zone = models.CharField(max_length=60, blank=True, help_text="Of the times shown to them; blank: the site's.")
    has_first_password = models.BooleanField(
        default=False, help_text="Somebody else knows the password: it is changed before anything else is opened."
    )
    is_demo = models.BooleanField(
        default=False, help_text="A login of the demonstration: works only on a server bound to loopback."
    )

    @cached_property
    def roles(self) -> frozenset[str]:
        """The roles that this person holds now."""
        return frozenset(role.role for role in self._held)

    @cached_property
    def hub_ids(self) -> frozenset[int]:
        """The hubs in whose mailroom this person works now."""
        return frozenset(role.hub_id for role in self._held if role.hub_id is not None)

    @cached_property
    def case_ids(self) -> frozenset[int]:
        """The cases that this person is assigned to now."""
        return frozenset(self.assignments.filter(ended_at=None).values_list("case_id", flat=True))

    @cached_property
    def _held(self) -> list["Role"]:
        return list(self.held_roles.filter(ended_at=None))

    def holds(self, role: str) -> bool:
        return role in self.roles


class Role(models.Model):
    """One role of one person, for as long as it holds; a mailroom volunteer has it at one hub."""

    user = models.ForeignKey(User, models.PROTECT, related_name="held_roles")
    role = models.CharField(max_length=20, choices=permissions.ROLES)
    hub = models.ForeignKey("Hub", models.PROTECT, null=True, blank=True, related_name="held_roles")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role"],
                condition=models.Q(ended_at=None, hub=None),
                name="one_role_of_a_sort_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["user", "hub", "role"],
                condition=models.Q(ended_at=None),
                name="one_role_of_a_sort_at_a_hub_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(role=permissions.MAILROOM, hub__isnull=False)
                | (~models.Q(role=permissions.MAILROOM) & models.Q(hub=None)),
                name="a_mailroom_volunteer_works_at_a_hub_and_nobody_else_does",
            ),
        ]


class Assignment(models.Model):
    """That somebody works on this case. Without it, a translator, case worker or case team is a stranger to it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    case = models.ForeignKey("Case", models.PROTECT, related_name="assignments")
    given_at = models.DateTimeField(auto_now_add=True)
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "case"],
                condition=models.Q(ended_at=None),
                name="one_assignment_to_a_case_at_a_time",
            )
        ]
