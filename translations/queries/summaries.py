"""Summaries that a person may see. Letters' contents are not for auditors or coordinators."""

from django.db.models import QuerySet

from logistics import permissions
from logistics.models import User
from translations.models import Summary


def summaries(user: User) -> QuerySet[Summary]:
    """Translators and case teams: of the cases assigned to them. Nobody else."""
    if user.roles & {permissions.TRANSLATOR, permissions.CASE_TEAM}:
        return Summary.objects.filter(bundle__case__in=user.case_ids)
    return Summary.objects.none()
