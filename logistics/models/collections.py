"""Returns of offices, the events they report, and what they declare: unverified figures, never split by guess."""

from django.db import models

from logistics import words
from logistics.models.campaigns import Campaign
from logistics.models.cases import Case
from logistics.models.people import User


class Return(models.Model):
    """One imported file: the report of an office or organiser."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="returns")
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    stated = models.PositiveBigIntegerField(null=True, blank=True, help_text="The total that the file itself states.")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    imported_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["campaign", "sha256"],
                condition=models.Q(withdrawn_at=None),
                name="a_file_is_imported_once_into_a_campaign",
            )
        ]


class Collection(models.Model):
    """One event, or one office's return, at which messages were gathered.

    `events` is how many events it stands for. The organiser's name is optional and expires.
    """

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="collections")
    source = models.ForeignKey(Return, models.PROTECT, null=True, blank=True, related_name="collections")
    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    office = models.CharField(max_length=200, blank=True)
    organiser = models.CharField(max_length=200, blank=True)
    organiser_expires = models.DateField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    event = models.CharField(max_length=200, blank=True)
    venue = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True, blank=True)
    precision = models.CharField(max_length=5, choices=words.Precision.choices, blank=True)
    events = models.PositiveIntegerField(default=1)
    spent = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    currency = models.CharField(max_length=3, blank=True, help_text="ISO 4217")
    recorded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(day=None, precision="") | (models.Q(day__isnull=False) & ~models.Q(precision="")),
                name="a_day_says_how_exact_it_is",
            ),
            models.CheckConstraint(
                condition=models.Q(organiser="") | models.Q(organiser_expires__isnull=False),
                name="an_organisers_name_expires",
            ),
        ]


class Tally(models.Model):
    """A count that an organiser declares. No case: not broken down; several: together, never split by guess."""

    collection = models.ForeignKey(Collection, models.PROTECT, related_name="tallies")
    row = models.PositiveIntegerField(null=True, blank=True, help_text="The row of the file it stood in.")
    cases = models.ManyToManyField(Case, related_name="tallies", blank=True)
    kind = models.CharField(max_length=16, choices=words.Kind.choices, default=words.Kind.NOT_BROKEN_DOWN)
    purpose = models.CharField(max_length=12, choices=words.Purpose.choices, blank=True)
    count = models.PositiveIntegerField()
    qualifier = models.CharField(
        max_length=12, choices=words.Qualifier.choices, default=words.Qualifier.EXACT
    )
    method = models.CharField(max_length=10, choices=words.Method.choices, default=words.Method.DECLARED)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "tallies"
        constraints = [models.CheckConstraint(condition=models.Q(count__gte=1), name="a_tally_counts_something")]
