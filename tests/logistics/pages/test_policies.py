"""Every address × every role × every method: what one may not open is not there, and nothing changes.

The addresses are read from the URLconf, so a new one is tested at once; one without a declared policy fails.
"""

import re

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from logistics import permissions
from tests import factories
from tests.world import World, everything

pytestmark = pytest.mark.django_db

ROLES = [role for role, _ in permissions.ROLES if role != permissions.OPERATOR]
MISSING = {"uuid": "0b9c3f5e-7d1a-4c7e-9a53-2f6f0d1e8c44", "int": "999999", "slug": "nowhere", "str": "B0000000000000", "path": "nowhere"}
"""A value for every sort of parameter that no thing has."""


def addresses(patterns=None, prefix: str = "") -> list[tuple[str, object]]:
    """Every address with parameters that lead to nothing, and its view."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found.append(("/" + re.sub(r"<(?:(\w+):)?\w+>", lambda part: MISSING[part[1] or "str"], route), pattern.callback))
    return found


ALL = addresses()
GUARDED = [(address, view) for address, view in ALL if getattr(view, "policy", None) != "anybody"]
every_address = pytest.mark.parametrize(("address", "view"), GUARDED, ids=[address for address, _ in GUARDED])


@pytest.fixture
def people(db) -> dict:
    world = World()
    return {
        permissions.MAILROOM: world.volunteer,
        permissions.TRANSLATOR: world.translator,
        permissions.CASE_WORKER: world.worker,
        permissions.CASE_TEAM: world.team,
        permissions.COORDINATOR: world.coordinator,
        permissions.AUDITOR: world.auditor,
        "": factories.make_user(),
    }


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize(("address", "view"), ALL, ids=[address for address, _ in ALL])
def test_every_address_declares_its_policy(address, view):
    policy = getattr(view, "policy", None)
    assert policy == "anybody" or (isinstance(policy, frozenset) and policy <= set(ROLES)), address


@every_address
def test_whoever_is_not_signed_in_is_asked_to_and_told_nothing(address, view):
    for method in ("get", "post"):
        response = getattr(Client(), method)(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/sign-in/?next=")


@every_address
def test_without_the_role_it_is_as_if_there_were_no_such_address(address, view, people):
    before = everything()
    for role, user in people.items():
        if not view.policy or role in view.policy:
            continue
        client = client_of(user)
        never = client.get("/no-such-address/")
        for method in ("get", "head", "post", "put", "patch", "delete", "options"):
            response = getattr(client, method)(address)
            expected = 404 if method in ("get", "head", "post") else (404, 405)
            assert response.status_code == expected or response.status_code in (404, 405), (role, method)
            if method == "get":
                assert response.status_code == 404, role
                assert body(response) == body(never)
    assert everything() == before


@every_address
def test_a_thing_that_is_not_there_is_a_page_that_never_was(address, view, people):
    if not any(value in address for value in MISSING.values()):
        return
    before = everything()
    for role in view.policy or people:
        client = client_of(people[role])
        for method in ("get", "post"):
            response = getattr(client, method)(address)
            assert response.status_code in (404, 405), (role, method)
        if client.get(address).status_code == 404:
            assert body(client.get(address)) == body(client.get("/no-such-address/"))
    assert everything() == before


def body(response) -> bytes:
    """The page without what differs every time (the token of the sign-out form) and without the mark of the section
    that the address itself names."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"| aria-current="page"', b"", response.content)


@every_address
def test_the_right_role_is_let_in(address, view, people):
    """The positive control: where nothing is missing the page opens."""
    if any(value in address for value in MISSING.values()):
        return
    for role in view.policy or people:
        response = client_of(people[role]).get(address)
        assert response.status_code in (200, 302, 405), role
