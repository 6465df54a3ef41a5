"""Deliveries and the confirmations that report them."""

from django.db import models

from logistics import words
from logistics.models.cases import Case
from logistics.models.people import User
from logistics.models.shipments import Shipment


class Delivery(models.Model):
    """What was handed over for one case on one occasion. The day only: an hour is a trace."""

    number = models.CharField(max_length=12, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="deliveries")
    shipment = models.ForeignKey(Shipment, models.PROTECT, related_name="deliveries")
    day = models.DateField()
    capacity = models.CharField(max_length=12, choices=words.Capacity.choices, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="deliveries")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "deliveries"

    def __str__(self) -> str:
        return self.number


class RecipientWords(models.Model):
    """What a recipient said at a delivery, kept only with their consent. No part of the journey: erasing removes it."""

    LONGEST = 2000

    key = models.UUIDField(unique=True)
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="words")
    text = models.CharField(max_length=LONGEST)
    consent = models.CharField(max_length=12, choices=words.WordsConsent.choices)
    told_on = models.DateField(help_text="The day only: an hour is a trace.")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "recipients' words"


class ErasedWords(models.Model):
    """Of words that were erased the key of their form, and nothing else: sent once more it does not keep them again."""

    key = models.UUIDField(unique=True)

    class Meta:
        verbose_name_plural = "erased words"


class Confirmation(models.Model):
    """The numbered document, per case, that says what was delivered: a snapshot of the figures, with their hash."""

    number = models.CharField(max_length=12, unique=True)
    key = models.UUIDField(unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="confirmations")
    purpose = models.CharField(max_length=12, choices=words.Purpose.choices)
    deliveries = models.ManyToManyField(Delivery, related_name="confirmations")
    issued_on = models.DateField()
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    facts = models.JSONField(help_text="The figures as they stood: codes and numbers, no words.")
    content_hash = models.CharField(max_length=64)
    journey_head = models.CharField(max_length=64)
    last_act = models.PositiveBigIntegerField(help_text="The last act that the figures include.")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.number
