"""Collections entered by hand declare what they declare, and go only while no mail of them has come."""

from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.utils import timezone

from logistics import permissions
from logistics.actions import collecting, receiving
from logistics.actions.collecting import Event, Line
from logistics.models import Collection
from logistics.words import Kind, Method, Precision, Purpose, Qualifier
from tests import factories
from tests.logistics.refusing import refused

pytestmark = pytest.mark.django_db

DAY = date(2024, 12, 10)
EVENT = Event(country="NO", day=DAY, precision=Precision.DAY, office="Oslo")


@pytest.fixture
def coordinator():
    return factories.make_user(permissions.COORDINATOR)


@pytest.fixture
def case():
    return factories.make_case()


def test_a_collection_keeps_its_lines_as_they_were_told(case, coordinator):
    other = factories.make_case(case.campaign)
    event = Event(
        country="NO", day=DAY, precision=Precision.MONTH, events=5, spent=Decimal("120.50"), currency="NOK",
        organiser="Somebody", organiser_expires=date(2026, 1, 1),
    )  # fmt: skip
    lines = [
        Line(40, [case], Kind.LETTER, Purpose.SOLIDARITY),
        Line(40, [case], Kind.LETTER, Purpose.SOLIDARITY),
        Line(1800, [case, other], qualifier=Qualifier.MORE_THAN, method=Method.ESTIMATED),
        Line(7),
    ]

    collection = collecting.add_collection(case.campaign, event, lines=lines, by=coordinator)

    told = [
        (tally.count, sorted(tally.cases.values_list("pk", flat=True)), tally.kind, tally.purpose, tally.qualifier)
        for tally in collection.tallies.all()
    ]
    assert told == [
        (40, [case.pk], "letter", "solidarity", "exact"),
        (40, [case.pk], "letter", "solidarity", "exact"),
        (1800, [case.pk, other.pk], "not_broken_down", "", "more_than"),
        (7, [], "not_broken_down", "", "exact"),
    ]
    assert (collection.events, collection.spent, collection.currency) == (5, Decimal("120.50"), "NOK")


def test_a_nil_return_stands_for_no_event_and_no_message(case, coordinator):
    collection = collecting.add_nil_return(case.campaign, EVENT, by=coordinator)

    assert (collection.events, collection.tallies.count(), collection.office) == (0, 0, "Oslo")


@pytest.mark.parametrize("role", ["", "mailroom", "translator", "case_worker", "case_team", "auditor"])
def test_others_declare_nothing_and_withdraw_nothing(role, case):
    by = factories.make_user(role, hub=factories.make_hub() if role == "mailroom" else None, cases=[case])

    refused("not_permitted", collecting.add_collection, case.campaign, EVENT, lines=[Line(1)], by=by)
    refused("not_permitted", collecting.add_nil_return, case.campaign, EVENT, by=by)
    refused("not_permitted", collecting.withdraw_collection, factories.make_collection(case.campaign), by=by)


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("unknown_country", {"country": "UK"}),
        ("day_without_precision", {"day": DAY}),
        ("day_without_precision", {"precision": "day"}),
        ("day_not_come", {"day": timezone.localdate() + timedelta(days=3), "precision": "day"}),
        ("bad_collection", {"day": DAY, "precision": "hour"}),
        ("bad_collection", {"office": "x" * 201}),
        ("bad_collection", {"spent": Decimal(5)}),
        ("bad_collection", {"spent": Decimal(-5), "currency": "NOK"}),
        ("organiser_without_expiry", {"organiser": "Somebody"}),
        ("no_events", {"events": 0}),
    ],
)
def test_an_event_that_cannot_be_is_refused(code, event, case, coordinator):
    event = Event(**{"country": "NO"} | event)

    refused(code, collecting.add_collection, case.campaign, event, lines=[Line(1)], by=coordinator)


def test_lines_that_cannot_be_are_refused(case, coordinator):
    other = factories.make_case()

    def add(*lines: Line):
        return collecting.add_collection(case.campaign, EVENT, lines=lines, by=coordinator)

    refused("nothing_in_it", add)
    refused("too_much_in_it", add, *[Line(1)] * 1001)
    refused("no_count", add, Line(1), Line(0))
    refused("no_count", add, Line(-5))
    refused("bad_tally", add, Line(1, kind="parcel"))
    refused("bad_tally", add, Line(1, purpose="party"))
    refused("bad_tally", add, Line(1, qualifier="roughly"))
    refused("unknown_case", add, Line(1, [other]))
    refused("named_twice", add, Line(1, [case, case]))


def test_a_collection_is_withdrawn_once_and_not_after_mail_of_it_has_come(case, coordinator):
    first, second = (
        collecting.add_collection(case.campaign, EVENT, lines=[Line(3, [case], Kind.LETTER)], by=coordinator)
        for _ in range(2)
    )
    hub = factories.make_hub()
    volunteer = factories.make_user(permissions.MAILROOM, hub=hub)
    receiving.receive_batch(second, hub=hub, received_on=DAY, key=uuid4(), by=volunteer)

    assert collecting.withdraw_collection(first, by=coordinator).withdrawn_at
    refused("already_withdrawn", collecting.withdraw_collection, first, by=coordinator)
    refused("batch_received", collecting.withdraw_collection, second, by=coordinator)
    refused("unknown_collection", collecting.withdraw_collection, Collection(pk=0), by=coordinator)
    refused(
        "collection_withdrawn", receiving.receive_batch, first, hub=hub, received_on=DAY, key=uuid4(), by=volunteer
    )
