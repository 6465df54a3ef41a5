"""Summaries: what waits, writing one, reading and approving another's, and letting bundles go without."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, permissions
from logistics.forms.standards import language_choices
from logistics.models import Act, Bundle, User
from logistics.queries import scope
from logistics.queries.finding import shown
from logistics.registry import Waiting
from logistics.views.answering import attempt, said
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.views.ways import way
from logistics.words import figure
from translations.actions import summarising
from translations.forms import Approve, Waive, WriteSummary
from translations.models import Summary
from translations.queries import waiting as waits
from translations.queries.summaries import summaries

STATES = {
    waits.WRITE: gettext_lazy("to be written"),
    waits.APPROVE: gettext_lazy("waits for approval"),
    waits.APPROVED: gettext_lazy("approved"),
    waits.WAIVED: gettext_lazy("goes without"),
}


def _next(row: Bundle, user: User) -> tuple[str, str]:
    """The words of the next step, and its address."""
    written = list(row.summaries.all())
    if row.state in (waits.APPROVE, waits.APPROVED) and written:
        theirs = [each for each in written if each.written_by_id != user.pk and not each.is_approved]
        each = (theirs or written)[0]
        can = bool(theirs) and user.holds(permissions.TRANSLATOR)
        words = _("Read and approve it") if can else _("Read it")
        return words, reverse("translations:summary", args=[row.label.code, each.language])
    if row.state == waits.WRITE and user.holds(permissions.TRANSLATOR):
        return _("Write it"), reverse("translations:summary-write", args=[row.label.code])
    return "", ""


def _columns(user: User) -> list[Column]:
    return [
        Column(gettext_lazy("Bundle"), lambda row: shown(row.label), "label__code", lambda row: way("bundle", row.label.code), "code"),
        Column(gettext_lazy("Case"), lambda row: row.case.shown_name, "case__code"),
        Column(gettext_lazy("What"), lambda row: row.get_kind_display(), "kind"),
        Column(gettext_lazy("State"), lambda row: str(STATES[row.state]), "state"),
        Column(gettext_lazy("Languages"), lambda row: ", ".join(each.language for each in row.summaries.all())),
        Column(gettext_lazy("Next"), lambda row: _next(row, user)[0], link=lambda row: _next(row, user)[1], kind="next"),
    ]


@page(permissions.TRANSLATOR, permissions.CASE_TEAM, methods=("GET", "HEAD"))
def summary_list(request: HttpRequest) -> HttpResponse:
    """Bundles of this person's cases that need a summary, or have one."""
    user = request.user
    rows = waits.by_state(user).select_related("label", "case").prefetch_related("summaries").order_by("-state", "pk")
    filters = [
        Filter("state", _("State"), list(STATES.items()), "state"),
        Filter("mine", _("Written by"), [("me", _("me")), ("others", _("others"))], apply=lambda found, chosen: _written(found, chosen, user)),
    ]
    listing = Listing(request, rows, _columns(user), "summaries", search=["label__code", "case__code", "case__public_name"], filters=filters)
    context = {"to_write": waits.to_write(user).count(), "is_team": user.holds(permissions.CASE_TEAM)}
    return listing.answer("translations/summaries.html", **context)


def _written(rows, chosen: str, user: User):
    mine = Summary.objects.filter(written_by=user).values("bundle")
    others = Summary.objects.exclude(written_by=user).values("bundle")
    return rows.filter(pk__in=mine if chosen == "me" else others)


def _facts(bundle: Bundle) -> dict[str, object]:
    return {"bundle": bundle, "grouped": shown(bundle.label)}


@page(permissions.TRANSLATOR)
def summary_write(request: HttpRequest, code: str) -> HttpResponse:
    """Write, or write again until it is approved."""
    rows = scope.bundles(request.user).filter(case__in=request.user.case_ids).select_related("label", "case")
    bundle = fetch(rows, label__code=codes.normalise(code))
    mine = Summary.objects.filter(bundle=bundle, written_by=request.user, act=None).first()
    initial = {"language": mine.language, "text": mine.text} if mine else None
    form = WriteSummary(request.POST or None, languages=bundle.case.languages, initial=initial)
    if form.is_valid() and (done := attempt(form, summarising.write, bundle, by=request.user, **form.cleaned_data)):
        link = (reverse("translations:summary", args=[bundle.label.code, done.result.language]), _("Read it"))
        return said(request, _("The summary is written. Somebody else approves it."), "translations:summaries", link=link)
    return render(request, "translations/summary_write.html", {"form": form, **_facts(bundle)})


@page(permissions.TRANSLATOR, permissions.CASE_TEAM)
def summary(request: HttpRequest, code: str, language: str) -> HttpResponse:
    """The words of a summary; a translator who did not write it approves it here."""
    rows = summaries(request.user).select_related("bundle__label", "bundle__case", "written_by", "approved_by", "act")
    found = fetch(rows, bundle__label__code=codes.normalise(code), language=language)
    form = Approve(request.POST or None)
    if form.is_valid() and (done := attempt(form, summarising.approve, found, by=request.user, **form.told())):
        link = (reverse("translations:summary", args=[found.bundle.label.code, found.language]), _("Read it"))
        return said(request, _("The summary is approved."), "translations:summaries", link=link, undo=_undo(done.result))
    is_mine = found.written_by_id == request.user.pk
    context = {
        "form": form, "summary": found, "language": dict(language_choices()).get(found.language, found.language),
        "is_mine": is_mine and not found.is_approved,
        "can_approve": not is_mine and not found.is_approved and request.user.holds(permissions.TRANSLATOR),
        **_facts(found.bundle),
    }  # fmt: skip
    return render(request, "translations/summary.html", context)


def _undo(act: Act) -> tuple[str, str] | None:
    address = way("act-reverse", act.key)
    return (address, _("That was wrong: take it back")) if address else None


@page(permissions.CASE_TEAM)
def summary_waive(request: HttpRequest) -> HttpResponse:
    """Let bundles go without a summary, several at once, with a reason."""
    rows = waits.by_state(request.user) if request.method == "POST" else waits.to_waive(request.user)
    bundles = {row.label.code: row for row in rows.select_related("label", "case").order_by("case", "pk")}
    choices = [
        (code, f"{row.case.shown_name} · {row.get_kind_display()} · {codes.grouped(code)}") for code, row in bundles.items()
    ]
    form = Waive(request.POST or None, bundles=choices)
    if form.is_valid():
        typed = form.cleaned_data
        chosen = [bundles[code] for code in typed["bundles"]]
        done = attempt(
            form, summarising.waive, chosen, reason=typed["reason"], note=typed["note"], by=request.user, **form.told()
        )
        if done:
            number = len(chosen)
            sentence = ngettext("%(n)s bundle goes without a summary.", "%(n)s bundles go without a summary.", number)
            return said(request, sentence % {"n": figure(number)}, "translations:summaries", undo=_undo(done.result))
    return render(request, "translations/summary_waive.html", {"form": form, "number": len(choices)})


def waiting(user: User) -> Iterator[Waiting]:
    """For the home page of translators and case teams."""
    address = reverse("translations:summaries")
    if user.holds(permissions.TRANSLATOR):
        number = waits.to_approve(user).count()
        what = ngettext("summary waits for your approval", "summaries wait for your approval", number)
        why = ngettext("Somebody else has written it; read it and say whether it is right.", "Somebody else has written them; read each and say whether it is right.", number)
        yield Waiting(number, what, why, f"{address}?state=approve&mine=others", _("Read and approve"))
        number = waits.to_write(user).count()
        what = ngettext("bundle waits for a summary", "bundles wait for a summary", number)
        why = ngettext("It has been screened and cannot be sealed without one.", "They have been screened and cannot be sealed without one.", number)
        yield Waiting(number, what, why, f"{address}?state=write", _("Write a summary"))
    if user.holds(permissions.CASE_TEAM):
        number = waits.to_waive(user).count()
        what = ngettext("bundle has no summary yet", "bundles have no summary yet", number)
        yield Waiting(number, what, _("Translators are at it. You can let bundles go without one, with a reason."), reverse("translations:summary-waive"), _("Let some go without"))
