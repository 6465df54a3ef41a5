"""Whose labels a person may print: bundles, and batches with all that was tied from them."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from logistics import registry
from logistics.errors import Refused
from logistics.models import Batch, Bundle, User
from logistics.queries import scope
from logistics.queries.finding import first_label, newest
from logistics.registry import LabelSet

LABEL = "label__hub", "label__replaced_by"


def label_codes(user: User) -> list[str]:
    """The codes of everything that this person may print labels for, as they are now, in order."""
    return sorted({code for source in registry.label_sources for code in source.codes(user)})


def label_set(code: str, user: User) -> LabelSet:
    """The label of one thing, or those of a whole, by a code that is or was on it. Refused: `unknown_label`."""
    for source in registry.label_sources:
        if (found := source.find(code, user)) is not None:
            return found
    raise Refused("unknown_label", _("There is nothing with this code here. Look at the code again."))


def bundle_codes(user: User) -> Iterable[str]:
    return (newest(row.label).code for row in scope.bundles(user).select_related(*LABEL))


def bundle_label(code: str, user: User) -> LabelSet | None:
    """The label of one bundle."""
    found = scope.bundles(user).filter(label=first_label(code), label__isnull=False).select_related(*LABEL).first()
    return found and _alone(found)


def batch_codes(user: User) -> Iterable[str]:
    return (newest(row.label).code for row in scope.batches(user).select_related(*LABEL))


def batch_labels(code: str, user: User) -> LabelSet | None:
    """The label of a batch, and those of its bundles in the order in which they were tied."""
    found = scope.batches(user).filter(label=first_label(code), label__isnull=False).select_related(*LABEL).first()
    if found is None:
        return None
    tied = scope.bundles(user).filter(batch=found, head_sequence__gt=0).select_related("label__replaced_by").order_by("pk")
    alone = _alone(found)
    return LabelSet(alone.number, (*alone.labels, *(newest(row.label).code for row in tied)), alone.language)


def _alone(thing: Batch | Bundle) -> LabelSet:
    code = newest(thing.label).code
    return LabelSet(code, (code,), thing.label.hub.language)
