"""A foreign case whose every word and code is a canary: whoever may not see it comes across none of them, anywhere.

Everything that can be come to is read, from every page that one has: lists with every filter and order, exports, the
options of every choice, what forms answer to foreign codes; and what was there before the foreign case came is as it was.
"""

import re
from collections.abc import Iterator
from datetime import date

import pytest
from django.apps import apps
from django.db import models, transaction

from logistics import codes, permissions
from logistics.models import Collection, PublishedFigure
from tests.logistics.pages.crawling import Crawl, text_of
from tests.logistics.pages.test_policies import GUARDED, own
from tests.logistics.pages.whole import OF_ROLE, Whole

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.xdist_group("canary")]

NO_WORDS = {
    "Act", "Entry", "AuditRow", "Misses", "Work", "Holding", "country", "language", "time_zone", "currency", "password",
    "email", "first_name", "last_name", "digest", "told", "device", "from_border", "to_border", "head_digest", "sha256",
    "content_hash", "journey_head",
}  # fmt: skip
"""Models and fields without words of anybody: what cannot be changed, what is of a standard, and hashes."""

MAY_SEE = {
    permissions.MAILROOM: {"Campaign", "Case", "CaseName", "Collection", "Rule", "Situation", "Hub"},
    permissions.COORDINATOR: {
        "Campaign", "PublishedFigure", "Case", "CaseName", "Collection", "Return", "Hub", "User",
    },
    permissions.AUDITOR: {
        "Campaign", "PublishedFigure", "Case", "CaseName", "Label", "Shipment", "Delivery", "Hub", "User",
        "Confirmation",
    },
    permissions.CASE_TEAM: {"Campaign", "Hub"},
}  # fmt: skip
"""Of what somebody sees all (section 5 of the design): a mailroom the cases and their rules, and where it can send to; a
coordinator figures and people; an auditor the ledger and its codes; neither the rules of a case; a case team
where it can send to, and where to begin a case. Nobody else sees anything of a case that is not theirs."""

UNTOUCHED = [permissions.TRANSLATOR, permissions.CASE_WORKER, ""]


def words_of(foreign_only: dict[type[models.Model], set[int]]) -> dict[str, str]:
    """Every text of these rows becomes a canary, and every code is one: which model each is of."""
    canaries: dict[str, str] = {}
    for model, keys in foreign_only.items():
        for field in model._meta.fields if model.__name__ not in NO_WORDS else ():
            if not isinstance(field, models.CharField | models.TextField) or field.choices or field.name in NO_WORDS:
                continue
            for row in model._base_manager.filter(pk__in=keys):
                value = getattr(row, field.name)
                if not codes.is_valid(value or "") and field.name != "code" or model.__name__ in ("Case", "Hub"):
                    value = f"canary{len(canaries):04}"
                    model._base_manager.filter(pk=row.pk).update(**{field.name: value})
                canaries[value] = model.__name__
    return canaries


def rows() -> dict[type[models.Model], set[int]]:
    ours = [model for model in apps.get_models() if model._meta.app_label in ("logistics", "mailbags", "translations")]
    return {model: set(model._base_manager.values_list("pk", flat=True)) for model in ours}


class Two:
    """What each role comes to before and after the foreign world has come to be, and its canaries."""

    def __init__(self) -> None:
        self.ours = Whole()
        before = rows()
        self.before = {role: self.crawled(role).texts for role in UNTOUCHED}
        self.foreign = Whole()
        PublishedFigure.objects.create(campaign=self.foreign.campaign, case=self.foreign.case, count=7, what="letters")
        Collection.objects.filter(campaign=self.foreign.campaign).update(organiser_expires=date(2999, 1, 1))
        new = {model: keys - before[model] for model, keys in rows().items()}
        self.canaries = words_of(new)
        self.after = {role: self.crawled(role) for role in OF_ROLE}

    def crawled(self, role: str) -> Crawl:
        starts = [
            own(address, (self.ours, self.ours), role)
            for address in GUARDED
            if "GET" in address.view.methods and "preview" not in address.route and role in (address.view.policy or OF_ROLE)
        ]
        return Crawl(self.ours.clients[role]).look(*starts)

    def seen(self, role: str, text: str) -> set[str]:
        """The canaries in a text that this role may not see, with what they are of."""
        text = re.sub(r"\b([0-9A-Z]{4}) ([0-9A-Z]{4}) ([0-9A-Z]{4})\b", r"\1\2\3", text)
        words = set(re.findall(r"\bcanary\d{4}\b|\b[0-9A-Z]{12}\b", text))
        allowed = MAY_SEE.get(role, set())
        return {f"{word} of {self.canaries[word]}" for word in words & self.canaries.keys() if self.canaries[word] not in allowed}


@pytest.fixture(scope="module")
def two(django_db_setup, django_db_blocker) -> Iterator[Two]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield Two()
        transaction.set_rollback(True)


every_role = pytest.mark.parametrize("role", OF_ROLE, ids=lambda role: role or "no role")


@every_role
def test_whoever_may_not_see_it_comes_across_no_canary(role, two):
    found = {address: two.seen(role, text) for address, text in two.after[role].texts.items()}

    assert {address: words for address, words in found.items() if words} == {}


@pytest.mark.parametrize("role", UNTOUCHED, ids=lambda role: role or "no role")
def test_every_page_list_figure_and_export_is_as_it_was_without_the_foreign_case(role, two):
    assert two.after[role].texts == two.before[role]


@every_role
def test_searching_for_a_canary_finds_what_searching_for_nothing_that_is_finds(role, two):
    client = two.ours.clients[role]
    allowed = MAY_SEE.get(role, set())
    asked = {model: word for word, model in two.canaries.items() if model not in allowed}
    lists = {address.partition("?")[0] for address in two.after[role].texts if "?order=" in address or "?as=csv" in address}
    nothing = text_of(client.get("/search/", {"q": "zzzzzz"})).replace("zzzzzz", "")
    for word in asked.values():
        for q in (word, word[:9], codes.grouped(word) if codes.is_valid(word) else word.upper()):
            told = text_of(client.get("/search/", {"q": q}))
            if allowed and "canary" in q:
                assert not two.seen(role, told.replace(q, ""))
            else:
                assert told.replace(q, "") == nothing
    for address in lists:
        for word in asked.values():
            assert not two.seen(role, text_of(client.get(address, {"q": word})).replace(word, ""))


@every_role
def test_a_form_that_is_sent_a_foreign_code_tells_nothing_about_it(role, two):
    client, foreign = two.ours.clients[role], two.foreign
    foreign.case.refresh_from_db()
    told = (foreign.here.label.code, foreign.open_bag.label.code, foreign.shipment.number, foreign.batch.label.code)
    for address, fields in two.after[role].forms.items():
        for code in (*told, foreign.case.code, foreign.worker.code):
            names = [name for name in fields if name not in ("csrfmiddlewaretoken", "key")]
            typed = fields | dict.fromkeys(names, code)
            sid = transaction.savepoint()
            response = client.post(address, typed, follow=True)
            transaction.savepoint_rollback(sid)
            assert not two.seen(role, text_of(response).replace(code, "").replace(codes.grouped(code), "")), (address, code)


def test_those_whose_case_it_is_do_see_the_canaries(two):
    """The positive control."""
    foreign, seen = two.foreign, set()
    for role in OF_ROLE:
        texts = Crawl(foreign.clients[role]).look("/", "/search/?q=canary").texts.values()
        for word in set(re.findall(r"\bcanary\d{4}\b|\b[0-9A-Z]{4} ?[0-9A-Z]{4} ?[0-9A-Z]{4}\b", " ".join(texts))):
            seen.add(two.canaries.get(word.replace(" ", "")))

    assert seen >= {
        "Campaign", "Case", "Collection", "Confirmation", "Delivery", "Hub", "Label", "PublishedFigure",
        "RecipientWords", "Return", "Rule", "Seal", "Shipment", "Situation", "Summary", "User",
    }  # fmt: skip
