"""The bags of one shipment as its page shows them: what is in each, how it is closed, and what is next."""

from dataclasses import dataclass

from django.db.models import BigIntegerField, Count, IntegerField, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _

from logistics import permissions, steps
from logistics.models import Holding, Shipment, User
from logistics.queries.finding import shown
from logistics.queries.standing import standing_entries
from logistics.steps import Step
from mailbags.models import Mailbag, Seal
from mailbags.queries.bags import bags


@dataclass(frozen=True)
class BagLine:
    """One bag. `address` and `next_address` are empty for whoever does not work with it; `state` is the mark beside it."""

    code: str
    address: str
    form: str
    bundles: int
    pieces: int | None
    grams: int | None
    seal: str
    state: str
    next: str
    next_address: str


@dataclass(frozen=True)
class BagsOfShipment:
    """The lines, and what to do next with the shipment as a whole (nothing where another does it)."""

    lines: list[BagLine]
    may_open: str
    may_dispatch: str
    are_ready: bool


def on_shipment(user: User, shipment: Shipment) -> tuple[str, BagsOfShipment]:
    """The template and what it shows. One query, two for a mailroom."""
    works = user.holds(permissions.MAILROOM)
    packs = works and shipment.from_hub_id in user.hub_ids and not shipment.is_dispatched
    lines = [_line(bag, shipment, works=works, packs=packs) for bag in _bags(user, shipment)]
    are_ready = bool(lines) and all(line.seal for line in lines)
    opened = f"{reverse('mailbags:bag-open')}?shipment={shipment.number}" if packs else ""
    leaves = reverse("mailbags:dispatch", args=[shipment.number]) if packs and are_ready else ""
    return "mailbags/_on_shipment.html", BagsOfShipment(lines, opened, leaves, are_ready)


def _bags(user: User, shipment: Shipment) -> list[Mailbag]:
    held = Holding.objects.filter(place__kind=steps.BAG, place__label=OuterRef("label"), pieces__gt=0).order_by()
    sums = held.values("place__label").annotate(all=Sum("pieces")).values("all")
    lying = held.values("place__label").annotate(all=Count("bundle")).values("all")
    went = standing_entries().filter(step=Step.DISPATCHED, to_place__shipment=shipment, from_place__label=OuterRef("label")).order_by()
    left = went.values("from_place__label").annotate(all=Count("bundle", distinct=True)).values("all")
    seal = Seal.objects.filter(bag=OuterRef("pk"), removed_at=None).values("number")[:1]
    rows = bags(user).filter(shipment=shipment).filter(Q(emptied_at=None) | Q(contents__isnull=False)).distinct()
    rows = rows.select_related("label__replaced_by", "hub").annotate(
        pieces=Coalesce(Subquery(sums), 0, output_field=BigIntegerField()),
        lying=Coalesce(Subquery(lying), 0, output_field=IntegerField()),
        left=Coalesce(Subquery(left), 0, output_field=IntegerField()),
        seal=Subquery(seal),
    )
    return list(rows.order_by("pk"))


def _line(bag: Mailbag, shipment: Shipment, *, works: bool, packs: bool) -> BagLine:
    lying, seal = bag.lying, bag.seal or ""  # type: ignore[attr-defined]
    state, then, address = _next(bag, lying, seal, shipment)
    return BagLine(
        code=shown(bag.label), address=reverse("mailbags:bag", args=[bag.label.code]) if works else "",
        form=bag.get_form_display(), bundles=bag.left if shipment.is_dispatched else lying,  # type: ignore[attr-defined]
        pieces=None if shipment.is_dispatched else bag.pieces,  # type: ignore[attr-defined]
        grams=bag.gross_grams, seal=seal, state=state, next=then, next_address=address if packs else "",
    )  # fmt: skip


def _next(bag: Mailbag, lying: int, seal: str, shipment: Shipment) -> tuple[str, str, str]:
    """The mark, the words and the page of what is next for this bag."""
    code = bag.label.code
    if bag.emptied_at is not None:
        return "known", _("Emptied"), ""
    if shipment.is_dispatched and lying:
        return "needs", _("Lies in %(hub)s, to go on") % {"hub": bag.hub.name}, ""
    if shipment.is_dispatched and bag.hub_id != shipment.from_hub_id:
        return "known", _("Opened in %(hub)s") % {"hub": bag.hub.name}, ""
    if shipment.is_dispatched:
        return "under-way", _("Has left"), ""
    if seal:
        return "done", _("Sealed"), ""
    if not lying:
        return "needs", _("Pack it"), reverse("mailbags:bag", args=[code])
    if bag.gross_grams is None:
        return "needs", _("Weigh it"), reverse("mailbags:bag-weigh", args=[code])
    return "needs", _("Seal it"), reverse("mailbags:bag-seal", args=[code])
