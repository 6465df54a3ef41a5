"""Work in the background: how far it is, and what came of it. Only whoever asked for it has these pages."""

from uuid import UUID

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from logistics import registry
from logistics.actions.working import start_again
from logistics.errors import Refused
from logistics.models import Work
from logistics.queries.working import PATIENCE, is_interrupted, standing, works
from logistics.views.answering import refused
from logistics.views.opening import fetch, page

SOON, LATER = 1, 5
"""Seconds until the page is looked at again: at first, and when it has taken a while."""


@page(methods=("GET", "HEAD"))
def work_page(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is, looked at again by itself until it is over; then what came of it."""
    work = fetch(works(request.user), key=key)
    job = registry.jobs[work.kind]
    if work.state == Work.State.DONE and job.answer and not work.file_name:
        return job.answer(request, work.result)
    stands = standing(work)
    context = {
        "work": work,
        "title": job.title,
        "back": job.back,
        "stands": stands,
        "is_interrupted": is_interrupted(work),
        "is_alone": work.state == Work.State.WAITING and stands.waited >= PATIENCE and not stands.ahead,
        "has_file": bool(work.file_name) and work.file_path.exists(),
        "bytes": work.file_path.stat().st_size if work.file_path.exists() else 0,
    }
    response = render(request, "logistics/work.html", context)
    if not work.is_over and not context["is_interrupted"]:
        response.headers["Refresh"] = str(SOON if stands.waited < PATIENCE else LATER)
    return response


@page(methods=("POST",))
def work_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """Do once more what failed or was interrupted; what it did the first time is not done twice."""
    work = fetch(works(request.user), key=key)
    try:
        start_again(work, by=request.user)
    except Refused as refusal:
        return refused(request, refusal, "work", key)
    messages.success(request, _("It is asked for again."))
    return redirect("work", key)


@page(methods=("GET", "HEAD"))
def work_file(request: HttpRequest, key: UUID) -> HttpResponse | FileResponse:
    """The document that was made, for a day."""
    work = fetch(works(request.user), key=key, state=Work.State.DONE)
    if not work.file_name or not work.file_path.exists():
        raise Http404
    return FileResponse(open(work.file_path, "rb"), filename=work.file_name)
