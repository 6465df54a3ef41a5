"""What a recipient said: kept with their consent, by whoever recorded the delivery; erased by them and by the case team."""

from uuid import uuid4

import pytest

from logistics.actions import delivering, wording
from logistics.actions.delivering import Outcome
from logistics.models import AuditRow, ErasedWords, RecipientWords
from tests import factories
from tests.logistics.pages.test_recording import with_the_worker
from tests.world import DAY, refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed():
    world, shipment, (bundle,) = with_the_worker(40)
    outcomes = [Outcome(bundle, "in_person")]
    return world, world.tell(delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, by=world.worker).delivery


def told(**more) -> dict:
    return {"text": "Thank you.", "consent": "case_team", "key": uuid4(), "day": DAY, **more}


def test_without_consent_or_by_another_nothing_is_kept(handed):
    world, delivery = handed
    other = factories.make_user("case_worker", cases=[world.case])
    refused("no_consent", wording.keep_words, delivery, by=world.worker, **told(consent=""))
    refused("no_consent", wording.keep_words, delivery, by=world.worker, **told(consent="perhaps"))
    refused("words_missing", wording.keep_words, delivery, by=world.worker, **told(text="  "))
    refused("bad_words", wording.keep_words, delivery, by=world.worker, **told(text="x" * 2001))
    refused("day_not_come", wording.keep_words, delivery, by=world.worker, **told(day=DAY.replace(year=2999)))
    refused("unknown_delivery", wording.keep_words, delivery, by=other, **told())
    for role in (world.team, world.volunteer, world.translator, world.auditor, world.coordinator):
        refused("not_permitted", wording.keep_words, delivery, by=role, **told())
    assert not RecipientWords.objects.exists()


def test_the_same_key_keeps_them_once(handed):
    world, delivery = handed
    words = told()
    assert wording.keep_words(delivery, by=world.worker, **words) == wording.keep_words(delivery, by=world.worker, **words)


def test_only_the_writer_and_the_case_team_erase(handed):
    world, delivery = handed
    for eraser in (world.worker, world.team):
        words = wording.keep_words(delivery, by=world.worker, **told())
        for stranger in (factories.make_user("case_worker", cases=[world.case]), factories.make_user("case_team", cases=[factories.make_case()])):
            refused("unknown_words", wording.erase_words, words, by=stranger)
        for role in (world.volunteer, world.translator, world.auditor):
            refused("not_permitted", wording.erase_words, words, by=role)
        assert RecipientWords.objects.get() == words
        wording.erase_words(words, by=eraser)
        assert not RecipientWords.objects.exists()
    assert AuditRow.objects.filter(what="words_erased", subject=delivery.number).count() == 2


def test_words_that_were_erased_are_not_kept_again_by_the_same_form(handed):
    world, delivery = handed
    same = told()
    wording.erase_words(wording.keep_words(delivery, by=world.worker, **same), by=world.team)
    refused("words_erased", wording.keep_words, delivery, by=world.worker, **same)
    assert not RecipientWords.objects.exists()
    assert [row.key for row in ErasedWords.objects.all()] == [same["key"]]
    wording.keep_words(delivery, by=world.worker, **told())
