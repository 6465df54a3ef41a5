"""One pile in somebody's hand: tied into a bundle, and what of it must be held back taken out at once."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from logistics.actions.counting import Pile, count
from logistics.actions.screening import withhold
from logistics.errors import Refused
from logistics.models import Act, Batch, Bundle, User
from logistics.words import figure


@transaction.atomic
def tie(
    batch: Batch, *, pile: Pile, held_back: int = 0, reason: str = "", key: UUID, day: date, by: User
) -> Act:
    """Tie one bundle of all pieces, then hold some of them back with a reason: two acts, both or neither.

    Answers the counting. Refused: as `counting.count` and `screening.withhold` do; `too_many` where more would be held
    back than there are.
    """
    if held_back > pile.pieces:
        sentence = _("%(n)s cannot be held back of %(pieces)s. Count those that are held back as well.")
        raise Refused("too_many", sentence % {"n": figure(held_back), "pieces": figure(pile.pieces)})
    act = count(batch, piles=[pile], key=key, day=day, by=by)
    if held_back:
        bundle = Bundle.objects.get(entries__act=act)
        withhold(
            bundle, pieces=held_back, reason=reason, hub=act.hub or batch.hub, key=uuid5(key, "withhold"), day=day, by=by
        )
    return act
