"""`manage.py chain_head`: the head over all bundles and acts as one line, to be kept elsewhere."""

from typing import Any

from django.core.management.base import BaseCommand

from logistics.reports.head import head
from logistics.reports.moment import nobody_telling


class Command(BaseCommand):
    help = "Print the head over all bundles and acts; check_journey --against finds what was removed or changed since."

    def handle(self, **options: Any) -> None:
        with nobody_telling():
            line = str(head())
        self.stdout.write(line)
