"""Collections entered by hand: an event or an office's return with its tally, a nil return, and taking one back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from logistics.actions.auditing import note, of_collection
from logistics.actions.cleaning import clean
from logistics.actions.days import refuse_future
from logistics.actions.locking import locked
from logistics.actions.standards import refuse_unknown_country
from logistics.errors import Refused
from logistics.models import Campaign, Case, Collection, Tally, User
from logistics.permissions import require
from logistics.queries.cases import campaigns, cases
from logistics.queries.declared import with_mail
from logistics.words import Kind, Method, Qualifier, figure

MOST_LINES = 1000


@dataclass(frozen=True)
class Line:
    """So many messages that an organiser declares. No case: not broken down; several: together, never split."""

    count: int
    cases: Sequence[Case] = ()
    kind: str = Kind.NOT_BROKEN_DOWN
    purpose: str = ""
    qualifier: str = Qualifier.EXACT
    method: str = Method.DECLARED


@dataclass(frozen=True, kw_only=True)
class Event:
    """Where and when messages were gathered, and by whom; an organiser's name is kept until `organiser_expires`."""

    country: str
    day: date | None = None
    precision: str = ""
    events: int = 1
    office: str = ""
    organiser: str = ""
    organiser_expires: date | None = None
    place: str = ""
    event: str = ""
    venue: str = ""
    spent: Decimal | None = None
    currency: str = ""


@transaction.atomic
def add_collection(campaign: Campaign, event: Event, *, lines: Sequence[Line], by: User) -> Collection:
    """One event, or one office's return, with what it declares.

    Refused: `not_permitted`, `unknown_campaign`, `nothing_in_it`, `too_much_in_it`, `unknown_country`,
    `day_without_precision`, `day_not_come`, `no_events`, `organiser_without_expiry`, `bad_collection`, `no_count`,
    `unknown_case`, `named_twice`, `bad_tally`.
    """
    require(by, "logistics.edit_collection")
    campaign = locked(campaigns(by), campaign.pk, "campaign")
    if not lines:
        raise Refused("nothing_in_it", _("Say how many messages there were. If none were sent, record a nil return."))
    if len(lines) > MOST_LINES:
        sentence = _("More than %(n)s lines are too many to enter by hand. Import them.")
        raise Refused("too_much_in_it", sentence % {"n": figure(MOST_LINES)})
    if event.events < 1:
        raise Refused("no_events", _("A collection stands for one event at least. Write how many there were."))
    collection = _checked(campaign, event)
    tallies = [_tally(collection, line) for line in lines]
    _refuse_bad_cases(campaign, lines, by)
    collection.save()
    Tally.objects.bulk_create(tallies)
    link = Tally.cases.through
    pairs = zip(tallies, lines, strict=True)
    link.objects.bulk_create([link(tally=tally, case=case) for tally, line in pairs for case in line.cases])
    note(by, "collection_added", of_collection(collection))
    return collection


@transaction.atomic
def add_nil_return(campaign: Campaign, event: Event, *, by: User) -> Collection:
    """That an office or organiser sent nothing: a collection of no events and no tally. Refused as `add_collection`."""
    require(by, "logistics.edit_collection")
    campaign = locked(campaigns(by), campaign.pk, "campaign")
    collection = _checked(campaign, event)
    collection.events = 0
    collection.save()
    note(by, "nil_return_added", of_collection(collection))
    return collection


def _checked(campaign: Campaign, event: Event) -> Collection:
    refuse_unknown_country(event.country)
    if (event.day is None) != (not event.precision):
        raise Refused(
            "day_without_precision", _("Say the day and whether the day, only the month or only the year is known.")
        )
    if event.day is not None:
        refuse_future(event.day, timezone.now())
    if event.organiser and event.organiser_expires is None:
        raise Refused("organiser_without_expiry", _("Say until when the organiser's name may be kept, or leave it out."))
    if event.spent is not None and (event.spent < 0 or not event.currency):
        raise Refused("bad_collection", _("Money that was spent is zero or more, in a currency. Write 120 and GBP."))
    collection = Collection(campaign=campaign, **vars(event))
    clean(collection, "collection")
    return collection


def _tally(collection: Collection, line: Line) -> Tally:
    if line.count < 1:
        raise Refused("no_count", _("A line counts one message or more. Leave out lines with nothing in them."))
    tally = Tally(
        collection=collection, kind=line.kind, purpose=line.purpose, count=line.count, qualifier=line.qualifier,
        method=line.method,
    )  # fmt: skip
    clean(tally, "tally")
    return tally


def _refuse_bad_cases(campaign: Campaign, lines: Sequence[Line], by: User) -> None:
    known = set(cases(by).filter(campaign=campaign).values_list("pk", flat=True))
    for line in lines:
        keys = [case.pk for case in line.cases]
        if not known.issuperset(keys):
            raise Refused("unknown_case", _("This campaign has no such case. Choose one of its cases."))
        if len(set(keys)) != len(keys):
            raise Refused("named_twice", _("One case is named twice in a line. Name it once."))


@transaction.atomic
def withdraw_collection(collection: Collection, *, by: User) -> Collection:
    """Take a collection back: what it declared counts no more. Batches and the mail in them are never taken back.

    Refused: `not_permitted`, `unknown_collection`, `already_withdrawn`, `batch_received` once mail of it has come.
    """
    require(by, "logistics.edit_collection")
    seen = Collection.objects.filter(campaign__in=campaigns(by).values("pk"))
    found = locked(seen, collection.pk, "collection")
    if found.withdrawn_at is not None:
        raise Refused("already_withdrawn", _("This collection was taken back before. There is nothing left to do."))
    if with_mail(seen, "collection").get(pk=found.pk).has_come:
        raise Refused(
            "batch_received",
            _("Mail of this collection has come to a mailroom, so it stays. Add what is right as a new one."),
        )
    found.withdrawn_at = timezone.now()
    found.save(update_fields=["withdrawn_at"])
    note(by, "collection_withdrawn", of_collection(found))
    return found
