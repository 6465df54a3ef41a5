"""Files that were sent and are looked at before they are imported: kept for a day at most, for whoever sent them."""

import re
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from logistics.resources.returns.sent import Sent, folder_of_all

MOST_FILES = 5
KEPT_SECONDS = 24 * 60 * 60
MOST_KEPT = 3
"""Sendings that are kept for one sign-in; a new one takes the place of the oldest."""
LONGEST_NAME = 120
MOST_LEFT = 30
"""Of which it is remembered that they were sent."""
UNSAFE = re.compile(r"[\x00-\x1f\x7f/\\]")


@dataclass(frozen=True)
class Upload(Sent):
    """What was sent together: its folder, the campaign it is for, how each file writes its dates, and which of its rows
    tell something else than what they look like."""

    campaign: str
    orders: dict[str, str]
    others: dict[str, list[int]] = field(default_factory=dict)

    @property
    def asked(self) -> dict[str, Any]:
        """As the jobs of `resources.returns.sent` take it."""
        return {"token": self.token.hex, "campaign": self.campaign, "orders": self.orders, "others": self.others}


def keep(request: HttpRequest, campaign: str, files: Sequence[UploadedFile]) -> Upload:
    """Put the files into a folder with a random name that only whoever sent them knows."""
    _sweep()
    kept = request.session.get("uploads", {})
    for token in list(kept)[: max(0, len(kept) - MOST_KEPT + 1)]:
        discard(request, UUID(token))
    upload = Upload(uuid4(), campaign, {})
    for number, file in enumerate(files):
        folder = upload.folder / str(number)
        folder.mkdir(parents=True, mode=0o700)
        with open(folder / _safe(file.name or ""), "wb") as to:
            to.writelines(file.chunks())
    remember(request, upload)
    return upload


def _safe(name: str) -> str:
    """The name of the file as people know it, without anything that could lead elsewhere."""
    return UNSAFE.sub("", name).lstrip(". ")[-LONGEST_NAME:] or "file"


def _sweep() -> None:
    """Nobody came back for these."""
    for folder in folder_of_all().glob("*"):
        if folder.stat().st_mtime < time.time() - KEPT_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def remember(request: HttpRequest, upload: Upload) -> None:
    kept = {"campaign": upload.campaign, "orders": upload.orders, "others": upload.others}
    request.session["uploads"] = {**request.session.get("uploads", {}), str(upload.token): kept}


def kept_upload(request: HttpRequest, token: UUID) -> Upload | None:
    """What the same person sent; None for anybody else, and when it is gone."""
    about = request.session.get("uploads", {}).get(str(token))
    upload = Upload(token, **about) if about else None
    return upload if upload and upload.is_looked_at else None


def was_sent(request: HttpRequest, token: UUID) -> bool:
    """Whether the same person sent it, and it was left or others took its place."""
    return str(token) in {*request.session.get("uploads", {}), *request.session.get("uploads_left", [])}


def looked_at(request: HttpRequest) -> list[Upload]:
    """What the same person sent and has not left, nor seen imported, the newest first."""
    kept = [Upload(UUID(token), **about) for token, about in request.session.get("uploads", {}).items()]
    return [upload for upload in reversed(kept) if upload.is_looked_at]


def discard(request: HttpRequest, token: UUID) -> None:
    kept = dict(request.session.get("uploads", {}))
    if kept.pop(str(token), None):
        request.session["uploads"] = kept
        request.session["uploads_left"] = [*request.session.get("uploads_left", []), str(token)][-MOST_LEFT:]
        Sent(token).remove()
