"""Summaries: written by one translator, approved by another, or waived by the case team."""

import pytest
from django.db import IntegrityError, transaction

from logistics.actions import reversing
from logistics.models import Entry
from tests.journeys.figures import whole
from tests.world import World, journey, new_act, refused
from translations.actions import summarising
from translations.models import Summary
from translations.queries.summaries import summaries

pytestmark = pytest.mark.django_db


def written(world: World, by=None) -> Summary:
    return summarising.write(world.count(5), language="en", text="They send greetings.", by=by or world.translator)


def test_a_summary_is_told_to_the_journey_when_somebody_else_approves_it():
    world = World()
    summary = written(world)
    assert not Entry.objects.filter(step="summarised").exists()
    act = world.tell(summarising.approve, summary, by=world.approver)
    assert journey(summary.bundle)[-1] == ("summarised", "", "", 0)
    assert (act.by, act.second) == (world.approver, world.translator)
    assert whole()


def test_who_translates_does_not_approve():
    world = World()
    refused("same_person", summarising.approve, written(world), by=world.translator, **new_act())


def test_the_database_refuses_an_approval_by_the_writer_and_one_that_was_not_told():
    world = World()
    summary = written(world)
    for change in ({"approved_by": world.translator}, {"approved_by": world.approver}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Summary.objects.filter(pk=summary.pk).update(**change)


def test_it_can_be_written_again_by_its_writer_until_it_is_approved():
    world = World()
    summary = written(world)
    again = {"language": "en", "text": "They send warm greetings."}
    assert summarising.write(summary.bundle, by=world.translator, **again).text == again["text"]
    refused("written_by_another", summarising.write, summary.bundle, by=world.approver, **again)
    world.tell(summarising.approve, summary, by=world.approver)
    refused("already_approved", summarising.write, summary.bundle, by=world.translator, **again)
    assert Summary.objects.count() == 1


def test_an_empty_summary_and_a_language_that_is_not_read_are_refused():
    world = World(languages=["tr", "ku"])
    bundle = world.count(5)
    refused("text_missing", summarising.write, bundle, language="tr", text="  ", by=world.translator)
    refused("language_not_read", summarising.write, bundle, language="en", text="Hello.", by=world.translator)


def test_words_that_were_erased_are_not_approved():
    world = World()
    summary = written(world)
    Summary.objects.update(text="")
    refused("text_missing", summarising.approve, summary, by=world.approver, **new_act())


def test_an_approval_is_reversed_and_the_summary_written_again():
    world = World()
    summary = written(world)
    act = world.tell(summarising.approve, summary, by=world.approver)
    world.tell(reversing.reverse, act, reason="told_by_mistake", by=world.approver)
    summary.refresh_from_db()
    assert not summary.is_approved
    summarising.write(summary.bundle, language="en", text="They send their best.", by=world.translator)
    world.tell(summarising.approve, summary, by=world.approver)
    assert whole()


def test_the_case_team_waives_with_a_reason_and_only_once():
    world = World()
    bundles = [world.count(5), world.count(6)]
    waiving = {"reason": "reads_it", "by": world.team}
    refused("unknown_reason", summarising.waive, bundles, reason="customs", by=world.team, **new_act())
    world.tell(summarising.waive, bundles, note="It is in Turkish already.", **waiving)
    refused("already_summarised", summarising.waive, bundles[:1], **waiving, **new_act())
    assert [journey(bundle)[-1][0] for bundle in bundles] == ["waived", "waived"]
    assert whole()


def test_summaries_are_seen_by_those_of_the_case_only():
    world, other = World(), World()
    summary = written(world)
    for user in (world.translator, world.approver, world.team):
        assert list(summaries(user)) == [summary]
    for user in (other.translator, world.auditor, world.coordinator, world.volunteer, world.worker):
        assert list(summaries(user)) == []
