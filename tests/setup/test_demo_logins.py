"""The passwords of the demo are printed in public: they open nothing that others can reach."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings
from django.contrib.auth import authenticate, get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from logistics.authentication import Backend
from logistics.loopback import came_over_loopback, refuse_demo_beyond_loopback

PASSWORD = "a pass phrase of ours"
LOOPBACK = {"REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "127.0.0.1"}


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def make_login(*, is_demo: bool):
    return get_user_model().objects.create_user("somebody", password=PASSWORD, is_demo=is_demo)


def sign_in(rf, **meta: str):
    return authenticate(rf.get("/", **(LOOPBACK | meta)), username="somebody", password=PASSWORD)


@pytest.mark.django_db
def test_a_demo_user_signs_in_from_this_machine(demo, rf):
    assert sign_in(rf) is None

    user = make_login(is_demo=True)

    assert sign_in(rf) == user
    assert sign_in(rf, REMOTE_ADDR="::1", SERVER_NAME="::1") == user


ELSEWHERE = [
    {"REMOTE_ADDR": "192.0.2.7"},
    {"REMOTE_ADDR": ""},
    {"SERVER_NAME": "0.0.0.0"},
    {"SERVER_NAME": "::"},
    {"SERVER_NAME": "192.0.2.1"},
    {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
    {"HTTP_X_FORWARDED_PROTO": "https"},
    {"HTTP_X_REAL_IP": "127.0.0.1"},
    {"HTTP_FORWARDED": "for=127.0.0.1"},
    {"HTTP_VIA": "1.1 proxy"},
]


@pytest.mark.django_db
@pytest.mark.parametrize("meta", ELSEWHERE, ids=str)
def test_a_demo_user_is_a_stranger_from_anywhere_else(demo, rf, meta):
    make_login(is_demo=True)

    assert sign_in(rf, **meta) is None


@pytest.mark.django_db
@pytest.mark.parametrize("meta", ELSEWHERE, ids=str)
def test_an_ordinary_user_signs_in_from_everywhere(rf, meta):
    user = make_login(is_demo=False)

    assert sign_in(rf, **meta) == user


@pytest.mark.django_db
def test_a_demo_user_is_a_stranger_where_there_is_no_demo(rf):
    user = make_login(is_demo=True)

    assert sign_in(rf) is None
    assert Backend().get_user(user.pk) is None


@pytest.mark.django_db
def test_a_demo_user_without_a_request_is_refused(demo):
    make_login(is_demo=True)

    assert authenticate(None, username="somebody", password=PASSWORD) is None


@pytest.mark.django_db
def test_a_session_of_the_demo_ends_where_the_demo_ends(client, settings):
    settings.DEMO = True
    user = make_login(is_demo=True)
    client.force_login(user)
    assert Backend().get_user(user.pk) == user

    settings.DEMO = False

    assert Backend().get_user(user.pk) is None


@pytest.mark.django_db
def test_a_wrong_password_is_wrong_in_the_demo_too(demo, rf):
    make_login(is_demo=True)

    assert authenticate(rf.get("/", **LOOPBACK), username="somebody", password="something else") is None


@pytest.mark.parametrize("server", ["127.0.0.1", "::1", "localhost", "testserver"])
def test_a_request_from_this_machine_is_known(server):
    assert came_over_loopback({"REMOTE_ADDR": "127.0.0.2", "SERVER_NAME": server, "HTTP_HOST": "localhost"})


@pytest.mark.parametrize("bind", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "[::1]:8000", "::1"])
def test_the_demo_may_listen_on_loopback(demo, bind):
    refuse_demo_beyond_loopback(bind)


BEYOND = ["0.0.0.0", "0.0.0.0:8000", "[::]:8000", "::", "192.0.2.1:80", "letters.example.org:8000", ":8000", "", "0"]


@pytest.mark.parametrize("bind", BEYOND)
def test_the_demo_may_not_listen_anywhere_else(demo, bind):
    with pytest.raises(ImproperlyConfigured, match="The demo may only listen on 127.0.0.1"):
        refuse_demo_beyond_loopback(bind)


@pytest.mark.parametrize("bind", BEYOND)
def test_a_site_of_ones_own_may_listen_everywhere(bind):
    refuse_demo_beyond_loopback(bind)


def test_runserver_refuses_to_show_the_demo_to_others(demo):
    with pytest.raises(ImproperlyConfigured, match="The demo may only listen on 127.0.0.1"):
        call_command("runserver", "0.0.0.0:0", use_reloader=False)


def load_wsgi(bind: str, demo: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", "import logistics.wsgi; print('loaded')"],
        cwd=django_settings.BASE_DIR,
        env={**os.environ, "LIGHTPOST_BIND": bind, "LIGHTPOST_DEMO": demo},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_server_told_to_listen_elsewhere_does_not_load_the_demo():
    refused = load_wsgi("0.0.0.0:8000", demo="1")

    assert refused.returncode == 1 and "The demo may only listen on 127.0.0.1" in refused.stderr
    assert load_wsgi("127.0.0.1:8000", demo="1").stdout == "loaded\n"
    assert load_wsgi("0.0.0.0:8000", demo="0").stdout == "loaded\n"
