"""A discrepancy is closed once, with an explanation, by somebody who may see it."""

import pytest

from logistics import permissions
from logistics.actions import counting, discrepancies, hubs
from logistics.actions.following import Part
from logistics.models import AuditRow, Discrepancy
from logistics.views.handles import handle
from logistics.words import DiscrepancyKind
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from tests import factories
from tests.logistics.refusing import refused
from tests.world import World

pytestmark = pytest.mark.django_db

WHY = "Three stuck to each other."


@pytest.fixture
def world():
    return World()


@pytest.fixture
def shortage(world):
    return discrepancies.open_discrepancy(DiscrepancyKind.SHORTAGE, case=world.case, expected=10, found=7)


def test_the_case_team_explains_and_the_expectation_stays(world, shortage):
    closed = discrepancies.close_discrepancy(shortage, explanation=f" {WHY} ", by=world.team)

    assert (closed.expected, closed.found, closed.explanation, closed.closed_by) == (10, 7, WHY, world.team)
    noted = AuditRow.objects.get(by=world.team, what="discrepancy_closed")
    assert noted.subject == handle("discrepancy", shortage.pk)  # as its page is called
    refused("already_closed", discrepancies.close_discrepancy, shortage, explanation=WHY, by=world.team)


def test_without_an_explanation_it_stays_open(world, shortage):
    for nothing in ("", " \n "):
        refused("explanation_missing", discrepancies.close_discrepancy, shortage, explanation=nothing, by=world.team)
    refused("bad_explanation", discrepancies.close_discrepancy, shortage, explanation="x" * 1001, by=world.team)


def test_wrong_roles_and_strangers_close_nothing(world, shortage):
    stranger = factories.make_user(permissions.CASE_TEAM, cases=[factories.make_case()])
    elsewhere = factories.make_user(permissions.MAILROOM, hub=factories.make_hub())

    for by in (world.worker, world.translator, world.auditor, factories.make_user()):
        refused("not_permitted", discrepancies.close_discrepancy, shortage, explanation=WHY, by=by)
    hidden = refused("unknown_discrepancy", discrepancies.close_discrepancy, shortage, explanation=WHY, by=stranger)
    never = refused(
        "unknown_discrepancy", discrepancies.close_discrepancy, Discrepancy(pk=0), explanation=WHY, by=world.team
    )
    assert hidden == never
    refused("unknown_discrepancy", discrepancies.close_discrepancy, shortage, explanation=WHY, by=elsewhere)


def test_the_mailroom_that_found_a_difference_may_explain_it(world):
    bundle = world.ready(10)
    shipment, bag = world.send(bundle, shipment=world.plan(to_hub=world.next_hub))
    at_next = {"hub": world.next_hub, "by": world.next_volunteer}
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(bundle)], by=world.next_volunteer)
    world.tell(counting.recount, bundle, found=8, **at_next)
    found = Discrepancy.objects.get()
    elsewhere = factories.make_user(permissions.MAILROOM, hub=factories.make_hub())

    refused("unknown_discrepancy", discrepancies.close_discrepancy, found, explanation=WHY, by=elsewhere)
    assert not discrepancies.close_discrepancy(found, explanation=WHY, by=world.next_volunteer).is_open


def test_a_hub_with_mail_in_it_or_on_the_way_to_it_is_not_closed(world):
    world.count(2)
    refused("hub_not_empty", hubs.close_hub, world.hub, by=world.coordinator)

    world.send(world.ready(3), shipment=world.plan(to_hub=world.next_hub))
    refused("hub_not_empty", hubs.close_hub, world.next_hub, by=world.coordinator)

    assert not hubs.close_hub(factories.make_hub(), by=world.coordinator).is_open
