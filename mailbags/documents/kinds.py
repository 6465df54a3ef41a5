"""The documents of this app, as the registry knows them."""

from logistics.documents.language import LANGUAGES, chosen, offered
from logistics.models import User
from logistics.permissions import require
from mailbags.queries import packing_list as packing


class PackingLists:
    """`packing-list`: its code is that of the mailbag's label."""

    def codes(self, user: User) -> list[str]:
        """Bags of which this person can print the list, in the order of their codes."""
        return packing.packed_codes(user)

    def languages(self, code: str, user: User) -> list[str]:
        """First that of the first case in it. Refused: `unknown_mailbag`, `bag_empty`."""
        return offered(packing.facts(packing.bag_of(code, user), user).lists[0].languages)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """No language: each case's list in that case's. Raises pdf.DocumentFailed.

        Refused: `not_permitted`, `unknown_mailbag`, `bag_empty`, `unknown_language`.
        """
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from mailbags.documents.packing_list import packing_list

        require(user, "logistics.print_document")
        tongue = chosen(language, LANGUAGES) if language else None
        return packing_list(packing.facts(packing.bag_of(code, user), user), paper=paper, language=tongue)
