"""What every test shares: the environment that the settings read, and which tests run on which database."""

import os
import tempfile

import pytest

_FILES = tempfile.TemporaryDirectory(prefix="lightpost-tests-")

for _name in ("LIGHTPOST_DEMO", "LIGHTPOST_BEHIND_PROXY", "LIGHTPOST_BIND"):
    os.environ.pop(_name, None)
os.environ["LIGHTPOST_SECRET_KEY"] = "a-key-for-the-tests-only-and-for-nothing-else-at-all"
os.environ["LIGHTPOST_HOSTS"] = "testserver,localhost"
os.environ["LIGHTPOST_FILES"] = _FILES.name
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_FILES.name}/tests.db")
os.environ["DJANGO_SETTINGS_MODULE"] = "logistics.settings"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--database-tests-only", action="store_true", help="leave out tests that use no database")


def pytest_configure(config: pytest.Config) -> None:
    from django.conf import settings  # late: the environment must stand first

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.SECURE_SSL_REDIRECT = False
    config.addinivalue_line("markers", "postgresql: only PostgreSQL can show this; left out on SQLite")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from django.db import connection  # late: the environment must stand first

    def belongs_here(item: pytest.Item) -> bool:
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            return False
        return uses_database(item) or not config.getoption("--database-tests-only")

    config.hook.pytest_deselected(items=[item for item in items if not belongs_here(item)])
    items[:] = [item for item in items if belongs_here(item)]


def uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None
