"""Taking over a shipment: by the case worker it went to, or in the mailroom of the hub it went to."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.actions.following import Part
from logistics.forms.scanning import to_scan_over
from logistics.forms.taking_over import Expected, ExpectedBag, TakeOver
from logistics.models import Act, Bundle, Discrepancy, Holding, Shipment, User
from logistics.queries import scope
from logistics.queries.finding import first_codes, newest
from logistics.views.answering import attempt, said
from logistics.views.once import once
from logistics.views.opening import fetch, page
from logistics.views.ways import way
from logistics.words import figure
from mailbags.actions import arriving
from mailbags.models import Content, Mailbag, Seal
from mailbags.queries.bags import bags_of


@page(permissions.CASE_WORKER, permissions.MAILROOM)
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """Seals as found, bundles ticked off or their codes typed; what comes late is taken over by the same page."""
    shipment = fetch(_taken_over_by(request.user), number=number)
    bags, bundles = _shown(request, shipment)
    expected = _expected(shipment, bundles)
    kept = {
        "bags": _seals(bags), "expected": expected, "first": first_codes,
        "extra": request.POST.getlist("extra"),
    }  # fmt: skip
    if request.method == "POST":
        kept["taken"] = _taken(shipment, bags, bundles)
    form, told = TakeOver(request.POST or None, **kept), []
    if "tick" in request.POST:
        now, told = form.ticked_off()
        form = TakeOver(initial=now, **kept)
        form.fields["codes"].widget.attrs["autofocus"] = True
        if now["refused"]:
            to_scan_over(form.fields["codes"], now["refused"])
    elif form.is_valid() and (done := _tell(request, form, shipment, bags, bundles)):
        return done
    context = {
        "form": form, "shipment": shipment, "number": codes.grouped(shipment.number), "bundles": bundles, "told": told,
        "direct": _cases(request.user, shipment, bundles), "pieces": sum(each.pieces for each in expected),
    }  # fmt: skip
    return render(request, "mailbags/take_over.html", context)


def _tell(
    request: HttpRequest, form: TakeOver, shipment: Shipment, bags: Sequence[Mailbag], bundles: Sequence[Bundle]
) -> HttpResponse | None:
    if not (form.opened() or form.absent() or form.found()):
        return _tell_extra(request, form, shipment)
    by_code = {row.label.code: row for row in (*bags, *bundles)}
    done = attempt(
        form, arriving.take_over, shipment, by=request.user, extra=form.extra(), absent=[by_code[code] for code in form.absent()],
        opened=[arriving.BagFound(by_code[code], *how) for code, *how in form.opened()],
        found=[Part(by_code[code], pieces) for code, pieces in form.found()],
        damaged=[by_code[code] for code in form.damaged()], **form.told(),
    )  # fmt: skip
    return _answer(request, done.result, len(form.found())) if done else None


def _tell_extra(request: HttpRequest, form: TakeOver, shipment: Shipment) -> HttpResponse | None:
    """Something too much where all else has been taken over."""

    def note() -> str:
        return str(arriving.note_extra(shipment, form.extra(), by=request.user))

    done = attempt(form, once, request, form.cleaned_data["key"], note)
    return said(request, _differences(int(done.result)), "home") if done else None


def _taken_over_by(user: User) -> QuerySet[Shipment]:
    rows = scope.shipments(user).filter(dispatched_on__isnull=False).select_related("from_hub", "to_hub")
    return rows.filter(Q(to_worker=user) | Q(to_hub__in=user.hub_ids))


def _shown(request: HttpRequest, shipment: Shipment) -> tuple[list[Mailbag], list[Bundle]]:
    """What is on its way now; after a post what the form had listed, so that a second sending says the same."""
    known = scope.bundles(request.user).select_related("label__replaced_by__replaced_by", "case__campaign").order_by("pk")
    sent = known.filter(entries__to_place__kind=steps.TRANSIT, entries__to_place__shipment=shipment).distinct()
    if request.method == "POST":
        bags = Mailbag.objects.filter(shipment=shipment, label__code__in=request.POST.getlist("bag"))
        bundles = sent.filter(label__code__in=request.POST.getlist("listed"))
        return list(bags.select_related("label__replaced_by__replaced_by").order_by("pk")), list(bundles)
    held = Holding.objects.filter(place__kind=steps.TRANSIT, place__shipment=shipment, pieces__gt=0)
    return list(bags_of(shipment)), list(known.filter(pk__in=held.values("bundle")))


def _expected(shipment: Shipment, bundles: Sequence[Bundle]) -> list[Expected]:
    held = Holding.objects.filter(place__kind=steps.TRANSIT, place__shipment=shipment, bundle__in=bundles)
    pieces = dict(held.values_list("bundle", "pieces"))
    lies = Content.objects.filter(bag__shipment=shipment, bundle__in=bundles).order_by("pk")
    bags = dict(lies.values_list("bundle", "bag__label__code"))
    return [
        Expected(
            row.label.code, newest(row.label).code, bags.get(row.pk, ""), row.get_kind_display(), pieces.get(row.pk, 0),
            row.case.code,
        )  # fmt: skip
        for row in bundles
    ]


def _seals(bags: Sequence[Mailbag]) -> list[ExpectedBag]:
    on_it = dict(Seal.objects.filter(bag__in=bags).order_by("pk").values_list("bag", "number"))
    return [ExpectedBag(bag.label.code, newest(bag.label).code, on_it.get(bag.pk, "")) for bag in bags]


def _taken(shipment: Shipment, bags: Sequence[Mailbag], bundles: Sequence[Bundle]) -> frozenset[str]:
    """The codes of bags and bundles of this shipment that do not stand on the page: they were taken over before."""
    sent = Content.objects.filter(bag__shipment=shipment).values_list("bag__label__code", "bundle__label__code")
    here = {row.label.code for row in (*bags, *bundles)}
    return frozenset(code for pair in sent for code in pair) - here


def _cases(user: User, shipment: Shipment, bundles: Sequence[Bundle]) -> list[tuple[str, str]]:
    """For what the hub posted directly: the cases, and where a case worker records the delivery."""
    if shipment.to_worker_id != user.pk:
        return []
    found = {bundle.case for bundle in bundles}
    rows = [(each.code, way("deliver", shipment.number, each.campaign.slug, each.code)) for each in found]
    return sorted(row for row in rows if row[1])


def _answer(request: HttpRequest, act: Act, number: int) -> HttpResponse:
    sentence = ngettext("%(n)s bundle is taken over.", "%(n)s bundles are taken over.", number) % {"n": figure(number)}
    if differences := Discrepancy.objects.filter(act=act).count():
        sentence += " " + _differences(differences)
    number = act.shipment.number  # type: ignore[union-attr]
    link = (reverse("shipment", args=[number]), codes.grouped(number))
    return said(request, sentence, "home", link=link, undo=_undo(act))


def _differences(number: int) -> str:
    return ngettext("%(n)s difference is noted.", "%(n)s differences are noted.", number) % {"n": figure(number)}


def _undo(act: Act) -> tuple[str, str] | None:
    undo = way("act-reverse", act.key)
    return (undo, _("That was wrong: take it back")) if undo else None
