"""`manage.py runserver`, which refuses to show the demo to anybody but this machine."""

from typing import Any

from django.contrib.staticfiles.management.commands.runserver import Command as StaticFilesRunserver

from logistics.loopback import refuse_demo_beyond_loopback


class Command(StaticFilesRunserver):
    def run(self, **options: Any) -> None:
        refuse_demo_beyond_loopback(self.addr)
        super().run(**options)
