"""`manage.py load_campaign DIR`: a campaign, its cases, what happened to them, what was published about both."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from logistics.actions.people import operator
from logistics.errors import Refused
from logistics.resources.campaign_files import Loaded, load


class Command(BaseCommand):
    help = (
        "Loads campaign.csv and cases.csv and, where they are there, situation.csv, campaign-totals.csv and "
        "case-figures.csv. All or nothing; a second time it changes nothing; nothing is ever removed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", type=Path, metavar="DIR", help="the folder that holds the files")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stderr.write("Acting as the operator of this machine.")
        try:
            loaded = load(options["folder"], by=operator())
        except Refused as refusal:
            raise CommandError(f"{refusal}\nNothing was changed.") from refusal
        self._say(loaded)

    def _say(self, loaded: Loaded) -> None:
        campaign = loaded.campaign
        self.stdout.write(f"{campaign.name} ({campaign.slug}): {campaign.cases.count()} cases.")
        for what, count in loaded.done.items():
            self.stdout.write(f"  {what}: {count}")
        for name in loaded.missing:
            self.stdout.write(f"  There is no {name}; it is not needed.")
        if not loaded.changed:
            self.stdout.write("  Everything stood here already. Nothing was changed.")
