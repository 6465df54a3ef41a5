"""Cases: added by a coordinator or a case team, edited by their case team, paused, resumed, closed."""

import re
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.actions.auditing import note, of_case
from logistics.actions.cleaning import clean, save_new
from logistics.actions.locking import locked
from logistics.actions.people import forget_what_is_held
from logistics.actions.standards import refuse_unknown_country, refuse_unknown_language
from logistics.errors import Refused
from logistics.models import Assignment, Campaign, Case, CaseName, Recipient, User
from logistics.permissions import require
from logistics.queries.cases import cases, cases_in_charge
from logistics.words import CaseKind, CaseStatus, figure

EDITABLE = frozenset(
    {
        "public_name", "kind", "people", "country", "languages", "translation_policy", "is_read_aloud", "weekly_limit",
        "source",
    }
)  # fmt: skip
CODE = re.compile(r"\w[\w.-]{0,19}")
MOST_RECIPIENTS = 1000
"""Of a group; more people than that are a community, which has one recipient."""


def locked_case(case: Case, *, by: User) -> Case:
    """The case as it is now, locked, if this person decides about it. Refused: `unknown_case`, `not_permitted`.

    The lock lets others add rows that point to the case: who holds a bundle and opens a discrepancy need not wait.
    """
    found = cases(by).select_related("campaign").filter(pk=case.pk).select_for_update(of=("self",), no_key=True).first()
    if found is None:
        raise Refused("unknown_case", _("There is no such case here. Look at the code again."))
    if not cases_in_charge(by).filter(pk=found.pk).exists():
        raise Refused("not_permitted", _("The case team of this case decides that. Ask them."))
    return found


@transaction.atomic
def add_case(
    campaign: Campaign, code: str, *, kind: str, people: int | None = None, names: Sequence[str] = (), by: User, **fields: Any
) -> Case:
    """A new case with its recipients: one for a person, as many as there are for a group, one for a community.

    A case team that adds a case works on it. `fields`: more of EDITABLE. Refused: `not_permitted`,
    `unknown_campaign`, `bad_case_code`, `code_taken`, and as `edit_case`.
    """
    require(by, "logistics.add_case")
    campaign = locked(Campaign.objects.all(), campaign.pk, "campaign")
    if not CODE.fullmatch(code):
        raise Refused(
            "bad_case_code",
            _("“%(code)s” is no code of a case. Use up to 20 letters, digits, dots and hyphens.") % {"code": code},
        )
    taken = Refused("code_taken", _("This campaign has a case %(code)s already. Choose another code.") % {"code": code})
    if Case.objects.filter(campaign=campaign, code__iexact=code).exists():
        raise taken
    case = Case(campaign=campaign, code=code, kind=kind, people=people, **_only_editable(fields))
    _refuse_bad(case)
    save_new(case, taken=taken)
    _grow(case)
    _name(case, names)
    if by.holds(permissions.CASE_TEAM):
        Assignment.objects.create(user=by, case=case, given_by=by)
        forget_what_is_held(by)
    note(by, "case_added", of_case(case))
    return case


def _only_editable(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"a case has no {', '.join(sorted(unknown))} to edit")
    return fields


def _refuse_bad(case: Case) -> None:
    if case.kind not in CaseKind.values:
        raise Refused("unknown_kind", _("A case is a person, a group or a community. Choose one of them."))
    if case.people is not None and (case.people < 1 or (case.kind == CaseKind.PERSON and case.people != 1)):
        raise Refused("bad_number_of_people", _not_so_many(case.kind, case.people))
    if _recipients_wanted(case) > MOST_RECIPIENTS:
        sentence = _("A group of more than %(n)s people is a community. Choose that.")
        raise Refused("bad_number_of_people", sentence % {"n": figure(MOST_RECIPIENTS)})
    refuse_unknown_country(case.country, empty=True)
    for tag in case.languages:
        refuse_unknown_language(tag)
    clean(case, "case", beside=["languages"])


def _not_so_many(kind: str, people: int) -> str:
    if kind == CaseKind.PERSON:
        sentence = _("A person is not %(n)s people. Correct the number, or the kind of case.")
    elif kind == CaseKind.GROUP:
        sentence = _("A group is not %(n)s people. Correct the number, or the kind of case.")
    else:
        sentence = _("A community is not %(n)s people. Correct the number, or the kind of case.")
    return sentence % {"n": figure(people)}


def _recipients_wanted(case: Case) -> int:
    return case.people if case.kind == CaseKind.GROUP and case.people else 1


def _grow(case: Case) -> bool:
    """As many recipients as a group has people. Fewer people than recipients is not guessed away."""
    there, wanted = case.recipients.count(), _recipients_wanted(case)
    if wanted < there and (case.people is not None or case.kind != CaseKind.GROUP):
        sentence = _(
            "Case %(case)s has %(there)s recipients, each with consents of their own; it cannot have %(wanted)s. "
            "Leave the number, and take back the consent of those who are to get nothing any more."
        )
        raise Refused("fewer_people", sentence % {"case": case.code, "there": figure(there), "wanted": figure(wanted)})
    new = [Recipient(case=case, number=number) for number in range(there + 1, wanted + 1)]
    Recipient.objects.bulk_create(new)
    return bool(new)


def _name(case: Case, names: Sequence[str]) -> bool:
    known = set(case.names.values_list("name", flat=True))
    fresh = [name for name in dict.fromkeys(name.strip() for name in names) if name and name not in known]
    rows = [CaseName(case=case, name=name) for name in fresh]
    for row in rows:
        clean(row, "name")
    CaseName.objects.bulk_create(rows)
    return bool(rows)


@transaction.atomic
def edit_case(case: Case, *, names: Sequence[str] = (), by: User, **fields: Any) -> Case:
    """Change what is known of a case (EDITABLE) and add other names; recipients are added where a group has grown.

    What is the same changes nothing. Refused: `not_permitted`, `unknown_case`, `unknown_kind`, `bad_number_of_people`,
    `fewer_people`, `unknown_country`, `unknown_language`, `bad_case`, `bad_name`.
    """
    require(by, "logistics.edit_case")
    found = locked_case(case, by=by)
    changed = [name for name, value in _only_editable(fields).items() if getattr(found, name) != value]
    for name in changed:
        setattr(found, name, fields[name])
    if changed:
        _refuse_bad(found)
        found.save(update_fields=changed)
    has_grown = bool(changed) and _grow(found)
    has_names = _name(found, names)
    if changed or has_grown or has_names:
        note(by, "case_edited", of_case(found))
    return found


@transaction.atomic
def remove_names(case: Case, names: Sequence[str], *, by: User) -> Case:
    """Take away other names that the case does not go by; returns are no longer recognised by them.

    What is not among them any more changes nothing. Refused: `not_permitted`, `unknown_case`.
    """
    require(by, "logistics.edit_case")
    found = locked_case(case, by=by)
    removed, _rows = found.names.filter(name__in=list(names)).delete()
    if removed:
        note(by, "case_edited", of_case(found))
    return found


def pause_case(case: Case, *, by: User) -> Case:
    """Nothing is packed, sealed or sent until it goes on. Refused: `not_permitted`, `unknown_case`, `not_active`."""
    return _set_status(case, CaseStatus.PAUSED, {CaseStatus.ACTIVE}, "not_active", by)


def resume_case(case: Case, *, by: User) -> Case:
    """Go on with a paused case. Refused: `not_permitted`, `unknown_case`, `not_paused`."""
    return _set_status(case, CaseStatus.ACTIVE, {CaseStatus.PAUSED}, "not_paused", by)


def close_case(case: Case, *, by: User) -> Case:
    """Nothing more is sent, for good. Refused: `not_permitted`, `unknown_case`, `case_closed`."""
    return _set_status(case, CaseStatus.CLOSED, {CaseStatus.ACTIVE, CaseStatus.PAUSED}, "case_closed", by)


@transaction.atomic
def _set_status(case: Case, status: str, allowed: set[str], code: str, by: User) -> Case:
    require(by, "logistics.edit_case")
    found = locked_case(case, by=by)
    if found.status not in allowed:
        sentence = _("This case is %(status)s. Look at the case before you change that.")
        raise Refused(code, sentence % {"status": found.get_status_display()})
    found.status = status
    found.save(update_fields=["status"])
    note(by, f"case_{status}", of_case(found))
    return found
