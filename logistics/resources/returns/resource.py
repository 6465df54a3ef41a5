"""The way of a return into the database: every row is cleaned, compared and, if all are well, imported here."""


import tablib
from django.core.exceptions import ValidationError
from import_export import fields, resources
from import_export.results import Result, RowResult

from logistics.actions.returns import import_return
from logistics.models import Campaign, Return, Tally, User
from logistics.queries.returns import told_lines
from logistics.registry import Report
from logistics.resources.reading.files import Read
from logistics.resources.returns.casebook import MOST_HINTS, Casebook
from logistics.resources.returns.reading import Reading
from logistics.resources.returns.repeats import Repeats, ToldBefore
from logistics.resources.returns.widgets import (
    CasesWidget,
    CountryWidget,
    DayWidget,
    EventsWidget,
    FigureWidget,
    MoneyWidget,
    TextWidget,
    country_and_source,
)
from logistics.resources.words.dates import Impossible, day_of
from logistics.resources.words.normal import tidy


class NoInstances:
    """Rows of a return are always new."""

    def __init__(self, resource: resources.Resource, dataset: tablib.Dataset) -> None:
        pass

    def get_instance(self, row: dict) -> None:
        return None


class ReturnResource(resources.Resource):
    """Cleans the rows of `flat.dataset_of`, which writes nothing; then `take_in` gives all lines to the action, or none.

    Afterwards `imported` is the return, if the lines were taken in.
    """

    country = fields.Field("country", "country", CountryWidget())
    office = fields.Field("office", "office", TextWidget())
    organiser = fields.Field("organiser", "organiser", TextWidget())
    office_or_organiser = fields.Field("office_or_organiser", "office_or_organiser", TextWidget())
    place = fields.Field("place", "place", TextWidget())
    event = fields.Field("event", "event", TextWidget())
    venue = fields.Field("venue", "venue", TextWidget())
    day = fields.Field("day", "date", DayWidget())
    cases = fields.Field("cases", "case")
    kind = fields.Field("kind", "kind", TextWidget())
    purpose = fields.Field("purpose", "purpose", TextWidget())
    figure = fields.Field("figure", "count", FigureWidget())
    method = fields.Field("method", "method", TextWidget())
    money = fields.Field("money", "spent", MoneyWidget())
    events = fields.Field("events", "events", EventsWidget())

    class Meta:
        model = Tally  # says which database
        instance_loader_class = NoInstances
        force_init_instance = True
        use_bulk = True  # one savepoint for all rows, not one for each
        skip_diff = True
        store_instance = True
        import_id_fields = ()

    def __init__(self, campaign: Campaign, file: Read, *, cases: Casebook, date_order: str, by: User, **kwargs) -> None:
        super().__init__(**kwargs)
        self.campaign, self.file, self.by = campaign, file, by
        self.fields["day"].widget.order_asked = date_order
        self.fields["cases"].widget = CasesWidget(cases)
        cases.hints_left = MOST_HINTS
        self.earlier, self.in_this_call = ToldBefore(), ToldBefore()
        self.others: frozenset[int] = frozenset()
        self.stated: int | None = None
        self.readings: list[Reading] = []
        self.is_good = False
        self.imported: Return | None = None
        self.report: Report | None = None
        self.done = self.of = 0

    def before_import(self, dataset: tablib.Dataset, **kwargs) -> None:
        """Look up once what other returns told, and find out in which order the file writes day and month."""
        self.repeats = Repeats(self.earlier, self.in_this_call)
        self.earlier.add(told_lines(self.campaign, _countries(dataset), user=self.by))
        self.fields["day"].widget.order_shown = order_settled_by(dataset["date"])
        self.of = len(dataset)

    def init_instance(self, row: dict | None = None) -> Reading:
        return Reading(row=row["row"], country_from=country_and_source(row)[1])

    def import_row(self, row: dict, instance_loader: NoInstances, **kwargs) -> RowResult:
        """As always, but what is wrong is kept without the stack on which it was found: 10,000 of them fill memory."""
        result = super().import_row(row, instance_loader, **kwargs)
        if result.validation_error:
            result.validation_error.with_traceback(None)
        self.done += 1
        if self.report:
            self.report(self.done, self.of)
        return result

    def import_instance(self, instance: Reading, row: dict, **kwargs) -> None:
        """Every field, so that all that is wrong with a row is said at once."""
        errors = {}
        for field in self.get_import_fields():
            try:
                self.import_field(field, instance, row, **kwargs)
            except ValidationError as error:
                errors[field.attribute] = error.with_traceback(None)
        if errors:
            raise ValidationError(errors)

    def skip_row(self, instance: Reading, original: None, row: dict, import_validation_errors: dict | None = None) -> bool:
        """Leave out what another return has told."""
        if import_validation_errors:
            return False
        instance.told, instance.alike = self.repeats.find(instance.as_told())
        if instance.told and instance.row in self.others:
            instance.told, instance.alike = None, instance.told
        return instance.told is not None

    def save_instance(self, instance: Reading, is_create: bool, row: dict, **kwargs) -> None:
        self.readings.append(instance)

    def after_import(self, dataset: tablib.Dataset, result: Result, dry_run: bool = False, **kwargs) -> None:
        """Whether there is something to take in: no row is refused, and no question open."""
        refused = result.has_errors() or result.has_validation_errors()
        asked = any(reading.could_be_swapped for reading in self.readings)
        self.is_good = bool(self.readings) and not refused and not asked

    def take_in(self) -> None:
        """Hand the lines to the action."""
        if not self.is_good:
            return
        self.imported = import_return(
            self.campaign,
            file_name=self.file.name,
            sha256=self.file.sha256,
            lines=[reading.line() for reading in self.readings],
            stated=self.stated,
            by=self.by,
        )


def order_settled_by(dates: list[object]) -> str:
    """`dmy` or `mdy`, where dates of the file can be read in one order only and all in the same; or `""`."""
    orders = set()
    for cell in dates:
        try:
            day = day_of(tidy(cell)) if isinstance(cell, str) else None
        except Impossible:
            continue
        if day and day.order:
            orders.add(day.order)
    return orders.pop() if len(orders) == 1 else ""


def _countries(dataset: tablib.Dataset) -> set[str]:
    rows = dataset.dict
    return {code for row in rows for code in country_and_source(row)[0]}


