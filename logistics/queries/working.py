"""Background work as it stands, for whoever asked for it."""

import json
import time
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from logistics.models import User, Work

LOST_SECONDS = 20
"""Without a sign of life for so long a worker is taken to be gone (it gives one every two seconds)."""
PATIENCE = 10
"""Seconds after which a page says that nobody has begun."""


def works(user: User) -> QuerySet[Work]:
    """Only what this person asked for."""
    return Work.objects.filter(by=user)


@dataclass(frozen=True)
class Standing:
    """`done` of `of` (0: not known yet), and of what; seconds since it was asked for and since the last sign of life;
    how many others are being done before it."""

    done: int
    of: int
    what: str
    waited: int
    silent: float
    ahead: int

    @property
    def is_lost(self) -> bool:
        return self.silent > LOST_SECONDS


def standing(work: Work) -> Standing:
    """How far it is. One query, and that only while it waits."""
    waited = int((timezone.now() - work.asked_at).total_seconds())
    ahead = _ahead(work) if work.state == Work.State.WAITING else 0
    try:
        told = json.loads(work.progress_path.read_text())
        silent = time.time() - work.progress_path.stat().st_mtime
    except FileNotFoundError:
        silent = (timezone.now() - (work.begun_at or work.asked_at)).total_seconds()
        return Standing(0, 0, "", waited, silent, ahead)
    return Standing(told["done"], told["of"], told["what"], waited, silent, ahead)


def is_interrupted(work: Work) -> bool:
    """Whether its worker was stopped in the middle of it."""
    return work.state == Work.State.RUNNING and standing(work).is_lost


def _ahead(work: Work) -> int:
    """How many others are being done now: while there are some, a worker is there and this one's turn comes."""
    running = Work.objects.filter(state=Work.State.RUNNING)
    return sum(not is_interrupted(other) for other in running)
