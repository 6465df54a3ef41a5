"""An empty site is usable: its first coordinator is added on the machine, and signs in."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from logistics.models import User

pytestmark = pytest.mark.django_db


def test_the_first_coordinator_is_added_and_signs_in():
    said = StringIO()
    call_command("add_person", "maria", stdout=said, stderr=StringIO())
    password = said.getvalue().split(": ")[-1].strip()
    assert User.objects.get(username="maria").roles == {"coordinator"}
    client = Client()
    assert client.post("/sign-in/", {"username": "maria", "password": password})["Location"] == "/"
    assert client.get("/").status_code == 200


def test_a_name_that_is_taken_and_a_hub_that_is_not_there_are_refused():
    call_command("add_person", "maria", stdout=StringIO(), stderr=StringIO())
    with pytest.raises(CommandError, match="name_taken"):
        call_command("add_person", "maria", stderr=StringIO())
    with pytest.raises(CommandError, match="unknown_hub"):
        call_command("add_person", "nora", "--role", "mailroom", "--hub", "nowhere", stderr=StringIO())
    assert User.objects.filter(username="nora").count() == 0
