"""Signing in, and what one chooses for oneself."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils.timezone import get_current_timezone_name

from logistics.actions.auditing import note
from logistics.models import AuditRow, User
from tests import factories

pytestmark = pytest.mark.django_db

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
