"""The same form sent several times at once makes one thing. Only PostgreSQL lets two writers meet."""

import pytest
from django.test import Client

from logistics.models import Collection
from tests import factories
from tests.journeys.test_two_at_once import at_once
from tests.logistics.pages.coordinating import coordinator
from tests.logistics.pages.test_collections import typed

pytestmark = [pytest.mark.postgresql, pytest.mark.django_db(transaction=True)]


def test_a_collection_that_is_sent_eight_times_at_once_is_one():
    factories.make_case(factories.make_campaign("light"), "AA")
    signed_in, form = coordinator(), typed({"count": "12", "cases": "AA"})

    def send() -> str:
        client = Client()
        client.cookies = signed_in.cookies
        return client.post("/campaigns/light/collections/add/", form)["Location"]

    assert len(set(at_once(*[send] * 8))) == 1
    assert Collection.objects.count() == 1
