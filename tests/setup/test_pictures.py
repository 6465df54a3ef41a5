"""The documentation leads nowhere that is not there, and keeps no picture that nobody shows."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def leads() -> dict[Path, list[Path]]:
    return {page: [(page.parent / lead).resolve() for lead in LINK.findall(page.read_text())] for page in PAGES}


def test_every_link_and_picture_is_there():
    assert [(page.name, lead.name) for page, found in leads().items() for lead in found if not lead.exists()] == []


def test_every_picture_is_shown_somewhere():
    shown = {lead for found in leads().values() for lead in found}
    pictures = set((ROOT / "docs" / "pictures").glob("*.png"))
    assert pictures and pictures <= shown


def test_every_guide_can_be_found_from_the_readme():
    guides = {path.resolve() for path in (ROOT / "docs" / "guides").glob("*.md")}
    assert guides and guides <= set(leads()[ROOT / "README.md"])
