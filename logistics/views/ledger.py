"""For the auditor: what happened, as sentences, and who did what beside the journey. Nothing is written here."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, permissions, steps
from logistics.forms.ledger import Days
from logistics.models import Act, AuditRow, Entry, Place
from logistics.queries import ledger
from logistics.steps import Step
from logistics.templatetags.moments import stamp
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page

DID = {
    Step.COUNTED: gettext_lazy("counted"), Step.RECOUNTED: gettext_lazy("counted again"),
    Step.SCREENED: gettext_lazy("screened"), Step.SUMMARISED: gettext_lazy("approved the summary of"),
    Step.WAIVED: gettext_lazy("let go without a summary"), Step.SEALED: gettext_lazy("sealed"),
    Step.WITHHELD: gettext_lazy("withheld"), Step.RELEASED: gettext_lazy("released"),
    Step.REBUNDLED: gettext_lazy("split"), Step.BAGGED: gettext_lazy("put in a bag"),
    Step.UNBAGGED: gettext_lazy("took out of a bag"), Step.DISPATCHED: gettext_lazy("dispatched"),
    Step.ARRIVED: gettext_lazy("took over"), Step.HANDED: gettext_lazy("handed over"),
    Step.RAISED: gettext_lazy("heard better of"), Step.REFUSED: gettext_lazy("told as refused"),
    Step.SEIZED: gettext_lazy("told as seized"), Step.GIVEN_BACK: gettext_lazy("got back"),
    Step.DEFERRED: gettext_lazy("kept for release"), Step.RETURNED: gettext_lazy("sent back"),
    Step.LOST: gettext_lazy("told as lost"), Step.FOUND: gettext_lazy("found again"),
    Step.DESTROYED: gettext_lazy("destroyed"), Step.REVERSED: gettext_lazy("took back an act about"),
}  # fmt: skip

AT = {
    steps.MAILROOM: gettext_lazy("the mailroom"), steps.WITHHELD: gettext_lazy("withheld"), steps.BAG: gettext_lazy("bag"),
    steps.TRANSIT: gettext_lazy("on its way"), steps.FIELD: gettext_lazy("with the case worker"),
    steps.DEFERRED: gettext_lazy("kept for release"), steps.RETURNED: gettext_lazy("on its way back"),
    steps.ASSUMED: gettext_lazy("posted, no word"), steps.INSTITUTION: gettext_lazy("an institution"),
    steps.CLOSE: gettext_lazy("somebody close"), steps.IN_PERSON: gettext_lazy("the person"),
    steps.ACKNOWLEDGED: gettext_lazy("the person, who said so"), steps.SEIZED: gettext_lazy("seized"),
    steps.REFUSED: gettext_lazy("refused"), steps.LOST: gettext_lazy("lost"), steps.DESTROYED: gettext_lazy("destroyed"),
    steps.OUTSIDE: gettext_lazy("outside"), steps.REBUNDLED: gettext_lazy("another bundle"), "": "",
}  # fmt: skip


def place(where: Place | None, border: str) -> str:
    """A place or a border in words, with its code."""
    if where is None:
        return str(AT[border])
    sign = ""
    if where.hub:
        sign = where.hub.code
    elif where.label:
        sign = codes.grouped(where.label.code)
    elif where.shipment:
        sign = codes.grouped(where.shipment.number)
    elif where.delivery:
        sign = codes.grouped(where.delivery.number)
    return f"{AT[where.kind]} ({sign})" if sign else str(AT[where.kind])


def sentence(act: Act) -> str:
    """What happened here: who did what, with how many pieces of which bundle, from where to where."""
    entries = list(act.entries.all())
    bundles = list(dict.fromkeys(codes.grouped(entry.bundle.label.code) for entry in entries))
    which = bundles[0] if len(bundles) == 1 else ngettext("%(n)s bundle", "%(n)s bundles", len(bundles)) % {"n": len(bundles)}
    words = {"who": act.by.code or "–", "did": DID[Step(act.kind)], "which": which}
    if not (pieces := sum(entry.pieces for entry in entries)):
        return _("%(who)s %(did)s %(which)s.") % words
    words |= {"n": number_format(pieces, force_grouping=True), "from": _ends(entries, "from"), "to": _ends(entries, "to")}
    return ngettext(
        "%(who)s %(did)s: %(n)s piece of %(which)s, from %(from)s to %(to)s.",
        "%(who)s %(did)s: %(n)s pieces of %(which)s, from %(from)s to %(to)s.",
        pieces,
    ) % words  # fmt: skip


def _ends(entries: Iterable[Entry], end: str) -> str:
    moves = [entry for entry in entries if entry.pieces]
    return ", ".join(dict.fromkeys(place(getattr(each, f"{end}_place"), getattr(each, f"{end}_border")) for each in moves))


COLUMNS = [
    Column(gettext_lazy("Day"), lambda row: row.day, "day", lambda row: reverse("act", args=[row.key]), "day"),
    Column(gettext_lazy("What happened here"), sentence),
    Column(gettext_lazy("Kind"), lambda row: row.kind.replace("_", " "), "kind"),
    Column(gettext_lazy("Recorded"), lambda row: stamp(row.recorded_at), "recorded_at"),
    Column(gettext_lazy("Stands"), lambda row: _("taken back") if _reversal(row) else _("yes")),
]
KIND = Filter("kind", gettext_lazy("Kind"), [(step.value, step.value.replace("_", " ")) for step in Step], "kind")


def _reversal(act: Act) -> Act | None:
    return getattr(act, "reversal", None)


def _within(rows: QuerySet, request: HttpRequest, begin: str, end: str) -> tuple[QuerySet, Days]:
    """The rows from one day to another, where the address names days."""
    form = Days(request.GET)
    days: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    if days.get("begin"):
        rows = rows.filter(**{begin: days["begin"]})
    if days.get("end"):
        rows = rows.filter(**{end: days["end"]})
    return rows, form


@page(permissions.AUDITOR, methods=("GET", "HEAD"))
def ledger_list(request: HttpRequest) -> HttpResponse:
    """All acts, the newest first: by kind, by day, by a bundle's code or an act's key."""
    rows, days = _within(ledger.acts(request.user), request, "day__gte", "day__lte")
    if asked := request.GET.get("about", "").strip()[:50]:
        rows = ledger.about(rows, asked)
    listing = Listing(request, rows, COLUMNS, "ledger", filters=[KIND])
    return listing.answer("logistics/ledger.html", days=days, about=asked)


@page(permissions.AUDITOR, methods=("GET", "HEAD"))
def act(request: HttpRequest, key: UUID) -> HttpResponse:
    """One act, line by line."""
    found = fetch(ledger.acts(request.user), key=key)
    lines = [
        {
            "bundle": codes.grouped(entry.bundle.label.code), "sequence": entry.sequence, "step": DID[Step(entry.step)],
            "pieces": entry.pieces, "start": place(entry.from_place, entry.from_border), "digest": entry.digest,
            "end": place(entry.to_place, entry.to_border),
        }
        for entry in found.entries.all()
    ]  # fmt: skip
    context = {"act": found, "sentence": sentence(found), "lines": lines, "reversal": _reversal(found)}
    return render(request, "logistics/act_read.html", context)


AUDIT = [
    Column(gettext_lazy("At"), lambda row: stamp(row.at), "at"),
    Column(gettext_lazy("By"), lambda row: row.by.code or "–", "by__code", kind="code"),
    Column(gettext_lazy("What"), lambda row: row.what.replace("_", " "), "what"),
    Column(gettext_lazy("Of what"), lambda row: row.subject, "subject"),
]


@page(permissions.AUDITOR, methods=("GET", "HEAD"))
def audit_list(request: HttpRequest) -> HttpResponse:
    """Who did what that is not an act of the journey."""
    rows, days = _within(ledger.audit_rows(request.user), request, "at__date__gte", "at__date__lte")
    known = AuditRow.objects.order_by("what").values_list("what", flat=True).distinct()
    what = Filter("what", _("What"), [(each, each.replace("_", " ")) for each in known], "what")
    listing = Listing(request, rows, AUDIT, "audit", search=["subject", "by__code"], filters=[what])
    return listing.answer("logistics/audit.html", days=days)
