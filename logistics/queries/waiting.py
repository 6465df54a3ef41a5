"""What waits for a case team, what moved for a case, and which confirmations no longer hold."""

from collections.abc import Iterable, Iterator
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from logistics import codes, permissions
from logistics.models import (
    Act,
    Confirmation,
    Delivery,
    Discrepancy,
    Entry,
    Flag,
    Holding,
    Shipment,
    User,
)
from logistics.queries import scope
from logistics.queries.cases import cases, cases_in_charge
from logistics.queries.confirmations import confirmations
from logistics.queries.received import standing_at
from logistics.registry import Waiting
from logistics.steps import Step

MOST = 10
"""Found things of one sort."""


def with_age(rows: QuerySet[Confirmation]) -> QuerySet[Confirmation]:
    """Each with `is_late`: whether an act since issue moved anything to or from its deliveries."""
    later = Entry.objects.filter(act__gt=OuterRef("last_act"), bundle__purpose=OuterRef("purpose"))
    touched = Q(from_place__delivery__confirmations=OuterRef("pk")) | Q(to_place__delivery__confirmations=OuterRef("pk"))
    return rows.annotate(is_late=Exists(later.filter(touched)))


def out_of_date(user: User) -> QuerySet[Confirmation]:
    """The confirmations that should be replaced."""
    return with_age(confirmations(user)).filter(is_late=True, replaced_by=None)


def standing_deliveries(user: User) -> QuerySet[Delivery]:
    """Those that were not taken back as a whole."""
    told = Act.objects.filter(delivery=OuterRef("pk"), reversal=None).exclude(kind=Step.REVERSED)
    return scope.deliveries(user).filter(Exists(told))


def unconfirmed_deliveries(user: User) -> QuerySet[Delivery]:
    """Deliveries of which something stands, in no confirmation that holds."""
    confirmed = Confirmation.objects.filter(deliveries=OuterRef("pk"), replaced_by=None)
    held = Holding.objects.filter(place__delivery=OuterRef("pk"), pieces__gt=0)
    return standing_deliveries(user).filter(~Exists(confirmed), Exists(held))


def flags_waiting(user: User) -> QuerySet[Flag]:
    return Flag.objects.filter(decision="", situation__case__in=cases_in_charge(user).values("pk"))


def waiting(user: User, discrepancies: QuerySet[Discrepancy]) -> Iterator[Waiting]:
    """The cards of a case team. Four queries."""
    flags = flags_waiting(user).order_by("pk").values_list("situation__case__campaign__slug", "situation__case__code")
    found = list(flags)
    slug, code = found[0] if found else ("", "")
    yield Waiting(
        len(found), ngettext("bundle to decide on", "bundles to decide on", len(found)),
        _("Something changed for the recipient while they were on their way. They wait where they are."),
        reverse("case-flags", args=[slug, code]) if found else reverse("cases"), _("Decide"),
    )  # fmt: skip
    number = out_of_date(user).count()
    yield Waiting(
        number, ngettext("confirmation is out of date", "confirmations are out of date", number),
        _("Something was corrected or is better known since. A new one replaces it by number."),
        reverse("confirmations") + "?state=late", _("Replace"),
    )  # fmt: skip
    number = unconfirmed_deliveries(user).count()
    yield Waiting(
        number, ngettext("delivery is not confirmed yet", "deliveries are not confirmed yet", number),
        _("They were handed over; no confirmation names them."), reverse("deliveries") + "?confirmed=no", _("Confirm"),
    )  # fmt: skip
    number = discrepancies.filter(closed_at=None).count()
    yield Waiting(
        number, ngettext("difference to explain", "differences to explain", number),
        _("What was expected and what was found differ."), reverse("discrepancies") + "?state=open", _("Explain"),
    )  # fmt: skip


def find(user: User, text: str) -> Iterator[tuple[str, str, str]]:
    """Cases by code or name; deliveries and confirmations by number."""
    if user.roles & {permissions.CASE_TEAM, permissions.CASE_WORKER, permissions.TRANSLATOR, permissions.COORDINATOR}:
        named = Q(code__icontains=text) | Q(public_name__icontains=text) | Q(names__name__icontains=text)
        for row in cases(user).filter(named).select_related("campaign").distinct()[:MOST]:
            yield _("case"), f"{row.shown_name} · {row.code}", reverse("case", args=[row.campaign.slug, row.code])
    if user.holds(permissions.MAILROOM):
        yield from _bundles_of(user, text)
    code = codes.normalise(text)
    if not codes.is_valid(code) or not user.roles & {permissions.CASE_TEAM, permissions.CASE_WORKER}:
        return
    if scope.deliveries(user).filter(number=code).exists():
        yield _("delivery"), codes.grouped(code), reverse("delivery", args=[code])
    if confirmations(user).filter(number=code).exists():
        yield _("confirmation"), codes.grouped(code), reverse("confirmation", args=[code])


def _bundles_of(user: User, text: str) -> Iterator[tuple[str, str, str]]:
    """For a mailroom, which has no page of a case: the list of its bundles for it."""
    known = cases(user).filter(pk__in=scope.bundles(user).order_by().values("case"))
    for row in known.filter(Q(code__icontains=text) | Q(public_name__icontains=text))[:MOST]:
        address = f"{reverse('bundles')}?{urlencode({'q': row.shown_name})}"
        yield _("bundles for"), f"{row.shown_name} · {row.code}", address


def on_board(shipments: Iterable[Shipment], user: User) -> dict[int, int]:
    """By shipment, the pieces that this person may know of and that left with it. One query."""
    rows = Entry.objects.filter(standing_at(None), step=Step.DISPATCHED, act__shipment__in=[row.pk for row in shipments])
    seen = rows.filter(bundle__in=scope.bundles(user).values("pk")).order_by()
    return dict(seen.values_list("act__shipment").annotate(all=Sum("pieces")))
