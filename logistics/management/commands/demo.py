"""Loads the demonstration, or prints its logins."""

import random
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from logistics import codes
from logistics.demo import run, story
from logistics.demo.cast import LOGINS, PASSWORD
from logistics.errors import Refused

STORY = Path(settings.BASE_DIR) / "data" / "demo" / "story.toml"
SEED = 2013
"""Any number: with it the codes are the same in every demonstration."""


class Command(BaseCommand):
    help = "Loads the demonstration campaign and moves its mail (constructed). A second run changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--logins", action="store_true", help="print one login for each role, and stop")
        parser.add_argument("--story", type=Path, default=STORY, help="the file that says which case goes how far")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            self._logins()
        elif run.is_loaded():
            self.stdout.write("The demonstration is loaded already; nothing was changed.")
        else:
            self._load(options["story"])

    def _load(self, path: Path) -> None:
        try:
            with codes.drawing_from(random.Random(SEED)):
                campaign = run.run(story.read(path), self.stdout)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{campaign}: loaded. Constructed for demonstration.")

    def _logins(self) -> None:
        self.stdout.write("Logins for the demonstration (they work on this machine only):")
        for name, role in LOGINS:
            self.stdout.write(f"  {role.replace('_', ' '):<14} {name:<14} {PASSWORD}")
