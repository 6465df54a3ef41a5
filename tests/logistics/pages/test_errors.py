"""What people read when something cannot be: each says whether anything was changed, and where to go on."""

import logging
import re
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import path

from logistics.logs import WithoutValues
from logistics.middleware import MOST_BYTES, POLICY
from logistics.urls import urlpatterns as ours
from tests import factories

pytestmark = pytest.mark.django_db


def breaks(request):
    raise RuntimeError("Hakan Yaman, B9K4 T2M7 XQ4V")


def forbids(request):
    raise PermissionDenied


urlpatterns = [*ours, path("breaks/", breaks), path("forbids/", forbids)]


def answers() -> dict[int, object]:
    client = Client(raise_request_exception=False)
    return {
        400: client.get("/", headers={"host": "elsewhere.example"}),
        403: client.get("/forbids/"),
        404: client.get("/no-such-address/"),
        413: client.post("/sign-in/", b"", content_type="text/plain", headers={"content-length": str(MOST_BYTES + 1)}),
        500: client.get("/breaks/"),
    }


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("status", "sentence"),
    [
        (400, "That could not be read"),
        (403, "That cannot be done from here"),
        (404, "There is nothing here"),
        (413, "That is too much at once"),
        (500, "Something broke on our side"),
    ],
)
def test_each_is_a_page_of_ours_and_tells_nothing(status, sentence):
    answer = answers()[status]
    text = answer.content.decode()

    assert answer.status_code == status
    assert f"<h1>{sentence}</h1>" in text and len(re.findall("<h1>", text)) == 1
    assert "interface/lightpost.css" in text and "Hakan" not in text and "RuntimeError" not in text
    assert answer["Content-Security-Policy"] == POLICY and answer["Cache-Control"] == "no-store"
    assert answer["Referrer-Policy"] == "no-referrer" and answer["X-Content-Type-Options"] == "nosniff"


def test_a_form_without_its_token_is_answered_with_what_to_do():
    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_user("coordinator"))

    answer = client.post("/hub/add/", {"code": "oslo"})

    assert answer.status_code == 403
    text = answer.content.decode()
    assert "<h1>The page was too old to send from</h1>" in text and "Nothing was changed." in text
    assert "CSRF" not in text and answer["Content-Security-Policy"] == POLICY and answer["Cache-Control"] == "no-store"


def test_cookies_are_gone_with_the_browser_and_read_by_no_script():
    user = factories.make_user("coordinator")
    user.set_password("a lamp in the window")
    user.save()
    client = Client()
    client.get("/sign-in/")
    client.post("/sign-in/", {"username": user.username, "password": "a lamp in the window"})
    client.post("/you/time-zone/", {"time_zone": "UTC"})

    assert sorted(client.cookies) == ["csrftoken", "sessionid"]
    for cookie in client.cookies.values():
        assert not cookie["expires"] and not cookie["max-age"]
        assert cookie["httponly"] and cookie["secure"] and cookie["samesite"] == "Lax"


def test_static_files_come_with_the_same_policy():
    answer = Client().get("/static/interface/lightpost.css")

    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == POLICY
    assert answer["Referrer-Policy"] == "no-referrer" and answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.urls(__name__)
def test_the_log_says_where_it_broke_and_repeats_no_value():
    (handler,) = [each for each in logging.getLogger("django.request").handlers if isinstance(each.formatter, WithoutValues)]
    log, before = StringIO(), handler.stream
    handler.setStream(log)
    try:
        Client(raise_request_exception=False).get("/breaks/?q=Hakan+Yaman")
    finally:
        handler.setStream(before)

    told = log.getvalue()
    assert "/breaks/" in told and "test_errors.py" in told and "builtins.RuntimeError" in told
    assert "Hakan" not in told and "B9K4" not in told
