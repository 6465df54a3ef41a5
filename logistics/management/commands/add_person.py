"""Adds somebody who can sign in: how an empty site gets its first coordinator."""

import secrets
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from logistics import permissions
from logistics.actions.people import add_person, operator
from logistics.errors import Refused
from logistics.models import Hub

ROLES = [role for role, _ in permissions.ROLES if role != permissions.OPERATOR]


class Command(BaseCommand):
    help = "Adds somebody with a role and prints a password for them, once. An empty site needs a coordinator first."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", metavar="NAME")
        parser.add_argument("--role", choices=ROLES, default=permissions.COORDINATOR)
        parser.add_argument("--hub", metavar="CODE", help="for mailroom volunteers")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("Acting as the operator of this machine.")
        password = secrets.token_urlsafe(12)
        try:
            user = add_person(
                options["username"], role=options["role"], hub=_hub(options["hub"]), by=operator(), password=password
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{user.username} may sign in now. Password, shown this once: {password}")


def _hub(code: str | None) -> Hub | None:
    if code is None:
        return None
    if (hub := Hub.objects.filter(code=code).first()) is None:
        raise Refused("unknown_hub", f"There is no hub {code}. Leave it out, or give the code of one that there is.")
    return hub
