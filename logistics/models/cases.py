"""Cases, the people they are for, and what is known and allowed about them. No addresses, no real names."""

from django.db import models

from logistics import words
from logistics.models.campaigns import Campaign
from logistics.models.people import User


class Hub(models.Model):
    """A place with a mailroom and people."""

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=100)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    time_zone = models.CharField(max_length=60, default="UTC")
    language = models.CharField(max_length=35, default="en", help_text="BCP 47; outer papers are printed in it")
    is_open = models.BooleanField(default=True)

    class Meta:
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name


class Case(models.Model):
    """What a campaign works on: one person, several people, a community."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="cases")
    code = models.CharField(max_length=20)
    public_name = models.CharField(max_length=200, blank=True, help_text="None: only the code is shown.")
    kind = models.CharField(max_length=10, choices=words.CaseKind.choices)
    people = models.PositiveIntegerField(null=True, blank=True, help_text="How many, where that is known.")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1 alpha-2")
    languages = models.JSONField(default=list, help_text="What the recipients read: BCP 47 tags, in order.")
    status = models.CharField(
        max_length=6, choices=words.CaseStatus.choices, default=words.CaseStatus.ACTIVE
    )
    translation_policy = models.CharField(
        max_length=10, choices=words.TranslationPolicy.choices, default=words.TranslationPolicy.REQUIRED
    )
    is_read_aloud = models.BooleanField(default=False)
    weekly_limit = models.PositiveIntegerField(
        null=True, blank=True, help_text="The largest number of pieces a week that is safe for the person."
    )
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["campaign__slug", "code"]
        constraints = [
            models.UniqueConstraint(fields=["campaign", "code"], name="one_case_per_code_in_a_campaign")
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The public name, or the code where there is none."""
        return self.public_name or self.code

    @property
    def is_active(self) -> bool:
        return self.status == words.CaseStatus.ACTIVE


class CaseName(models.Model):
    """Another name or spelling by which returns call the case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="names")  # a name is a part of its case
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_row_per_other_name")]


class Recipient(models.Model):
    """One person (or, for a community, all of it) who is meant to hold the letters; known here by a number."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="recipients")
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["case", "number"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_recipient_per_number_of_a_case")
        ]


class Consent(models.Model):
    """What a recipient agreed to, from when; "please stop" is a consent taken back."""

    recipient = models.ForeignKey(Recipient, models.PROTECT, related_name="consents")
    purpose = models.CharField(max_length=10, choices=words.ConsentPurpose.choices)
    given_on = models.DateField()
    taken_back_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recipient", "purpose"],
                condition=models.Q(taken_back_on=None),
                name="one_standing_consent_per_recipient_and_purpose",
            ),
            models.CheckConstraint(
                condition=models.Q(taken_back_on=None) | models.Q(taken_back_on__gte=models.F("given_on")),
                name="a_consent_is_taken_back_after_it_was_given",
            ),
        ]


class ConsentWaiver(models.Model):
    """That the case team lets mail go out without a recorded consent to receive, with a reason (erasable)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="consent_waivers")
    reason = models.CharField(max_length=500, blank=True)
    given_on = models.DateField()
    given_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(ended_at=None), name="one_standing_waiver_of_consent_per_case"
            )
        ]


class Rule(models.Model):
    """A do or a don't for writing to this case. Versions of one rule share `number`; the latest holds."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="rules")
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=10, choices=words.RuleSubject.choices)
    force = models.CharField(max_length=10, choices=words.RuleForce.choices)
    text = models.CharField(max_length=500)
    holds_from = models.DateField(null=True, blank=True)
    holds_until = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["case", "number", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["case", "number", "version"], name="one_row_per_version_of_a_rule")
        ]


class Situation(models.Model):
    """A dated fact about a recipient, or about the case where it is not said whom; `note` can be erased."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="situations")
    recipient = models.ForeignKey(Recipient, models.PROTECT, null=True, blank=True, related_name="situations")
    day = models.DateField()
    precision = models.CharField(max_length=5, choices=words.Precision.choices)
    what = models.CharField(max_length=10, choices=words.SituationWhat.choices)
    note = models.CharField(max_length=500, blank=True)
    source = models.CharField(max_length=300, blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["case", "day", "pk"]


class Flag(models.Model):
    """That a bundle was on its way when the situation changed; it waits until the case team has said what to do."""

    situation = models.ForeignKey(Situation, models.PROTECT, related_name="flags")
    bundle = models.ForeignKey("Bundle", models.PROTECT, related_name="flags")
    decision = models.CharField(max_length=10, choices=words.FlagDecision.choices, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["situation", "bundle"], name="one_flag_per_situation_and_bundle")
        ]
