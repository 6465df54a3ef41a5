"""The journey: an append-only, double-entry ledger of pieces. Written by one function only."""

from django.db import models

from logistics import steps, words
from logistics.models.bundles import Bundle, Label
from logistics.models.cases import Hub
from logistics.models.deliveries import Delivery
from logistics.models.people import User
from logistics.models.shipments import Shipment

WHEREABOUTS = ("hub", "label", "shipment", "delivery")
STEP_CHOICES = [(step.value, step.value) for step in steps.Step]


def _only(*, kinds: tuple[str, ...], filled: str | None) -> models.Q:
    """A place of one of these kinds has exactly `filled` of its four whereabouts."""
    where = {f"{field}__isnull": field != filled for field in WHEREABOUTS}
    return models.Q(kind__in=kinds, **where)


class Place(models.Model):
    """A kind of place and where it is."""

    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in steps.PLACES])
    hub = models.ForeignKey(Hub, models.PROTECT, null=True, blank=True, related_name="places")
    label = models.ForeignKey(Label, models.PROTECT, null=True, blank=True, related_name="places")
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, blank=True, related_name="places")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="places")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=_only(kinds=steps.AT_HUB, filled="hub")
                | _only(kinds=steps.AT_LABEL, filled="label")
                | _only(kinds=steps.OF_SHIPMENT, filled="shipment")
                | _only(kinds=steps.AT_DELIVERY, filled="delivery")
                | _only(kinds=steps.OTHER, filled=None),
                name="a_place_is_where_its_kind_is",
            ),
            *[
                models.UniqueConstraint(
                    fields=["kind", field],
                    condition=models.Q(**{f"{field}__isnull": False}),
                    name=f"one_place_of_a_kind_per_{field}",
                )
                for field in WHEREABOUTS
            ],
            models.UniqueConstraint(
                fields=["kind"],
                condition=models.Q(hub=None, label=None, shipment=None, delivery=None),
                name="one_place_of_a_kind_that_is_nowhere",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def address(self) -> tuple[str, str, int | None]:
        """Kind, the column that says where, and the key in it."""
        for column in WHEREABOUTS:
            if (key := getattr(self, f"{column}_id")) is not None:
                return (self.kind, column, key)
        return (self.kind, "", None)

    @property
    def name(self) -> str:
        """Kind and whereabouts as one word, as it stands in the chain."""
        kind, _, key = self.address
        return kind if key is None else f"{kind}:{key}"


class Act(models.Model):
    """One thing that somebody did and told.

    `key` was chosen by whoever first knew of it: telling it again has no effect. `told` is the hash of
    what was told (so the same key with other content is refused), `digest` the hash of what was written.
    The hour and the device only for what happens in a mailroom, never in the field. No words.
    """

    key = models.UUIDField(unique=True)
    told = models.CharField(max_length=64)
    kind = models.CharField(max_length=12, choices=STEP_CHOICES)
    day = models.DateField()
    time = models.TimeField(null=True, blank=True)
    utc_offset = models.SmallIntegerField(null=True, blank=True, help_text="Minutes east of UTC.")
    recorded_at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="acts")
    second = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    device = models.CharField(max_length=40, blank=True)
    hub = models.ForeignKey(Hub, models.PROTECT, null=True, blank=True, related_name="acts")
    reason = models.CharField(max_length=20, choices=words.Reason.choices, blank=True)
    shipment = models.ForeignKey(Shipment, models.PROTECT, null=True, blank=True, related_name="acts")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="acts")
    label = models.ForeignKey(Label, models.PROTECT, null=True, blank=True, related_name="acts")
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversal")
    lines = models.PositiveIntegerField(help_text="How many entries it wrote.")
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(time=None, utc_offset=None, device="")
                | (models.Q(hub__isnull=False) & ~models.Q(kind__in=[step.value for step in sorted(steps.FIELD_STEPS)])),
                name="only_mailroom_acts_keep_an_hour_and_a_device",
            ),
            models.CheckConstraint(
                condition=models.Q(second=None) | ~models.Q(second=models.F("by")),
                name="the_second_person_is_another",
            ),
            models.CheckConstraint(
                condition=models.Q(kind=steps.Step.REVERSED.value, reverses__isnull=False)
                | (~models.Q(kind=steps.Step.REVERSED.value) & models.Q(reverses=None)),
                name="a_reversal_names_what_it_reverses",
            ),
        ]


class Entry(models.Model):
    """One line of an act: so many pieces of one bundle from one place to another. No place: a border, or a mark."""

    act = models.ForeignKey(Act, models.PROTECT, related_name="entries")
    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="entries")
    sequence = models.PositiveIntegerField()
    step = models.CharField(max_length=12, choices=STEP_CHOICES)
    pieces = models.PositiveIntegerField()
    from_border = models.CharField(max_length=12, blank=True)
    from_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="out_entries")
    to_border = models.CharField(max_length=12, blank=True)
    to_place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="in_entries")
    day = models.DateField()
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["bundle", "sequence"]
        indexes = [models.Index(fields=["step", "bundle"], name="entries_of_a_step")]
        constraints = [
            models.UniqueConstraint(fields=["bundle", "sequence"], name="one_entry_per_bundle_and_sequence"),
            models.CheckConstraint(
                condition=models.Q(pieces=0, from_place=None, to_place=None, from_border="", to_border="")
                | (
                    models.Q(pieces__gt=0)
                    & (
                        models.Q(from_place__isnull=False, from_border="")
                        | models.Q(from_place=None, from_border__in=sorted(steps.BORDERS))
                    )
                    & (
                        models.Q(to_place__isnull=False, to_border="")
                        | models.Q(to_place=None, to_border__in=sorted(steps.BORDERS))
                    )
                    & (models.Q(from_place__isnull=False) | models.Q(to_place__isnull=False))
                ),
                name="an_entry_moves_pieces_between_two_places_or_is_a_mark",
            ),
            models.CheckConstraint(
                condition=models.Q(pieces__gt=0) | models.Q(step__in=[step.value for step in sorted(steps.MARKS)]),
                name="only_marks_move_nothing",
            ),
        ]

    @property
    def start_name(self) -> str:
        """Where the pieces came from: a place's name, a border, or nothing for a mark."""
        return self.from_place.name if self.from_place else self.from_border

    @property
    def end_name(self) -> str:
        """Where the pieces went: a place's name, a border, or nothing for a mark."""
        return self.to_place.name if self.to_place else self.to_border


class Holding(models.Model):
    """Pieces of one bundle at one place: the sum of its entries, never written by hand."""

    bundle = models.ForeignKey(Bundle, models.PROTECT, related_name="holdings")
    place = models.ForeignKey(Place, models.PROTECT, related_name="holdings")
    pieces = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bundle", "place"], name="one_holding_per_bundle_and_place"),
            models.CheckConstraint(condition=models.Q(pieces__gte=0), name="no_place_holds_less_than_nothing"),
        ]
