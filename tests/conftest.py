"""What every test shares: the environment that the settings read, and which tests run on which database."""

import os
import tempfile
from collections.abc import Iterator

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
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    config.addinivalue_line("markers", "postgresql: only PostgreSQL can show this; left out on SQLite")
    config.addinivalue_line("markers", "sqlite: takes minutes and is the same on both; left out on PostgreSQL")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    from django.db import connection  # late: the environment must stand first

    def belongs_here(item: pytest.Item) -> bool:
        if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
            return False
        if item.get_closest_marker("sqlite") and connection.vendor != "sqlite":
            return False
        return uses_database(item) or not config.getoption("--database-tests-only")

    config.hook.pytest_deselected(items=[item for item in items if not belongs_here(item)])
    items[:] = [item for item in items if belongs_here(item)]


def uses_database(item: pytest.Item) -> bool:
    fixtures = {"db", "transactional_db"} & set(getattr(item, "fixturenames", ()))
    return bool(fixtures) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session", autouse=True)
def append_only_tables_can_be_emptied_between_tests() -> Iterator[None]:
    """The one place where the triggers that forbid DELETE and TRUNCATE step aside: Django's flush of a test database."""
    from django.db import connection  # late: the environment must stand first

    operations = type(connection.ops)  # of the class: while a browser is driven the connection is another object
    flush = operations.execute_sql_flush
    operations.execute_sql_flush = lambda self, statements: flush(self, without_triggers(statements))
    yield
    operations.execute_sql_flush = flush


def without_triggers(statements: list[str]) -> list[str]:
    """The statements, which run in one transaction, with the triggers away before and back after them."""
    from django.db import connection  # late: the environment must stand first

    if connection.vendor == "postgresql":
        return ["SET LOCAL session_replication_role = replica", *statements]
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    return [*(f'DROP TRIGGER "{name}"' for name, _ in triggers), *statements, *(sql for _, sql in triggers)]
