"""Discrepancies and the audit trail."""

from django.db import models

from logistics import words
from logistics.models.bundles import Batch, Bundle, Label
from logistics.models.cases import Case
from logistics.models.journey import Act
from logistics.models.people import User
from logistics.models.shipments import Shipment


class Discrepancy(models.Model):
    """Expected and found differ. Opened by the system, closed by a person with an explanation (erasable)."""

    kind = models.CharField(max_length=16, choices=words.DiscrepancyKind.choices)
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    bundle = models.ForeignKey(Bundle, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    label = models.ForeignKey(Label, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    act = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="discrepancies")
    expected = models.PositiveIntegerField(null=True, blank=True, help_text="Pieces.")
    found = models.PositiveIntegerField(null=True, blank=True, help_text="Pieces.")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    explanation = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "discrepancies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None, closed_by=None)
                | models.Q(closed_at__isnull=False, closed_by__isnull=False),
                name="a_discrepancy_is_closed_by_somebody",
            )
        ]

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class AuditRow(models.Model):
    """Who did what that is not an act of the journey. Codes only, no words. Append-only."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    what = models.CharField(max_length=40)
    subject = models.CharField(max_length=100, blank=True)

    class Meta:
        ordering = ["pk"]
