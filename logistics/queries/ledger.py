"""The ledger and the audit trail, for those who see all of it and touch nothing."""

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from logistics import codes
from logistics.models import Act, AuditRow, Bundle, Case, Confirmation, Delivery, Discrepancy, Entry, User
from logistics.queries import scope


def acts(user: User) -> QuerySet[Act]:
    """All acts, the newest first, with what their sentences name. Auditor and operator; nobody else."""
    if not user.roles & scope.SEES_ALL:
        return Act.objects.none()
    places = [f"{end}_place__{column}" for end in ("from", "to") for column in ("hub", "label", "shipment", "delivery")]
    entries = Entry.objects.select_related("bundle__label", *places).order_by("pk")
    rows = Act.objects.select_related("by", "second", "hub", "label", "reverses", "reversal")
    return rows.prefetch_related(Prefetch("entries", entries)).order_by("-pk")


def about(rows: QuerySet[Act], asked: str) -> QuerySet[Act]:
    """Those with this key (or its beginning), or about a bundle whose code begins so."""
    code = codes.normalise(asked)
    about_bundle = Entry.objects.filter(act=OuterRef("pk"), bundle__label__code__startswith=code)
    wanted = Q(Exists(about_bundle))
    key = asked.strip().lower().replace("-", "")
    if key and set(key) <= set("0123456789abcdef"):
        whole = len(key) == 32
        wanted |= Q(key=key) if whole else Q(pk__in=[])
    return rows.filter(wanted)


def audit_rows(user: User) -> QuerySet[AuditRow]:
    """What was done beside the journey, the newest first. Auditor and operator; nobody else."""
    if not user.roles & scope.SEES_ALL:
        return AuditRow.objects.none()
    return AuditRow.objects.select_related("by").order_by("-pk")


def audit_of_case(rows: QuerySet[AuditRow], case: Case) -> QuerySet[AuditRow]:
    """Those about this case by its code (`campaign/case`, also with more before or after it), and about its bundles,
    deliveries, confirmations and discrepancies by theirs. One query more."""
    name = f"{case.campaign.slug}/{case.code}"
    about = Q(subject=name) | Q(subject__startswith=f"{name}/") | Q(subject__startswith=f"{name} ") | Q(subject__endswith=f" {name}")
    about |= Q(subject__in=Bundle.objects.filter(case=case).order_by().values("label__code"))
    for kind in (Confirmation, Delivery):
        about |= Q(subject__in=kind.objects.filter(case=case).order_by().values("number"))
    differing = Discrepancy.objects.filter(Q(case=case) | Q(bundle__case=case)).values_list("pk", flat=True)
    return rows.filter(about | Q(subject__in=[codes.handle("discrepancy", key) for key in differing]))
