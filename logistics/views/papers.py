"""What is printed: label sheets, and how a document is handed out."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy

from logistics import codes, permissions, registry
from logistics.actions.auditing import note, of_case
from logistics.actions.working import start
from logistics.documents import case_report_kind
from logistics.documents.label_kind import CELLS, printed
from logistics.documents.page import PAPERS
from logistics.errors import Refused
from logistics.forms.papers import PrintLabels
from logistics.models import User
from logistics.queries import counted, scope
from logistics.queries.case_report import case_report as facts_of
from logistics.queries.labels import label_set
from logistics.registry import LabelSet, MadeFile, Report
from logistics.views.cases import in_charge
from logistics.views.opening import fetch, page
from logistics.views.ways import way

LONG = 200
"""Labels, or lines of a list, that take longer than two seconds: they are made in the background."""

BACK = {codes.BATCH: "batch", codes.BUNDLE: "bundle", codes.MAILBAG: "mailbags:bag", codes.SHIPMENT: "shipment"}


def hand_out(request: HttpRequest, kind: str, code: str, lines: int = 0) -> HttpResponse:
    """The document as a file, and a row in the audit trail; a long one is made in the background.

    What may not be printed is not there. The name of the file is the number, which tells nothing about anybody.
    """
    asked = {"kind": kind, "code": code, "paper": _paper(request), "language": request.GET.get("language", "")}
    if lines > LONG:
        return redirect("work", start("print-document", asked, by=request.user).key)
    try:
        return as_file(print_document(asked, request.user))
    except Refused as refusal:
        raise Http404 from refusal


def _paper(request: HttpRequest) -> str:
    asked = request.GET.get("paper", "")
    return asked if asked in PAPERS else PAPERS[0]


@transaction.atomic
def print_document(asked: dict[str, Any], user: User, report: Report | None = None) -> MadeFile:
    """Refused: what the kind refuses."""
    code = asked["code"]
    made = registry.document_kinds[asked["kind"]].render(code, user, asked["paper"], asked["language"] or None)
    note(user, "document_printed", code)
    return MadeFile(f"{code}.pdf", made)


def as_file(file: MadeFile) -> HttpResponse:
    answer = HttpResponse(file.content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{file.name}"'
    return answer


@page(permissions.CASE_TEAM, methods=("GET", "HEAD"))
def case_report(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """The whole of one case. The name of the file is the number, not the case."""
    found = in_charge(request, slug, code)
    facts = facts_of(found)
    with transaction.atomic():
        made = case_report_kind.printed(facts, _paper(request))
        note(request.user, "document_printed", of_case(found))
    return as_file(MadeFile(f"{facts.number}.pdf", made))


@page(permissions.MAILROOM)
def labels_print(request: HttpRequest, code: str) -> HttpResponse:
    """The label of one thing, or those of a batch or a shipment: from which cell on, how many, on which paper."""
    try:
        found = label_set(codes.normalise(code), request.user)
    except Refused as refusal:
        raise Http404 from refusal
    return _labels(request, found, {"code": found.number}, way(BACK[found.number[0]], found.number))


@page(permissions.MAILROOM)
def counted_print(request: HttpRequest, code: str, key: UUID) -> HttpResponse:
    """The labels of the bundles that one counting tied."""
    batch = fetch(scope.batches(request.user).select_related("label__hub"), label__code=codes.normalise(code))
    found = _counted(batch, key)
    if not found.labels:
        raise Http404
    return _labels(request, found, {"code": found.number, "key": str(key)}, way("batch-labels", found.number, key))


def _counted(batch: Any, key: UUID | str) -> LabelSet:
    rows = counted.bundles_of(key, batch)
    return LabelSet(batch.label.code, tuple(row.label.code for row in rows), batch.label.hub.language)


def _labels(request: HttpRequest, found: LabelSet, of: dict[str, str], back: str) -> HttpResponse:
    form = PrintLabels(request.POST or None, found=found)
    if form.is_valid():
        told = form.cleaned_data
        asked = of | {name: told[name] for name in ("which", "start_at", "copies", "paper")}
        try:
            if form.total > LONG:
                return redirect("work", start("print-labels", asked, by=request.user, key=told["key"]).key)
            return as_file(print_labels(asked, request.user))
        except Refused as refusal:
            form.refusal = refusal
    context = {"form": form, "found": found, "grouped": codes.grouped(found.number), "back": back, "cells": CELLS}
    return render(request, "logistics/labels_print.html", context)


@transaction.atomic
def print_labels(asked: dict[str, Any], user: User, report: Report | None = None) -> MadeFile:
    """Refused: `not_permitted`, `unknown_label`, and what cannot be printed."""
    found = label_set(asked["code"], user)
    if "key" in asked:
        found = _counted(scope.batches(user).select_related("label__hub").get(label__code=asked["code"]), asked["key"])
    made = printed(
        PrintLabels.chosen(found, asked["which"]), asked["paper"], by=user, start_at=int(asked["start_at"]),
        copies=int(asked["copies"]), report=report,
    )  # fmt: skip
    note(user, "document_printed", found.number)
    return MadeFile(f"{found.number}.pdf", made)


JOBS = {
    "print-labels": registry.Job(gettext_lazy("Printing labels"), print_labels),
    "print-document": registry.Job(gettext_lazy("Printing a document"), print_document),
}
