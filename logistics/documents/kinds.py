"""The documents of this app, as the registry knows them."""

from logistics.documents.language import chosen, offered
from logistics.errors import Refused
from logistics.models import Confirmation, User
from logistics.permissions import require
from logistics.queries.confirmation_facts import Replaced, from_json
from logistics.queries.confirmations import confirmations, is_out_of_date


class Confirmations:
    """`confirmation`: its code is the number."""

    def codes(self, user: User) -> list[str]:
        """Those that this person can print, in the order of their numbers."""
        return sorted(confirmations(user).values_list("number", flat=True))

    def languages(self, code: str, user: User) -> list[str]:
        """First the one that the recipients read. Refused: `unknown_confirmation`."""
        return offered(_found(code, user).case.languages)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """From the stored facts alone. Refused: `not_permitted`, `unknown_confirmation`, `unknown_language`.

        Raises pdf.DocumentFailed.
        """
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from logistics.documents.confirmation import Standing, confirmation

        require(user, "logistics.print_document")
        found = _found(code, user)
        tongue = chosen(language, offered(found.case.languages))
        standing = Standing(_replaced_by(found), is_out_of_date(found))
        return confirmation(from_json(found.facts), standing=standing, paper=paper, language=tongue)


def _found(code: str, user: User) -> Confirmation:
    found = confirmations(user).select_related("case").filter(number=code).first()
    if found is None:
        raise Refused("unknown_confirmation", "There is no confirmation with this number here. Look at it again.")
    return found


def _replaced_by(stored: Confirmation) -> Replaced | None:
    later = Confirmation.objects.filter(replaces=stored).first()
    return Replaced(later.number, later.issued_on) if later else None
