"""The facts of a confirmation: that they agree with each other, what is merged, and how they are stored."""

import json
import random
from dataclasses import replace

import pytest

from logistics.queries import confirmation_facts as facts_of
from logistics.queries.confirmation_facts import Others, Pieces, merged
from tests.logistics.documents.test_confirmation import facts


def test_small_cells_are_given_together_and_none_can_be_computed():
    chance = random.Random(5)
    names = [first + second for first in "ABCDEFGHJK" for second in "ABCDEFGH"]
    for _ in range(2000):
        chosen = chance.sample(names, chance.randint(1, 12))
        most = chance.choice([5, 15, 40, 200])
        origins = {name: Pieces(chance.randint(0, most), chance.randint(0, most)) for name in chosen}

        listed, others = merged(origins)

        assert not any(origin.pieces.has_small_cell for origin in listed)
        assert [origin.country for origin in listed] == sorted(origin.country for origin in listed)
        everything = sum((origin.pieces for origin in listed), others.pieces if others else Pieces())
        assert everything == sum(origins.values(), Pieces())
        assert len(listed) + (others.countries if others else 0) == len(origins)
        if listed and others:
            assert others.countries >= 2
            assert not others.pieces.has_small_cell


def test_one_small_country_takes_the_next_smallest_with_it():
    listed, others = merged({"AA": Pieces(3, 0), "BB": Pieces(20, 0), "CC": Pieces(500, 0)})
    assert [origin.country for origin in listed] == ["CC"]
    assert others == Others(2, Pieces(23, 0))


def test_a_small_country_that_is_alone_is_not_named():
    assert merged({"AA": Pieces(3, 0)}) == ((), Others(1, Pieces(3, 0)))


def test_no_small_country_nothing_is_merged():
    listed, others = merged({"AA": Pieces(10, 0), "BB": Pieces(0, 10)})
    assert len(listed) == 2
    assert others is None


def test_facts_come_back_from_storage_as_they_were():
    for each in (facts(), facts(replaces=None, others=None, origins=(), grades={}, outcomes={})):
        stored = json.loads(json.dumps(facts_of.as_json(each)))
        assert facts_of.from_json(stored) == each
        assert facts_of.content_hash(facts_of.from_json(stored)) == facts_of.content_hash(each)


def test_the_hash_changes_with_every_fact():
    whole = facts()
    changed = [
        replace(whole, number="CHB4JD78NRXQ"),
        replace(whole, countries=whole.countries + 1),
        replace(whole, months=("2014-03",)),
        replace(whole, attested_by=("P1",)),
        replace(whole, journey_head="0" * 64),
        replace(whole, replaces=None),
    ]
    assert len({facts_of.content_hash(each) for each in [whole, *changed]}) == 7


def test_the_hash_does_not_depend_on_the_order_in_which_facts_were_gathered():
    whole = facts()
    turned = replace(whole, grades=dict(reversed(list(whole.grades.items()))))
    assert facts_of.content_hash(turned) == facts_of.content_hash(whole)


@pytest.mark.parametrize(
    "wrong",
    [
        {"grades": {"in_person": 1}},
        {"grades": {"acknowledged": 2305, "in_person": 1655, "close": 243, "assumed": 1}},
        {"others": None},
        {"outcomes": {"delivered": Pieces(1, 1)}},
    ],
)
def test_figures_that_do_not_agree_make_no_document(wrong):
    with pytest.raises(ValueError, match="figure"):
        facts(**wrong)
