"""Cases: made and edited by the case team (or with the campaign), paused, resumed, closed."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from logistics import permissions
from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Assignment, Campaign, Case, CaseName, Recipient, User
from logistics.permissions import require
from logistics.queries.cases import cases
from logistics.words import CaseKind, CaseStatus

EDITABLE = frozenset(
    {
        "public_name", "kind", "people", "country", "languages", "translation_policy", "is_read_aloud", "weekly_limit",
        "source",
    }
)  # fmt: skip


@transaction.atomic
def add_case(
    campaign: Campaign, code: str, *, kind: str, people: int | None = None, names: Sequence[str] = (), by: User, **fields: Any
) -> Case:
    """A new case with its recipients: one for a person, as many as there are for a group, one for a community.

    A case team that makes a case works on it. Refused: `not_permitted`, `code_taken`, `unknown_kind`, `bad_case`.
    """
    require(by, "logistics.add_case")
    if Case.objects.filter(campaign=campaign, code__iexact=code).exists():
        raise Refused("code_taken", f"This campaign has a case {code} already. Choose another code.")
    if kind not in CaseKind.values:
        raise Refused("unknown_kind", "A case is a person, a group or a community. Choose one.")
    case = Case(campaign=campaign, code=code, kind=kind, people=people, **_only_editable(fields))
    _save(case)
    count = people if kind == CaseKind.GROUP and people else 1
    Recipient.objects.bulk_create([Recipient(case=case, number=number) for number in range(1, count + 1)])
    _name(case, names)
    if by.holds(permissions.CASE_TEAM):
        Assignment.objects.create(user=by, case=case, given_by=by)
        by.__dict__.pop("case_ids", None)
    note(by, "case_added", code)
    return case


def _only_editable(fields: dict[str, Any]) -> dict[str, Any]:
    if unknown := fields.keys() - EDITABLE:
        raise TypeError(f"a case has no {', '.join(sorted(unknown))} to edit")
    return fields


def _save(case: Case) -> None:
    try:
        case.full_clean(exclude=["languages"])
    except ValidationError as fault:
        raise Refused("bad_case", f"That case cannot be saved: {' '.join(fault.messages)}") from fault
    case.save()


def _name(case: Case, names: Sequence[str]) -> None:
    known = set(case.names.values_list("name", flat=True))
    fresh = [name for name in dict.fromkeys(name.strip() for name in names) if name and name not in known]
    CaseName.objects.bulk_create([CaseName(case=case, name=name) for name in fresh])


@transaction.atomic
def edit_case(case: Case, *, names: Sequence[str] = (), by: User, **fields: Any) -> Case:
    """Change what is known of a case (EDITABLE) and add other names; recipients are added where a group has grown.

    What is the same changes nothing. Refused: `not_permitted`, `unknown_case`, `bad_case`, `fewer_people`.
    """
    require(by, "logistics.edit_case")
    found = locked(cases(by), case.pk, "case")
    changed = {name for name, value in _only_editable(fields).items() if getattr(found, name) != value}
    for name in changed:
        setattr(found, name, fields[name])
    if changed:
        _save(found)
        note(by, "case_edited", found.code)
    _name(found, names)
    _grow(found)
    return found


def _grow(case: Case) -> None:
    """As many recipients as a group has people. Fewer people than recipients is not guessed away."""
    if case.kind != CaseKind.GROUP or not case.people:
        return
    there = case.recipients.count()
    if case.people < there:
        raise Refused(
            "fewer_people",
            f"Case {case.code} has {there} recipients with consents of their own; take back consents instead of "
            "lowering the number.",
        )
    new = [Recipient(case=case, number=number) for number in range(there + 1, case.people + 1)]
    Recipient.objects.bulk_create(new)


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
    found = locked(cases(by), case.pk, "case")
    if found.status not in allowed:
        raise Refused(code, f"This case is {found.get_status_display()}. Look at the case before you change that.")
    found.status = status
    found.save(update_fields=["status"])
    note(by, f"case_{status}", found.code)
    return found
