"""Which bundles have to be counted again because the seal of their bag was not as it was put on."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from logistics.models import Bundle
from logistics.queries.standing import standing_entries
from logistics.steps import Step
from logistics.words import SealFound
from mailbags.models import Content


def awaiting_recount(bundles: Iterable[Bundle]) -> list[Content]:
    """The bundles that lay under a seal found broken, missing, other or replaced, and were not counted since."""
    recounted = standing_entries().filter(
        bundle=OuterRef("bundle"), step=Step.RECOUNTED, act__gte=OuterRef("bag__seals__found_act")
    )
    rows = Content.objects.filter(
        ~Exists(recounted),
        bundle__in=[bundle.pk for bundle in bundles],
        bag__seals__found_act__isnull=False,
        bag__seals__found_act__gt=0,
    ).exclude(bag__seals__found__in=("", SealFound.INTACT))
    return list(rows.select_related("bundle__label").order_by("pk"))
