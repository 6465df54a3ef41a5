"""Loads a campaign's own files: the campaign, its cases, what happened to them, what was published."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from logistics.actions.people import operator
from logistics.errors import Refused
from logistics.resources.campaign_files import Loaded, load


class Command(BaseCommand):
    help = "Loads campaign.csv, cases.csv and, where they are there, situation.csv, campaign-totals.csv, case-figures.csv."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("Acting as the operator of this machine.")
        try:
            loaded = load(options["folder"], by=operator())
        except Refused as refusal:
            raise CommandError(f"{refusal} Nothing was changed.") from refusal
        self._say(loaded)

    def _say(self, loaded: Loaded) -> None:
        campaign = loaded.campaign
        self.stdout.write(f"{campaign.name} ({campaign.slug}): {campaign.cases.count()} cases.")
        for what, count in loaded.done.items():
            self.stdout.write(f"  {count} {what}")
        for name in loaded.missing:
            self.stdout.write(f"  {name} is not there; it is not needed.")
        if not loaded.changed:
            self.stdout.write("  Everything stood here already; nothing was changed.")
