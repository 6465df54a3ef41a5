"""What each case received, for people (a table), for programs (JSON) and for spreadsheets (CSV)."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.models import User
from logistics.queries.cases import campaigns
from logistics.queries.received import FIGURES
from logistics.words import PLACES

Answer = Mapping[str, Any]

CONSTRUCTED = gettext_lazy("Constructed for demonstration")
HEADINGS = (
    gettext_lazy("Declared"), gettext_lazy("Counted"), gettext_lazy("Withheld"), gettext_lazy("On the way"),
    gettext_lazy("Delivered"), gettext_lazy("Unconfirmed"), gettext_lazy("Other"),
)  # fmt: skip
WIDEST_NAME = 40
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet would take for a formula."""


def as_json(answers: Sequence[Answer]) -> str:
    """A list of the objects as they are, in ASCII: valid whatever the terminal or the file is encoded in."""
    return json.dumps(answers, indent=1)


def as_csv(answers: Sequence[Answer]) -> str:
    """One line for each case; figures within figures have a dot in their heading, e.g. `grades.in_person`."""
    rows = [flat(answer) for answer in answers]
    written = io.StringIO()
    out = csv.DictWriter(written, list(rows[0]) if rows else ["case", "name", "campaign", "constructed", *FIGURES, "as_of"])
    out.writeheader()
    out.writerows({heading: harmless(value) for heading, value in row.items()} for row in rows)
    return written.getvalue().rstrip("\r\n")


def flat(answer: Answer, before: str = "") -> dict[str, Any]:
    """The same without anything inside anything."""
    found: dict[str, Any] = {}
    for name, value in answer.items():
        found |= flat(value, f"{before}{name}.") if isinstance(value, Mapping) else {f"{before}{name}": value}
    return found


def harmless(value: object) -> object:
    """Text as it is, with an apostrophe before it where a spreadsheet would take it for a formula."""
    if isinstance(value, str) and value.lstrip(" \u00a0\u200b\ufeff").startswith(FORMULA):
        return f"'{value}"
    return value


def as_table(
    answers: Sequence[Answer], *, user: User, as_of: date | None, known_at: datetime | None, in_detail: bool = False
) -> str:
    """Solidarity letters and cards, then appeals and what is not told where there are any; never added together.

    `in_detail` says for each case at which places its pieces are.
    """
    parts = [*_heads(answers, user, as_of, known_at), "", _("Solidarity letters and cards"), *_rows(answers, answers)]
    for name, title in (("appeals", _("Appeals to authorities: letters and cards")), ("not_told", _("Purpose not told"))):
        inner = [answer[name] for answer in answers]
        if any(figures[name] for figures in inner for name in FIGURES):
            parts += ["", title, *_rows(answers, inner)]
    if in_detail:
        parts += [line for answer in answers for line in _where(answer)]
    on_the_way = _("On the way: mailroom, bag, transit, field, deferred, returned. Unconfirmed: assumed, institution.")
    parts += ["", on_the_way]
    return "\n".join(parts)


def is_constructed(answers: Sequence[Answer], user: User) -> bool:
    """Whether any of these figures belongs to a demonstration."""
    slugs = {answer["campaign"] for answer in answers}
    return campaigns(user).filter(slug__in=slugs, is_constructed=True).exists()


def _heads(answers: Sequence[Answer], user: User, as_of: date | None, known_at: datetime | None) -> list[str]:
    slugs = {answer["campaign"] for answer in answers}
    rows = campaigns(user).filter(slug__in=slugs).order_by("slug").values_list("name", "is_constructed")
    constructed_name = _("%(name)s. Constructed for demonstration: who received what")
    names = [constructed_name % {"name": name} if constructed else name for name, constructed in rows]
    told = {"day": date_format(as_of or timezone.localdate(), "j F Y")}
    if known_at:
        sentence = _("As of %(day)s, as known at %(moment)s. Figures are pieces: letters and cards.")
        told["moment"] = known_at.isoformat(timespec="minutes")
    else:
        sentence = _("As of %(day)s. Figures are pieces: letters and cards.")
    return [*names, sentence % told]


def _rows(answers: Sequence[Answer], figures: Sequence[Answer]) -> list[str]:
    """A line for each case, and a line of totals."""
    campaigns_differ = len({answer["campaign"] for answer in answers}) > 1
    codes = [f"{answer['campaign']}/{answer['case']}" if campaigns_differ else answer["case"] for answer in answers]
    lines: list[tuple[str, ...]] = [(_("Case"), _("Name"), *(str(heading) for heading in HEADINGS))]
    for code, answer, row in zip(codes, answers, figures, strict=True):
        lines.append((code, _short(answer["name"]), *(_grouped(row[name]) for name in FIGURES)))
    lines.append((_("Total"), "", *(_grouped(sum(row[name] for row in figures)) for name in FIGURES)))
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))]
    return ["  ".join(_padded(line, widths)).rstrip() for line in lines]


def _grouped(pieces: int) -> str:
    return number_format(pieces, force_grouping=True)


def _padded(line: Sequence[str], widths: Sequence[int]) -> list[str]:
    """Code and name begin at the left, figures end at the right."""
    sides = [str.ljust, str.ljust, *[str.rjust] * len(HEADINGS)]
    return [side(cell, width) for side, cell, width in zip(sides, line, widths, strict=True)]


def _short(name: str) -> str:
    """On one line and without anything that would steer a terminal."""
    name = " ".join("".join(sign if sign.isprintable() else " " for sign in name).split())
    return name if len(name) <= WIDEST_NAME else name[: WIDEST_NAME - 1] + "…"


def _where(answer: Answer) -> list[str]:
    places = [f"{PLACES[kind]} {_grouped(pieces)}" for kind, pieces in answer["places"].items() if pieces]
    return ["", f"{answer['case']}: {', '.join(places) or _('nothing was counted yet')}."]
