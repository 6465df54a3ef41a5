"""Rules of a case: what its envelopes, letters and enclosures must, must not or may have. Versions stay."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Case, Rule, User
from logistics.permissions import require
from logistics.queries.cases import cases
from logistics.words import RuleForce, RuleSubject


@transaction.atomic
def record_rule(
    case: Case,
    *,
    subject: str,
    force: str,
    text: str,
    holds_from: date | None = None,
    holds_until: date | None = None,
    source: str = "",
    replaces: Rule | None = None,
    by: User,
) -> Rule:
    """A new rule, or (`replaces`) the next version of one. The same rule again changes nothing.

    Refused: `not_permitted`, `unknown_case`, `unknown_rule`, `text_missing`, `ends_before_it_begins`.
    """
    require(by, "logistics.edit_case")
    case = locked(cases(by), case.pk, "case")
    _refuse_bad(subject, force, text, holds_from, holds_until)
    said = {
        "subject": subject, "force": force, "text": text.strip(), "holds_from": holds_from, "holds_until": holds_until,
    }  # fmt: skip
    if replaces is None:
        if earlier := Rule.objects.filter(case=case, **said).first():
            return earlier
        number = (Rule.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0) + 1
        version = 1
    else:
        number = locked(Rule.objects.filter(case=case), replaces.pk, "rule").number
        version = (Rule.objects.filter(case=case, number=number).aggregate(last=Max("version"))["last"] or 0) + 1
    rule = Rule.objects.create(case=case, number=number, version=version, source=source, recorded_by=by, **said)
    note(by, "rule_recorded", f"{case.code}/{number}.{version}")
    return rule


def _refuse_bad(subject: str, force: str, text: str, holds_from: date | None, holds_until: date | None) -> None:
    if subject not in RuleSubject.values or force not in RuleForce.values:
        raise Refused("unknown_rule", "A rule is about envelope, letter or enclosure, and requires, forbids or allows.")
    if not text.strip():
        raise Refused("text_missing", "Say in words what is required, forbidden or allowed.")
    if holds_from and holds_until and holds_until < holds_from:
        raise Refused("ends_before_it_begins", "The rule would end before it begins. Look at the two days.")


@transaction.atomic
def end_rule(rule: Rule, *, on: date | None = None, by: User) -> Rule:
    """A last version of the rule, which holds until that day (today). Refused: `not_permitted`, `unknown_rule`,
    `ends_before_it_begins`."""
    require(by, "logistics.edit_case")
    found = locked(Rule.objects.filter(case__in=cases(by).values("pk")).select_related("case"), rule.pk, "rule")
    return record_rule(
        found.case, subject=found.subject, force=found.force, text=found.text, holds_from=found.holds_from,
        holds_until=on or timezone.localdate(), source=found.source, replaces=found, by=by,
    )  # fmt: skip
