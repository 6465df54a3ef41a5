"""What waits to be packed, sealed, dispatched or received; and finding a bag by its code."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions, steps
from logistics.models import Bundle, Holding, Shipment, User
from logistics.queries import scope
from logistics.queries.cases import that_may_go
from logistics.queries.finding import first_label, shown
from logistics.queries.mailroom import lying_here, screened
from logistics.queries.standing import standing_entries
from logistics.registry import Waiting
from logistics.steps import Step
from logistics.words import TranslationPolicy
from mailbags.models import Mailbag, Seal
from mailbags.queries.bags import bags
from mailbags.queries.recounts import lay_under_another_seal

SEES_BAGS = frozenset({permissions.MAILROOM})


def holds_something() -> Exists:
    """Of bags: whether anything lies in them."""
    return Exists(Holding.objects.filter(place__kind=steps.BAG, place__label=OuterRef("label"), pieces__gt=0))


def is_sealed() -> Exists:
    return Exists(Seal.objects.filter(bag=OuterRef("pk"), removed_at=None))


def to_pack(user: User) -> QuerySet[Bundle]:
    """Bundles here that have what their case requires, and that nothing holds up."""
    done = standing_entries().filter(bundle=OuterRef("pk"), step__in=(Step.SUMMARISED, Step.WAIVED))
    ready = ~Q(case__translation_policy=TranslationPolicy.REQUIRED) | Exists(done)
    counted_first = Exists(lay_under_another_seal().filter(bundle=OuterRef("pk")))
    return that_may_go(lying_here(user)).filter(screened(), ready, ~counted_first)


def lies_on_its_way() -> Q:
    """Of bags: that they came through a hub sealed, and lie there until they go on."""
    return Q(holds_something(), emptied_at=None, shipment__dispatched_on__isnull=False)


def to_send_on(user: User) -> QuerySet[Mailbag]:
    """Bags that passed through to this person's hubs and have not gone on."""
    return bags(user).filter(lies_on_its_way(), hub__in=user.hub_ids)


def to_seal(user: User) -> QuerySet[Mailbag]:
    """Bags at this person's hubs with something in them and no seal, that have not left."""
    rows = bags(user).filter(hub__in=user.hub_ids, emptied_at=None, shipment__dispatched_on=None)
    return rows.filter(holds_something(), ~is_sealed())


def to_dispatch(user: User) -> QuerySet[Shipment]:
    """Shipments from this person's hubs that have bags, all of them sealed."""
    mine = Mailbag.objects.filter(shipment=OuterRef("pk"), emptied_at=None)
    rows = scope.shipments(user).filter(from_hub__in=user.hub_ids, dispatched_on=None)
    return rows.filter(Exists(mine), ~Exists(mine.filter(~is_sealed())))


def arriving(user: User) -> QuerySet[Shipment]:
    """Shipments on their way to this person's hubs."""
    there = Holding.objects.filter(place__kind=steps.TRANSIT, place__shipment=OuterRef("pk"), pieces__gt=0)
    return scope.shipments(user).filter(Exists(there), to_hub__in=user.hub_ids)


def cards(user: User) -> Iterator[Waiting]:
    """Home of the mailroom."""
    if not user.holds(permissions.MAILROOM):
        return
    bags_page = reverse("mailbags:bags")
    n = to_pack(user).count()
    what = ngettext("bundle ready to pack", "bundles ready to pack", n)
    yield Waiting(n, what, _("It has all that its case requires."), reverse("mailbags:to-pack"), _("Pack"))
    n = to_send_on(user).count()
    what = ngettext("bag to send on", "bags to send on", n)
    yield Waiting(n, what, _("It came through here sealed and goes on to its next shipment, or is opened here."), f"{bags_page}?state=here", _("Send on"))
    n = to_seal(user).count()
    what = ngettext("bag to seal", "bags to seal", n)
    yield Waiting(n, what, _("Something lies in it and no seal is on it."), f"{bags_page}?state=open", _("Seal"))
    n = to_dispatch(user).count()
    what = ngettext("shipment to dispatch", "shipments to dispatch", n)
    yield Waiting(n, what, _("All its bags are sealed."), reverse("mailbags:leaving"), _("Dispatch"))
    n = arriving(user).count()
    what = ngettext("shipment arriving", "shipments arriving", n)
    yield Waiting(n, what, _("It is on its way to this hub."), reverse("mailbags:leaving"), _("Receive"))


def find(user: User, text: str) -> Iterator[tuple[str, str, str]]:
    """Search: the bag with this code, now or once."""
    code = codes.normalise(text)
    if not codes.is_valid(code) or code[0] != codes.MAILBAG or not user.roles & SEES_BAGS:
        return
    label = first_label(code)
    if label is not None and bags(user).filter(label=label).exists():
        yield _("mailbag"), shown(label), reverse("mailbags:bag", args=[label.code])
