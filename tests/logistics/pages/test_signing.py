"""Signing in, and what one chooses for oneself."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import get_current_timezone_name

from logistics.actions.auditing import note
from logistics.actions.people import add_person, renew_password
from logistics.models import AuditRow, User
from tests import factories

pytestmark = pytest.mark.django_db
GIVEN, OWN = "bn4k-29dj-w8we-qqz1", "a lamp by the harbour"


def auditor(time_zone: str = "") -> Client:
    user = factories.make_user("auditor")
    User.objects.filter(pk=user.pk).update(time_zone=time_zone)
    client = Client()
    client.force_login(user)
    return client


def something_now() -> datetime:
    note(factories.make_user(), "something")
    return AuditRow.objects.get().at


@pytest.mark.parametrize(
    ("chosen", "minutes", "off"),
    [
        ("", 0, "UTC"),
        ("Asia/Kathmandu", 345, "UTC+05:45"),
        ("America/Phoenix", -420, "UTC-07:00"),
        ("Pacific/Kiritimati", 840, "UTC+14:00"),
        ("Nowhere/Known_here", 0, "UTC"),
    ],
)
def test_times_are_in_the_readers_zone_with_what_it_is_off_utc(chosen, minutes, off):
    shown = f"{something_now() + timedelta(minutes=minutes):%Y-%m-%d %H:%M} {off}"
    client = auditor(chosen)

    assert f">{shown}<" in client.get("/audit/").content.decode()
    assert client.get("/audit/?as=csv").content.decode("utf-8-sig").splitlines()[-1].startswith(f"{shown},")


def test_whoever_has_chosen_no_zone_reads_in_the_sites(settings):
    settings.TIME_ZONE = "Africa/Nairobi"
    shown = f"{something_now() + timedelta(hours=3):%Y-%m-%d %H:%M} UTC+03:00"

    assert f">{shown}<" in auditor().get("/audit/").content.decode()


def test_one_readers_zone_does_not_become_the_next_ones():
    auditor("Asia/Kathmandu").get("/audit/")

    assert get_current_timezone_name() == "UTC"


def test_a_zone_is_chosen_from_a_list_and_taken_back():
    client = auditor()

    answer = client.post("/you/time-zone/", {"time_zone": "Asia/Kathmandu"}, follow=True)

    assert answer.redirect_chain == [("/you/", 302)]
    text = answer.content.decode()
    assert "From now on times are shown to you in the zone that you chose." in text
    assert "UTC+05:45 now." in text
    assert '<option value="Asia/Kathmandu" selected>Kathmandu</option>' in text
    client.post("/you/time-zone/", {"time_zone": "site"})
    assert User.objects.get(pk=client.session["_auth_user_id"]).time_zone == ""


def test_a_zone_that_there_is_not_is_refused_and_nothing_changes():
    client = auditor("Europe/Oslo")

    answer = client.post("/you/time-zone/", {"time_zone": "Europe/Atlantis"})

    assert answer.status_code == 200 and "That cannot be chosen here, or no more." in answer.content.decode()
    assert User.objects.get(pk=client.session["_auth_user_id"]).time_zone == "Europe/Oslo"


def handed_on() -> tuple[Client, User]:
    """Somebody who was invited and signs in with the password that they were given."""
    invited = add_person("anna", role="auditor", by=factories.make_user("coordinator"), password=GIVEN, is_handed_on=True)
    client = Client()
    assert client.post("/sign-in/", {"username": "anna", "password": GIVEN})["Location"] == "/"
    return client, invited


def test_a_password_from_somebody_else_is_changed_before_anything_else_is_opened():
    client, invited = handed_on()
    for address in ("/", "/ledger/", "/search/?q=x", "/people/", "/progress/00000000-0000-0000-0000-000000000000/"):
        assert client.get(address)["Location"] == "/you/", address
    assert client.post("/you/time-zone/", {"time_zone": "UTC"})["Location"] == "/you/"
    assert "First choose a password of your own" in client.get("/you/").content.decode()
    told = {"old_password": GIVEN, "new_password1": GIVEN, "new_password2": GIVEN}
    assert "the password that you were given" in client.post("/you/", told).content.decode()
    assert client.get("/")["Location"] == "/you/"
    own = told | {"new_password1": OWN, "new_password2": OWN}
    assert client.post("/you/", own)["Location"] == "/"
    assert client.get("/ledger/").status_code == 200
    assert not User.objects.get(pk=invited.pk).has_first_password
    assert "First choose" not in client.get("/you/").content.decode()


def test_whoever_has_a_first_password_can_sign_out():
    client, _ = handed_on()
    assert client.post("/sign-out/").status_code == 302
    assert client.get("/you/")["Location"].startswith("/sign-in/")


def test_a_password_that_a_coordinator_renews_is_a_first_one_again():
    client, invited = handed_on()
    client.post("/you/", {"old_password": GIVEN, "new_password1": OWN, "new_password2": OWN})
    renew_password(invited, password=GIVEN, by=factories.make_user("coordinator"))
    client.post("/sign-in/", {"username": "anna", "password": GIVEN})
    assert client.get("/")["Location"] == "/you/"
