"""`manage.py undo_import ID`: withdraw a return that was imported."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from logistics.actions.people import operator
from logistics.actions.returns import withdraw_return
from logistics.errors import Refused
from logistics.models import Return


class Command(BaseCommand):
    help = "Withdraw an imported return and its tallies. Refused once mail of it has come to a mailroom."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("id", metavar="ID", help="the number that import_returns --commit printed")

    def handle(self, **options: Any) -> None:
        self.stderr.write("Acting as the operator of this machine.")
        number = options["id"].strip()
        known = number.isascii() and number.isdigit() and len(number) < 10
        try:
            returned = withdraw_return(Return(pk=int(number) if known else 0), by=operator())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"Return {returned.pk} ({returned.file_name}) is withdrawn, with its collections and tallies.")
