"""Summaries: what the letters of a bundle say, in a language that the recipient reads."""

from django.db import models

from logistics import words
from logistics.models import Act, Bundle, User


class Summary(models.Model):
    """The summary of one bundle for one language: written by one translator, approved by another.

    `text` can be erased. `act` is what told the journey: the approval.
    """

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="summaries")
    language = models.CharField(max_length=35, help_text="BCP 47")
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    act = models.OneToOneField(Act, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "summaries"
        constraints = [
            models.UniqueConstraint(fields=["bundle", "language"], name="one_summary_per_bundle_and_language"),
            models.CheckConstraint(
                condition=models.Q(approved_by=None) | ~models.Q(approved_by=models.F("written_by")),
                name="whoever_translates_does_not_approve",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_by=None, act=None)
                | models.Q(approved_by__isnull=False, act__isnull=False),
                name="an_approval_is_told_to_the_journey",
            ),
        ]

    @property
    def is_approved(self) -> bool:
        return self.act_id is not None


class Waiver(models.Model):
    """That the case team lets a bundle go without a summary, with a reason code and a note that can be erased."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="summary_waivers")
    act = models.ForeignKey(Act, models.PROTECT, related_name="+")
    reason = models.CharField(max_length=20, choices=words.Reason.choices)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
