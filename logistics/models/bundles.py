"""Labels, batches and bundles: what arrives, what it is sorted into, and the codes on both."""

from django.db import models

from logistics import words
from logistics.models.cases import Case, Hub
from logistics.models.collections import Collection
from logistics.models.people import User


class Label(models.Model):
    """A code on paper. A label that was replaced leads to the new one."""

    code = models.CharField(max_length=12, unique=True)
    hub = models.ForeignKey(Hub, models.PROTECT, related_name="labels")
    made_at = models.DateTimeField(auto_now_add=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(replaced_by=None) | ~models.Q(replaced_by=models.F("pk")),
                name="a_label_does_not_replace_itself",
            )
        ]

    def __str__(self) -> str:
        return self.code


class Batch(models.Model):
    """What arrived at a mailroom in one go from one collection, before it is sorted."""

    label = models.OneToOneField(Label, models.PROTECT, related_name="batch")
    collection = models.ForeignKey(Collection, models.PROTECT, related_name="batches")
    hub = models.ForeignKey(Hub, models.PROTECT, related_name="batches")
    received_on = models.DateField()
    received_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "batches"

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Bundle(models.Model):
    """Letters or cards for one case, of one purpose and country of origin, tied under one label.

    `head_sequence` and `head_digest` are the bundle's last entry: the end of its chain.
    """

    label = models.OneToOneField(Label, models.PROTECT, related_name="bundle")
    case = models.ForeignKey(Case, models.PROTECT, related_name="bundles")
    batch = models.ForeignKey(Batch, models.PROTECT, null=True, blank=True, related_name="bundles")
    hub = models.ForeignKey(Hub, models.PROTECT, related_name="bundles")
    kind = models.CharField(
        max_length=16, choices=[(kind.value, kind.label) for kind in (words.Kind.LETTER, words.Kind.CARD)]
    )
    purpose = models.CharField(max_length=12, choices=words.Purpose.choices, blank=True)
    country = models.CharField(max_length=2, help_text="Where they were written: ISO 3166-1 alpha-2")
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    head_sequence = models.PositiveIntegerField(default=0)
    head_digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind__in=[words.Kind.LETTER, words.Kind.CARD]),
                name="a_bundle_holds_letters_or_cards",
            )
        ]

    def __str__(self) -> str:
        return self.label.code
