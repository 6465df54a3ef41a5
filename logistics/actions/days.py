"""The day of an act and of its entries: not one that has not come, and not one before what was told already."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta

from django.db.models import Max, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from logistics.errors import Refused
from logistics.models import Bundle, Entry

EASTERNMOST = timedelta(hours=14)
"""The largest offset from UTC in use (Line Islands): the latest day that it can be anywhere."""

WESTERNMOST = timedelta(hours=12)
"""The other end (Baker Island): a day that is still today somewhere is nobody's mistake."""


def refuse_future(day: date, now: datetime) -> None:
    """Refused: `day_not_come` for a day that has not begun anywhere on earth."""
    if day > (now + EASTERNMOST).date():
        sentence = _("%(day)s has not come yet. Look at the day and tell it again.")
        raise Refused("day_not_come", sentence % {"day": date_format(day, "j F Y")})


def refuse_before(day: date, first: date | None, now: datetime, sentence: str, **words: object) -> None:
    """Refused: `day_too_early` for a day before `first`, unless it is still today somewhere. `sentence` says of
    `%(first)s` what was on it."""
    if first and day < min(first, (now - WESTERNMOST).date()):
        raise Refused("day_too_early", sentence % {"first": date_format(first, "j F Y"), **words})


def last_days(bundles: Iterable[int]) -> dict[int, date]:
    """By the key of a bundle the day of the last that stands of its journey. Reversed entries hold nobody up."""
    return dict(_standing(bundles).values_list("bundle").annotate(Max("day")).order_by())


def days_of_coming(parts: Mapping[tuple[int, int], bool]) -> dict[int, date]:
    """By the key of a bundle the day of the last that stands of a part of it: on which it came to the place. Parts are
    named by bundle and place; where something is done there that moves nothing, what was done counts as well. One query."""
    keys, places = {bundle for bundle, _place in parts}, {place for _bundle, place in parts}
    worked_on = {bundle for (bundle, _place), is_worked_on in parts.items() if is_worked_on}
    mark = Q(from_place=None, to_place=None, from_border="", to_border="", bundle__in=worked_on)
    rows = _standing(keys).filter(Q(to_place__in=places) | mark).values_list("bundle", "to_place").annotate(Max("day"))
    found: dict[int, date] = {}
    for bundle, place, day in rows.order_by():
        if place is None or (bundle, place) in parts:
            found[bundle] = max(day, found.get(bundle, day))
    return found


def _standing(bundles: Iterable[int]) -> QuerySet[Entry]:
    return Entry.objects.filter(bundle__in=bundles, act__reverses=None, act__reversal=None)


def refuse_too_early(day: date, last: dict[int, date], bundles: dict[int, Bundle], now: datetime) -> None:
    """Refused: `day_too_early` for a day before that on which a bundle was last told of."""
    sentence = _(
        "The day cannot be before %(first)s: that is when the last was told of bundle %(bundle)s. Look at the day and tell "
        "it again."
    )
    for key, first in sorted(last.items()):
        refuse_before(day, first, now, sentence, bundle=bundles[key])
