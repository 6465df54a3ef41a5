"""Shipments: mailbags that travel together from one hub to one consignee."""

from django.db import models

from logistics.models.cases import Hub
from logistics.models.people import User


class Shipment(models.Model):
    """From one hub to a case worker or to another hub. A carrier is a company, never a person."""

    number = models.CharField(max_length=12, unique=True)
    from_hub = models.ForeignKey(Hub, models.PROTECT, related_name="shipments_out")
    to_hub = models.ForeignKey(Hub, models.PROTECT, null=True, blank=True, related_name="shipments_in")
    to_worker = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="shipments_in")
    carrier = models.CharField(max_length=100, blank=True)
    tracking = models.CharField(max_length=60, blank=True)
    expected_on = models.DateField(null=True, blank=True)
    planned_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    planned_at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(unique=True)
    dispatched_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_hub=None, to_worker__isnull=False)
                | models.Q(to_hub__isnull=False, to_worker=None),
                name="a_shipment_goes_to_one_consignee",
            ),
            models.CheckConstraint(
                condition=models.Q(to_hub=None) | ~models.Q(to_hub=models.F("from_hub")),
                name="a_shipment_goes_somewhere_else",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_dispatched(self) -> bool:
        return self.dispatched_on is not None
