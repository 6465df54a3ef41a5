"""The environment is read strictly: each wrong value stops with a sentence that names the variable."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from logistics import settings

SECRET = "0123456789abcdef0123456789abcdef0123456789abcdef01"


def production(folder: Path, **changes: str) -> dict[str, str]:
    return {
        "LIGHTPOST_SECRET_KEY": SECRET,
        "LIGHTPOST_HOSTS": "letters.example.org",
        "LIGHTPOST_FILES": str(folder),
        "DATABASE_URL": f"sqlite:///{folder}/site.db",
    } | changes


def manage(*arguments: str, environ: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        check=False,
    )


def refusal(read, **environ: str) -> str:
    with pytest.raises(ImproperlyConfigured) as refused:
        read(environ)
    return str(refused.value)


@pytest.mark.parametrize("name", ["LIGHTPOST_SECRET_KEY", "LIGHTPOST_HOSTS", "LIGHTPOST_FILES", "DATABASE_URL"])
@pytest.mark.parametrize("value", [None, "", "  "])
def test_a_variable_that_is_missing_stops_the_program_by_name(name, value, tmp_path):
    environ = production(tmp_path)
    del environ[name]
    if value is not None:
        environ[name] = value

    answer = manage("check", environ=environ)

    assert answer.returncode == 1
    last_line = answer.stderr.strip().splitlines()[-1]
    assert f"{name} is not set. It must be " in last_line and "for example" in last_line


def test_a_site_in_production_has_nothing_that_django_warns_of(tmp_path):
    answer = manage("check", "--deploy", "--fail-level", "WARNING", environ=production(tmp_path))

    assert (answer.returncode, answer.stdout, answer.stderr) == (
        0,
        "System check identified no issues (0 silenced).\n",
        "",
    )


@pytest.mark.parametrize("key", [SECRET[:-1], "abcd" * 20])
def test_a_secret_key_that_can_be_guessed_is_refused_and_not_repeated(key):
    sentence = refusal(settings.secret_key, LIGHTPOST_SECRET_KEY=key)

    assert sentence.startswith("LIGHTPOST_SECRET_KEY is too easy: it must be at least 50 characters")
    assert key not in sentence


def test_a_secret_key_is_taken_as_it_is():
    assert settings.secret_key({"LIGHTPOST_SECRET_KEY": SECRET}) == SECRET


@pytest.mark.parametrize("value", ["https://letters.example.org", "letters.example.org:8000", "a,,b", "a b", "*", "a/b"])
def test_host_names_with_anything_else_in_them_are_refused(value):
    assert refusal(settings.hosts, LIGHTPOST_HOSTS=value).startswith("LIGHTPOST_HOSTS must be host names")


def test_host_names_are_separated_by_commas():
    assert settings.hosts({"LIGHTPOST_HOSTS": "a.example.org, .b.example.org,[::1]"}) == [
        "a.example.org",
        ".b.example.org",
        "[::1]",
    ]


@pytest.mark.parametrize("value", ["files", "/nowhere/at/all"])
def test_the_folder_for_files_must_be_absolute_and_exist(value):
    assert refusal(settings.files, LIGHTPOST_FILES=value).startswith("LIGHTPOST_FILES must be an existing folder")


@pytest.mark.parametrize("value", ["english", "xx", "en_GB", "klingon"])
def test_a_language_that_no_page_can_be_shown_in_is_refused(value):
    sentence = refusal(settings.language, LIGHTPOST_LANGUAGE=value)

    assert sentence.startswith("LIGHTPOST_LANGUAGE must be the tag of a language that pages can be shown in;")
    assert value.lower() in sentence and "Example: LIGHTPOST_LANGUAGE=ar" in sentence


@pytest.mark.parametrize("value", ["Oslo", "Europe/Atlantis", "+01:00", "../../etc/passwd"])
def test_a_time_zone_that_there_is_not_is_refused(value):
    sentence = refusal(settings.time_zone, LIGHTPOST_TIME_ZONE=value)

    assert sentence.startswith("LIGHTPOST_TIME_ZONE must be UTC or a place") and value in sentence
    assert sentence.endswith("Example: LIGHTPOST_TIME_ZONE=Europe/Oslo")


def test_language_and_time_zone_are_english_and_utc_unless_set():
    assert settings.language({"LIGHTPOST_LANGUAGE": " "}) == "en" and settings.time_zone({}) == "UTC"
    assert settings.language({"LIGHTPOST_LANGUAGE": "pt-BR"}) == "pt-br"
    assert settings.time_zone({"LIGHTPOST_TIME_ZONE": "Asia/Tehran"}) == "Asia/Tehran"


@pytest.mark.parametrize(
    ("tag", "begin"), [("en", '<html lang="en">'), ("ar", '<html lang="ar" dir="rtl">'), ("pt-br", '<html lang="pt-br">')]
)
def test_the_pages_are_in_the_language_of_the_site(tag, begin, tmp_path):
    environ = production(tmp_path, LIGHTPOST_LANGUAGE=tag, LIGHTPOST_TIME_ZONE="Asia/Tehran")
    ask = (
        "from django.test import Client; from django.utils import timezone\n"
        "page = Client(headers={'host': 'letters.example.org'}).get('/sign-in/', secure=True).content.decode()\n"
        "print(page.splitlines()[1], timezone.get_current_timezone_name())"
    )

    assert manage("check", "--deploy", "--fail-level", "WARNING", environ=environ).returncode == 0
    assert manage("shell", "-v", "0", "-c", ask, environ=environ).stdout == f"{begin} Asia/Tehran\n"


@pytest.mark.parametrize("value", ["yes", "true", "2", "on"])
def test_a_switch_is_1_or_0(value):
    with pytest.raises(ImproperlyConfigured, match=f"LIGHTPOST_DEMO must be 1 or 0, not '{value}'"):
        settings.switch({"LIGHTPOST_DEMO": value}, "LIGHTPOST_DEMO")


@pytest.mark.parametrize(("value", "on"), [("1", True), (" 1 ", True), ("0", False), ("", False)])
def test_a_switch_that_is_not_set_is_off(value, on):
    assert settings.switch({"LIGHTPOST_DEMO": value}, "LIGHTPOST_DEMO") is on
    assert settings.switch({}, "LIGHTPOST_DEMO") is False


def test_an_sqlite_file_is_named_by_an_absolute_path(tmp_path):
    database = settings.database({"DATABASE_URL": f"sqlite:///{tmp_path}/a%20b%3F.db"})

    assert database["ENGINE"] == "django.db.backends.sqlite3"
    assert database["NAME"] == f"{tmp_path}/a b?.db"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_a_postgresql_database_is_named_with_everything_in_it():
    database = settings.database({"DATABASE_URL": "postgres://us%40er:p%2Fw%3A%40@db.example.org:5433/let%20ters"})

    assert database["ENGINE"] == "django.db.backends.postgresql"
    names = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    assert [database[name] for name in names] == ["let ters", "us@er", "p/w:@", "db.example.org", "5433"]
    assert database["CONN_HEALTH_CHECKS"] is True


def test_a_postgresql_database_may_be_reached_over_a_socket():
    database = settings.database({"DATABASE_URL": "postgres://me@/letters?host=/run/postgresql&sslmode=disable"})

    assert (database["HOST"], database["PORT"], database["USER"]) == ("/run/postgresql", "", "me")
    assert database["OPTIONS"] == {"sslmode": "disable"}


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("sqlite:///site.db", "must be absolute"),
        ("sqlite://site.db", "must be absolute"),
        ("sqlite:site.db", "must be absolute"),
        ("sqlite://host//srv/site.db", "must be absolute"),
        ("sqlite://", "must be absolute"),
        ("sqlite:////nowhere/at/all/site.db", "there is no folder '/nowhere/at/all'"),
        ("sqlite:////", "the file is a folder"),
        ("sqlite:////tmp/site.db?mode=ro", "takes no options"),
        ("sqlite:////tmp/site#1.db", "written as %23"),
        ("mysql://user:hush@host/name", "neither sqlite: nor postgres:"),
        ("/srv/site.db", "neither sqlite: nor postgres:"),
        ("postgres://user:hush@host", "name one database"),
        ("postgres://user:hush@host/", "name one database"),
        ("postgres://user:hush@host/a/b", "name one database"),
        ("postgres://user:hush@host:port/name", "host or port cannot be read"),
        ("postgres://user:hush@[host/name", "host or port cannot be read"),
        ("postgres://user:hush@host/name?sslmod=require", "option 'sslmod' is unknown"),
        ("postgres://user:hu#sh@host/name", "written as %23"),
    ],
)
def test_the_address_of_a_database_that_cannot_be_meant_is_refused(url, why):
    sentence = refusal(settings.database, DATABASE_URL=url)

    assert sentence.startswith("DATABASE_URL cannot be used: ") and why in sentence
    assert "It must look like sqlite:////srv/lightpost/lightpost.db or postgres://" in sentence
    assert "hush" not in sentence and "hu#sh" not in sentence


def test_the_demo_needs_nothing_set_and_keeps_its_secret(tmp_path):
    first = settings.with_demo_values({}, tmp_path / "var")
    second = settings.with_demo_values({"DATABASE_URL": " "}, tmp_path / "var")

    assert first == second
    assert settings.secret_key(first) == first["LIGHTPOST_SECRET_KEY"]
    assert settings.hosts(first) == ["127.0.0.1", "localhost"]
    assert settings.files(first) == tmp_path / "var" / "files"
    assert settings.database(first)["NAME"] == str(tmp_path / "var" / "demo.db")
    assert (tmp_path / "var" / "demo-secret").stat().st_mode & 0o777 == 0o600


def test_two_demos_do_not_share_a_secret(tmp_path):
    assert settings.with_demo_values({}, tmp_path / "a") != settings.with_demo_values({}, tmp_path / "b")


def test_what_is_set_wins_over_the_demo_and_is_checked_all_the_same(tmp_path):
    environ = settings.with_demo_values({"DATABASE_URL": "mysql://x/y", "LIGHTPOST_HOSTS": "demo.test"}, tmp_path)

    assert settings.hosts(environ) == ["demo.test"]
    assert "neither sqlite: nor postgres:" in refusal(settings.database, **environ)


def test_plain_http_is_for_the_demo_alone(tmp_path):
    ask = "from django.conf import settings as s; print(s.SECURE_SSL_REDIRECT, s.SESSION_COOKIE_SECURE, s.DEBUG)"

    assert manage("shell", "-v", "0", "-c", ask, environ=production(tmp_path)).stdout == "True True False\n"
    demo = production(tmp_path, LIGHTPOST_DEMO="1")
    assert manage("shell", "-v", "0", "-c", ask, environ=demo).stdout == "False False False\n"


def test_the_header_of_a_proxy_is_believed_only_when_there_is_one(tmp_path):
    ask = "from django.conf import settings as s; print(s.SECURE_PROXY_SSL_HEADER)"
    behind = production(tmp_path, LIGHTPOST_BEHIND_PROXY="1")

    assert manage("shell", "-v", "0", "-c", ask, environ=production(tmp_path)).stdout == "None\n"
    answer = manage("shell", "-v", "0", "-c", ask, environ=behind).stdout
    assert answer == "('HTTP_X_FORWARDED_PROTO', 'https')\n"


def test_sqlite_keeps_what_it_has_acknowledged(tmp_path):
    ask = (
        "from django.db import connection as c\n"
        "def pragma(name): return c.cursor().execute(f'PRAGMA {name}').fetchone()[0]\n"
        "print(pragma('journal_mode'), pragma('synchronous'), pragma('foreign_keys'), pragma('busy_timeout'))"
    )

    answer = manage("shell", "-v", "0", "-c", ask, environ=production(tmp_path))

    assert answer.stdout == "wal 2 1 20000\n"  # 2 is FULL


@pytest.mark.django_db
def test_the_tests_run_on_the_database_that_was_asked_for():
    scheme = os.environ["DATABASE_URL"].split(":")[0]

    assert {"sqlite": "sqlite", "postgres": "postgresql"}[scheme] == connection.vendor


def test_migrate_makes_an_empty_site_that_can_be_used(tmp_path):
    environ = production(tmp_path)
    ask = (
        "from django.apps import apps\n"
        "from django.contrib.auth import authenticate, get_user_model\n"
        "own = [m for m in apps.get_models() if m._meta.app_label in ('logistics', 'mailbags', 'translations')]\n"
        "print(len(own) > 20, sum(m.objects.count() for m in own))\n"
        "get_user_model().objects.create_user('first', password='a pass phrase of ours')\n"
        "print(authenticate(username='first', password='a pass phrase of ours'))"
    )

    migrated = manage("migrate", environ=environ)
    answer = manage("shell", "-v", "0", "-c", ask, environ=environ)

    assert migrated.returncode == 0, migrated.stderr
    assert (answer.stdout, answer.stderr) == ("True 0\nfirst\n", "")
    assert manage("migrate", "--check", environ=environ).returncode == 0


def test_the_migrations_say_all_that_the_models_say(tmp_path):
    answer = manage("makemigrations", "--check", "--dry-run", environ=production(tmp_path))

    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "No changes detected\n", "")
