"""Taking over a shipment: by the case worker it went to, or in the mailroom of the hub it went to."""

from collections.abc import Sequence

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.actions.following import Part
from logistics.forms.taking_over import Expected, TakeOver
from logistics.models import Act, Bundle, Discrepancy, Holding, Shipment, User
from logistics.queries import scope
from logistics.views.answering import attempt, said
from logistics.views.opening import fetch, page
from logistics.views.ways import way
from mailbags.actions import arriving
from mailbags.models import Content, Mailbag, Seal
from mailbags.queries.bags import bags_of


@page(permissions.CASE_WORKER, permissions.MAILROOM)
def take_over(request: HttpRequest, number: str) -> HttpResponse:
    """Seals as found, bundles ticked off; what comes late is taken over by the same page."""
    shipment = fetch(_taken_over_by(request.user), number=number)
    bags, bundles = _shown(request, shipment)
    expected = _expected(shipment, bundles)
    form = TakeOver(request.POST or None, bags=_seals(bags), expected=expected)
    if form.is_valid():
        by_code = {bag.label.code: bag for bag in bags} | {bundle.label.code: bundle for bundle in bundles}
        done = attempt(
            form, arriving.take_over, shipment, by=request.user, extra=form.extra(),
            opened=[arriving.BagFound(by_code[code], found, on_it) for code, found, on_it in form.opened()],
            found=[Part(by_code[code], pieces) for code, pieces in form.found()], **form.told(),
        )  # fmt: skip
        if done:
            return _answer(request, done.result, len(form.found()))
    context = {
        "form": form, "shipment": shipment, "number": codes.grouped(shipment.number), "bundles": bundles,
        "direct": _cases(request.user, shipment, bundles), "pieces": sum(each.pieces for each in expected),
    }  # fmt: skip
    return render(request, "mailbags/take_over.html", context)


def _taken_over_by(user: User) -> QuerySet[Shipment]:
    rows = scope.shipments(user).filter(dispatched_on__isnull=False).select_related("from_hub", "to_hub")
    return rows.filter(Q(to_worker=user) | Q(to_hub__in=user.hub_ids))


def _shown(request: HttpRequest, shipment: Shipment) -> tuple[list[Mailbag], list[Bundle]]:
    """What is on its way now; after a post what the form had listed, so that a second sending says the same."""
    known = scope.bundles(request.user).select_related("label", "case__campaign").order_by("pk")
    sent = known.filter(entries__to_place__kind=steps.TRANSIT, entries__to_place__shipment=shipment).distinct()
    if request.method == "POST":
        bags = Mailbag.objects.filter(shipment=shipment, label__code__in=request.POST.getlist("bag"))
        bundles = sent.filter(label__code__in=request.POST.getlist("listed"))
        return list(bags.select_related("label").order_by("pk")), list(bundles)
    held = Holding.objects.filter(place__kind=steps.TRANSIT, place__shipment=shipment, pieces__gt=0)
    return list(bags_of(shipment)), list(known.filter(pk__in=held.values("bundle")))


def _expected(shipment: Shipment, bundles: Sequence[Bundle]) -> list[Expected]:
    held = Holding.objects.filter(place__kind=steps.TRANSIT, place__shipment=shipment, bundle__in=bundles)
    pieces = dict(held.values_list("bundle", "pieces"))
    lies = Content.objects.filter(bag__shipment=shipment, bundle__in=bundles).order_by("pk")
    bags = dict(lies.values_list("bundle", "bag__label__code"))
    return [
        Expected(row.label.code, bags.get(row.pk, ""), row.get_kind_display(), pieces.get(row.pk, 0), row.case.code)
        for row in bundles
    ]


def _seals(bags: Sequence[Mailbag]) -> list[tuple[str, str]]:
    on_it = dict(Seal.objects.filter(bag__in=bags).order_by("pk").values_list("bag", "number"))
    return [(bag.label.code, on_it.get(bag.pk, "")) for bag in bags]


def _cases(user: User, shipment: Shipment, bundles: Sequence[Bundle]) -> list[tuple[str, str]]:
    """For what the hub posted directly: the cases, and where a case worker records the delivery."""
    if shipment.to_worker_id != user.pk:
        return []
    found = {bundle.case for bundle in bundles}
    rows = [(each.code, way("deliver", shipment.number, each.campaign.slug, each.code)) for each in found]
    return sorted(row for row in rows if row[1])


def _answer(request: HttpRequest, act: Act, number: int) -> HttpResponse:
    sentence = ngettext("%(n)d bundle is taken over.", "%(n)d bundles are taken over.", number) % {"n": number}
    if differences := Discrepancy.objects.filter(act=act).count():
        sentence += " " + ngettext(
            "%(n)d difference is noted.", "%(n)d differences are noted.", differences
        ) % {"n": differences}  # fmt: skip
    return said(request, sentence, "home", link=_link(act))


def _link(act: Act) -> tuple[str, str] | None:
    undo = way("act-reverse", act.key)
    return (undo, _("That was wrong: take it back")) if undo else None
