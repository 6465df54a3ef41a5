"""Confirmations: which a person may see, the figures of a new one, and whether an old one still holds."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q, QuerySet, Sum

from logistics import permissions, steps
from logistics.models import Case, Confirmation, Delivery, Entry, User
from logistics.queries import confirmation_facts as facts_of
from logistics.queries.confirmation_facts import Because, ConfirmationFacts, Outcome, Pieces, Replaced
from logistics.queries.scope import SEES_ALL
from logistics.queries.standing import standing_entries
from logistics.words import Kind

BY_CASE = frozenset({permissions.CASE_TEAM, permissions.CASE_WORKER})

Held = tuple[str, int | None, str, str]
"""Kind of place, key of the delivery where it is one, kind of the pieces, country."""


def confirmations(user: User) -> QuerySet[Confirmation]:
    """Case team and case worker: of their cases. Auditor and operator: all."""
    if user.roles & SEES_ALL:
        return Confirmation.objects.all()
    if user.roles & BY_CASE:
        return Confirmation.objects.filter(case__in=user.case_ids)
    return Confirmation.objects.none()


def is_out_of_date(confirmation: Confirmation) -> bool:
    """Whether an act since issue moved anything to or from its deliveries: reversed, raised, refused, seized."""
    named = confirmation.deliveries.values("pk")
    touched = Q(from_place__delivery__in=named) | Q(to_place__delivery__in=named)
    later = Entry.objects.filter(act__gt=confirmation.last_act, bundle__purpose=confirmation.purpose)
    return later.filter(touched).exists()


def facts(
    case: Case,
    *,
    purpose: str,
    deliveries: Sequence[Delivery],
    number: str,
    issued_on: date,
    journey_head: str,
    replaces: Confirmation | None = None,
    reason: str = "",
) -> ConfirmationFacts:
    """What a confirmation of these deliveries says as of the day it is issued. For actions: asks no permission.

    Delivered is what was handed over at these deliveries, close or better; the outcomes are those of every piece
    of the case and purpose. `reason`: what has changed since the one that is replaced (a code of words.Reason).
    """
    entries = standing_entries().filter(bundle__case=case, bundle__purpose=purpose, day__lte=issued_on).order_by()
    named = {delivery.pk for delivery in deliveries}
    held = _held(entries)
    origins = _by_country(held, named)
    listed, others = facts_of.merged(origins)
    return ConfirmationFacts(
        number=number,
        campaign=case.campaign.name,
        is_constructed=case.campaign.is_constructed,
        case=case.code,
        case_name=case.public_name,
        purpose=str(purpose),
        issued_on=issued_on,
        deliveries=tuple(sorted(delivery.number for delivery in deliveries)),
        months=tuple(sorted({f"{delivery.day:%Y-%m}" for delivery in deliveries})),
        countries=len(origins),
        grades=_grades(held, named),
        outcomes=_outcomes(held, named, _reasons(entries)),
        origins=listed,
        others=others,
        attested_by=tuple(sorted({delivery.by.code for delivery in deliveries if delivery.by.code})),
        replaces=Replaced(replaces.number, replaces.issued_on, reason) if replaces else None,
        journey_head=journey_head,
    )


def _held(entries: QuerySet[Entry]) -> dict[Held, int]:
    """Where the pieces are, by kind and country: what came there less what left. Two queries."""
    held: dict[Held, int] = defaultdict(int)
    for side, sign in (("to_place", 1), ("from_place", -1)):
        columns = (f"{side}__kind", f"{side}__delivery", "bundle__kind", "bundle__country")
        rows = entries.filter(**{f"{side}__isnull": False}).values_list(*columns).annotate(n=Sum("pieces"))
        for *where, pieces in rows:
            held[tuple(where)] += sign * pieces
    return {where: pieces for where, pieces in held.items() if pieces}


def _pieces(kind: str, number: int) -> Pieces:
    return Pieces(letters=number) if kind == Kind.LETTER else Pieces(cards=number)


def _grades(held: dict[Held, int], named: set[int]) -> dict[str, int]:
    grades = dict.fromkeys(steps.GRADES, 0)
    for (place, delivery, _kind, _country), pieces in held.items():
        if place in grades and delivery in named:
            grades[place] += pieces
    return grades


def _by_country(held: dict[Held, int], named: set[int]) -> dict[str, Pieces]:
    origins: dict[str, Pieces] = defaultdict(Pieces)
    for (place, delivery, kind, country), pieces in held.items():
        if place in steps.DELIVERED and delivery in named:
            origins[country] += _pieces(kind, pieces)
    return origins


def _outcomes(
    held: dict[Held, int], named: set[int], reasons: dict[str, tuple[Because, ...]]
) -> tuple[Outcome, ...]:
    found: dict[str, Pieces] = defaultdict(Pieces)
    for (place, delivery, kind, _country), pieces in held.items():
        found[_outcome_of(place, delivery in named)] += _pieces(kind, pieces)
    return tuple(Outcome(what, found[what], reasons.get(what, ())) for what in facts_of.OUTCOMES)


def _outcome_of(place: str, is_named: bool) -> str:
    if place in steps.DELIVERED:
        return facts_of.DELIVERED if is_named else facts_of.DELIVERED_ELSEWHERE
    if place in steps.UNCONFIRMED:
        return facts_of.UNCONFIRMED if is_named else facts_of.UNCONFIRMED_ELSEWHERE
    return facts_of.ON_THE_WAY if place in steps.ON_THE_WAY else place


def _reasons(entries: QuerySet[Entry]) -> dict[str, tuple[Because, ...]]:
    """Why pieces are withheld, seized, refused, lost or destroyed. What left again is taken from what came first."""
    ends = (steps.WITHHELD, *steps.OTHER)
    rows = entries.filter(Q(to_place__kind__in=ends) | Q(from_place__kind__in=ends)).order_by("bundle", "sequence")
    waiting: dict[tuple[int, int], list[Because]] = defaultdict(list)
    kinds: dict[int, str] = {}
    columns = ("bundle", "from_place", "from_place__kind", "to_place", "to_place__kind", "act__reason", "pieces")
    for bundle, start, start_kind, end, end_kind, reason, pieces in rows.values_list(*columns):
        if start_kind in ends:
            waiting[bundle, start] = _less(waiting[bundle, start], pieces)
        if end_kind in ends:
            waiting[bundle, end].append(Because(reason, pieces))
            kinds[end] = end_kind
    return {kind: _summed(kind, kinds, waiting) for kind in set(kinds.values())}


def _less(waiting: Iterable[Because], pieces: int) -> list[Because]:
    left = []
    for because in waiting:
        taken = min(pieces, because.pieces)
        pieces -= taken
        left += [Because(because.reason, because.pieces - taken)] if because.pieces > taken else []
    return left


def _summed(kind: str, kinds: dict[int, str], waiting: dict[tuple[int, int], list[Because]]) -> tuple[Because, ...]:
    """The reasons of one kind of place, the largest first."""
    sums: dict[str, int] = defaultdict(int)
    for (_bundle, place), because in waiting.items():
        for each in because if kinds.get(place) == kind else ():
            sums[each.reason] += each.pieces
    return tuple(Because(reason, sums[reason]) for reason in sorted(sums, key=lambda each: (-sums[each], each)))
