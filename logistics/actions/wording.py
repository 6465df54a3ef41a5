"""What a recipient said: kept only with their consent, beside the journey and never in it, and erased when asked."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.actions.auditing import note
from logistics.actions.cleaning import clean
from logistics.actions.days import refuse_future
from logistics.actions.delivering import record_delivery
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Act, Delivery, ErasedWords, RecipientWords, Shipment, User
from logistics.permissions import require
from logistics.queries import scope
from logistics.queries.delivered import kept_words
from logistics.words import WordsConsent


@transaction.atomic
def keep_words(delivery: Delivery, *, text: str, consent: str, key: UUID, day: date, by: User) -> RecipientWords:
    """Keep what a recipient said at this delivery, for what they agreed to. The same key keeps it once, and not again
    when it was erased.

    Refused: `not_permitted`, `unknown_delivery`, `no_consent`, `words_missing`, `bad_words`, `day_not_come`, `words_erased`.
    """
    require(by, "logistics.keep_words")
    delivery = locked(scope.deliveries(by).filter(by=by), delivery.pk, "delivery")
    if consent not in WordsConsent.values:
        raise Refused("no_consent", _("Without a yes nothing is kept. Ask the recipient, or leave their words out."))
    if not text.strip():
        raise Refused("words_missing", _("Nothing was written. Write down what the recipient said."))
    refuse_future(day, timezone.now())
    words = RecipientWords(
        key=key, delivery=delivery, text=text.strip(), consent=consent, told_on=day, recorded_by=by
    )
    clean(words, "words")
    if ErasedWords.objects.filter(key=key).exists():
        raise Refused("words_erased", _("These words have been erased since. What may be kept after all is written on a new page."))
    return RecipientWords.objects.get_or_create(
        key=key, defaults={name: getattr(words, name) for name in ("delivery", "text", "consent", "told_on", "recorded_by")}
    )[0]  # fmt: skip


@transaction.atomic
def erase_words(words: RecipientWords, *, by: User) -> None:
    """Remove what was kept. Whoever wrote it may, and the case team. The audit trail says that it was done, not what stood there.

    Refused: `not_permitted`, `unknown_words`.
    """
    require(by, "logistics.erase_words")
    found = locked(kept_words(by), words.pk, "words")
    number = found.delivery.number
    ErasedWords.objects.create(key=found.key)
    found.delete()
    note(by, "words_erased", number)


@transaction.atomic
def record_with_words(shipment: Shipment, *, words: str, consent: str, key: UUID, day: date, by: User, **told: Any) -> Act:
    """A delivery (see `record_delivery`) and what the recipient said at it. Without a consent the words are not kept.

    Told a second time it keeps nothing anew: words that were erased in between stay erased.
    """
    is_new = not Act.objects.filter(key=key).exists()
    act = record_delivery(shipment, key=key, day=day, by=by, **told)
    if is_new and words.strip() and consent:
        keep_words(act.delivery, text=words, consent=consent, key=key, day=day, by=by)
    return act
