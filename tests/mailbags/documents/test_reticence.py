"""Whoever finds an outer paper learns nothing: searched for every name, code of a case and country in the database."""

import pytest
from django.test import Client

from logistics import registry
from logistics.actions.people import operator
from logistics.documents.words import country
from logistics.models import Bundle, Campaign, Case, CaseName, Collection, Hub, User
from logistics.resources.words.countries import country_name
from tests.logistics.documents.reading import fonts, reader, text
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]
OUTER = ("labels", "bag-list", "letter-bill")
LATIN = {"Noto-Sans", "Noto-Serif", "Noto-Sans-Mono", "Noto-Serif-Display"}


@pytest.fixture
def world() -> World:
    """Several cases of scripts and countries that a font or a language would betray."""
    world = World(public_name="Somebody Known", country="TR", languages=["ar", "en"])
    CaseName.objects.create(case=world.case, name="حكان")
    for bundle in (first := [world.ready(10), world.ready(12)]):
        bundle.refresh_from_db()
    world.send(*first)
    world.bag(world.plan(), world.ready(7))
    return world


def secrets() -> set[str]:
    """Every word in the database that an outer paper may not say."""
    found = {name for case in Case.objects.all() for name in (case.public_name, case.code, country_name(case.country), country(case.country))}
    found |= set(CaseName.objects.values_list("name", flat=True)) | set(Campaign.objects.values_list("name", flat=True))
    for hub in Hub.objects.all():
        found |= {hub.name, country_name(hub.country) if hub.country else ""}
    for user in User.objects.all():
        found |= {user.username, user.code or "", user.get_full_name()}
    for code in {*Bundle.objects.values_list("country", flat=True), *Collection.objects.values_list("country", flat=True)}:
        found |= {country_name(code), country(code)}
    return {word for word in found if len(word) > 1}


def outer() -> list[tuple[str, str, bytes]]:
    return [
        (kind, code, registry.document_kinds[kind].render(code, operator(), "a4", None))
        for kind in OUTER
        for code in registry.document_kinds[kind].codes(operator())
    ]


def said_by(made: bytes) -> str:
    opened = reader(made)
    return " ".join([text(made), str(dict(opened.metadata)), str(opened.trailer["/Root"].get("/Lang", "")), *fonts(made)])


def betrayed(made: bytes) -> set[str]:
    """Of what may not be said, what is said: short words where they stand alone."""
    said = f" {said_by(made)} "
    return {word for word in secrets() if (f" {word} " in said if len(word) < 5 else word in said)}


def test_outer_papers_name_nobody_no_case_and_no_country(world):
    made = outer()
    assert {kind for kind, *_ in made} == set(OUTER)
    assert "Somebody Known" in secrets() and "Norway" in secrets()
    for kind, code, pdf in made:
        assert betrayed(pdf) == set(), (kind, code)
        assert reader(pdf).trailer["/Root"]["/Lang"] == "en"
        assert dict(reader(pdf).metadata) == {"/Title": code}
        assert {name.replace("-Bold", "") for name in fonts(pdf)} <= LATIN


def test_the_search_itself_finds_what_an_inner_paper_says(world):
    code = registry.document_kinds["packing-list"].codes(operator())[0]
    made = registry.document_kinds["packing-list"].render(code, operator(), "a4", "en")
    assert {"Somebody Known", "Norway"} <= betrayed(made)


def test_the_names_of_files_are_numbers(world):
    client = Client()
    client.force_login(world.volunteer)
    number = registry.document_kinds["letter-bill"].codes(world.volunteer)[0]
    bag = registry.document_kinds["packing-list"].codes(world.volunteer)[0]
    for address, name in (
        (f"/shipments/{number}/letter-bill/", number), (f"/shipments/{number}/bag-list/", number),
        (f"/mailbags/{bag}/bag-list/", bag), (f"/mailbags/{bag}/packing-list/", bag),
    ):  # fmt: skip
        assert client.get(address)["Content-Disposition"] == f'inline; filename="{name}.pdf"'


def test_what_comes_from_outside_is_escaped(world):
    hostile = '<img src="http://127.0.0.1:9/x"><style>@import url(file:///etc/passwd);</style>'
    world.case.public_name = hostile
    world.case.save()
    code = registry.document_kinds["packing-list"].codes(operator())[0]
    for kind, of in (("packing-list", code), ("case-report", f"{world.campaign.slug}/{world.case.code}")):
        made = registry.document_kinds[kind].render(of, operator(), "a4", "en")
        assert "<img src=" in text(made) and "root:" not in text(made)
