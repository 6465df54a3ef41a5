"""Which bundles have to be counted again because the seal of their bag was not as it was put on."""

from collections.abc import Iterable

from django.db.models import F, Max, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _

from logistics.models import Bundle
from logistics.queries.standing import standing_entries
from logistics.steps import Step
from logistics.words import SealFound
from mailbags.models import Content, Seal


def awaiting_recount(bundles: Iterable[Bundle]) -> list[Content]:
    """Bundles that lay under a seal found broken, missing, other or replaced, and were not counted since. One query."""
    rows = lay_under_another_seal().filter(bundle__in=[bundle.pk for bundle in bundles])
    return list(rows.select_related("bundle__label").order_by("pk"))


def hindrance(bundle: Bundle) -> str:
    """Why it is not packed before it was counted again; empty where nothing asks for that."""
    waits = lay_under_another_seal().filter(bundle=bundle).exists()
    return _("It lay under a seal that was not as it was put on.") if waits else ""


def lay_under_another_seal() -> QuerySet[Content]:
    """What lay under such a seal and was not counted since."""
    opened = Seal.objects.filter(bag=OuterRef("bag"), found_act__gt=OuterRef("put_in"))
    opened = opened.exclude(found__in=("", SealFound.INTACT)).order_by("-found_act").values("found_act")[:1]
    counted = standing_entries().filter(bundle=OuterRef("bundle"), step=Step.RECOUNTED).order_by()
    counted = counted.values("bundle").annotate(last=Max("act")).values("last")
    rows = Content.objects.annotate(opened=Subquery(opened), counted=Subquery(counted)).filter(opened__isnull=False)
    rows = rows.filter(Q(taken_out=None) | Q(taken_out__gte=F("opened")))
    return rows.filter(Q(counted=None) | Q(counted__lt=F("opened")))
