"""How fast documents are made, beside plain WeasyPrint with its default settings in the same run. Run by hand.

    .venv/bin/python bench/documents.py

Each row is measured in a process of its own, warm: a small document of the same kind was made before. Plain WeasyPrint
gets the same lines as an ordinary table (for labels: a box for each, with its own picture of the symbol). Prints a
Markdown table: seconds, lines (or labels) a second, and the peak of memory in MB.
"""

import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROWS = (("letter bill", 100), ("letter bill", 1_000), ("packing list", 100), ("packing list", 1_000), ("labels", 240), ("labels", 2_400))
PLAIN_MOST = 1_000
"""Plain WeasyPrint is not asked for more: it would take minutes, and its speed only falls."""


def main() -> None:
    if wanted := os.environ.get("BENCH_CHILD"):
        name, lines, way = json.loads(wanted)
        print(json.dumps(measure(name, lines, way)))
        return
    print("| | ours, s | lines a second | peak, MB | plain, s | lines a second | peak, MB |\n|---|---:|---:|---:|---:|---:|---:|")
    for name, lines in ROWS:
        ours = child(name, lines, "ours")
        plain = child(name, min(lines, PLAIN_MOST), "plain")
        print(f"| {name}, {lines:,} | {row(ours)} | {row(plain)} |", flush=True)


def row(made: dict) -> str:
    return f"{made['seconds']:.2f} | {made['lines'] / made['seconds']:,.0f} | {made['peak']:.0f}"


def child(name: str, lines: int, way: str) -> dict:
    with tempfile.TemporaryDirectory(prefix="lightpost-bench-") as folder:
        env = os.environ | {
            "BENCH_CHILD": json.dumps([name, lines, way]), "DATABASE_URL": f"sqlite:///{folder}/bench.db",
            "LIGHTPOST_SECRET_KEY": "bench-" * 12, "LIGHTPOST_HOSTS": "localhost", "LIGHTPOST_FILES": folder,
            "DJANGO_SETTINGS_MODULE": "logistics.settings", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        done = subprocess.run([sys.executable, __file__], env=env, capture_output=True, text=True, cwd=ROOT)
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout.splitlines()[-1])


def measure(name: str, lines: int, way: str) -> dict:
    import django

    django.setup()
    make = (OURS if way == "ours" else PLAIN)[name]
    make(10)
    begun = time.perf_counter()
    make(lines)
    seconds = time.perf_counter() - begun
    return {"seconds": seconds, "lines": lines, "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024}


def some(lines: int, sort: str = "B") -> list[str]:
    from logistics import codes

    with codes.drawing_from(random.Random(1)):
        return [codes.new(sort) for _ in range(lines)]


def letter_bill(lines: int) -> bytes:
    from mailbags.documents.outer import letter_bill
    from mailbags.queries.shipment_facts import BagFacts, ShipmentFacts

    bundles, bags = some(lines), some(6, "M")
    held = [tuple((code, 40) for code in bundles[at::6]) for at in range(6)]
    told = tuple(BagFacts(code, f"A-{at}", 600, 11_000, held[at]) for at, code in enumerate(bags))
    return letter_bill(ShipmentFacts("SV3SNRWTH36B", "en", False, told))


def packing_list(lines: int) -> bytes:
    from datetime import date

    from mailbags.documents.packing_list import packing_list
    from mailbags.queries.packing_facts import CaseList, PackedBundle, PackingFacts

    day = date(2014, 1, 6)
    bundles = tuple(PackedBundle(code, ("NO", "DE", "TG")[at % 3], "letter", 40, day) for at, code in enumerate(some(lines)))
    case = CaseList(name="Somebody", needs_summaries=False, bundles=bundles, languages=("en",))
    return packing_list(PackingFacts("MYP8VYRZAYFF", False, day, day, True, (case,)))


def labels(lines: int) -> bytes:
    from logistics.documents.labels import label_sheets

    return label_sheets(some(lines), number="AGFJYJ1FPJEH")


def plain_list(lines: int) -> bytes:
    from weasyprint import HTML

    from logistics import codes

    cells = "".join(
        f"<tr><td>{at}</td><td>{codes.grouped(code)}</td><td>Norway</td><td>40</td><td>&#9633;</td></tr>"
        for at, code in enumerate(some(lines), 1)
    )
    return bytes(HTML(string=f"<table><tr><th>No.<th>Bundle<th>From<th>Pieces<th>Found</tr>{cells}</table>").write_pdf())


def plain_labels(lines: int) -> bytes:
    from weasyprint import HTML

    from logistics import codes
    from logistics.documents import qr

    style = "<style>div{display:inline-block;width:55mm;height:32mm} svg{width:22mm}</style>"
    boxes = "".join(
        f'<div><svg viewBox="0 0 {qr.side(code)} {qr.side(code)}"><path stroke="#000" d="{qr.path(code)}"/></svg>'
        f"<b>{code[0]}</b><p>{codes.grouped(code)}</p></div>"
        for code in some(lines)
    )
    return bytes(HTML(string=style + boxes).write_pdf())


OURS: dict[str, Callable[[int], bytes]] = {"letter bill": letter_bill, "packing list": packing_list, "labels": labels}
PLAIN: dict[str, Callable[[int], bytes]] = {"letter bill": plain_list, "packing list": plain_list, "labels": plain_labels}

if __name__ == "__main__":
    main()
