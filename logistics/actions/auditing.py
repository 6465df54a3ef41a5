"""The audit trail: who did what that is no act of the journey."""

from logistics import codes
from logistics.models import AuditRow, Case, Collection, Return, User


def note(by: User, what: str, subject: str = "") -> AuditRow:
    """Write one row: what was done (a word) to which thing (a code). Codes only, never names or words of people."""
    return AuditRow.objects.create(by=by, what=what, subject=subject)


def of_case(case: Case) -> str:
    """How a case stands in the audit trail: two campaigns may use the same code."""
    return f"{case.campaign.slug}/{case.code}"


def of_collection(collection: Collection) -> str:
    """How a collection stands there: its campaign, and its handle as in the address of its page."""
    return f"{collection.campaign.slug}/{codes.handle('collection', collection.pk)}"


def of_return(returned: Return) -> str:
    """How an imported file stands there: its campaign, and its handle; its name may tell of somebody."""
    return f"{returned.campaign.slug}/{codes.handle('return', returned.pk)}"
