"""Every address × every role and nobody × own, foreign and missing × every method: what one may not see is not there.

The addresses are read from the URLconf, so a new one is tested at once. One without a declared policy fails, and so does
one with a parameter for which `whole.Whole` has no real thing.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from logistics import codes, permissions
from logistics.middleware import POLICY
from logistics.views.handles import handle
from tests.logistics.pages.whole import OF_ROLE, Whole

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]

ROLES = [role for role, _ in permissions.ROLES if role != permissions.OPERATOR]
METHODS = ("get", "head", "post", "put", "patch", "delete", "options")
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")

SEES_FOREIGN = {
    permissions.COORDINATOR: {"campaigns", "cases", "hubs", "people", "returns", "collections"},
    permissions.AUDITOR: {"acts", "bundles", "cases", "campaigns", "discrepancies"},
    permissions.MAILROOM: {"campaigns", "cases", "collections"},
    permissions.CASE_TEAM: {"case-add"},
}
"""Nouns and pages: of what somebody sees all, for their work is not case by case or hub by hub (section 5 of the design).
A case team may begin a case in any campaign."""

NEEDS = {
    "return-dates": lambda world: {"file": "0"},
    "role-end": lambda world: {"role": permissions.CASE_WORKER},
    "case-unassign": lambda world: {"campaign": world.campaign.slug, "case": world.case.code},
}
"""What a form must send so that its own page is not told that there is no such thing in it."""

GONE_IS_DONE = {"words-erase"}
"""What is erased is gone, and so is what never was: a second sending is no mistake."""


@dataclass(frozen=True)
class Address:
    """One pattern of the URLconf."""

    route: str
    name: str
    view: Any

    @property
    def parameters(self) -> list[tuple[str, str]]:
        """The noun before each parameter, and its name."""
        found, noun = [], ""
        for part in self.route.strip("/").split("/"):
            if match := PARAMETER.fullmatch(part):
                found.append((noun, match[1]))
            else:
                noun = part
        return found

    def filled(self, values: list[str]) -> str:
        rest = iter(values)
        return "/" + PARAMETER.sub(lambda _match: next(rest), self.route)

    def __str__(self) -> str:
        return "/" + self.route


def addresses(patterns: Any = None, prefix: str = "") -> list[Address]:
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            found += addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            found.append(Address(route, pattern.name or "", pattern.callback))
    return found


ON_EVERY_ANSWER = {
    "Cache-Control": "no-store", "Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
}  # fmt: skip
"""Pages, redirects, refusals, PDFs: whatever is answered."""


class Plain(Client):
    """Sends and reads, and does not write down which templates were used: there are many thousand requests."""

    def request(self, **request: Any) -> Any:
        answer = self.handler(self._base_environ(**request))
        assert {name: answer.get(name) for name in ON_EVERY_ANSWER} == ON_EVERY_ANSWER, request["PATH_INFO"]
        return answer

    @classmethod
    def of(cls, world: Whole, role: str) -> "Plain":
        plain = cls()
        plain.cookies = world.clients[role].cookies
        return plain


ALL = addresses()
GUARDED = [address for address in ALL if getattr(address.view, "policy", None) != "anybody"]
every_address = pytest.mark.parametrize("address", GUARDED, ids=str)


@pytest.fixture(scope="module")
def worlds(django_db_setup, django_db_blocker) -> Iterator[tuple[Whole, Whole]]:
    """Two worlds in one database that know nothing of each other: the one whose people ask, and a foreign one."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield Whole(), Whole()
        transaction.set_rollback(True)


@pytest.mark.parametrize("address", ALL, ids=str)
def test_every_address_declares_its_policy(address):
    policy = getattr(address.view, "policy", None)

    assert policy == "anybody" or (isinstance(policy, frozenset) and policy <= set(ROLES))


@every_address
def test_nobody_is_asked_to_sign_in_and_told_nothing(address, worlds):
    with nothing_changes():
        for target in {own(address, worlds, ""), foreign(address, worlds, ""), missing(address)}:
            for method in METHODS:
                response = getattr(Plain(), method)(target)
                assert response.status_code == 302 and response["Location"] == f"/sign-in/?next={target}", method
                assert response.content == b""


@every_address
def test_without_the_role_it_is_as_if_there_were_no_such_address(address, worlds):
    with nothing_changes():
        for role in OF_ROLE:
            if not address.view.policy or role in address.view.policy:
                continue
            client = Plain.of(worlds[0], role)
            never = body(client.get("/no-such-address/"))
            for target in {own(address, worlds, role), foreign(address, worlds, role), missing(address)}:
                for method in METHODS:
                    response = getattr(client, method)(target)
                    assert response.status_code == 404, (role, method, target)
                    assert method == "head" or body(response) == never, (role, method, target)


@every_address
def test_what_is_foreign_is_answered_like_what_is_missing(address, worlds):
    if not address.parameters:
        return
    targets = {role: {*strange(address, worlds, role), missing(address)} for role in address.view.policy or OF_ROLE}
    with nothing_changes():
        for role in targets:
            client = Plain.of(worlds[0], role)
            never = body(client.get("/no-such-address/"))
            for target in targets[role]:
                for method in METHODS:
                    response = getattr(client, method)(target)
                    if response.status_code == 405:
                        assert response.content == b"" and not is_allowed(address, method), (role, method, target)
                    elif address.name in GONE_IS_DONE and response.status_code == 302:
                        assert body(response) == b""
                        client.get(response["Location"])  # which says so, once
                    else:
                        assert response.status_code == 404, (role, method, target)
                        assert method == "head" or body(response) == never, (role, method, target)


@every_address
def test_what_is_ones_own_opens_for_the_right_role_and_no_other_method_is_known(address, worlds):
    """The positive control: without it everything could be missing and the tests above would pass."""
    for role in address.view.policy or OF_ROLE:
        client = worlds[0].clients[role]
        needed = NEEDS.get(address.name, lambda world: {})(worlds[0])
        for method in METHODS:
            sid = transaction.savepoint()
            response = getattr(client, method)(own(address, worlds, role), needed)
            transaction.savepoint_rollback(sid)
            if is_allowed(address, method):
                assert response.status_code in ((200, 302) if method == "post" else (200,)), (role, method, response)
            else:
                assert response.status_code == 405, (role, method)


def is_allowed(address: Address, method: str) -> bool:
    return method.upper() in address.view.methods


def own(address: Address, worlds: tuple[Whole, Whole], role: str) -> str:
    return address.filled([worlds[0].value(noun, name, address.name, role) for noun, name in address.parameters])


def foreign(address: Address, worlds: tuple[Whole, Whole], role: str) -> str:
    return address.filled([worlds[1].value(noun, name, address.name, role) for noun, name in address.parameters])


def strange(address: Address, worlds: tuple[Whole, Whole], role: str) -> set[str]:
    """The addresses in which something is foreign that this role may not see: all of it, or one of two."""
    mine = [worlds[0].value(noun, name, address.name, role) for noun, name in address.parameters]
    theirs = [worlds[1].value(noun, name, address.name, role) for noun, name in address.parameters]
    found: set[str] = set()
    for at, (noun, _name) in enumerate(address.parameters):
        if not SEES_FOREIGN.get(role, set()) & {noun, address.name}:
            found |= {address.filled(theirs), address.filled([*mine[:at], theirs[at], *mine[at + 1 :]])}
    return found - {address.filled(mine)}


def missing(address: Address) -> str:
    return address.filled([nothing(noun, name) for noun, name in address.parameters])


def nothing(noun: str, name: str) -> str:
    """What nothing has, written as if something had it."""
    letters = {"batches": "A", "bundles": "B", "mailbags": "M", "shipments": "S", "deliveries": "D", "confirmations": "C"}
    if name in ("key", "token"):
        return str(uuid4())
    if noun in letters:
        return codes.new(letters[noun])
    return {
        "returns": handle("return", 2**40), "collections": handle("collection", 2**40), "rules": "999",
        "discrepancies": handle("discrepancy", 2**40), "summaries": codes.new("B") if name == "code" else "xx",
        "labels": codes.new("B"), "people": codes.new_person(),
    }.get(noun, "nowhere")  # fmt: skip


@contextmanager
def nothing_changes() -> Iterator[None]:
    """Nothing is written while this goes on, and afterwards every table is as it was; sessions aside."""
    written = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if re.match(r"\s*(INSERT|UPDATE|DELETE|REPLACE)", sql, re.IGNORECASE) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    before = digest()
    with connection.execute_wrapper(watch):
        yield
    assert not written
    assert digest() == before


def digest() -> str:
    """Of every row of every table."""
    whole = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if table != "django_session":
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                whole.update(repr((table, sorted(map(repr, cursor.fetchall())))).encode())
    return whole.hexdigest()


def body(response: Any) -> bytes:
    """The page without what differs every time (the token of the sign-out form) and without the mark of the section
    that the address itself names."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="\w+"| aria-current="page"', b"", response.content)


def test_what_is_written_is_noticed(worlds):
    """The positive control of `nothing_changes`."""
    with pytest.raises(AssertionError), nothing_changes():
        worlds[0].clients[permissions.COORDINATOR].post(
            "/hub/add/", {"key": uuid4(), "code": "oslo", "name": "Oslo", "time_zone": "UTC", "language": "en"}
        )
    before = digest()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE logistics_hub SET name = name || '!'")
    assert digest() != before
