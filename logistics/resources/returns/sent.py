"""Returns that were sent and are kept until they are imported or left: read and brought in as background work."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _

from logistics.errors import Refused
from logistics.models import Campaign, Tally, User
from logistics.queries.cases import campaigns
from logistics.queries.returns import standing_return
from logistics.registry import Report
from logistics.resources.reading.files import read_file
from logistics.resources.returns.importing import Answer, Session

AT_ONCE_BYTES = 50_000
"""Up to so much is read in well under two seconds: some 1,000 rows."""


def folder_of_all() -> Path:
    return Path(settings.MEDIA_ROOT) / "uploads"


@dataclass(frozen=True)
class Sent:
    """Files that were sent together, in a folder with a random name."""

    token: UUID

    @property
    def folder(self) -> Path:
        return folder_of_all() / self.token.hex

    @property
    def files(self) -> list[Path]:
        """Refused: `files_gone`."""
        if not self.folder.exists():
            raise Refused("files_gone", _("These files are kept here no longer. Send them again."))
        return [next(each.iterdir()) for each in sorted(self.folder.iterdir()) if each.is_dir()]

    @property
    def is_short(self) -> bool:
        return sum(path.stat().st_size for path in self.files) <= AT_ONCE_BYTES

    @property
    def is_looked_at(self) -> bool:
        return (self.folder / "answers.json").exists()

    def keep(self, name: str, what: Any) -> None:
        (self.folder / f"{name}.json").write_text(json.dumps(what))

    def kept(self, name: str, otherwise: Any = None) -> Any:
        path = self.folder / f"{name}.json"
        return json.loads(path.read_text()) if path.exists() else otherwise

    def remove(self) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)


def look(asked: dict[str, Any], by: User, report: Report) -> dict[str, Any]:
    """Read the files as an import would, and keep what it says beside them.

    `asked` has `token`, `campaign`, `orders` (by number of the file: `dmy` or `mdy`) and `others` (likewise: rows that
    tell something else than what they look like), and comes back. Refused:
    `not_permitted`, `unknown_campaign`, `files_gone`.
    """
    sent = Sent(UUID(asked["token"]))
    campaign = _campaign(asked, by)
    session = Session(campaign, by)
    answers = []
    for number, path in enumerate(sent.files):
        session.date_order, session.others = _answers(asked, number)
        session.report = _of_file(report, path)
        answer = session.answer(str(path)) | {"file": path.name}
        answers.append(answer | {"whole": session.whole, "earlier": _earlier(answer, campaign, path, by)})
    sent.keep("answers", answers)
    return asked


def bring_in(asked: dict[str, Any], by: User, report: Report) -> dict[str, Any]:
    """Import each file, whole or not at all; what an attempt before this one imported is found again.

    Answers `token` and `files`: of each its `file`, and its `return` (the key) and `rows`, or `why` as code and
    sentence. Refused: `not_permitted`, `unknown_campaign`, `files_gone`.
    """
    sent, campaign = Sent(UUID(asked["token"])), _campaign(asked, by)
    files, results = sent.files, sent.kept("results")
    was_begun = results is not None
    results = results or []
    sent.keep("results", results)
    for number, path in list(enumerate(files))[len(results) :]:
        order, others = _answers(asked, number)
        session = Session(campaign, by, commit=True, date_order=order, others=others)
        session.report = _of_file(report, path)
        answer = session.answer(str(path))
        is_first = number == len(results) and was_begun
        earlier = _imported_before(answer, sent, campaign, path, by) if is_first else None
        results.append(earlier or _became(answer, path.name))
        sent.keep("results", results)
    return {"token": asked["token"], "files": results}


def _earlier(answer: Answer, campaign: Campaign, path: Path, by: User) -> int | None:
    """The return in which this very file stands, where it is refused for that."""
    if answer.get("refused_file", {}).get("code") != "same_file":
        return None
    found = standing_return(campaign, read_file(str(path)).sha256, user=by)
    return found.pk if found else None


def _answers(asked: dict[str, Any], number: int) -> tuple[str, frozenset[int]]:
    """What was answered of one file: how it writes its dates, and which of its rows are others."""
    return asked["orders"].get(str(number), ""), frozenset(asked.get("others", {}).get(str(number), ()))


def _campaign(asked: dict[str, Any], by: User) -> Campaign:
    campaign = campaigns(by).filter(slug=asked["campaign"]).first()
    if campaign is None:
        raise Refused("unknown_campaign", _("There is no such campaign here. Look again at its name."))
    return campaign


def _of_file(report: Report, path: Path) -> Report:
    return lambda done, of, what="": report(done, of, path.name)


def _became(answer: Answer, name: str) -> dict[str, Any]:
    if key := answer.get("imported"):
        return {"file": name, "return": key, "rows": answer["ready"] + answer["look"]}
    return {"file": name, "why": answer.get("refused_file") or answer["not_imported"]}


def _imported_before(
    answer: Answer, sent: Sent, campaign: Campaign, path: Path, by: User
) -> dict[str, Any] | None:
    """What a worker imported that was stopped before it could say so: by the same person, since the files were sent."""
    if answer.get("refused_file", {}).get("code") != "same_file":
        return None
    found = standing_return(campaign, read_file(str(path)).sha256, user=by)
    since = path.stat().st_mtime
    if found is None or found.by_id != by.pk or found.imported_at.timestamp() < since:
        return None
    return {"file": path.name, "return": found.pk, "rows": Tally.objects.filter(collection__source=found).count()}
