"""The audit trail: who did what that is no act of the journey."""

from logistics.models import AuditRow, User


def note(by: User, what: str, subject: str = "") -> AuditRow:
    """Write one row: what was done (a word) to which thing (a code). Codes only, never names or words of people."""
    return AuditRow.objects.create(by=by, what=what, subject=subject)
