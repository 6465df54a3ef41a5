"""`manage.py received`: how many letters each case received, and where the others are."""

from argparse import ArgumentParser
import re
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from logistics.actions.people import operator
from logistics.errors import Refused
from logistics.queries.received import received
from logistics.reports import received as report


DAY_ALONE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Command(BaseCommand):
    help = "How many letters and cards each case received, and where the others are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", metavar="SLUG", help="only the cases of this campaign")
        parser.add_argument("--case", metavar="CODE", help="only the case with this code")
        parser.add_argument("--as-of", metavar="DATE", help="what had happened by the end of that day: 2014-01-31")
        parser.add_argument("--known-at", metavar="TIME", help="what had been recorded by then: 2014-01-31T12:00+00:00")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table")

    def handle(self, **options: Any) -> None:
        as_of, known_at = _day(options["as_of"]), _moment(options["known_at"])
        try:
            user = operator()
            answers = received(
                user, campaign=options["campaign"], case=options["case"], as_of=as_of, known_at=known_at
            )
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stderr.write("Asked as the operator of this machine, who sees the figures of all cases.")
        if options["format"] != "table" and report.is_constructed(answers, user):
            self.stderr.write(f"{report.CONSTRUCTED}: who received what.")
        if options["format"] == "json":
            self.stdout.write(report.as_json(answers))
        elif options["format"] == "csv":
            self.stdout.write(report.as_csv(answers))
        else:
            in_detail = options["case"] is not None
            self.stdout.write(
                report.as_table(answers, user=user, as_of=as_of, known_at=known_at, in_detail=in_detail)
            )


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"“{text}” is not a day. Write it as year-month-day: 2014-01-31. [bad_day]") from None
    if day > timezone.localdate() + timedelta(days=1):  # it may be tomorrow somewhere
        raise CommandError(f"{text} has not come yet. Ask for a day that has, or leave it out for today. [day_not_come]")
    return day


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    if DAY_ALONE.fullmatch(text):
        raise CommandError(f"{text} is a day. Write the time too: {text}T12:00+00:00. [time_without_offset]")
    example = "Write it with its offset from UTC: 2014-01-31T12:00+00:00"
    wrong = CommandError(f"{text} is not a time. {example}. [bad_time]")
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise wrong from None
    if moment.utcoffset() is None:
        raise CommandError(f"{text} does not say in which time zone. {example}. [time_without_offset]")
    try:
        moment.astimezone(UTC)
    except OverflowError:  # before the first or after the last day there is
        raise wrong from None
    return moment
