"""The documents of this app, as the registry knows them."""

from logistics.models import User
from logistics.permissions import require
from mailbags.queries import packing_list as packing


class PackingLists:
    """`packing-list`: its code is that of the mailbag's label."""

    def codes(self, user: User) -> list[str]:
        """Bags of which this person can print the list, in the order of their codes."""
        return packing.packed_codes(user)

    def render(self, code: str, user: User, paper: str) -> bytes:
        """Refused: `not_permitted`, `unknown_mailbag`, `bag_empty`. Raises pdf.DocumentFailed."""
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from mailbags.documents.packing_list import packing_list

        require(user, "logistics.print_document")
        return packing_list(packing.facts(packing.bag_of(code, user), user), paper=paper)
