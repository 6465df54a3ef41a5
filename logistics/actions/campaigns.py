"""Campaigns and the figures that were published about them."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Campaign, PublishedFigure, User
from logistics.permissions import require


@transaction.atomic
def add_campaign(
    slug: str, *, name: str, opens: date | None = None, closes: date | None = None, by: User
) -> Campaign:
    """A new campaign. Refused: `not_permitted`, `slug_taken`, `bad_campaign`, `closes_before_it_opens`."""
    require(by, "logistics.edit_campaign")
    if Campaign.objects.filter(slug=slug).exists():
        raise Refused("slug_taken", f"There is a campaign {slug} already. Choose another short name.")
    campaign = Campaign(slug=slug, name=name, opens=opens, closes=closes)
    _save(campaign)
    note(by, "campaign_added", slug)
    return campaign


@transaction.atomic
def edit_campaign(
    campaign: Campaign, *, name: str, opens: date | None, closes: date | None, by: User
) -> Campaign:
    """Another name or other days. Refused: `not_permitted`, `unknown_campaign`, `bad_campaign`,
    `closes_before_it_opens`."""
    require(by, "logistics.edit_campaign")
    found = locked(Campaign.objects.all(), campaign.pk, "campaign")
    found.name, found.opens, found.closes = name, opens, closes
    _save(found)
    note(by, "campaign_edited", found.slug)
    return found


def _save(campaign: Campaign) -> None:
    if campaign.opens and campaign.closes and campaign.closes < campaign.opens:
        raise Refused("closes_before_it_opens", "The campaign would close before it opens. Look at the two days.")
    try:
        campaign.full_clean()
    except ValidationError as fault:
        raise Refused("bad_campaign", f"That campaign cannot be saved: {' '.join(fault.messages)}") from fault
    campaign.save()


@transaction.atomic
def mark_constructed(campaign: Campaign, *, by: User) -> Campaign:
    """Say on every page and document that what became of this campaign's mail is constructed."""
    require(by, "logistics.edit_campaign")
    found = locked(Campaign.objects.all(), campaign.pk, "campaign")
    found.is_constructed = True
    found.save(update_fields=["is_constructed"])
    note(by, "campaign_constructed", found.slug)
    return found


@transaction.atomic
def record_figure(*, by: User, **figure: Any) -> tuple[PublishedFigure, bool]:
    """A figure that was published (the fields of PublishedFigure), and whether it is new; figures are never changed.

    Refused: `not_permitted`, `bad_figure`.
    """
    require(by, "logistics.edit_campaign")
    earlier = PublishedFigure.objects.filter(**figure).first()
    if earlier:
        return earlier, False
    row = PublishedFigure(**figure)
    try:
        row.full_clean()
    except ValidationError as fault:
        raise Refused("bad_figure", f"That figure cannot be kept: {' '.join(fault.messages)}") from fault
    row.save()
    return row, True
