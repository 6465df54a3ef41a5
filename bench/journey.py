"""How fast the journey is: acts a second, the workbook, `received`, `check_journey`. Run by hand, compare in one run.

    .venv/bin/python bench/journey.py [DATABASE_URL ...]

Without arguments: a new SQLite file and, where initdb is found, a PostgreSQL of its own, both in a temporary folder.
Each database is measured in a process of its own. Beside the acts stands a bare Django insert of as many rows (acts,
entries and holdings) in one transaction: what the rows themselves cost. Prints a Markdown table.
"""

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).parents[1]
ACTS = 300
MANY = 100
DAY = date(2025, 1, 6)


def main() -> None:
    if os.environ.get("BENCH_CHILD"):
        print(json.dumps(measure()))
        return
    with tempfile.TemporaryDirectory(prefix="lightpost-bench-") as folder, postgresql(folder) as server:
        urls = sys.argv[1:] or [f"sqlite:///{folder}/bench.db", *([server] if server else [])]
        columns = {url.partition(":")[0]: child(url, folder) for url in urls}
    print_table(columns)


def child(url: str, folder: str) -> dict:
    env = os.environ | {
        "BENCH_CHILD": "1", "DATABASE_URL": url, "LIGHTPOST_SECRET_KEY": "bench-" * 12, "LIGHTPOST_HOSTS": "localhost",
        "LIGHTPOST_FILES": folder, "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run([sys.executable, __file__], env=env, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


@contextmanager
def postgresql(folder: str):
    """A server of its own with durable settings (fsync on), or None where there is none to be had."""
    programs = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not programs:
        yield None
        return
    programs, data = programs[-1].parent, Path(folder) / "pg"
    data.mkdir()
    os.chmod(folder, 0o755)
    run = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    if run:
        subprocess.run(["chown", "postgres", data], check=True)
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": "/"}
    subprocess.run([*run, programs / "initdb", "-D", data / "db", "-U", "lightpost", "-A", "trust", "-E", "UTF8"], **quiet)
    options = f"-k {data} -c listen_addresses="
    control = [*run, programs / "pg_ctl", "-D", data / "db", "-w", "-s"]
    subprocess.run([*control, "-o", options, "-l", data / "log", "start"], **quiet)
    try:
        yield f"postgres://lightpost@/postgres?host={data}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def measure() -> dict:
    os.environ["DJANGO_SETTINGS_MODULE"] = "logistics.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    found = {}
    found |= acts()
    found |= demo_figures()
    found["peak memory of the process, MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    return found


@contextmanager
def clock(found: dict, name: str, per: int = 0):
    """Seconds, or how many a second of `per`."""
    start = time.perf_counter()
    yield
    seconds = time.perf_counter() - start
    found[name] = round(per / seconds) if per else round(seconds, 2)


def acts() -> dict:
    from django.db import connection, transaction
    from django.test.utils import CaptureQueriesContext

    from logistics.actions import receiving, screening
    from logistics.actions.counting import Pile, count
    from logistics.models import Act, Bundle, Entry, Holding
    from tests import factories
    from tests.world import World

    world, found = World(), {}
    collection = factories.make_solidarity_collection(world.case, letters=ACTS)
    batch = receiving.receive_batch(collection, hub=world.hub, received_on=DAY, key=uuid4(), by=world.volunteer)
    told = {"by": world.volunteer, "day": DAY}
    pile = Pile(world.case, "letter", 5, "solidarity")
    count(batch, piles=[pile], key=uuid4(), **told)
    with clock(found, "acts a second, counting one bundle each", ACTS):
        for _ in range(ACTS):
            count(batch, piles=[pile], key=uuid4(), **told)
    bundles = list(Bundle.objects.order_by("pk"))
    withheld = {"pieces": 1, "reason": "damaged", "hub": world.hub}
    with clock(found, "acts a second, withholding from one bundle each", ACTS):
        for bundle in bundles[:ACTS]:
            screening.withhold(bundle, key=uuid4(), **withheld, **told)
    with clock(found, f"bundles a second, screening {MANY} in an act", ACTS):
        for start in range(0, ACTS, MANY):
            screening.screen(bundles[start : start + MANY], hub=world.hub, key=uuid4(), **told)
    with clock(found, f"bundles a second, counting {MANY} in an act", ACTS):
        for _ in range(ACTS // MANY):
            count(batch, piles=[pile] * MANY, key=uuid4(), **told)
    copies = [list(model.objects.order_by("-pk")[:MANY]) for model in (Act, Entry, Holding)]
    fresh = Bundle.objects.exclude(pk__in=[row.bundle_id for row in copies[1]]).order_by("pk")[:MANY]
    with transaction.atomic():
        with clock(found, f"rows a second, a bare insert of {MANY} acts, entries and holdings", 3 * MANY):
            bare(copies, list(fresh))
        transaction.set_rollback(True)
    for name, rows in (("one bundle", bundles[-1:]), (f"{MANY} bundles", None)):
        rows = rows or list(Bundle.objects.order_by("-pk")[:MANY])
        with CaptureQueriesContext(connection) as captured:
            screening.screen(rows, hub=world.hub, key=uuid4(), **told)
        found[f"queries of an act over {name}"] = len(captured)
    return found


def bare(copies: list, bundles: list) -> None:
    """The same rows once more, with nothing but Django's bulk insert."""
    acts, entries, holdings = copies
    for number, (act, entry, holding) in enumerate(zip(acts, entries, holdings, strict=False)):
        act.pk, act.key = None, uuid4()
        entry.pk, entry.sequence = None, 100_000 + number
        holding.pk, holding.bundle = None, bundles[number % len(bundles)]
    type(acts[0]).objects.bulk_create(acts)
    type(entries[0]).objects.bulk_create(entries)
    type(holdings[0]).objects.bulk_create(holdings, ignore_conflicts=True)


def demo_figures() -> dict:
    """On an empty database: the workbook, then the demonstration and the questions that are asked of it."""
    import io
    import random

    from django.core.management import call_command
    from django.db import connection

    from logistics import codes
    from logistics.actions.people import operator
    from logistics.demo import run, story
    from logistics.models import Campaign
    from logistics.queries.received import received
    from logistics.resources import campaign_files
    from logistics.resources.returns.importing import answers

    folder, found = ROOT / "data" / "write-for-rights-2013", {}
    empty(connection)
    by = operator()
    campaign_files.load(folder, by=by)
    campaign = Campaign.objects.get()
    workbook = [str(folder / "returns" / "world-2013.xlsx")]
    with clock(found, "preview of the workbook, seconds"):
        answers(workbook, campaign=campaign, by=by)
    with clock(found, "commit of the workbook, seconds"):
        answers(workbook, campaign=campaign, by=by, commit=True)
    found["peak memory so far, MB"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    empty(connection)
    with clock(found, "the demonstration, seconds"), codes.drawing_from(random.Random(1)):
        run.run(story.read(ROOT / "data" / "demo" / "story.toml"), io.StringIO())
    with clock(found, "received on the demonstration, seconds"):
        received(operator())
    with clock(found, "check_journey on the demonstration, seconds"):
        call_command("check_journey", stdout=io.StringIO())
    return found


def empty(connection) -> None:
    """The database as it was after the first migration."""
    from django.core.management import call_command

    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        else:
            cursor.execute("SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'")
            tables = [name for (name,) in cursor.fetchall()]
            cursor.execute("PRAGMA foreign_keys=OFF")
            for table in tables:
                cursor.execute(f'DROP TABLE "{table}"')
            cursor.execute("PRAGMA foreign_keys=ON")
    connection.close()
    call_command("migrate", verbosity=0)


def print_table(columns: dict[str, dict]) -> None:
    names = list(next(iter(columns.values())))
    print("| | " + " | ".join(columns) + " |")
    print("|---|" + "---:|" * len(columns))
    for name in names:
        print(f"| {name} | " + " | ".join(f"{found[name]:,}" for found in columns.values()) + " |")


if __name__ == "__main__":
    main()
