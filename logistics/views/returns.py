"""Returns: files of offices and organisers, looked at before they are imported, and taken back again."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any
from uuid import UUID, uuid5

from django.contrib import messages
from django.db.models import BigIntegerField, Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import permissions, registry
from logistics.actions import working
from logistics.actions.returns import withdraw_return
from logistics.forms.acts import Refusable
from logistics.forms.returns import AnotherRow, DateOrder, SentReturns
from logistics.models import Collection, Return, Tally, Work
from logistics.queries.cases import campaigns
from logistics.queries.declared import returns, with_mail
from logistics.queries.working import works
from logistics.resources.returns import sent
from logistics.resources.words.countries import country_name
from logistics.templatetags.moments import day_of
from logistics.views import uploads
from logistics.views.answering import attempt, said
from logistics.views.handles import handle, key_of
from logistics.views.listing import Column, Filter, Listing
from logistics.views.opening import fetch, page
from logistics.views.previews import difference, shown
from logistics.words import figure

SORT = "return"
NOT_DONE = (Work.State.REFUSED, Work.State.FAILED)


def address_of(row: Return) -> str:
    return reverse("return", args=[handle(SORT, row.pk)])


def _state(row: Return) -> str:
    return _("taken back") if row.withdrawn_at else _("counts")


COLUMNS = [
    Column(gettext_lazy("File"), lambda row: row.file_name, "file_name", address_of),
    Column(gettext_lazy("Campaign"), lambda row: row.campaign.name, "campaign__name"),
    Column(gettext_lazy("Imported"), lambda row: day_of(row.imported_at), "imported_at", kind="day"),
    Column(gettext_lazy("By"), lambda row: row.by.username, "by__username"),
    Column(gettext_lazy("Collections"), lambda row: row.number, "number", kind="number"),
    Column(gettext_lazy("Messages"), lambda row: row.declared, "declared", kind="number"),
    Column(gettext_lazy("State"), _state, "withdrawn_at"),
]
STATES = [("no", gettext_lazy("counts")), ("yes", gettext_lazy("taken back"))]


def _in_state(rows: QuerySet[Return], state: str) -> QuerySet[Return]:
    return rows.filter(withdrawn_at__isnull=state == "no")


def _with_sums(rows: QuerySet[Return]) -> QuerySet[Return]:
    of_it = Collection.objects.filter(source=OuterRef("pk")).order_by().values("source").annotate(all=Count("pk"))
    lines = Tally.objects.filter(collection__source=OuterRef("pk")).order_by().values("collection__source")
    return rows.select_related("campaign", "by").annotate(
        number=Coalesce(Subquery(of_it.values("all")), 0),
        declared=Coalesce(
            Subquery(lines.annotate(all=Sum("count")).values("all")), 0, output_field=BigIntegerField()
        ),
    )


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def return_list(request: HttpRequest) -> HttpResponse:
    """All files that were imported, the newest first."""
    rows = _with_sums(returns(request.user)).order_by("-pk")
    names = [(each.slug, each.name) for each in campaigns(request.user)]
    filters = [
        Filter("campaign", gettext_lazy("Campaign"), names, "campaign__slug"),
        Filter("withdrawn", gettext_lazy("State"), STATES, apply=_in_state),
    ]
    listing = Listing(request, rows, COLUMNS, "returns", search=["file_name", "by__username"], filters=filters)
    return listing.answer("logistics/returns.html")


@page(permissions.COORDINATOR)
def return_add(request: HttpRequest) -> HttpResponse:
    """Send files; they are read, and nothing is stored but for the preview."""
    form = SentReturns(request.POST or None, request.FILES or None, by=request.user, most=uploads.MOST_FILES)
    if form.is_valid():
        return _look(request, uploads.keep(request, form.cleaned_data["campaign"].slug, form.cleaned_data["files"]))
    return render(request, "logistics/return_form.html", {"form": form, "most": uploads.MOST_FILES})


def _look(request: HttpRequest, upload: uploads.Upload, **more: Any) -> HttpResponse:
    """Read the files; what is long is read in the background."""
    work = working.start("look-at-returns", upload.asked | more, by=request.user, at_once=upload.is_short)
    return redirect("work", work.key)


def looked(request: HttpRequest, asked: dict[str, Any]) -> HttpResponse:
    """They are read: on to what they say."""
    at = f"#file-{asked['file']}" if "file" in asked else ""
    return redirect(reverse("return-preview", args=[UUID(asked["token"])]) + at)


def of_upload(view: Callable[[HttpRequest, uploads.Upload], HttpResponse]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """A page about files that the same person sent. Once they are imported or left it leads to what became of them."""

    @wraps(view)
    def found(request: HttpRequest, token: UUID) -> HttpResponse:
        upload = uploads.kept_upload(request, token)
        return view(request, upload) if upload else _instead(request, token)

    return found


def _instead(request: HttpRequest, token: UUID) -> HttpResponse:
    done = works(request.user).filter(key=uuid5(token, "import"), state=Work.State.DONE).first()
    keys = [answer["return"] for answer in done.result["files"] if "return" in answer] if done else []
    if keys:
        return redirect("return", handle(SORT, keys[0])) if len(keys) == 1 else redirect("returns")
    if not uploads.was_sent(request, token):
        raise Http404
    messages.info(request, _("These files were left, or others took their place. Nothing of them was imported. Send them again."))
    return redirect("return-add")


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
@of_upload
def return_preview(request: HttpRequest, upload: uploads.Upload) -> HttpResponse:
    """What the files say, row by row where something is to be said."""
    return _preview(request, upload)


def waiting(request: HttpRequest) -> Iterator[registry.Waiting]:
    """For home: files that were read and wait, or are being imported. Two queries where there are some, else none."""
    kept = uploads.looked_at(request) if request.user.holds(permissions.COORDINATOR) else []
    if not kept:
        return
    keys = {uuid5(upload.token, "import"): upload for upload in kept}
    begun = dict(works(request.user).filter(key__in=keys).exclude(state__in=NOT_DONE).values_list("key", "state"))
    names = dict(campaigns(request.user).filter(slug__in=[upload.campaign for upload in kept]).values_list("slug", "name"))
    for key, upload in keys.items():
        if upload.campaign not in names:
            continue
        number, named = _worth_importing(upload), {"campaign": names[upload.campaign]}
        yield _under_way(len(upload.files), named, key, begun[key]) if key in begun else registry.Waiting(
            number,  # none where all are refused: then nothing waits
            ngettext("file that was read waits to be imported", "files that were read wait to be imported", number),
            _("For %(campaign)s. Nothing is stored yet; what was sent is kept for a day.") % named,
            reverse("return-preview", args=[upload.token]),
            _("See the preview"),
        )


def _worth_importing(upload: uploads.Upload) -> int:
    """Files of which something can be imported, be it after an answer."""
    answers = [answer for answer in upload.kept("answers") if "refused_file" not in answer]
    return sum(bool(answer["ready"] + answer["look"]) and not answer["refused"] for answer in answers)


def _under_way(number: int, named: dict[str, str], key: UUID, state: str) -> registry.Waiting:
    """An import that is going on, or is done and not looked at yet."""
    address = reverse("work", args=[key])
    if state == Work.State.DONE:
        what = ngettext("file is imported", "files are imported", number)
        return registry.Waiting(number, what, _("For %(campaign)s.") % named, address, _("See what became of it"))
    what = ngettext("file is being imported", "files are being imported", number)
    why = _("For %(campaign)s. It goes on by itself.") % named
    return registry.Waiting(number, what, why, address, _("See how far it is"))


def _preview(request: HttpRequest, upload: uploads.Upload, **more: Any) -> HttpResponse:
    asked = request.GET.get("all", "")
    files = [
        shown(answer, order=upload.orders.get(str(number), ""), whole=asked == str(number))
        for number, answer in enumerate(upload.kept("answers"))
    ]
    for file in files:
        if file.get("earlier"):
            file["earlier"] = reverse("return", args=[handle(SORT, file["earlier"])])
    good = [file for file in files if file["can_be_imported"]]
    context = {
        "token": upload.token,
        "campaign": fetch(campaigns(request.user), slug=upload.campaign),
        "files": files,
        "rows": sum(file["wanted"] for file in good),
        "all_rows": sum(file["rows"] for file in files),
        "good": len(good),
        "questions": [file["name"] for file in files if file["question"]],
        "asked_of": sum(file["wanted"] for file in files if file["question"]),
    }
    return render(request, "logistics/return_preview.html", context | more)


@page(permissions.COORDINATOR, methods=("POST",))
@of_upload
def return_dates(request: HttpRequest, upload: uploads.Upload) -> HttpResponse:
    """Answer how one file writes its dates, or that a row of it repeats nothing; it is read again."""
    number, form = request.POST.get("file", ""), DateOrder(request.POST)
    if number not in {str(at) for at in range(len(upload.files))}:
        raise Http404
    if "another" in request.POST:
        return _another(request, upload, number, AnotherRow(request.POST))
    if not form.is_valid():
        return _preview(request, upload, unanswered=number)
    upload.orders[number] = form.cleaned_data["order"]
    uploads.remember(request, upload)
    return _look(request, upload, file=number)


def _another(request: HttpRequest, upload: uploads.Upload, number: str, form: AnotherRow) -> HttpResponse:
    """This row tells something else than the one that it looks like."""
    if not form.is_valid():
        return _preview(request, upload)
    upload.others[number] = sorted({*upload.others.get(number, []), form.cleaned_data["another"]})
    uploads.remember(request, upload)
    return _look(request, upload, file=number)


@page(permissions.COORDINATOR, methods=("POST",))
@of_upload
def return_discard(request: HttpRequest, upload: uploads.Upload) -> HttpResponse:
    """Leave it: nothing was stored, and the files are removed."""
    uploads.discard(request, upload.token)
    return said(request, _("Nothing was imported, and the files are removed."), "return-add")


@page(permissions.COORDINATOR, methods=("POST",))
def return_import(request: HttpRequest, token: UUID) -> HttpResponse:
    """Import each file, whole or not at all; sent twice it is done once."""
    key = uuid5(token, "import")
    if not works(request.user).filter(key=key).exists():
        upload = uploads.kept_upload(request, token)
        if upload is None:
            return _instead(request, token)
        working.start("import-returns", upload.asked, by=request.user, key=key, at_once=upload.is_short)
    return redirect("work", key)


def imported(request: HttpRequest, result: dict[str, Any]) -> HttpResponse:
    """They are imported: say what became of each file, and go to what was made. The copies are removed."""
    uploads.discard(request, UUID(result["token"]))
    answers = result["files"]
    keys = [answer["return"] for answer in answers if "return" in answer]
    for answer in answers:
        _tell(request, answer)
    return redirect("return", handle(SORT, keys[0])) if len(answers) == len(keys) == 1 else redirect("returns")


JOBS = {
    "look-at-returns": registry.Job(gettext_lazy("Reading what was sent"), sent.look, looked, "returns"),
    "import-returns": registry.Job(gettext_lazy("Importing returns"), sent.bring_in, imported, "returns"),
}


def _tell(request: HttpRequest, answer: dict[str, Any]) -> None:
    if why := answer.get("why"):
        asked = _("Answer the question about its dates first.") if why["code"] == "date_order" else why["sentence"]
        messages.error(request, f"{answer['file']}: {asked}")
        return
    rows, code = answer["rows"], handle(SORT, answer["return"])
    sentence = ngettext("%(file)s: %(rows)s row is imported.", "%(file)s: %(rows)s rows are imported.", rows)
    links = (reverse("return", args=[code]), _("See it")), (
        reverse("return-withdraw", args=[code]), _("Take it back")
    )  # fmt: skip
    told = sentence % {"file": answer["file"], "rows": figure(rows)}
    messages.success(request, format_html('{} <a href="{}">{}</a> · <a href="{}">{}</a>', told, *links[0], *links[1]))


def _fetch(request: HttpRequest, code: str) -> Return:
    return fetch(with_mail(_with_sums(returns(request.user)), "collection__source"), pk=key_of(SORT, code))


@page(permissions.COORDINATOR, methods=("GET", "HEAD"))
def return_page(request: HttpRequest, code: str) -> HttpResponse:
    """One file that was imported: what it declares, by country."""
    found = _fetch(request, code)
    standing = Tally.objects.filter(collection__source=found).order_by()
    by_country = standing.values_list("collection__country").annotate(told=Sum("count"), lines=Count("pk"))
    sums = by_country.order_by("-told", "collection__country")
    countries = [(country_name(country), told, lines) for country, told, lines in sums]
    differs = difference(found.stated, found.declared)
    context = {"returned": found, "code": code, "countries": countries, "difference": differs}
    return render(request, "logistics/return.html", context)


@page(permissions.COORDINATOR)
def return_withdraw(request: HttpRequest, code: str) -> HttpResponse:
    """Take a return back; asked once, with what will count no more."""
    found = _fetch(request, code)
    form = Refusable(request.POST if request.method == "POST" else None)
    if form.is_valid() and attempt(form, withdraw_return, found, by=request.user):
        again = (reverse("return-add"), _("Import returns"))
        return said(request, _("The return counts no more. The file may come again."), "return", code, link=again)
    return render(request, "logistics/return_withdraw.html", {"returned": found, "code": code, "form": form})
