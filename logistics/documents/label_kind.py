"""`labels`: the label of one thing, of a batch with its bundles, or of all the bags of a shipment."""

from typing import Any

from django.utils.translation import pgettext

from logistics.documents.language import ENGLISH, chosen, offered
from logistics.errors import Refused
from logistics.models import User
from logistics.permissions import require
from logistics.queries import labels as known
from logistics.registry import LabelSet

CELLS = 24
MOST_COPIES = 24
MOST = 2_400
"""Labels in one print: a hundred sheets."""


class Labels:
    """Its code is any that is or was on a bundle, batch or mailbag, or the number of a shipment."""

    options = frozenset({"start_at", "copies"})

    def codes(self, user: User) -> list[str]:
        """All that this person may print labels for, in order."""
        return known.label_codes(user)

    def languages(self, code: str, user: User) -> list[str]:
        """That of the hub, and English: a label says nothing, its margin a few words. Refused: `unknown_label`."""
        return opaque(known.label_set(code, user).language)

    def render(
        self, code: str, user: User, paper: str, language: str | None, *, start_at: int = 1, copies: int = 1
    ) -> bytes:
        """Refused: `not_permitted`, `unknown_label`, and what `printed` refuses. Raises pdf.DocumentFailed."""
        require(user, "logistics.print_labels")
        return printed(known.label_set(code, user), paper, language, by=user, start_at=start_at, copies=copies)


def printed(
    labels: LabelSet, paper: str, language: str | None = None, *, by: User, start_at: int = 1, copies: int = 1,
    report: Any = None,
) -> bytes:  # fmt: skip
    """The sheets. Refused: `not_permitted`, `no_such_cell`, `number_of_copies`, `too_many_labels`, `unknown_language`."""
    # Late: what makes a PDF takes most of a second to load, and most commands print nothing.
    from logistics.documents.labels import label_sheets
    from logistics.documents.language import speaking

    require(by, "logistics.print_labels")
    if not 1 <= start_at <= CELLS:
        sentence = pgettext("page", "A sheet has %(n)s cells. Say which is the first free one: 1 to %(n)s.")
        raise Refused("no_such_cell", sentence % {"n": CELLS})
    if not 1 <= copies <= MOST_COPIES:
        sentence = pgettext("page", "Ask for 1 to %(most)s copies of each label.")
        raise Refused("number_of_copies", sentence % {"most": MOST_COPIES})
    if len(labels.labels) * copies > MOST:
        sentence = pgettext("page", "These are more than %(most)s labels. Ask for fewer copies, or print a part of them.")
        raise Refused("too_many_labels", sentence % {"most": MOST})
    with speaking(chosen(language, opaque(labels.language))):
        return label_sheets(
            labels.labels, number=labels.number, start_at=start_at, copies=copies, paper=paper, report=report
        )


def opaque(language: str) -> list[str]:
    """What an outer paper can be in: the language of the hub, and English; never that of a case."""
    return list(dict.fromkeys([offered([language])[0], ENGLISH]))
