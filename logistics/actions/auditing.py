"""The audit trail: who did what that is no act of the journey."""

from logistics.models import AuditRow, Case, User


def note(by: User, what: str, subject: str = "") -> AuditRow:
    """Write one row: what was done (a word) to which thing (a code). Codes only, never names or words of people."""
    return AuditRow.objects.create(by=by, what=what, subject=subject)


def of_case(case: Case) -> str:
    """How a case stands in the audit trail: two campaigns may use the same code."""
    return f"{case.campaign.slug}/{case.code}"
