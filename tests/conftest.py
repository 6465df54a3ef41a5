"""What every test shares: the environment that the settings read, given test values here."""

import os
import tempfile

_FILES = tempfile.TemporaryDirectory(prefix="lightpost-tests-")

os.environ.pop("LIGHTPOST_DEMO", None)
os.environ.setdefault("LIGHTPOST_SECRET_KEY", "a-key-for-the-tests-only-and-for-nothing-else-at-all")
os.environ.setdefault("LIGHTPOST_HOSTS", "testserver,localhost")
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_FILES.name}/tests.db")
os.environ["LIGHTPOST_FILES"] = _FILES.name
os.environ["DJANGO_SETTINGS_MODULE"] = "logistics.settings"


def pytest_configure(config):
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
