"""The documents of this app, as the registry knows them."""

from logistics import codes
from logistics.documents.label_kind import opaque
from logistics.documents.language import LANGUAGES, chosen, offered
from logistics.models import User
from logistics.permissions import require
from mailbags.queries import delivery_facts
from mailbags.queries import packing_list as packing
from mailbags.queries import shipment_facts as shipments


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


class BagLists:
    """`bag-list`: of a shipment by its number, or of one mailbag by its code. Outside."""

    def codes(self, user: User) -> list[str]:
        """Shipments, then bags, each in the order of their codes."""
        return [*shipments.numbers(user), *packing.packed_codes(user)]

    def languages(self, code: str, user: User) -> list[str]:
        """That of the hub, and English. Refused: as `render`."""
        return opaque(_facts(code, user).language)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """Refused: `not_permitted`, `unknown_shipment`, `unknown_mailbag`, `shipment_empty`, `unknown_language`.

        Raises pdf.DocumentFailed.
        """
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from mailbags.documents.outer import bag_list

        require(user, "logistics.print_document")
        facts = _facts(code, user)
        return bag_list(facts, paper=paper, language=chosen(language, opaque(facts.language)))


class LetterBills:
    """`letter-bill`: its code is the number of the shipment. Outside."""

    def codes(self, user: User) -> list[str]:
        """Shipments with mailbags, in the order of their numbers."""
        return shipments.numbers(user)

    def languages(self, code: str, user: User) -> list[str]:
        """That of the hub, and English. Refused: as `render`."""
        return opaque(shipments.facts(shipments.shipment_of(code, user)).language)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """Refused: `not_permitted`, `unknown_shipment`, `shipment_empty`, `unknown_language`. Raises pdf.DocumentFailed."""
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from mailbags.documents.outer import letter_bill

        require(user, "logistics.print_document")
        facts = shipments.facts(shipments.shipment_of(code, user))
        return letter_bill(facts, paper=paper, language=chosen(language, opaque(facts.language)))


def _facts(code: str, user: User) -> shipments.ShipmentFacts:
    if code[:1] == codes.MAILBAG:
        bag = packing.bag_of(code, user)
        return shipments.facts(shipments.shipment_of(bag.shipment.number, user), only=bag)
    return shipments.facts(shipments.shipment_of(code, user))


class DeliveryForms:
    """`delivery-form`: its code is the number of a shipment to a case worker."""

    def codes(self, user: User) -> list[str]:
        """Shipments of which something is still to be handed over, in the order of their numbers."""
        return delivery_facts.numbers(user)

    def languages(self, code: str, user: User) -> list[str]:
        """First that of the first case in it. Refused: `unknown_shipment`, `nothing_to_hand_over`."""
        return offered(delivery_facts.facts(code, user).sheets[0].languages)

    def render(self, code: str, user: User, paper: str, language: str | None) -> bytes:
        """No language: the form of each case in that case's. Raises pdf.DocumentFailed.

        Refused: `not_permitted`, `unknown_shipment`, `nothing_to_hand_over`, `unknown_language`.
        """
        # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
        from mailbags.documents.delivery_form import delivery_form

        require(user, "logistics.print_document")
        tongue = chosen(language, LANGUAGES) if language else None
        return delivery_form(delivery_facts.facts(code, user), paper=paper, language=tongue)
