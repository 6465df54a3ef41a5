"""Confirmations: issued by the case team, replaced by number when what they say no longer holds."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics import chain, codes
from logistics.actions.auditing import note
from logistics.actions.days import refuse_future
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Act, Bundle, Case, Confirmation, Delivery, Entry, User
from logistics.permissions import require
from logistics.queries import confirmation_facts, scope
from logistics.queries.cases import cases
from logistics.queries.confirmations import confirmations, facts
from logistics.steps import Step
from logistics.words import Purpose


@transaction.atomic
def issue(
    case: Case,
    *,
    deliveries: Sequence[Delivery],
    purpose: str = Purpose.SOLIDARITY,
    replaces: Confirmation | None = None,
    key: UUID,
    day: date,
    by: User,
) -> Confirmation:
    """Confirm what was delivered at these deliveries of a case: a number and a snapshot of the figures.

    The same key again gives the same confirmation. `replaces` is the one that is out of date. Refused:
    `not_permitted`, `unknown_case`, `unknown_delivery`, `nothing_in_it`, `named_twice`, `wrong_case`,
    `delivery_reversed`, `unknown_purpose`, `nothing_delivered`, `unknown_confirmation`, `already_replaced`,
    `already_confirmed`, `day_not_come`, `day_before_delivery`, `key_reused`.
    """
    require(by, "logistics.confirm_delivery")
    case = locked(cases(by).select_related("campaign"), case.pk, "case")
    if earlier := Confirmation.objects.filter(key=key).first():
        return _same(earlier, case, purpose, deliveries)
    replaced = _replaced(replaces, case, by)
    rows = _refuse_bad(case, deliveries, purpose, replaced, day, by)
    _wait_for_tellers(case)
    confirmation = _issued(case, rows, str(purpose), replaced, key, day, by)
    confirmation.deliveries.set(rows)
    note(by, "confirmation_issued", confirmation.number)
    return confirmation


def _wait_for_tellers(case: Case) -> None:
    """Lock the case's bundles: an act that is being told of one is in the figures, or comes after `last_act`."""
    bundles = Bundle.objects.filter(case=case).order_by("pk").select_for_update(of=("self",))
    list(bundles.values_list("pk"))


def _same(earlier: Confirmation, case: Case, purpose: str, deliveries: Sequence[Delivery]) -> Confirmation:
    named = set(earlier.deliveries.values_list("pk", flat=True))
    if (earlier.case_id, earlier.purpose, named) != (case.pk, purpose, {row.pk for row in deliveries}):
        raise Refused("key_reused", _("This was sent before with other content. Issue the other one as a new one."))
    return earlier


def _replaced(replaces: Confirmation | None, case: Case, by: User) -> Confirmation | None:
    if replaces is None:
        return None
    found = locked(confirmations(by).filter(case=case), replaces.pk, "confirmation")
    if Confirmation.objects.filter(replaces=found).exists():
        raise Refused("already_replaced", _("This confirmation has been replaced already. Replace the newer one."))
    return found


def _refuse_bad(
    case: Case, deliveries: Sequence[Delivery], purpose: str, replaced: Confirmation | None, day: date, by: User
) -> list[Delivery]:
    if not deliveries:
        raise Refused("nothing_in_it", _("No delivery was named. Choose those that it confirms."))
    if len({row.pk for row in deliveries}) != len(deliveries):
        raise Refused("named_twice", _("One delivery is named twice. Take it off the list once."))
    if purpose not in Purpose.values:
        raise Refused("unknown_purpose", _("It confirms solidarity mail or appeals. Choose one; they are never added."))
    refuse_future(day, timezone.now())
    rows = list(scope.deliveries(by).filter(pk__in=[row.pk for row in deliveries]).select_related("by").order_by("pk"))
    if len(rows) != len(deliveries):
        raise Refused("unknown_delivery", _("There is no such delivery here. Look at the number again."))
    for row in rows:
        _refuse_delivery(row, case, day)
    _refuse_confirmed(rows, purpose, replaced)
    return rows


def _refuse_delivery(row: Delivery, case: Case, day: date) -> None:
    if row.case_id != case.pk:
        raise Refused("wrong_case", _("Delivery %(row)s is of another case. Confirm it there.") % {"row": row})
    if day < row.day:
        raise Refused(
            "day_before_delivery", _("Delivery %(row)s had not been made on that day. Look at the day.") % {"row": row}
        )
    if not Act.objects.filter(delivery=row, reversal=None).exclude(kind=Step.REVERSED).exists():
        raise Refused(
            "delivery_reversed", _("Delivery %(row)s was reversed. Choose the one that was told instead.") % {"row": row}
        )


def _refuse_confirmed(rows: Sequence[Delivery], purpose: str, replaced: Confirmation | None) -> None:
    """A delivery stands in one confirmation that holds."""
    standing = Confirmation.objects.filter(deliveries__in=rows, purpose=purpose, replaced_by=None)
    if replaced is not None:
        standing = standing.exclude(pk=replaced.pk)
    if other := standing.first():
        raise Refused(
            "already_confirmed", _("Confirmation %(other)s covers one of them already. Replace that one.") % {"other": other}
        )


def _issued(
    case: Case, rows: Sequence[Delivery], purpose: str, replaced: Confirmation | None, key: UUID, day: date, by: User
) -> Confirmation:
    number = codes.new(codes.CONFIRMATION)
    said = facts(
        case, purpose=purpose, deliveries=rows, number=number, issued_on=day, journey_head=head_of(case),
        replaces=replaced, reason=_why(replaced),
    )  # fmt: skip
    if said.delivered + said.unconfirmed == 0:
        raise Refused("nothing_delivered", _("Nothing of that purpose was handed over at these deliveries."))
    return Confirmation.objects.create(
        number=number, key=key, case=case, purpose=purpose, issued_on=day, issued_at=timezone.now(), issued_by=by,
        facts=confirmation_facts.as_json(said), content_hash=confirmation_facts.content_hash(said),
        journey_head=said.journey_head, last_act=Act.objects.aggregate(last=Max("pk"))["last"], replaces=replaced,
    )  # fmt: skip


def head_of(case: Case) -> str:
    """The end of the chain of every bundle of the case, as one SHA-256."""
    heads = Bundle.objects.filter(case=case).order_by("pk").values_list("label__code", "head_sequence", "head_digest")
    return chain.digest([list(head) for head in heads])


def _why(replaced: Confirmation | None) -> str:
    """The reason code of the last reversal since under the confirmation that is replaced, or none."""
    if replaced is None:
        return ""
    since = Entry.objects.filter(act__gt=replaced.last_act, act__delivery__in=replaced.deliveries.all())
    last = since.filter(act__kind=Step.REVERSED).order_by("-act").values_list("act__reason", flat=True).first()
    return last or ""
