"""A database tampered with by hand, the triggers off: each change is named."""

from datetime import date, timedelta

import pytest

from logistics.models import Act, Bundle, Confirmation, Delivery, Entry, Holding, Label, Place, Shipment
from mailbags.models import Content, Mailbag, Seal
from tests import factories
from tests.logistics.checking.tampering import (
    Story, chain_head, check, hide, last_entry, rewrite, take_the_guards_off,
)  # fmt: skip
from translations.models import Summary, Waiver

pytestmark = pytest.mark.django_db

OTHER_DAY = date(2025, 1, 7)


def delete_the_last_entry(story):
    entry = last_entry(story.first)
    entry.delete()
    hide(story.first)
    return f"Act {entry.act_id} (handed) wrote 1 entries, and 0 are there"


def delete_the_last_entry_of_an_act_with_several(story):
    entry = last_entry(story.second)
    entry.delete()
    hide(story.second)
    return f"Act {entry.act_id} (arrived) is not as it was told"


def delete_an_entry_in_the_middle(story):
    Entry.objects.get(bundle=story.third, step="waived").delete()
    return f"Bundle {story.third} has a gap before its entry 3: entry 2 is missing."


def delete_a_handover_with_its_act(story):
    Entry.objects.filter(act=story.handover).delete()
    story.handover.delete()
    hide(story.first)
    return f"Delivery {story.delivery} is named by no act."


def change_a_holding(story):
    Holding.objects.filter(bundle=story.first, pieces=88).update(pieces=87)
    return f"Bundle {story.first} holds 87 pieces at in person (delivery {story.delivery}); its entries sum to 88."


def delete_a_holding(story):
    Holding.objects.filter(bundle=story.third, place__kind="withheld").delete()
    return f"Bundle {story.third} holds no pieces at withheld (hub {story.hub.code}); its entries sum to 2."


def add_a_holding(story):
    Holding.objects.create(bundle=story.third, place=Place.objects.get(kind="in_person"), pieces=5)
    return f"Bundle {story.third} holds 5 pieces at in person (delivery {story.delivery}), which none of its entries names."


def insert_an_entry(story):
    last = last_entry(story.second)
    Entry.objects.create(
        act=last.act, bundle=story.second, sequence=last.sequence + 1, step="recounted", pieces=7, from_border="outside",
        to_place=last.to_place, day=last.day, digest="0" * 64,
    )  # fmt: skip
    hide(story.second)
    return f"Bundle {story.second} has an entry {last.sequence + 1} (recounted, act {last.act_id}) that is not as it was"


def swap_two_entries(story):
    one, two = Entry.objects.filter(bundle=story.third, sequence__in=[1, 2]).order_by("sequence")
    Entry.objects.filter(pk=one.pk).update(sequence=1000)
    Entry.objects.filter(pk=two.pk).update(sequence=1)
    Entry.objects.filter(pk=one.pk).update(sequence=2)
    return f"Bundle {story.third} has an entry 1 (waived, act {two.act_id}) that is not as it was written"


def edit_an_act(**changes):
    def edit(story):
        given = {name: value(story) if callable(value) else value for name, value in changes.items()}
        Act.objects.filter(pk=story.withholding.pk).update(**given)
        return f"Act {story.withholding.pk} (withheld) is not as it was told"

    edit.__name__ = f"edit the {'_and_'.join(changes)} of an act"
    return edit


def edit_the_pieces_of_an_entry(story):
    entry = last_entry(story.third)
    Entry.objects.filter(pk=entry.pk).update(pieces=1)
    hide(story.third)
    return f"Bundle {story.third} has an entry {entry.sequence} (withheld, act {entry.act_id}) that is not as it was written"


def edit_the_day_of_an_entry(story):
    Entry.objects.filter(bundle=story.third, sequence=1).update(day=OTHER_DAY)
    return f"Bundle {story.third} goes back in time with entry 2"


def lead_an_entry_elsewhere(story):
    """To another grade, at the same delivery."""
    entry = last_entry(story.first)
    place = Place.objects.create(kind="acknowledged", delivery=story.delivery)
    Entry.objects.filter(pk=entry.pk).update(to_place=place)
    hide(story.first)
    return f"Bundle {story.first} has an entry {entry.sequence} (handed, act {entry.act_id}) that is not as it was written"


def give_an_entry_a_step_that_there_is_not(story):
    entry = last_entry(story.third)
    Entry.objects.filter(pk=entry.pk).update(step="vanished")
    return f"Act {entry.act_id} (withheld) tells with entry {entry.sequence}"


def move_pieces_the_wrong_way(story):
    """From the mailroom straight into somebody's hands, with all digests computed anew."""
    entry = last_entry(story.third)
    Entry.objects.filter(pk=entry.pk).update(to_place=Place.objects.get(kind="in_person"))
    rewrite(story.third)
    return f"Act {entry.act_id} (withheld) moves pieces with entry {entry.sequence}"


def change_a_digest(story):
    entry = Entry.objects.get(bundle=story.first, step="bagged")
    Entry.objects.filter(pk=entry.pk).update(digest="f" * 64)
    return f"Act {entry.act_id} (bagged) is not as it was told"


def change_a_head(story):
    Bundle.objects.filter(pk=story.first.pk).update(head_digest="f" * 64)
    return f"Bundle {story.first} has a head that is not the digest of its last entry"


def spoil_a_reversal(story):
    other = Entry.objects.get(bundle=story.first, step="screened").act
    Act.objects.filter(pk=story.reversal.pk).update(reverses=other)
    rewrite(story.third)
    return f"Act {story.reversal.pk} (reversed) is not the exact opposite of act {other.pk}"


def move_a_bundle_to_another_case(story):
    Bundle.objects.filter(pk=story.third.pk).update(case=factories.make_case(story.campaign))
    return f"Bundle {story.third} has an entry 1 (counted, act "


def change_the_purpose_of_a_bundle(story):
    Bundle.objects.filter(pk=story.third.pk).update(purpose="appeal")
    return f"Bundle {story.third} has an entry 1 (counted, act "


def change_the_code_of_a_bundle(story):
    Label.objects.filter(pk=story.third.label_id).update(code="B00000000000")
    return "Bundle B00000000000 has an entry 1 (counted, act "


def change_the_number_of_a_seal(story):
    Seal.objects.update(number="A-0")
    return f"Bag {story.mailbag}, seal A-0, has another number than act "


def change_the_witness_of_a_seal(story):
    Seal.objects.update(witness=story.next_witness)
    return f"Bag {story.mailbag}, seal {Seal.objects.get().number}, has another witness than act "


def delete_a_seal(story):
    act = Seal.objects.get().act_id
    Seal.objects.all().delete()
    return f"Bag {story.mailbag} was sealed by act {act}, and there is no such seal."


def change_how_a_seal_was_found(story):
    Seal.objects.update(found="", found_act=None)
    return f"Bag {story.mailbag}, seal {Seal.objects.get().number}, was taken off, and nobody says how it was found."


def leave_a_bundle_in_its_bag(story):
    Content.objects.filter(bundle=story.first).update(taken_out=None)
    return f"Bundle {story.first} was put in bag {story.mailbag} by act "


def delete_what_lay_in_a_bag(story):
    Content.objects.filter(bundle=story.second).delete()
    return f"Bundle {story.second} was put in bag {story.mailbag} by act "


def put_a_bundle_in_another_bag(story):
    other = story.empty_bag()
    Content.objects.filter(bundle=story.second).update(bag=other)
    return f"Bundle {story.second} was put in bag {other} by act "


def put_a_bag_on_another_shipment(story):
    other = story.plan()
    Mailbag.objects.filter(pk=story.mailbag.pk).update(shipment=other)
    return f"Bag {story.mailbag} is on shipment {other}; act "


def undo_the_dispatch_of_a_shipment(story):
    Shipment.objects.update(dispatched_on=None)
    return f"Shipment {story.shipment} says that it was not dispatched; act "


def move_the_day_of_a_dispatch(story):
    Shipment.objects.update(dispatched_on=OTHER_DAY)
    return f"Shipment {story.shipment} says that it was dispatched on 2025-01-07; act "


def move_the_day_of_a_delivery(story):
    Delivery.objects.update(day=OTHER_DAY)
    return f"Delivery {story.delivery} has another day, person or shipment than act {story.handover.pk}"


def give_a_delivery_to_another_case(story):
    Delivery.objects.update(case=factories.make_case(story.campaign))
    return f"Delivery {story.delivery} is of another case than bundle {story.first}, which act {story.handover.pk} moved there."


def change_the_figures_of_a_confirmation(story):
    facts = story.confirmation.facts
    facts["months"] = ["2024-12"]
    Confirmation.objects.update(facts=facts)
    return f"Confirmation {story.confirmation} has figures that are not those of its hash"


def spoil_the_figures_of_a_confirmation(story):
    Confirmation.objects.update(facts={"grades": []})
    return f"Confirmation {story.confirmation} has figures that are not whole."


def let_a_shipment_come_from_another_hub(story):
    Shipment.objects.update(from_hub=story.next_hub)
    return f"Shipment {story.shipment} is from another hub than the one that act "


def let_a_shipment_go_to_another_person(story):
    Shipment.objects.update(to_worker=story.team)
    return f"Shipment {story.shipment} goes to another than the one that took it over by act {story.arrival.pk}."


def say_that_a_seal_was_broken(story):
    Seal.objects.update(found="broken")
    return f"Bag {story.mailbag}, seal {Seal.objects.get().number}, was found broken by act {story.arrival.pk}; whether"


def date_a_confirmation_up(story):
    """So that it would not show as out of date."""
    Confirmation.objects.update(last_act=story.withholding.pk)
    return f"Confirmation {story.confirmation} carries another head than the journey of its case had after act "


def let_another_have_issued_a_confirmation(story):
    Confirmation.objects.update(issued_by=story.coordinator)
    return f"Confirmation {story.confirmation} was not issued by the person who issued it by the audit trail."


def delete_a_confirmation(story):
    story.confirmation.deliveries.clear()
    Confirmation.objects.all().delete()
    return f"Confirmation {story.confirmation} was issued by the audit trail, and is not there."


def change_who_approved_a_summary(story):
    Summary.objects.filter(bundle=story.first).update(approved_by=story.team)
    return f"Bundle {story.first} has an approved summary that is not as act "


def take_an_approval_away(story):
    Summary.objects.filter(bundle=story.first).update(approved_by=None, act=None)
    return f"Bundle {story.first} was summarised by act "


def delete_a_waiver(story):
    Waiver.objects.all().delete()
    return f"Bundle {story.third} needs no summary by act "


WAYS = [
    delete_the_last_entry,
    delete_the_last_entry_of_an_act_with_several,
    delete_an_entry_in_the_middle,
    delete_a_handover_with_its_act,
    change_a_holding,
    delete_a_holding,
    add_a_holding,
    insert_an_entry,
    swap_two_entries,
    edit_an_act(day=OTHER_DAY),
    edit_an_act(by=lambda story: story.witness),
    edit_an_act(second=lambda story: story.witness),
    edit_an_act(reason="could_harm"),
    edit_an_act(recorded_at=lambda story: story.withholding.recorded_at - timedelta(days=1)),
    edit_an_act(shipment=lambda story: story.shipment),
    edit_the_pieces_of_an_entry,
    edit_the_day_of_an_entry,
    lead_an_entry_elsewhere,
    give_an_entry_a_step_that_there_is_not,
    move_pieces_the_wrong_way,
    change_a_digest,
    change_a_head,
    spoil_a_reversal,
    move_a_bundle_to_another_case,
    change_the_purpose_of_a_bundle,
    change_the_code_of_a_bundle,
    change_the_number_of_a_seal,
    change_the_witness_of_a_seal,
    delete_a_seal,
    change_how_a_seal_was_found,
    leave_a_bundle_in_its_bag,
    delete_what_lay_in_a_bag,
    put_a_bundle_in_another_bag,
    put_a_bag_on_another_shipment,
    undo_the_dispatch_of_a_shipment,
    move_the_day_of_a_dispatch,
    move_the_day_of_a_delivery,
    give_a_delivery_to_another_case,
    change_the_figures_of_a_confirmation,
    spoil_the_figures_of_a_confirmation,
    let_a_shipment_come_from_another_hub,
    let_a_shipment_go_to_another_person,
    say_that_a_seal_was_broken,
    date_a_confirmation_up,
    let_another_have_issued_a_confirmation,
    delete_a_confirmation,
    change_who_approved_a_summary,
    take_an_approval_away,
    delete_a_waiver,
]


def test_a_story_that_nobody_tampered_with_is_whole():
    story = Story()
    kept = chain_head()
    verdict = "The journey is whole: 3 bundles, 20 entries, 16 acts, 130 pieces; 12 checks."
    take_the_guards_off()
    assert check() == [verdict]
    assert check("--against", kept) == [verdict.replace("12", "13")]
    story.screen(story.third)
    assert check("--against", kept)[-1].startswith("The journey is whole")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__.replace("_", " "))
def test_who_tampers_is_found_out(way):
    story = Story()
    take_the_guards_off()

    fault = way(story)

    lines = check()
    assert any(line.startswith(fault) for line in lines[:-1]), (fault, lines)
    assert lines[-1].startswith(f"{len(lines) - 1} fault")


# What leaves no trace within the database shows against the head that was kept elsewhere.


def delete_the_last_act(story):
    Entry.objects.filter(act=story.withholding).delete()
    story.withholding.delete()
    hide(story.third)
    return [
        "Against the head: 1 act that existed then is missing ({acts} then, {fewer} now);",
        "Against the head: 1 entry that existed then is missing (",
    ]


def change_a_figure_and_compute_everything_anew(story):
    Entry.objects.filter(pk=last_entry(story.third).pk).update(pieces=1)
    rewrite(story.third)
    return ["Against the head: there are as many acts and entries up to act {last} as then, but they are not the same"]


@pytest.mark.parametrize("way", [delete_the_last_act, change_a_figure_and_compute_everything_anew])
def test_what_leaves_no_trace_shows_against_the_head(way):
    story = Story()
    kept = chain_head()
    acts, last = Act.objects.count(), story.withholding.pk
    take_the_guards_off()

    faults = way(story)

    assert check()[-1].startswith("The journey is whole")
    lines = check("--against", kept)
    assert len(lines) == len(faults) + 1
    for fault, line in zip(faults, lines, strict=False):
        assert line.startswith(fault.format(acts=acts, fewer=acts - 1, last=last)), line
    assert str(last) in lines[0]
