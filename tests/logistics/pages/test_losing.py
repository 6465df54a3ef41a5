"""Lost, found, destroyed: by the case team, from the bundle and from the difference."""

import pytest

from logistics import permissions, steps
from logistics.actions import delivering, losing, screening
from logistics.actions.delivering import Outcome
from logistics.actions.discrepancies import open_discrepancy
from logistics.actions.following import Part
from logistics.models import Act, Discrepancy
from logistics.views.discrepancies import address_of
from mailbags.actions import arriving
from tests import factories
from tests.logistics.pages.mailroom import PASSWORD, act, client_of, give_password, text_of
from tests.world import World, everything, held, new_act, refused

pytestmark = pytest.mark.django_db


def on_its_way() -> tuple:
    world = World()
    bundle = world.ready(48)
    shipment, _bag = world.send(bundle)
    return world, bundle, shipment, f"/bundles/{bundle.label.code}/"


def withheld() -> tuple:
    world = World()
    bundle = world.ready(20)
    world.tell(screening.withhold, bundle, hub=world.hub, pieces=5, reason="could_harm", by=world.volunteer)
    return world, bundle, f"/bundles/{bundle.label.code}/destroy/"


def test_the_case_team_tells_pieces_as_lost_once_however_often_it_is_sent():
    world, bundle, _shipment, address = on_its_way()
    client = client_of(world.team)
    assert f"{address}lost/" in text_of(client.get(address))
    shown = client.get(f"{address}lost/")
    assert shown.context["form"]["start"].value() == "transit.48" and shown.context["form"]["pieces"].value() == 48
    typed = act(start="transit.48", pieces=48)
    for _ in range(2):
        assert client.post(f"{address}lost/", typed)["Location"] == address
        assert held(bundle) == {"lost": 48}
    told = text_of(client.get(address))
    assert "48 pieces are told as lost." in told and f"/acts/{Act.objects.get(kind='lost').key}/reverse/" in told
    assert f"{address}found/" in told and f"{address}lost/" not in told


def test_one_piece_is_one_piece():
    world, _bundle, _shipment, address = on_its_way()
    client = client_of(world.team)
    client.post(f"{address}lost/", act(start="transit.48", pieces=1))
    assert "1 piece is told as lost." in text_of(client.get(address))


def test_what_has_changed_since_is_refused_and_what_was_typed_stays():
    world, _bundle, _shipment, address = on_its_way()
    client, before = client_of(world.team), everything()
    response = client.post(f"{address}lost/", act(start="transit.47", pieces=12))
    assert 'role="alert"' in text_of(response) and 'value="12"' in text_of(response)
    for start in ("in_person.48", "transit.", "transit.x", "", "transit.²"):
        assert client.post(f"{address}lost/", act(start=start, pieces=12)).status_code == 200
    assert everything() == before


@pytest.mark.parametrize("end", ["shipment", "hub"])
def test_what_was_lost_turns_up_with_the_case_worker_or_in_a_mailroom(end):
    world, bundle, shipment, address = on_its_way()
    client = client_of(world.team)
    client.post(f"{address}lost/", act(start="transit.48", pieces=48))
    which = {"shipment": f"shipment:{shipment.number}", "hub": f"hub:{world.next_hub.code}"}[end]
    assert which in text_of(client.get(f"{address}found/"))
    typed = act(end=which, pieces=40, before=48)
    for _ in range(2):
        assert client.post(f"{address}found/", typed)["Location"] == address
        assert held(bundle) == {"lost": 8, {"shipment": "field", "hub": "mailroom"}[end]: 40}
    before = everything()
    assert client.post(f"{address}found/", act(end="hub:elsewhere", pieces=8, before=8)).status_code == 200
    assert everything() == before


def test_two_places_are_two_choices():
    world, _bundle, address = withheld()
    told = text_of(client_of(world.team).get(address.replace("destroy", "lost")))
    assert 'value="mailroom.15"' in told and 'value="withheld.5"' in told and 'type="radio"' in told


def test_two_people_tell_what_was_destroyed():
    world, bundle, address = withheld()
    give_password(world.volunteer)
    client = client_of(world.team)
    typed = act(start="withheld.5", pieces=5, reason="could_harm", second=world.volunteer.username)
    before = everything()
    assert client.post(address, typed | {"password": "wrong"}).status_code == 200
    assert client.post(address, typed | {"password": PASSWORD, "second": world.team.pk}).status_code == 200
    assert everything() == before
    for _ in range(2):
        assert client.post(address, typed | {"password": PASSWORD}).status_code == 302
        assert held(bundle) == {"mailroom": 15, "destroyed": 5}
    assert Act.objects.get(kind="destroyed").second == world.volunteer


def test_a_mailroom_destroys_what_it_withholds_and_nothing_elsewhere():
    world, bundle, address = withheld()
    give_password(world.witness)
    typed = act(start="withheld.5", pieces=5, reason="could_harm", second=world.witness.username, password=PASSWORD)
    assert client_of(world.next_volunteer).get(address).status_code == 404
    assert client_of(world.volunteer).post(address, typed).status_code == 302
    assert held(bundle) == {"mailroom": 15, "destroyed": 5}


def test_what_lies_elsewhere_is_for_the_case_team_to_destroy():
    world = World()
    bundle = world.ready(10)
    shipment, _bag = world.send(bundle)
    world.tell(arriving.take_over, shipment, found=[Part(bundle)], by=world.worker)
    world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=[Outcome(bundle, steps.REFUSED)], by=world.worker
    )
    told = {"start": "refused", "reason": "damaged", "second": world.witness, **new_act()}
    refused("not_your_hub", losing.destroy, Part(bundle), by=world.volunteer, **told)
    client, address = client_of(world.team), f"/bundles/{bundle.label.code}/destroy/"
    assert "Nobody else may do this with you yet." in text_of(client.get(address))
    factories.make_user("case_team", cases=[world.case])
    assert "Nobody else may do this with you yet." not in text_of(client.get(address))


def test_only_the_case_team_of_the_case_finds_the_pages():
    world, _bundle, _shipment, address = on_its_way()
    client_of(world.team).post(f"{address}lost/", act(start="transit.48", pieces=8))
    stranger = factories.make_user(permissions.CASE_TEAM, cases=[factories.make_case()])
    for rest in ("lost/", "found/"):
        assert client_of(world.team).get(address + rest).status_code == 200
        for other in (stranger, world.volunteer, world.worker, world.translator, world.coordinator, world.auditor):
            before = everything()
            for method in ("get", "post"):
                assert getattr(client_of(other), method)(address + rest).status_code == 404
            assert everything() == before
    assert client_of(world.team).get(f"{address}destroy/").status_code == 404


def test_the_difference_leads_to_what_may_be_told_of_its_bundle():
    world, bundle, _shipment, address = on_its_way()
    open_discrepancy("missing_bundle", case=world.case, bundle=bundle, act=bundle.entries.first().act, expected=48, found=0)
    difference = address_of(Discrepancy.objects.get())
    told = text_of(client_of(world.team).get(difference))
    assert f'href="{address}lost/"' in told and "In transit" in told
    assert "/lost/" not in text_of(client_of(world.volunteer).get(difference))


def test_the_pages_ask_at_most_twelve_times(django_assert_max_num_queries):
    world, _bundle, _shipment, address = on_its_way()
    client = client_of(world.team)
    with django_assert_max_num_queries(12):
        client.get(f"{address}lost/")
    client.post(f"{address}lost/", act(start="transit.48", pieces=8), follow=True)
    with django_assert_max_num_queries(12):
        client.get(f"{address}found/")
