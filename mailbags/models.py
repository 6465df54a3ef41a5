"""Mailbags, what lies in them, and their seals."""

from django.db import models

from logistics import words
from logistics.models import Act, Bundle, Hub, Label, Shipment, User


class Mailbag(models.Model):
    """A receptacle of bundles with one destination: that of its shipment. `hub` has it, or had it last."""

    label = models.OneToOneField(Label, models.PROTECT, related_name="mailbag")
    form = models.CharField(max_length=10, choices=words.BagForm.choices, default=words.BagForm.BAG)
    hub = models.ForeignKey(Hub, models.PROTECT, related_name="mailbags")
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="mailbags")
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    tare_grams = models.PositiveIntegerField(null=True, blank=True)
    gross_grams = models.PositiveIntegerField(null=True, blank=True)
    emptied_at = models.DateTimeField(null=True, blank=True, help_text="When its contents were taken out for good.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(tare_grams=None)
                | models.Q(gross_grams=None)
                | models.Q(gross_grams__gte=models.F("tare_grams")),
                name="a_full_bag_is_not_lighter_than_an_empty_one",
            )
        ]

    def __str__(self) -> str:
        return self.label.code


class Content(models.Model):
    """That a bundle was put in a bag by one act and, perhaps, taken out by another. Pieces are in the journey."""

    bag = models.ForeignKey(Mailbag, models.PROTECT, related_name="contents")
    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="bag_contents")
    put_in = models.ForeignKey(Act, models.PROTECT, related_name="+")
    taken_out = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bundle"], condition=models.Q(taken_out=None), name="a_bundle_lies_in_one_bag_at_a_time"
            )
        ]


class Seal(models.Model):
    """One seal of a bag: put on by one person before another, and how it was found."""

    bag = models.ForeignKey(Mailbag, models.PROTECT, related_name="seals")
    number = models.CharField(max_length=30)
    act = models.OneToOneField(Act, models.PROTECT, null=True, blank=True, related_name="+")
    applied_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    witness = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    exception = models.CharField(max_length=20, choices=words.Reason.choices, blank=True)
    applied_on = models.DateField()
    found = models.CharField(max_length=12, choices=words.SealFound.choices, blank=True)
    found_number = models.CharField(max_length=30, blank=True)
    found_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    found_on = models.DateField(null=True, blank=True)
    found_act = models.ForeignKey(Act, models.PROTECT, null=True, blank=True, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bag"], condition=models.Q(removed_at=None), name="a_bag_has_one_seal_at_a_time"
            ),
            models.UniqueConstraint(fields=["number"], name="a_seal_number_is_used_once"),
            models.CheckConstraint(
                condition=models.Q(witness=None) | ~models.Q(witness=models.F("applied_by")),
                name="whoever_seals_is_not_the_witness",
            ),
            models.CheckConstraint(
                condition=models.Q(witness__isnull=False) | ~models.Q(exception=""),
                name="a_seal_has_a_witness_or_a_reason_for_none",
            ),
        ]
