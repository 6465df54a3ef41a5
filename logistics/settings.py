"""The one settings file. What differs between sites is read from the environment.

LIGHTPOST_SECRET_KEY     at least 50 characters that nobody can guess
LIGHTPOST_HOSTS          the names under which the site is reached, separated by commas
DATABASE_URL             sqlite:////absolute/path.db or postgres://user:password@host:port/name
LIGHTPOST_FILES          an existing folder for files, as an absolute path
LIGHTPOST_BEHIND_PROXY   1 if a proxy in front speaks TLS, sets X-Forwarded-Proto itself, and writes the address that a
                         request comes from at the end of X-Forwarded-For
LIGHTPOST_LANGUAGE       the language of the pages, for example ar or pt-br; en where nothing is set
LIGHTPOST_TIME_ZONE      the zone of times for whoever has chosen none, for example Europe/Oslo; UTC where nothing is set
LIGHTPOST_DEMO           1 for the demo: what is not set then gets a value under var/

A value that is missing or malformed stops the program with a sentence (ImproperlyConfigured).
"""

import os
import re
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit
from zoneinfo import available_timezones

from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY_LENGTH = 50  # what `manage.py check --deploy` asks for
SECRET_KEY_VARIETY = 5
DATABASE_FORMS = "sqlite:////srv/lightpost/lightpost.db or postgres://user:password@host:5432/name"
POSTGRES_OPTIONS = {"host", "sslmode", "sslrootcert"}
HOST_NAME = re.compile(r"\.?[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:]+\]", re.IGNORECASE)


def required(environ: Mapping[str, str], name: str, *, form: str, example: str) -> str:
    """The value of a variable, without spaces around it; stops where there is none."""
    value = environ.get(name, "").strip()
    if not value:
        raise ImproperlyConfigured(f"{name} is not set. It must be {form}, for example {example}")
    return value


def switch(environ: Mapping[str, str], name: str) -> bool:
    """A variable that is 1 for yes, and 0, empty or absent for no."""
    value = environ.get(name, "").strip()
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} must be 1 or 0, not {value!r}. Example: {name}=1")
    return value == "1"


def secret_key(environ: Mapping[str, str]) -> str:
    form = f"at least {SECRET_KEY_LENGTH} characters that nobody can guess"
    example = "what `openssl rand -hex 32` prints"
    key = required(environ, "LIGHTPOST_SECRET_KEY", form=form, example=example)
    if len(key) < SECRET_KEY_LENGTH or len(set(key)) < SECRET_KEY_VARIETY:
        raise ImproperlyConfigured(f"LIGHTPOST_SECRET_KEY is too easy: it must be {form}, for example {example}")
    return key


def hosts(environ: Mapping[str, str]) -> list[str]:
    form = "host names separated by commas, without https:// and without a port"
    example = "LIGHTPOST_HOSTS=letters.example.org,www.letters.example.org"
    names = [name.strip() for name in required(environ, "LIGHTPOST_HOSTS", form=form, example=example).split(",")]
    for name in names:
        if not HOST_NAME.fullmatch(name):
            raise ImproperlyConfigured(f"LIGHTPOST_HOSTS must be {form}; {name!r} is not one. Example: {example}")
    return names


def files(environ: Mapping[str, str]) -> Path:
    form = "an existing folder, written as an absolute path"
    example = "LIGHTPOST_FILES=/srv/lightpost/files"
    folder = Path(required(environ, "LIGHTPOST_FILES", form=form, example=example))
    if not folder.is_absolute() or not folder.is_dir():
        raise ImproperlyConfigured(f"LIGHTPOST_FILES must be {form}; {str(folder)!r} is not. Example: {example}")
    return folder


def language(environ: Mapping[str, str]) -> str:
    """The language of every page; Arabic, Persian, Hebrew and Urdu are written from right to left."""
    tag = environ.get("LIGHTPOST_LANGUAGE", "").strip().lower() or "en"
    if tag not in dict(LANGUAGES):
        raise ImproperlyConfigured(
            f"LIGHTPOST_LANGUAGE must be the tag of a language that pages can be shown in; {tag!r} is not. "
            f"Example: LIGHTPOST_LANGUAGE=ar. All of them: {', '.join(tag for tag, _ in LANGUAGES)}"
        )
    return tag


def time_zone(environ: Mapping[str, str]) -> str:
    """The zone in which times are shown to whoever has chosen none."""
    name = environ.get("LIGHTPOST_TIME_ZONE", "").strip() or "UTC"
    if name not in {"UTC", *available_timezones()}:
        raise ImproperlyConfigured(
            f"LIGHTPOST_TIME_ZONE must be UTC or a place of the IANA time zone database; {name!r} is not one. "
            "Example: LIGHTPOST_TIME_ZONE=Europe/Oslo"
        )
    return name


def database(environ: Mapping[str, str]) -> dict[str, Any]:
    """Django's description of the database that DATABASE_URL names. Errors never repeat the password."""
    url = required(environ, "DATABASE_URL", form="the address of a database", example=DATABASE_FORMS)
    if "#" in url:
        raise malformed("a # in it must be written as %23")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise malformed("its host or port cannot be read") from None
    if parts.scheme == "sqlite":
        return sqlite(parts)
    if parts.scheme in {"postgres", "postgresql"}:
        return postgresql(parts, port)
    raise malformed("it begins with neither sqlite: nor postgres:")


def malformed(why: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"DATABASE_URL cannot be used: {why}. It must look like {DATABASE_FORMS}")


def sqlite(parts: SplitResult) -> dict[str, Any]:
    path = Path(unquote(parts.path[1:]))
    if parts.netloc or not path.is_absolute():
        raise malformed("the path of an SQLite file must be absolute, with four slashes before it")
    if parts.query:
        raise malformed("SQLite takes no options; a ? in the path must be written as %3F")
    if path.is_dir() or not path.parent.is_dir():
        raise malformed(f"there is no folder {str(path.parent)!r} to keep the file in, or the file is a folder")
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,  # seconds that a writer waits for the one before
            # NORMAL loses acknowledged transactions when the power goes.
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL",
        },
    }


def postgresql(parts: SplitResult, port: int | None) -> dict[str, Any]:
    options = dict(parse_qsl(parts.query, keep_blank_values=True))
    if unknown := sorted(options.keys() - POSTGRES_OPTIONS):
        raise malformed(f"the option {unknown[0]!r} is unknown (known: {', '.join(sorted(POSTGRES_OPTIONS))})")
    name = unquote(parts.path[1:])
    if not name or "/" in name:
        raise malformed("after the host it must name one database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", unquote(parts.hostname or "")),
        "PORT": str(port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def with_demo_values(environ: Mapping[str, str], folder: Path) -> dict[str, str]:
    """The environment, completed for the demo with values that live in the folder."""
    (folder / "files").mkdir(parents=True, exist_ok=True)
    secret = folder / "demo-secret"
    if not secret.exists():
        secret.touch(mode=0o600)
        secret.write_text(secrets.token_hex(32))
    values = {
        "LIGHTPOST_SECRET_KEY": secret.read_text(),
        "LIGHTPOST_HOSTS": "127.0.0.1,localhost",
        "LIGHTPOST_FILES": str(folder / "files"),
        "DATABASE_URL": f"sqlite:///{quote(str(folder / 'demo.db'))}",
    }
    return values | {name: value for name, value in environ.items() if value.strip()}


DEMO = switch(os.environ, "LIGHTPOST_DEMO")
ENVIRONMENT = with_demo_values(os.environ, BASE_DIR / "var") if DEMO else os.environ
BEHIND_PROXY = switch(ENVIRONMENT, "LIGHTPOST_BEHIND_PROXY")

SECRET_KEY = secret_key(ENVIRONMENT)
ALLOWED_HOSTS = hosts(ENVIRONMENT)
DATABASES = {"default": database(ENVIRONMENT)}
MEDIA_ROOT = files(ENVIRONMENT)
DEBUG = False

INSTALLED_APPS = [
    "logistics",  # before staticfiles, so that its runserver is the one that runs
    "mailbags",
    "translations",
    "import_export",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
]
MIDDLEWARE = [
    "logistics.middleware.Headers",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "logistics.middleware.Size",
    "django.middleware.csrf.CsrfViewMiddleware",
    "logistics.middleware.Whence",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "logistics.middleware.ReaderZone",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "logistics.views.sections.sections",
            ],
        },
    },
]
ROOT_URLCONF = "logistics.urls"
WSGI_APPLICATION = "logistics.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "logistics.User"
AUTHENTICATION_BACKENDS = ["logistics.authentication.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

# What takes longer than a page may waits in the database for `manage.py db_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

LANGUAGE_CODE = language(ENVIRONMENT)
USE_I18N = True
USE_TZ = True
TIME_ZONE = time_zone(ENVIRONMENT)
LOCALE_PATHS = [BASE_DIR / "locale"]

# Errors go to the standard error of the server, without values. Nothing is mailed: Django would send the request along.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"without-values": {"()": "logistics.logs.WithoutValues", "format": "%(levelname)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "without-values"}},
    "loggers": {"django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False}},
}

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = True  # served where they lie: no step that could be forgotten

# The demo speaks plain HTTP on loopback; every other site speaks TLS and nothing else.
SECURE_SSL_REDIRECT = not DEMO
SECURE_HSTS_SECONDS = 0 if DEMO else 365 * 24 * 60 * 60
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEMO
SECURE_HSTS_PRELOAD = not DEMO
SECURE_REFERRER_POLICY = "no-referrer"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_AGE = None  # gone with the browser too: no cookie tells next year that somebody was here
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # what was done does not lie in a cookie
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "sign-in"
USE_THOUSAND_SEPARATOR = True
NUMBER_GROUPING = 3  # where Django's formats of a language do not say
SESSION_COOKIE_SECURE = not DEMO
CSRF_COOKIE_SECURE = not DEMO
X_FRAME_OPTIONS = "DENY"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
