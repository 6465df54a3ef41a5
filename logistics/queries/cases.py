"""Cases and campaigns that a person may see, and why a bundle may not go on."""

from collections.abc import Iterable

from django.db.models import CharField, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from logistics import permissions
from logistics.errors import Refused
from logistics.models import Bundle, Campaign, Case, Consent, ConsentWaiver, Flag, User
from logistics.words import CaseStatus, ConsentPurpose, FlagDecision, Purpose

SEES_ALL_CASES = frozenset(
    {permissions.MAILROOM, permissions.COORDINATOR, permissions.AUDITOR, permissions.OPERATOR}
)


def cases(user: User) -> QuerySet[Case]:
    """Mailroom, coordinator, auditor and operator: all. Translator, case worker and case team: those assigned."""
    if user.roles & SEES_ALL_CASES:
        return Case.objects.all()
    if user.roles & permissions.ROLES_BY_CASE:
        return Case.objects.filter(pk__in=user.case_ids)
    return Case.objects.none()


def cases_in_charge(user: User) -> QuerySet[Case]:
    """The cases that this person decides about. Case team: those assigned, whatever other roles let them see.
    Operator: all. Nobody else any."""
    if user.holds(permissions.OPERATOR):
        return Case.objects.all()
    if user.holds(permissions.CASE_TEAM):
        return Case.objects.filter(pk__in=user.case_ids)
    return Case.objects.none()


def campaigns(user: User) -> QuerySet[Campaign]:
    """The campaigns of the cases that this person may see; all for whoever sees all cases."""
    if user.roles & SEES_ALL_CASES:
        return Campaign.objects.all()
    return Campaign.objects.filter(Exists(cases(user).filter(campaign=OuterRef("pk"))))


def campaigns_to_add_to(user: User) -> QuerySet[Campaign]:
    """The campaigns to which this person may add a case, the newest first; a case team may add the first one too."""
    rows = Campaign.objects.all() if permissions.may(user, "logistics.add_case") else Campaign.objects.none()
    return rows.order_by("-opens", "slug")


def campaign_named(slug: str, user: User) -> Campaign:
    """The campaign with this slug. Refused: `unknown_campaign`."""
    found = campaigns(user).filter(slug=slug).first()
    if found is None:
        raise Refused("unknown_campaign", _("There is no campaign %(slug)s here. Look at its slug again.") % {"slug": slug})
    return found


def case_named(campaign_slug: str, code: str, user: User) -> Case:
    """The case with this code in this campaign. Refused: `unknown_case`."""
    found = cases(user).select_related("campaign").filter(campaign__slug=campaign_slug, code__iexact=code).first()
    if found is None:
        raise Refused(
            "unknown_case", _("There is no case %(code)s in this campaign. Look at its code again.") % {"code": code}
        )
    return found


def waits_for(bundles: Iterable[Bundle]) -> dict[int, tuple[str, str]]:
    """For each bundle that may not be bagged, sealed or dispatched: the code and the sentence that say why.

    Codes: `case_paused`, `case_closed`, `no_consent`, `situation_undecided`, `held_by_case_team`. Three queries.
    """
    rows = Bundle.objects.filter(pk__in=[bundle.pk for bundle in bundles]).select_related("label", "case")
    rows = list(rows.annotate(consents=_consents()).order_by("pk"))
    flags = _latest_flags(rows)
    found = {row.pk: _why(row, flags.get(row.pk)) for row in rows}
    return {key: why for key, why in found.items() if why}


def that_may_go(rows: QuerySet[Bundle]) -> QuerySet[Bundle]:
    """Those of these bundles of which `waits_for` says nothing."""
    flags = Flag.objects.filter(bundle=OuterRef("pk"))
    last = Subquery(flags.exclude(decision="").order_by("-decided_at", "-pk").values("decision")[:1])
    rows = rows.filter(_consents() | Q(purpose=Purpose.APPEAL), ~Exists(flags.filter(decision="")), case__status=CaseStatus.ACTIVE)
    decided = Coalesce(last, Value(FlagDecision.GO_ON.value), output_field=CharField())
    return rows.annotate(decided=decided).filter(decided=FlagDecision.GO_ON)


def _consents() -> Q | Exists:
    """A standing consent of one recipient to receive, or a standing waiver: mail goes out while one consents."""
    consent = Consent.objects.filter(
        recipient__case=OuterRef("case"), purpose=ConsentPurpose.RECEIVE, taken_back_on=None
    )
    waiver = ConsentWaiver.objects.filter(case=OuterRef("case"), ended_at=None)
    return Exists(consent) | Exists(waiver)


def _latest_flags(bundles: Iterable[Bundle]) -> dict[int, Flag]:
    """The flag that counts for each bundle: an undecided one, or else the one decided last."""
    rows = Flag.objects.filter(bundle__in=[bundle.pk for bundle in bundles]).order_by("decided_at", "pk")
    by_weight = sorted(rows, key=lambda flag: not flag.decision)
    return {flag.bundle_id: flag for flag in by_weight}


def _why(bundle: Bundle, flag: Flag | None) -> tuple[str, str] | None:
    if bundle.case.status == CaseStatus.PAUSED:
        code = "case_paused"
        sentence = _("The case of bundle %(bundle)s is paused. Keep it here until the case team goes on.")
    elif bundle.case.status == CaseStatus.CLOSED:
        code = "case_closed"
        sentence = _("The case of bundle %(bundle)s is closed. Ask the case team what becomes of it.")
    elif not bundle.consents and bundle.purpose != Purpose.APPEAL:
        code = "no_consent"
        sentence = _(
            "Nobody whom bundle %(bundle)s is for has agreed to receive mail. Ask the case team to record a consent."
        )
    elif flag and not flag.decision:
        code = "situation_undecided"
        sentence = _(
            "Something has changed for the recipient of bundle %(bundle)s. It waits until the case team has decided."
        )
    elif flag and flag.decision != FlagDecision.GO_ON:
        code = "held_by_case_team"
        sentence = _("The case team holds bundle %(bundle)s back. Ask them before it goes anywhere.")
    else:
        return None
    return code, sentence % {"bundle": bundle}
