"""Campaigns, and what was published about them."""

from django.db import models

from logistics.words import Precision, Purpose, Qualifier


class Campaign(models.Model):
    """A year's campaign: its days and its cases."""

    slug = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField(null=True, blank=True)
    bundle_limit = models.PositiveIntegerField(default=100, help_text="The largest number of pieces in a bundle.")
    is_constructed = models.BooleanField(
        default=False, help_text="What became of its mail is constructed for demonstration."
    )

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(opens=None) | models.Q(closes=None) | models.Q(closes__gte=models.F("opens")),
                name="a_campaign_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=models.Q(bundle_limit__gte=1), name="a_bundle_may_hold_at_least_one_piece"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PublishedFigure(models.Model):
    """A figure that was said in public, with how exact it is, as of when, and who said so.

    Figures change after they are published; the old one stays. A total is of one year of the campaign,
    a case figure is of one case. `count` may be unknown.
    """

    year = models.PositiveIntegerField(null=True, blank=True)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="figures")
    case = models.ForeignKey("Case", models.PROTECT, null=True, blank=True, related_name="figures")
    count = models.PositiveBigIntegerField(null=True, blank=True)
    what = models.CharField(max_length=200, blank=True)
    purpose = models.CharField(max_length=12, choices=Purpose.choices, blank=True)
    qualifier = models.CharField(max_length=12, choices=Qualifier.choices, blank=True)
    countries = models.PositiveIntegerField(null=True, blank=True)
    as_of = models.DateField(null=True, blank=True)
    as_of_precision = models.CharField(max_length=5, choices=Precision.choices, blank=True)
    is_final = models.BooleanField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["year", "as_of", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(case__isnull=False) | models.Q(year__isnull=False),
                name="a_figure_is_of_a_case_or_of_a_year",
            )
        ]
