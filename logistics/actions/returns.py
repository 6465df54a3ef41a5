"""Returns: what offices and organisers declare enters here, and is withdrawn here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from logistics import words
from logistics.actions.auditing import note, of_return
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Campaign, Case, Collection, Return, Tally, User
from logistics.permissions import require
from logistics.queries.declared import with_mail
from logistics.queries.returns import standing_return

MOST_LINES = 50_000
LARGEST = 2_147_483_647
TEXTS = ("office", "organiser", "place", "event", "venue")
ORGANISER_KEPT_YEARS = 2


@dataclass(kw_only=True)
class Line:
    """One figure that is declared, and the event or office that declares it. `row` is where it stood in the file."""

    row: int | None = None
    country: str
    office: str = ""
    organiser: str = ""
    place: str = ""
    event: str = ""
    venue: str = ""
    day: date | None = None
    precision: str = ""
    events: int = 1
    spent: Decimal | None = None
    currency: str = ""
    cases: tuple[Case, ...] = ()
    kind: str = words.Kind.NOT_BROKEN_DOWN
    purpose: str = ""
    count: int
    qualifier: str = words.Qualifier.EXACT
    method: str = words.Method.DECLARED

    @property
    def event_key(self) -> tuple:
        """What lines of one collection share."""
        return (self.country, *(getattr(self, name) for name in TEXTS), self.day, self.precision)


@transaction.atomic
def import_return(
    campaign: Campaign, *, file_name: str, sha256: str, lines: Sequence[Line], stated: int | None = None, by: User
) -> Return:
    """Take in the lines of one file; those of one event become one collection with several tallies.

    `stated` is the total that the file itself states. The organiser's name is kept for two years. Refused: `not_permitted`, `unknown_campaign`, `same_file`,
    `nothing_in_it`, `too_much_in_it`, `wrong_case`, `no_number`, `impossible_date`, `unknown_word`.
    """
    require(by, "logistics.import_return")
    campaign = locked(Campaign.objects.all(), campaign.pk, "campaign")
    refuse_same_file(campaign, sha256, by=by)
    _refuse_unless_whole(campaign, lines)
    now = timezone.now()
    about = {"file_name": file_name[:255], "sha256": sha256, "stated": stated}
    imported = Return.objects.create(campaign=campaign, by=by, **about)
    groups: dict[tuple, list[Line]] = {}
    for line in lines:
        groups.setdefault(line.event_key, []).append(line)
    collections = [_collection(imported, group, now) for group in groups.values()]
    Collection.objects.bulk_create(collections)
    _write_tallies(zip(collections, groups.values(), strict=True))
    note(by, "return_imported", of_return(imported))
    return imported


def refuse_same_file(campaign: Campaign, sha256: str, *, by: User) -> None:
    """Refused: `same_file` where this very file stands imported."""
    earlier = standing_return(campaign, sha256, user=by)
    if earlier:
        raise Refused(
            "same_file",
            _("This very file was imported before, as %(file)s on %(day)s. Take that return back first to import it again.")
            % {"file": earlier.file_name, "day": date_format(timezone.localdate(earlier.imported_at), "j F Y")},
        )


def _refuse_unless_whole(campaign: Campaign, lines: Sequence[Line]) -> None:
    if not lines:
        raise Refused("nothing_in_it", _("There is nothing to import. Send a file with at least one figure."))
    if len(lines) > MOST_LINES:
        sentence = _("More than %(n)s lines are too many at once. Split the file.")
        raise Refused("too_much_in_it", sentence % {"n": number_format(MOST_LINES, force_grouping=True)})
    today = timezone.localdate()
    for line in lines:
        where = _("Row %(n)s") % {"n": line.row} if line.row else _("A line")
        if any(case.campaign_id != campaign.pk for case in line.cases):
            raise Refused(
                "wrong_case",
                _("%(where)s names a case of another campaign. Choose one of this campaign.") % {"where": where},
            )
        if not 1 <= line.count <= LARGEST or not 1 <= line.events <= LARGEST:
            raise Refused("no_number", _("%(where)s has no whole positive number. Write one.") % {"where": where})
        if line.day and line.day > today:
            raise Refused(
                "impossible_date", _("%(where)s has a day that has not come yet. Correct the date.") % {"where": where}
            )
        if not _has_known_words(line):
            raise Refused(
                "unknown_word", _("%(where)s has a kind, a purpose or a country that is not known here.") % {"where": where}
            )


def _has_known_words(line: Line) -> bool:
    return (
        line.kind in words.Kind.values
        and line.purpose in ("", *words.Purpose.values)
        and line.qualifier in words.Qualifier.values
        and line.method in words.Method.values
        and len(line.country) == 2
        and bool(line.day) == (line.precision in words.Precision.values)
    )


def _collection(imported: Return, lines: Sequence[Line], now: datetime) -> Collection:
    first = lines[0]
    texts = {name: getattr(first, name)[:200] for name in TEXTS}
    spent, currency = _spent(lines)
    return Collection(
        campaign=imported.campaign,
        source=imported,
        country=first.country,
        organiser_expires=_in_two_years(now.date()) if texts["organiser"] else None,
        day=first.day,
        precision=first.precision,
        events=max(line.events for line in lines),
        spent=spent,
        currency=currency,
        **texts,
    )


def _spent(lines: Sequence[Line]) -> tuple[Decimal | None, str]:
    """What the event cost: an amount that is repeated on each of its lines is told once; otherwise they add up."""
    told = [(line.spent, line.currency) for line in lines if line.spent is not None]
    if not told:
        return None, ""
    if len(told) == len(lines) and len(set(told)) == 1:
        return told[0]
    currencies = {currency for _amount, currency in told}
    if len(currencies) > 1:
        return told[0]
    return sum((amount for amount, _currency in told), Decimal(0)), currencies.pop()


def _in_two_years(day: date) -> date:
    try:
        return day.replace(year=day.year + ORGANISER_KEPT_YEARS)
    except ValueError:  # 29 February
        return day.replace(year=day.year + ORGANISER_KEPT_YEARS, day=28)


def _write_tallies(groups: Iterable[tuple[Collection, Sequence[Line]]]) -> None:
    pairs = [(line, _tally(collection, line)) for collection, lines in groups for line in lines]
    Tally.objects.bulk_create([tally for _line, tally in pairs])
    link = Tally.cases.through
    link.objects.bulk_create([link(tally=tally, case=case) for line, tally in pairs for case in line.cases])


def _tally(collection: Collection, line: Line) -> Tally:
    return Tally(
        collection=collection,
        row=line.row,
        kind=line.kind,
        purpose=line.purpose,
        count=line.count,
        qualifier=line.qualifier,
        method=line.method,
    )


@transaction.atomic
def withdraw_return(returned: Return, *, by: User) -> Return:
    """Take back a return with its collections and tallies: they count no more, and the file may come again.

    Refused: `not_permitted`, `unknown_return`, `already_withdrawn`, `batch_received` once mail of it has come.
    """
    require(by, "logistics.import_return")
    returned = locked(Return.objects.all(), returned.pk, "return")
    if returned.withdrawn_at:
        sentence = _("The return %(file)s was taken back before. There is nothing left to do.")
        raise Refused("already_withdrawn", sentence % {"file": returned.file_name})
    collections = Collection.objects.filter(source=returned).order_by("pk")
    list(collections.select_for_update().values_list("pk"))  # a batch of one of them waits until this is done
    if with_mail(Return.objects.all(), "collection__source").get(pk=returned.pk).has_come:
        raise Refused(
            "batch_received",
            _("Mail of the return %(file)s has come to a mailroom, so it stays. Import the corrected lines as a new file.")
            % {"file": returned.file_name},
        )
    returned.withdrawn_at, returned.withdrawn_by = timezone.now(), by
    returned.save(update_fields=["withdrawn_at", "withdrawn_by"])
    collections.update(withdrawn_at=returned.withdrawn_at)
    note(by, "return_withdrawn", of_return(returned))
    return returned
