"""`case-report`: its code is that of the campaign and of the case, as in an address."""

from logistics.actions.auditing import of_case
from logistics.documents.language import ENGLISH, chosen
from logistics.models import User
from logistics.permissions import require
from logistics.queries.case_report import CaseReport, case_named
from logistics.queries.case_report import case_report as facts_of
from logistics.queries.cases import cases_in_charge

TONGUES = (ENGLISH,)
"""Only the case team reads it: its words are in no catalogue of the documents."""


class CaseReports:
    """The whole of one case, for whoever decides about it."""

    @staticmethod
    def normalise(text: str) -> str:
        """What was typed, which is no opaque code."""
        return text.strip()

    def codes(self, user: User) -> list[str]:
        """The cases that this person decides about, by campaign and code."""
        rows = cases_in_charge(user).select_related("campaign").order_by("campaign__slug", "code")
        return [of_case(row) for row in rows]

    def languages(self, code: str, user: User) -> list[str]:
        """English alone. Refused: `unknown_case`."""
        case_named(code, user)
        return list(TONGUES)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """Refused: `not_permitted`, `unknown_case`, `unknown_language`. Raises pdf.DocumentFailed."""
        require(user, "logistics.print_document")
        return printed(facts_of(case_named(code, user)), paper, language)


def printed(facts: CaseReport, paper: str, language: str | None = None) -> bytes:
    """Refused: `unknown_language`. Raises pdf.DocumentFailed."""
    # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
    from logistics.documents.case_report import case_report

    return case_report(facts, paper=paper, language=chosen(language, TONGUES))
