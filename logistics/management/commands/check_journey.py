"""`manage.py check_journey`: whether the journey is whole, and every fault by name."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from logistics.errors import Refused
from logistics.reports import head
from logistics.reports.checking.whole import Checking
from logistics.reports.moment import one_moment


class Command(BaseCommand):
    help = "Prove the journey: holdings, chain, and everything that its acts name. Names each fault; exits 1 if any."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--against", metavar="HEAD", help="the line that chain_head printed earlier")

    def handle(self, **options: Any) -> None:
        try:
            kept = head.read(options["against"]) if options["against"] is not None else None
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        with one_moment():
            checking = Checking(kept)
            for fault in checking.faults():
                self.stdout.write(fault)
        self.stdout.write(checking.verdict)
        if checking.found:
            raise SystemExit(1)
