"""The demonstration: everything that the story promises happens, through the actions, and once."""

from io import StringIO

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

from logistics import permissions, registry
from logistics.actions.people import operator
from logistics.demo import story
from logistics.demo.cast import LOGINS
from logistics.management.commands.demo import STORY
from logistics.models import Act, Campaign, Confirmation, Discrepancy, Flag, Holding, Hub, Shipment, User
from logistics.queries.received import received
from mailbags.models import Seal
from tests import factories
from tests.journeys.figures import whole
from tests.world import everything

pytestmark = pytest.mark.django_db


def demo(*arguments: str) -> str:
    said = StringIO()
    call_command("demo", *arguments, stdout=said)
    return said.getvalue()


def test_the_story_happens_and_a_second_run_changes_nothing():
    demo()
    told = story.read(STORY)
    figures = {row["case"]: row for row in received(operator())}
    mail = figures[told.whole]
    assert mail["declared"] == mail["counted"] == 4236
    assert 4200 <= mail["delivered"] < mail["counted"]
    assert sum(1 for pieces in mail["grades"].values() if pieces) >= 3
    assert mail["withheld"] == told.withheld - 1
    assert mail["places"]["seized"] == told.seized
    assert mail["places"]["lost"] > 0

    bundles = {"entries__bundle__case__code": told.whole}
    assert Act.objects.filter(kind="counted", **bundles).values("hub").distinct().count() == Hub.objects.count() == 2
    assert Shipment.objects.filter(acts__kind="dispatched", acts__in=Act.objects.filter(**bundles)).distinct().count() >= 3
    assert Act.objects.filter(kind="released", second__isnull=False).count() == 1
    assert set(Seal.objects.exclude(found="").values_list("found", flat=True)) == {"intact", "broken", "replaced"}
    assert Act.objects.filter(kind="recounted", **bundles).exists()
    assert all(number.isdigit() for number in Seal.objects.values_list("number", flat=True))  # it stands on outer papers
    missing = Discrepancy.objects.filter(kind="missing_bundle")
    assert sorted(row.is_open for row in missing) == [False, True]
    assert Act.objects.filter(kind="found").count() == 1
    assert Holding.objects.filter(place__kind="deferred", pieces__gt=0).exists()
    assert Act.objects.filter(kind="reversed").count() == 1
    assert Confirmation.objects.filter(replaces__isnull=False, case__code=told.whole).count() == 1
    flags = Flag.objects.filter(situation__case__code=told.released, situation__what="released")
    assert set(flags.values_list("decision", flat=True)) == {"go_on", ""}
    assert flags.filter(bundle__holdings__place__kind="transit", bundle__holdings__pieces__gt=0).exists()
    reached = set(Holding.objects.filter(pieces__gt=0).values_list("place__kind", flat=True))
    assert {"mailroom", "bag", "transit", "field", "institution", "assumed", "close"} <= reached
    assert Campaign.objects.get().is_constructed
    assert not Act.objects.filter(by=operator()).exists()
    assert whole()

    before = everything()
    assert "nothing was changed" in demo()
    assert everything() == before
    assert {kind for kind in registry.document_kinds if registry.document_kinds[kind].codes(operator())} == {
        "bag-list", "case-report", "confirmation", "delivery-form", "labels", "letter", "letter-bill", "packing-list",
    }  # fmt: skip


def test_there_is_one_login_for_each_role():
    roles = [role for role, _ in permissions.ROLES if role != permissions.OPERATOR]
    assert sorted(role for _, role in LOGINS) == sorted(roles)
    said = demo("--logins")
    assert all(name in said for name, _ in LOGINS)
    assert not User.objects.exists()


def test_a_site_that_is_somebodys_own_is_left_alone():
    factories.make_user("coordinator")
    with pytest.raises(CommandError, match="not_empty"):
        demo()
    assert not Campaign.objects.exists()


def test_no_case_of_the_story_stands_in_the_code():
    folder = settings.BASE_DIR / "logistics" / "demo"
    code = "".join(path.read_text() for path in folder.glob("*.py"))
    told = story.read(STORY)
    assert not [case for case in (told.whole, told.released, *told.stages) if f'"{case}"' in code]
