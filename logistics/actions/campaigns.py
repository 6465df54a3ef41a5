"""Campaigns and the figures that were published about them."""

import re
from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from logistics.actions.auditing import note, of_case
from logistics.actions.cleaning import clean, save_new
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Campaign, Case, PublishedFigure, User
from logistics.permissions import require
from logistics.words import Precision

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
YEARS = range(1900, 2201)


@transaction.atomic
def add_campaign(
    slug: str, *, name: str, opens: date | None = None, closes: date | None = None, by: User
) -> Campaign:
    """A new campaign. Refused: `not_permitted`, `bad_slug`, `slug_taken`, `bad_campaign`, `closes_before_it_opens`."""
    require(by, "logistics.edit_campaign")
    if not SLUG.fullmatch(slug):
        raise Refused(
            "bad_slug",
            _(
                "“%(slug)s” is no short name. Use up to 60 letters a to z, digits and hyphens, for example w4r-2013."
            ) % {"slug": slug},
        )
    taken = Refused("slug_taken", _("There is a campaign %(slug)s already. Choose another short name.") % {"slug": slug})
    if Campaign.objects.filter(slug__iexact=slug).exists():
        raise taken
    campaign = Campaign(slug=slug, name=name.strip(), opens=opens, closes=closes)
    _refuse_bad(campaign)
    save_new(campaign, taken=taken)
    note(by, "campaign_added", slug)
    return campaign


@transaction.atomic
def edit_campaign(
    campaign: Campaign, *, name: str, opens: date | None, closes: date | None, bundle_limit: int | None = None, by: User
) -> Campaign:
    """Another name, other days, another limit to a bundle; what is the same changes nothing.

    Refused: `not_permitted`, `unknown_campaign`, `bad_campaign`, `closes_before_it_opens`.
    """
    require(by, "logistics.edit_campaign")
    found = locked(Campaign.objects.all(), campaign.pk, "campaign")
    before = (found.name, found.opens, found.closes, found.bundle_limit)
    found.name, found.opens, found.closes = name.strip(), opens, closes
    found.bundle_limit = found.bundle_limit if bundle_limit is None else bundle_limit
    if (found.name, found.opens, found.closes, found.bundle_limit) != before:
        _refuse_bad(found)
        found.save(update_fields=["name", "opens", "closes", "bundle_limit"])
        note(by, "campaign_edited", found.slug)
    return found


def _refuse_bad(campaign: Campaign) -> None:
    if campaign.opens and campaign.closes and campaign.closes < campaign.opens:
        raise Refused("closes_before_it_opens", _("The campaign would close before it opens. Look at the two days."))
    if campaign.bundle_limit < 1:
        raise Refused("bad_campaign", _("A bundle holds at least one piece. Give a larger limit."))
    clean(campaign, "campaign")


@transaction.atomic
def mark_constructed(campaign: Campaign, *, by: User) -> Campaign:
    """Say on every page and document that what became of this campaign's mail is constructed.

    Told again it changes nothing. Refused: `not_permitted`, `unknown_campaign`.
    """
    require(by, "logistics.edit_campaign")
    found = locked(Campaign.objects.all(), campaign.pk, "campaign")
    if not found.is_constructed:
        found.is_constructed = True
        found.save(update_fields=["is_constructed"])
        note(by, "campaign_constructed", found.slug)
    return found


@transaction.atomic
def record_figure(
    *,
    year: int | None = None,
    campaign: Campaign | None = None,
    case: Case | None = None,
    count: int | None = None,
    what: str = "",
    purpose: str = "",
    qualifier: str = "",
    countries: int | None = None,
    as_of: date | None = None,
    as_of_precision: str = "",
    is_final: bool | None = None,
    source: str = "",
    by: User,
) -> tuple[PublishedFigure, bool]:
    """A figure that was published, of a case or of a year, and whether it is new. Figures are never changed: the same
    one again adds nothing, one that has changed is a new row beside the old.

    Refused: `not_permitted`, `of_nothing`, `bad_year`, `bad_figure`.
    """
    require(by, "logistics.edit_campaign")
    if case is None and year is None:
        raise Refused("of_nothing", _("A figure is of a case or of a year. Say of which."))
    if year is not None and year not in YEARS:
        raise Refused("bad_year", _("%(year)s is no year. Write it with four digits.") % {"year": year})
    said = {
        "year": year, "case": case, "count": count, "what": what, "purpose": purpose, "qualifier": qualifier,
        "countries": countries, "as_of": as_of, "as_of_precision": as_of_precision or (as_of and Precision.DAY) or "",
        "is_final": is_final, "source": source,
    }  # fmt: skip
    figure = PublishedFigure(**said, campaign=campaign)
    clean(figure, "figure")
    if earlier := _said_before(said, campaign):
        return earlier, False
    figure.save()
    note(by, "figure_recorded", of_case(case) if case else str(year))
    return figure, True


def _said_before(said: Mapping[str, object], campaign: Campaign | None) -> PublishedFigure | None:
    """The same figure. The totals of all years stand in every campaign's files; only its own names the campaign,
    which is written to the row as soon as it is known."""
    same = PublishedFigure.objects.select_for_update(of=("self",)).filter(**said).order_by("pk")
    if campaign is None:
        return same.first()
    earlier = same.filter(campaign=campaign).first() or same.filter(campaign=None).first()
    if earlier and earlier.campaign_id is None:
        earlier.campaign = campaign
        earlier.save(update_fields=["campaign"])
    return earlier
