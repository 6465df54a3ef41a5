"""What a packing list says, gathered from the bag and the journey."""

from datetime import timedelta

import pytest

from logistics import permissions
from logistics.actions import splitting
from logistics.actions.following import Part
from logistics.errors import Refused
from logistics.models import Bundle
from mailbags.actions import arriving, packing, sealing
from mailbags.actions.arriving import BagFound
from mailbags.documents.kinds import PackingLists
from mailbags.queries.packing_list import bag_of, facts, packed_codes
from tests import factories
from tests.world import DAY, World
from translations.actions import summarising

pytestmark = pytest.mark.django_db


def packed(world: World, bag) -> dict[str, tuple[int, tuple[str, ...], bool]]:
    """By code: pieces, languages, waived."""
    said = facts(bag_of(bag.label.code, world.volunteer), world.volunteer)
    return {
        bundle.code: (bundle.pieces, bundle.summary_languages, bundle.is_waived)
        for each in said.lists
        for bundle in each.bundles
    }


def test_an_open_bag_lists_what_lies_in_it_now():
    world = World()
    stays, goes = world.ready(60), world.ready(20)
    bag = world.bag(world.plan(), stays, goes)
    world.tell(packing.take_out, bag, bundles=[goes], by=world.volunteer)
    assert packed(world, bag) == {stays.label.code: (60, ("en",), False)}
    said = facts(bag, world.volunteer)
    assert (said.packed_on, said.sealed_on, said.lists[0].name) == (DAY, None, world.case.public_name)


def test_a_bag_that_was_opened_before_it_left_is_not_sealed():
    world = World()
    bundle = world.ready(60)
    bag = world.bag(world.plan(), bundle)
    world.seal(bag)
    assert facts(bag, world.volunteer).sealed_on == DAY
    world.tell(sealing.open_sealed, bag, found="intact", by=world.volunteer)
    with pytest.raises(Refused) as refusal:
        facts(bag_of(bag.label.code, world.volunteer), world.volunteer)
    assert refusal.value.code == "bag_empty"
    world.tell(packing.put_in, bag, bundles=[bundle], by=world.volunteer)
    assert facts(bag_of(bag.label.code, world.volunteer), world.volunteer).sealed_on is None


def test_a_bag_that_has_arrived_lists_what_lay_under_its_seal():
    world = World()
    came, missing = world.ready(60), world.ready(20)
    shipment, bag = world.send(came, missing)
    before = packed(world, bag)
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=[Part(came, 59)], by=world.worker)
    assert packed(world, bag) == before == {came.label.code: (60, ("en",), False), missing.label.code: (20, ("en",), False)}


def test_what_was_split_off_has_the_summary_of_the_whole():
    world = World(languages=["tr", "ku"])
    whole = world.count(60)
    world.screen(whole)
    world.summarise(whole, "tr")
    world.summarise(whole, "ku")
    world.tell(splitting.split, whole, pieces=20, hub=world.hub, by=world.volunteer, day=DAY + timedelta(1))
    part = Bundle.objects.get(split_from=whole)
    bag = world.bag(world.plan())
    world.tell(packing.put_in, bag, bundles=[part], by=world.volunteer, day=DAY + timedelta(1))
    assert packed(world, bag) == {part.label.code: (20, ("ku", "tr"), False)}
    (each,) = facts(bag, world.volunteer).lists
    assert each.bundles[0].counted_on == DAY + timedelta(1)


def test_a_waived_summary_is_told():
    world = World()
    bundle = world.count(60)
    world.screen(bundle)
    world.tell(summarising.waive, [bundle], reason="no_translator", by=world.team)
    assert packed(world, world.bag(world.plan(), bundle)) == {bundle.label.code: (60, (), True)}


def test_a_summary_that_is_not_approved_does_not_count():
    world = World(translation_policy="wanted")
    bundle = world.count(60)
    world.screen(bundle)
    summarising.write(bundle, language="en", text="They wish you well.", by=world.translator)
    assert packed(world, world.bag(world.plan(), bundle)) == {bundle.label.code: (60, (), False)}


def test_a_constant_number_of_queries(django_assert_num_queries):
    world = World()
    for bundles in (1, 6):
        bag = world.bag(world.plan(), *(world.ready(5) for _ in range(bundles)))
        with django_assert_num_queries(10):
            facts(bag_of(bag.label.code, world.volunteer), world.volunteer)


def test_only_who_may_see_the_bag_can_list_and_print_it():
    world = World()
    _, bag = world.send(world.ready(60))
    kind, code = PackingLists(), bag.label.code
    elsewhere = factories.make_user(permissions.MAILROOM, hub=factories.make_hub())
    other_case = factories.make_user(permissions.CASE_TEAM, cases=[factories.make_case(world.campaign)])
    for user in (world.volunteer, world.worker, world.team, factories.make_user(permissions.OPERATOR)):
        assert kind.codes(user) == packed_codes(user) == [code]
        assert kind.render(code, user, "letter", None).startswith(b"%PDF")
    for user in (elsewhere, other_case, world.next_volunteer, world.coordinator, factories.make_user()):
        assert kind.codes(user) == []
        with pytest.raises(Refused) as theirs:
            kind.render(code, user, "a4", None)
        with pytest.raises(Refused) as nobodys:
            kind.render("MYP8VYRZAYFF", user, "a4", None)
        assert str(theirs.value) == str(nobodys.value)
