"""What waits to be written, to be approved, or to be let go without a summary."""

from django.db.models import Case, CharField, Exists, OuterRef, QuerySet, Value, When

from logistics import permissions, steps
from logistics.models import Bundle, Holding, User
from logistics.queries import scope
from logistics.queries.standing import standing_entries
from logistics.steps import Step
from logistics.words import TranslationPolicy
from translations.models import Summary

WRITE, APPROVE, APPROVED, WAIVED, LEFT = "write", "approve", "approved", "waived", "left"


def by_state(user: User) -> QuerySet[Bundle]:
    """Screened bundles of this person's cases, each with its `state`: to write, to approve, approved, waived, or left
    without any. Translators and case teams; nobody else."""
    if not user.roles & {permissions.TRANSLATOR, permissions.CASE_TEAM}:
        return Bundle.objects.none()
    rows = scope.bundles(user).filter(_told(Step.SCREENED), case__in=user.case_ids)
    rows = rows.exclude(case__translation_policy=TranslationPolicy.NOT_NEEDED)
    written = Summary.objects.filter(bundle=OuterRef("pk"), act=None).exclude(text="")
    here = Holding.objects.filter(bundle=OuterRef("pk"), place__kind__in=(steps.MAILROOM, steps.BAG), pieces__gt=0)
    state = Case(
        When(_told(Step.SUMMARISED), then=Value(APPROVED)),
        When(_told(Step.WAIVED), then=Value(WAIVED)),
        When(Exists(written), then=Value(APPROVE)),
        When(Exists(here), then=Value(WRITE)),
        default=Value(LEFT),
        output_field=CharField(),
    )
    return rows.annotate(state=state).exclude(state=LEFT)


def _told(step: Step) -> Exists:
    return Exists(standing_entries().filter(bundle=OuterRef("pk"), step=step))


def to_write(user: User) -> QuerySet[Bundle]:
    """Nobody has written anything about them yet."""
    return by_state(user).filter(state=WRITE)


def to_approve(user: User) -> QuerySet[Bundle]:
    """Written by somebody else."""
    theirs = Summary.objects.filter(bundle=OuterRef("pk"), act=None).exclude(written_by=user)
    return by_state(user).filter(Exists(theirs), state=APPROVE)


def to_waive(user: User) -> QuerySet[Bundle]:
    """Not summarised yet, whether something was written or not."""
    return by_state(user).filter(state__in=(WRITE, APPROVE))
