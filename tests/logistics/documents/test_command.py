"""`manage.py document`: what it lists, prints, says, refuses and writes down."""

import json
import os
import subprocess
import sys
from io import StringIO
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from logistics import codes
from logistics.actions import confirming, delivering
from logistics.actions.delivering import Outcome
from logistics.actions.following import Part
from logistics.actions.labels import replace_label
from logistics.models import AuditRow, Confirmation, Delivery, Label, Shipment
from mailbags.actions import arriving
from mailbags.actions.arriving import BagFound
from mailbags.models import Mailbag
from tests.logistics.documents.reading import page_count, paper, symbols, text
from tests.world import DAY, World, everything

pytestmark = pytest.mark.django_db


@pytest.fixture
def printed() -> tuple[World, Mailbag, Confirmation]:
    """A bag that has been delivered, and the confirmation of it; beside it an open bag with nothing in it."""
    world = World(public_name="Somebody", languages=["tr"])
    bundles = [world.count(60), world.count(28)]
    world.screen(*bundles)
    for bundle in bundles:
        world.summarise(bundle, "tr")
    shipment, bag = world.send(*bundles)
    found = [Part(bundle) for bundle in bundles]
    world.tell(arriving.take_over, shipment, opened=[BagFound(bag)], found=found, by=world.worker)
    outcomes = [Outcome(bundles[0], "in_person"), Outcome(bundles[1], "close", 20), Outcome(bundles[1], "refused", 8)]
    act = world.tell(
        delivering.record_delivery, shipment, case=world.case, outcomes=outcomes, capacity="self", by=world.worker
    )
    confirmation = confirming.issue(
        world.case, deliveries=[Delivery.objects.get(acts=act)], key=uuid4(), day=DAY, by=world.team
    )
    world.bag(world.plan())
    return world, bag, confirmation


def run(*arguments: str) -> tuple[str, str]:
    said, aside = StringIO(), StringIO()
    call_command("document", *arguments, stdout=said, stderr=aside)
    return said.getvalue(), aside.getvalue()


def refusal(*arguments: str) -> str:
    with pytest.raises(CommandError) as refused:
        run(*arguments)
    assert refused.value.returncode == 1
    return str(refused.value)


def test_it_lists_what_can_be_printed(printed):
    _, bag, confirmation = printed
    rows = json.loads(run("--list", "--format", "json")[0])
    listed = {kind: [row["code"] for row in rows if row["kind"] == kind] for kind in ("confirmation", "labels", "packing-list")}
    assert listed["confirmation"] == [confirmation.number] and listed["packing-list"] == [bag.label.code]
    planned = Shipment.objects.get(dispatched_on=None)
    assert listed["labels"] == sorted([*Label.objects.values_list("code", flat=True), planned.number])
    assert [line.split() for line in run("--list")[0].splitlines()] == [[row["kind"], row["code"]] for row in rows]


def test_an_empty_site_has_an_empty_list():
    assert json.loads(run("--list", "--format", "json")[0]) == []
    assert run("--list")[0] == ""


def test_it_prints_a_packing_list_of_what_lay_in_the_bag(printed, tmp_path):
    world, bag, _ = printed
    target = tmp_path / "list.pdf"
    run("packing-list", bag.label.code, "-o", str(target), "--language", "en")
    made = target.read_bytes()
    said = text(made)
    assert page_count(made) == 1
    assert [each.text for each in symbols(made)] == [bag.label.code]
    assert "For Somebody." in said
    assert "Bundles 2 Letters 88 Cards – Pieces together 88" in said
    for content, pieces in zip(bag.contents.order_by("pk"), (60, 28), strict=True):
        assert f"{codes.grouped(content.bundle.label.code)} {pieces}" in said
    assert "All were written in Norway. Counted one by one on 6 January 2025 by the mailroom." in said
    assert "Packed and sealed before a witness on 6 January 2025." in said
    assert "Every bundle has an approved summary in Turkish." in said
    assert "Constructed" not in said
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.pdf"]


def test_it_prints_a_confirmation_of_the_stored_facts(printed, tmp_path):
    _, bag, confirmation = printed
    target = tmp_path / "confirmation.pdf"
    run("confirmation", confirmation.number, "-o", str(target), "--paper", "letter", "--language", "en")
    made = target.read_bytes()
    said = text(made)
    assert paper(made) == (216, 279)
    assert [each.text for each in symbols(made)] == [confirmation.number]
    assert "80 letters and cards for Somebody were delivered in January 2025. Written in 1 country." in said
    assert "Delivered 80 – 80" in said and "Refused 8 – 8" in said and "Counted in the mailroom 88 – 88" in said
    assert codes.grouped(Delivery.objects.get().number) in said
    assert confirmation.content_hash[:8] in said and confirmation.journey_head[-8:] in said


def test_a_confirmation_printed_again_is_the_same_whatever_was_renamed_since(printed, tmp_path):
    world, _, confirmation = printed
    first, second = tmp_path / "1.pdf", tmp_path / "2.pdf"
    run("confirmation", confirmation.number, "-o", str(first))
    world.case.public_name = "Another name"
    world.case.save()
    world.campaign.name, world.campaign.is_constructed = "Another campaign", True
    world.campaign.save()
    run("confirmation", confirmation.number, "-o", str(second))
    assert first.read_bytes() == second.read_bytes()


def test_codes_are_taken_as_people_type_them(printed, tmp_path):
    _, bag, _ = printed
    typed = codes.grouped(bag.label.code).lower()
    run("packing-list", typed, "-o", str(tmp_path / "1.pdf"))
    run("packing-list", bag.label.code, "-o", str(tmp_path / "2.pdf"))
    assert (tmp_path / "1.pdf").read_bytes() == (tmp_path / "2.pdf").read_bytes()


def test_it_acts_as_the_operator_says_so_and_writes_it_down(printed, tmp_path):
    _, bag, _ = printed
    before = everything()
    _, aside = run("packing-list", bag.label.code, "-o", str(tmp_path / "list.pdf"))
    row = AuditRow.objects.latest("pk")
    assert (row.by.username, row.what, row.subject) == ("operator", "document_printed", bag.label.code)
    assert "operator of this machine" in aside
    assert everything() == before


def test_listing_writes_no_audit_row(printed):
    run("--list")
    assert not AuditRow.objects.filter(what="document_printed").exists()


def test_a_replaced_label_leads_to_the_bag(printed, tmp_path):
    world, bag, _ = printed
    old = bag.label.code
    new = replace_label(bag.label, by=world.volunteer).code
    for number, code in enumerate((old, new)):
        run("packing-list", code, "-o", str(tmp_path / f"{number}.pdf"))
    first, second = ((tmp_path / f"{number}.pdf").read_bytes() for number in (0, 1))
    assert first == second
    assert [each.text for each in symbols(first)] == [new]
    assert {"kind": "packing-list", "code": new} in json.loads(run("--list", "--format", "json")[0])


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["packing-list", "MYP8VYRZAYFF", "-o", "x.pdf"], "unknown_mailbag"),
        (["confirmation", "CSM5FX8KWZK4", "-o", "x.pdf"], "unknown_confirmation"),
        (["packing-list", "'; drop table", "-o", "x.pdf"], "unknown_mailbag"),
        (["label-sheet", "MYP8VYRZAYFF", "-o", "x.pdf"], "unknown_kind"),
        (["packing-list", "-o", "x.pdf"], "code_missing"),
        (["packing-list", "MYP8VYRZAYFF"], "output_missing"),
        ([], "unknown_kind"),
        (["packing-list", "MYP8VYRZAYFF", "-o", "x.pdf", "--copies", "2"], "option_not_for_kind"),
        (["labels", "MYP8VYRZAYFF", "-o", "x.pdf", "--start-at", "2"], "unknown_label"),
    ],
)
def test_what_cannot_be_printed_is_refused_with_a_sentence(arguments, code, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    said = refusal(*arguments)
    assert said.endswith(f"[{code}]") and len(said) > 30
    assert list(tmp_path.iterdir()) == []
    assert not AuditRow.objects.filter(what="document_printed").exists()


def test_the_number_of_one_kind_is_no_code_of_another(printed):
    _, bag, confirmation = printed
    assert "[unknown_confirmation]" in refusal("confirmation", bag.label.code, "-o", "-")
    assert "[unknown_mailbag]" in refusal("packing-list", confirmation.number, "-o", "-")


def test_an_empty_bag_has_no_list(printed):
    empty = Mailbag.objects.get(contents=None)
    assert "[bag_empty]" in refusal("packing-list", empty.label.code, "-o", "-")


def test_a_file_that_cannot_be_written_leaves_nothing_behind(printed, tmp_path):
    _, bag, _ = printed
    assert "[cannot_write]" in refusal("packing-list", bag.label.code, "-o", str(tmp_path / "no" / "list.pdf"))
    (tmp_path / "folder").mkdir()
    assert "[cannot_write]" in refusal("packing-list", bag.label.code, "-o", str(tmp_path / "folder"))
    assert [entry.name for entry in tmp_path.iterdir()] == ["folder"]


def test_the_bytes_can_go_to_standard_output(printed, tmp_path, capfdbinary):
    _, bag, _ = printed
    run("packing-list", bag.label.code, "-o", str(tmp_path / "list.pdf"))
    run("packing-list", bag.label.code, "-o", "-")
    assert capfdbinary.readouterr().out == (tmp_path / "list.pdf").read_bytes()


def test_from_the_shell_a_refusal_is_exit_1_and_one_sentence(tmp_path):
    root = Path(__file__).parents[3]
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/site.db"}
    command = [sys.executable, str(root / "manage.py")]
    subprocess.run([*command, "migrate", "-v0"], env=environment, check=True)
    target = tmp_path / "x.pdf"
    ended = subprocess.run(
        [*command, "document", "packing-list", "MYP8VYRZAYFF", "-o", str(target)],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == "CommandError: There is no mailbag with this code here. Look at the code again. [unknown_mailbag]\n"
    assert not target.exists()


def test_a_device_is_written_into_and_never_replaced(printed):
    _, bag, _ = printed
    before = Path("/dev/full").stat()
    assert "[cannot_write]" in refusal("packing-list", bag.label.code, "-o", "/dev/full")
    assert (Path("/dev/full").stat().st_mode, Path("/dev/full").stat().st_rdev) == (before.st_mode, before.st_rdev)
    assert not AuditRow.objects.filter(what="document_printed").exists()


def test_a_link_leads_to_the_file_that_is_written(printed, tmp_path):
    _, bag, _ = printed
    (tmp_path / "link.pdf").symlink_to(tmp_path / "list.pdf")
    run("packing-list", bag.label.code, "-o", str(tmp_path / "link.pdf"))
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "list.pdf").read_bytes().startswith(b"%PDF")
