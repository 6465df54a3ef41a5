#!/usr/bin/env python
"""The command line of Lightpost: `manage.py help` lists what it can do."""

import os
import sys


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "logistics.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db.utils import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as fault:
        sys.exit(f"{fault} [not_configured]")
    except (OperationalError, ProgrammingError) as fault:
        if "no such table" not in str(fault) and "does not exist" not in str(fault):
            raise
        sys.exit("This database has not been set up. Run `manage.py migrate` first. [not_migrated]")


if __name__ == "__main__":
    main()
