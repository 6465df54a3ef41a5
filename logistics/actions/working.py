"""Background work: asked for once, done by a worker (`manage.py db_worker`), told again where it was interrupted."""

import logging
import shutil
import traceback
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from logistics import registry
from logistics.actions.progress import Progress
from logistics.errors import Refused
from logistics.models import User, Work
from logistics.queries.working import is_interrupted

logger = logging.getLogger("logistics.working")

KEPT = timedelta(days=1)
"""Afterwards the work is forgotten, and what it made is removed."""


def start(
    kind: str, arguments: dict[str, Any], *, by: User, key: UUID | None = None, at_once: bool = False
) -> Work:
    """Ask for work of a kind that stands in `registry.jobs`; `arguments` are what JSON can hold, best codes only.

    The same key is done once: a second call answers the work of the first. `at_once` does it before this returns, for
    what is known to be short; nobody has to wait for a worker then. Whether it may be done at all its job decides.
    Refused: `key_reused` where the key was used before for something else or by somebody else.
    """
    work, is_new = _asked(kind, arguments, by=by, key=key or uuid4(), queued=not at_once)
    if at_once and is_new:
        carry_out(work.key)
    if is_new:
        work.refresh_from_db()
    return work


@transaction.atomic
def _asked(kind: str, arguments: dict[str, Any], *, by: User, key: UUID, queued: bool) -> tuple[Work, bool]:
    """The work, and whether it is new: it and its place in the queue come to be together."""
    _forget_old()
    asked = {"kind": kind, "arguments": arguments, "by": by, "language": translation.get_language() or ""}
    work, is_new = Work.objects.get_or_create(key=key, defaults=asked)
    if (work.kind, work.arguments, work.by_id) != (kind, arguments, by.pk):
        raise Refused("key_reused", _("This was sent before with other content. Open the form anew, and send it again."))
    if is_new and queued:
        do.enqueue(str(key))
    return work, is_new


@transaction.atomic
def start_again(work: Work, *, by: User) -> Work:
    """Do once more what failed or was interrupted. Refused: `unknown_work`, `not_interrupted`."""
    found = Work.objects.select_for_update().filter(pk=work.pk, by=by).first()
    if found is None:
        raise Refused("unknown_work", _("There is no such work here. It is kept for one day; ask for it anew."))
    if found.state != Work.State.FAILED and not is_interrupted(found):
        raise Refused("not_interrupted", _("This is being done, or is done already. Look at it again."))
    found.state = Work.State.WAITING
    found.progress_path.unlink(missing_ok=True)
    found.save(update_fields=["state"])
    do.enqueue(str(found.key))
    return found


@task()
def do(key: str) -> None:
    """What a worker runs. Nothing about anybody stands in its queue: the key only."""
    carry_out(UUID(key))


def carry_out(key: UUID) -> None:
    """Do the work with this key, unless it is done, being done, or forgotten."""
    work = _claim(key)
    if work is None:
        return
    try:
        with translation.override(work.language or None), Progress(work.progress_path) as report:
            made = registry.jobs[work.kind].run(work.arguments, work.by, report)
        _end(work, Work.State.DONE, **_kept(work, made))
    except Refused as refusal:
        _end(work, Work.State.REFUSED, refusal=refusal.sentence[:1000])
    except Exception as fault:
        # Where it happened, and never what it said: that may hold words of people.
        where = "".join(traceback.format_tb(fault.__traceback__))
        logger.error("Background work %s (%s) failed: %s\n%s", key, work.kind, type(fault).__name__, where)
        _end(work, Work.State.FAILED)


@transaction.atomic
def _claim(key: UUID) -> Work | None:
    work = Work.objects.select_for_update(of=("self",)).select_related("by").filter(key=key).first()
    if work is None or work.is_over or (work.state == Work.State.RUNNING and not is_interrupted(work)):
        return None
    work.state, work.attempt, work.begun_at = Work.State.RUNNING, work.attempt + 1, timezone.now()
    work.save(update_fields=["state", "attempt", "begun_at"])
    return work


def _kept(work: Work, made: Any) -> dict[str, Any]:
    if not isinstance(made, registry.MadeFile):
        return {"result": made}
    work.file_path.write_bytes(made.content)
    return {"file_name": made.name}


def _end(work: Work, state: str, **columns: Any) -> None:
    """Only the last attempt says how it ended: one that was taken for lost and came back does not."""
    same = Work.objects.filter(pk=work.pk, attempt=work.attempt)
    same.update(state=state, ended_at=timezone.now(), **columns)


def _forget_old() -> None:
    old = Work.objects.filter(asked_at__lt=timezone.now() - KEPT)
    for work in old:
        shutil.rmtree(work.folder, ignore_errors=True)
    old.delete()
