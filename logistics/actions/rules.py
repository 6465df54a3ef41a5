"""Rules of a case: what its envelopes, letters and enclosures must, must not or may have. Versions stay."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from logistics.actions.auditing import note, of_case
from logistics.actions.cases import locked_case
from logistics.actions.cleaning import clean
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Case, Rule, User
from logistics.permissions import require
from logistics.queries.cases import cases_in_charge
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
    """A new rule, or (`replaces`) the next version of one. What the latest version says already changes nothing.

    Refused: `not_permitted`, `unknown_case`, `unknown_rule`, `unknown_subject`, `unknown_force`, `text_missing`,
    `ends_before_it_begins`, `bad_rule`.
    """
    require(by, "logistics.edit_case")
    case = locked_case(case, by=by)
    _refuse_bad(subject, force, text, holds_from, holds_until)
    said = (subject, force, text.strip(), holds_from, holds_until)
    latest = {rule.number: rule for rule in Rule.objects.filter(case=case).order_by("number", "version")}
    number = max(latest, default=0) + 1
    if replaces is not None:
        number = locked(Rule.objects.filter(case=case), replaces.pk, "rule").number
    for rule in [latest[number]] if replaces else latest.values():
        if (rule.subject, rule.force, rule.text, rule.holds_from, rule.holds_until) == said:
            return rule
    version = latest[number].version + 1 if replaces else 1
    rule = Rule(
        case=case, number=number, version=version, subject=subject, force=force, text=said[2], holds_from=holds_from,
        holds_until=holds_until, source=source, recorded_by=by,
    )  # fmt: skip
    clean(rule, "rule")
    rule.save()
    note(by, "rule_recorded", f"{of_case(case)}/{number}.{version}")
    return rule


def _refuse_bad(subject: str, force: str, text: str, holds_from: date | None, holds_until: date | None) -> None:
    if subject not in RuleSubject.values:
        raise Refused("unknown_subject", _("A rule is about the envelope, the letter or an enclosure. Choose one of them."))
    if force not in RuleForce.values:
        raise Refused("unknown_force", _("A rule says what is required, forbidden or allowed. Choose one of them."))
    if not text.strip():
        raise Refused("text_missing", _("Say in words what is required, forbidden or allowed."))
    if holds_from and holds_until and holds_until < holds_from:
        raise Refused("ends_before_it_begins", _("The rule would end before it begins. Look at the two days."))


@transaction.atomic
def end_rule(rule: Rule, *, on: date | None = None, by: User) -> Rule:
    """A last version of the rule, which holds until that day (today).

    Refused: `not_permitted`, `unknown_rule`, `rule_ended`, `ends_before_it_begins`.
    """
    require(by, "logistics.edit_case")
    seen = Rule.objects.filter(case__in=cases_in_charge(by).values("pk")).select_related("case")
    found = locked(seen, rule.pk, "rule")
    latest = Rule.objects.filter(case=found.case, number=found.number).order_by("version").last() or found
    until = on or timezone.localdate()
    if latest.holds_until is not None and latest.holds_until <= until:
        sentence = _("This rule ends on %(day)s already. Look at it again.")
        raise Refused("rule_ended", sentence % {"day": date_format(latest.holds_until, "j F Y")})
    return record_rule(
        found.case, subject=latest.subject, force=latest.force, text=latest.text, holds_from=latest.holds_from,
        holds_until=until, source=latest.source, replaces=latest, by=by,
    )  # fmt: skip
