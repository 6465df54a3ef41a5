"""What is exported can be imported again: every figure is recognised as told, and counted once."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from logistics.models import Tally
from logistics.reports.sheets import FORMULA_STARTS, neutral
from logistics.resources.reading.text import as_written
from logistics.resources.returns.importing import answers
from tests import factories

pytestmark = pytest.mark.django_db

RETURN = (
    "Country,Office,Event,Place,Date,Case,Kind,Purpose,How many,Qualifier,Method\n"
    "Togo,Lomé,Market,Lomé,13/01/2014,AA,letters,solidarity,120,,\n"
    "Togo,Lomé,Market,Lomé,13/01/2014,BB,cards,appeal,30,,\n"
    "Benin,,=School,Cotonou,14/01/2014,AA,letters,appeal,7,,\n"
    "Benin,,Online,,2014,,e-mails,appeal,4000,,\n"
)


@pytest.fixture
def campaign():
    campaign = factories.make_campaign("light")
    for code in ("AA", "BB"):
        factories.make_case(campaign, code)
    return campaign


@pytest.fixture
def client():
    client = Client()
    client.force_login(factories.make_user("coordinator"))
    return client


def sent(client, name: str, content: bytes):
    return client.post("/return/add/", {"campaign": "light", "files": [SimpleUploadedFile(name, content)]}, follow=True)


@pytest.mark.parametrize("kind", ["lines", "lines-xlsx"])
def test_the_figures_of_the_list_of_collections_are_known_when_they_come_back(campaign, client, kind, tmp_path):
    preview = sent(client, "return.csv", RETURN.encode()).redirect_chain[-1][0]
    client.post(f"{preview}import/", follow=True)
    assert sum(Tally.objects.values_list("count", flat=True)) == 4157
    exported = client.get("/collections/", {"as": kind})
    name = exported["Content-Disposition"].partition('filename="')[2].rstrip('"')
    path = tmp_path / name
    path.write_bytes(exported.content)
    (answer,) = answers([str(path)], campaign=campaign, by=factories.make_user("coordinator"))
    assert (answer["rows"], answer["already_told"], answer["refused"]) == (4, 4, 0), answer["problems"]
    told = sent(client, name, exported.content).content.decode()
    assert "This is told already" in told and "There is nothing to import" in told


@pytest.mark.parametrize("kind", ["lines", "lines-xlsx"])
def test_figures_come_back_whole_where_they_were_withdrawn(campaign, client, kind, tmp_path):
    preview = sent(client, "return.csv", RETURN.encode()).redirect_chain[-1][0]
    page = client.post(f"{preview}import/", follow=True).redirect_chain[-1][0]
    exported = client.get("/collections/", {"as": kind})
    before = figures()
    client.post(f"{page}withdraw/")
    assert not figures()
    name = exported["Content-Disposition"].partition('filename="')[2].rstrip('"')
    preview = sent(client, name, exported.content).redirect_chain[-1][0]
    client.post(f"{preview}import/", follow=True)
    assert figures() == before


def figures() -> list:
    of = ("collection__country", "collection__office", "collection__event", "collection__place", "collection__day")
    standing = Tally.objects.filter(collection__withdrawn_at=None)
    return sorted(standing.values_list(*of, "collection__precision", "cases__code", "kind", "purpose", "count"), key=str)


@pytest.mark.parametrize("text", ["=1+1", "'=1+1", "''@x", "-5", "+49 30", "it's", "'tis", "\t=x", "plain"])
def test_what_a_guard_was_put_before_is_read_as_it_was(text):
    written = neutral(text)
    assert not written.startswith(FORMULA_STARTS)
    assert as_written(written) == text
