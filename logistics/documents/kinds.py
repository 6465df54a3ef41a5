"""The documents of this app, as the registry knows them."""

from django.utils.translation import pgettext

from logistics.codes import grouped
from logistics.documents.language import chosen, offered
from logistics.errors import Refused
from logistics.models import Confirmation, User
from logistics.permissions import require
from logistics.queries.confirmation_facts import ConfirmationFacts, Replaced, from_json
from logistics.queries.confirmations import confirmations, is_out_of_date
from logistics.queries.waiting import with_age
from logistics.words import Purpose


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


class Letters:
    """`letter`: what a recipient may be read; its code is the number of the confirmation that it is taken from."""

    def codes(self, user: User) -> list[str]:
        """Confirmations that hold, of what was written to the person and delivered, by number."""
        rows = with_age(confirmations(user)).filter(purpose=Purpose.SOLIDARITY, replaced_by=None, is_late=False).order_by("number")
        return [row.number for row in rows if from_json(row.facts).delivered]

    def languages(self, code: str, user: User) -> list[str]:
        """First the one that the recipients read. Refused: `unknown_confirmation`."""
        return offered(_found(code, user).case.languages)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """From the stored facts alone. Raises pdf.DocumentFailed.

        Refused: `not_permitted`, `unknown_confirmation`, `unknown_language`, `not_to_the_person`,
        `confirmation_replaced`, `confirmation_out_of_date`, `nothing_delivered`.
        """
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from logistics.documents.letter import letter

        require(user, "logistics.print_document")
        found = _found(code, user)
        tongue = chosen(language, offered(found.case.languages))
        facts = from_json(found.facts)
        _refuse_what_is_not_for_the_person(found, facts)
        return letter(facts, paper=paper, language=tongue)


def _refuse_what_is_not_for_the_person(found: Confirmation, facts: ConfirmationFacts) -> None:
    if found.purpose != Purpose.SOLIDARITY:
        sentence = pgettext("page", "These messages went to an authority. There is no letter for them.")
        raise Refused("not_to_the_person", sentence)
    if later := _replaced_by(found):
        sentence = pgettext("page", "This confirmation was replaced by %(later)s. Print that one's letter.")
        raise Refused("confirmation_replaced", sentence % {"later": grouped(later.number)})
    if is_out_of_date(found):
        sentence = pgettext("page", "What this confirmation says was corrected since. Replace it, and print the new one's letter.")
        raise Refused("confirmation_out_of_date", sentence)
    if not facts.delivered:
        sentence = pgettext("page", "Nothing is known to have been delivered. There is nothing to be read yet.")
        raise Refused("nothing_delivered", sentence)


def _found(code: str, user: User) -> Confirmation:
    found = confirmations(user).select_related("case").filter(number=code).first()
    if found is None:
        sentence = pgettext("page", "There is no confirmation with this number here. Look at it again.")
        raise Refused("unknown_confirmation", sentence)
    return found


def _replaced_by(stored: Confirmation) -> Replaced | None:
    later = Confirmation.objects.filter(replaces=stored).first()
    if later is None:
        return None
    named = from_json(later.facts).replaces
    return Replaced(later.number, later.issued_on, named.reason if named else "")
