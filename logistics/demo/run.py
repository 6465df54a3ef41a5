"""The whole demonstration: load the campaign, import its returns, move its mail."""

from datetime import timedelta
from typing import TextIO

from django.db import transaction

from logistics.actions import campaigns, consents
from logistics.actions.auditing import note
from logistics.actions.people import OPERATOR, operator
from logistics.demo import cast as casting
from logistics.demo import mailroom, others, whole
from logistics.demo.cast import Cast
from logistics.demo.story import Story
from logistics.demo.teller import Teller
from logistics.errors import Refused
from logistics.models import AuditRow, Campaign, Case, User
from logistics.resources import campaign_files
from logistics.resources.returns.importing import import_file

DONE = "demo_loaded"


def is_loaded() -> bool:
    """Whether the demonstration stands on this site already."""
    return AuditRow.objects.filter(what=DONE).exists()


@transaction.atomic
def run(story: Story, out: TextIO) -> Campaign:
    """Everything or nothing. Refused: `not_empty` on a site that holds a campaign of its own."""
    if Campaign.objects.exists() or User.objects.exclude(username=OPERATOR).exists():
        raise Refused("not_empty", "This site is somebody's own. Show the demonstration on an empty one: it cannot be undone.")
    by = operator()
    teller, cast, campaign = _begin(story, out, by)
    done = mailroom.receive_and_count(teller, cast, story, campaign)
    _release(teller, cast, story, campaign, done)
    case = campaign.cases.select_related("campaign").get(code=story.whole)
    whole.tell(whole.Way(teller, cast, story, case, done))
    teller.scene("The other cases, each at its stage")
    for other in campaign.cases.exclude(code__in=(story.whole, story.released)).select_related("campaign"):
        others.tell(teller, cast, story, other, done)
    note(by, DONE, campaign.slug)
    teller.scene("Done")
    return campaign


def _begin(story: Story, out: TextIO, by) -> tuple[Teller, Cast, Campaign]:
    """The campaign with what was known of its cases before the first bag leaves, its people, its returns."""
    closes = campaign_files.closing_day(story.campaign)
    teller = Teller(closes, out)
    teller.scene("The campaign, its cases, hubs and people")
    loaded = campaign_files.load(story.campaign, by=by, until=closes + timedelta(days=story.released_gone))
    cast = casting.gather(story.hubs, by)
    campaigns.mark_constructed(loaded.campaign, by=cast.coordinator)
    casting.assign(cast, loaded.campaign, story.whole)
    _consent(teller, cast, story, loaded.campaign)
    for path in story.returns():
        teller.scene(f"Returns: {path.name}")
        _import(path, loaded.campaign, cast, out)
    teller.scene("Batches with solidarity mail, received and counted")
    return teller, cast, loaded.campaign


def _import(path, campaign: Campaign, cast: Cast, out: TextIO) -> None:
    told = import_file(str(path), campaign=campaign, by=cast.coordinator)
    if refused := told.get("refused_file"):
        out.write(f"          {refused['sentence']}\n")
    else:
        out.write(
            f"          {told['messages']:,} messages of {told['countries']} countries; "
            f"{told['already_told']:,} rows told before\n"
        )


def _consent(teller: Teller, cast: Cast, story: Story, campaign: Campaign) -> None:
    day = teller.day(-60)
    for case in campaign.cases.order_by("code"):
        if case.code in story.waived:
            consents.waive_consent(case, reason="Nobody can be asked at present.", on=day, by=cast.team)
            continue
        for recipient in case.recipients.all():
            consents.record_consent(recipient, purpose="receive", given_on=day, by=cast.team)


def _release(teller: Teller, cast: Cast, story: Story, campaign: Campaign, done) -> None:
    """A bag is on its way when somebody whom it is for is released."""
    case: Case = campaign.cases.get(code=story.released)
    teller.scene(f"{case}: a bag leaves, then the situation changes")
    gone = story.released_gone
    bundles = others.some_bundles(case, done, before=teller.day(gone - 2))
    if bundles:
        others.make_ready(teller, cast, story, bundles, day=gone - 2)
        others.send(teller, cast, bundles, day=gone)
    campaign_files.load(story.campaign, by=operator())
    others.decide(case, cast)
