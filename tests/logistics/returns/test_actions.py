"""The two actions by themselves: what they refuse, and that a refusal changes nothing."""

import uuid
from datetime import date, timedelta

import pytest
from django.utils import timezone

from logistics.actions.auditing import of_return
from logistics.actions.people import operator
from logistics.actions.receiving import receive_batch
from logistics.actions.returns import Line, import_return, withdraw_return
from logistics.errors import Refused
from logistics.models import AuditRow, Return
from tests.factories import make_case, make_hub, make_user
from tests.logistics.returns.files import collections, is_empty, make_other_campaign, tallies

pytestmark = pytest.mark.django_db
SHA = "a" * 64


def refused(call) -> str:
    with pytest.raises(Refused) as refusal:
        call()
    assert refusal.value.sentence[0].isupper()
    assert refusal.value.sentence.endswith(".")
    return refusal.value.code


def imported(campaign, *lines: Line, sha256: str = SHA, by=None) -> Return:
    lines = lines or (Line(country="PE", count=5),)
    return import_return(campaign, file_name="r.csv", sha256=sha256, lines=lines, by=by or operator())


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"count": 0}, "no_number"),
        ({"count": 2**31}, "no_number"),
        ({"events": 0}, "no_number"),
        ({"kind": "parcel"}, "unknown_word"),
        ({"purpose": "fun"}, "unknown_word"),
        ({"country": ""}, "unknown_word"),
        ({"day": date(2019, 1, 1)}, "unknown_word"),  # does not say how exact it is
        ({"day": timezone.localdate() + timedelta(days=2), "precision": "day"}, "impossible_date"),
    ],
)
def test_a_line_that_is_not_whole_is_refused(change, code):
    campaign = make_other_campaign()
    good = {"country": "PE", "count": 5}
    assert refused(lambda: imported(campaign, Line(**good), Line(**good | change))) == code
    assert is_empty(campaign)


def test_nothing_too_much_and_a_foreign_case_are_refused():
    campaign = make_other_campaign()
    foreign = make_case()
    line = Line(country="PE", count=5)
    assert refused(lambda: import_return(campaign, file_name="r", sha256=SHA, lines=[], by=operator())) == "nothing_in_it"
    assert refused(lambda: imported(campaign, *[line] * 50_001)) == "too_much_in_it"
    assert refused(lambda: imported(campaign, Line(country="PE", count=5, cases=(foreign,)))) == "wrong_case"
    assert is_empty(campaign)


def test_the_same_file_twice_is_refused_and_counts_once():
    campaign = make_other_campaign()
    imported(campaign)
    assert refused(lambda: imported(campaign)) == "same_file"
    assert len(tallies(campaign)) == 1


@pytest.mark.parametrize("role", ["", "translator", "case_team", "auditor"])
def test_the_wrong_role_can_neither_import_nor_withdraw(role):
    campaign = make_other_campaign()
    stranger = make_user(role)
    assert refused(lambda: imported(campaign, by=stranger)) == "not_permitted"
    assert is_empty(campaign)
    returned = imported(campaign)
    assert refused(lambda: withdraw_return(returned, by=stranger)) == "not_permitted"
    assert len(tallies(campaign)) == 1


def test_withdrawing_takes_the_tallies_back_and_says_who_did_it():
    campaign = make_other_campaign()
    by = make_user("coordinator")
    returned = withdraw_return(imported(campaign), by=by)
    assert (returned.withdrawn_by, tallies(campaign), collections(campaign)) == (by, [], [])
    assert AuditRow.objects.filter(what="return_withdrawn", subject=of_return(returned), by=by).exists()
    assert refused(lambda: withdraw_return(returned, by=by)) == "already_withdrawn"
    imported(campaign)
    assert len(tallies(campaign)) == 1


def test_an_unknown_return_cannot_be_withdrawn():
    assert refused(lambda: withdraw_return(Return(pk=0), by=operator())) == "unknown_return"


def test_a_return_whose_mail_has_come_stays():
    campaign = make_other_campaign()
    returned = imported(campaign)
    hub = make_hub()
    (collection,) = collections(campaign)
    receive_batch(collection, hub=hub, received_on=date(2020, 1, 2), key=uuid.uuid4(), by=make_user("mailroom", hub=hub))
    assert refused(lambda: withdraw_return(returned, by=operator())) == "batch_received"
    assert len(tallies(campaign)) == 1


def test_a_withdrawn_collection_receives_no_batch():
    campaign = make_other_campaign()
    returned = imported(campaign)
    (collection,) = collections(campaign)
    withdraw_return(returned, by=operator())
    hub = make_hub()
    by = make_user("mailroom", hub=hub)
    call = lambda: receive_batch(collection, hub=hub, received_on=date(2020, 1, 2), key=uuid.uuid4(), by=by)  # noqa: E731
    assert refused(call) == "collection_withdrawn"
