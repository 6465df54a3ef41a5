"""Files in, answers out: the preview of returns and their import."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import tablib
from django.db import transaction
from django.utils.translation import gettext as _
from import_export.results import Result

from logistics.actions.locking import locked
from logistics.actions.returns import refuse_same_file
from logistics.errors import Refused
from logistics.models import Campaign, User
from logistics.permissions import require
from logistics.queries.returns import cases_with_names, told_so_far
from logistics.registry import Report
from logistics.resources.reading.files import Read, read_file
from logistics.resources.returns.answer import answer_of, sum_of
from logistics.resources.returns.casebook import Casebook, casebook
from logistics.resources.returns.flat import dataset_of, flat_rows
from logistics.resources.returns.repeats import ToldBefore
from logistics.resources.returns.resource import ReturnResource
from logistics.resources.returns.sheets import visible, without_summaries
from logistics.resources.returns.sums import Sorted, sorted_rows
from logistics.resources.returns.tables import Table, tables_in

Answer = dict[str, Any]


def say_nothing(done: int, of: int, what: str = "") -> None:
    """A `registry.Report` for whoever does not ask how far it is."""


@dataclass
class Session:
    """Several files of one call. In a preview, what would be imported counts as told for the files after it.

    `others` are rows of the file of which somebody said that they tell something else than what they look like; `whole`
    is what all rows of the last file add up to, with those that are refused or told already.
    """

    campaign: Campaign
    by: User
    commit: bool = False
    date_order: str = ""
    others: frozenset[int] = frozenset()
    cases: Casebook = field(default_factory=Casebook)
    earlier: ToldBefore = field(default_factory=ToldBefore)
    hashes: set[str] = field(default_factory=set)
    report: Report = say_nothing
    whole: int = 0

    def answer(self, path: str) -> Answer:
        """Preview or import one file; see `import_file` for the answer. Refused: `not_permitted`."""
        require(self.by, "logistics.import_return")
        self.cases = self.cases if self.cases.cases else casebook(cases_with_names(self.campaign, user=self.by))
        try:
            file = read_file(path)
            self._refuse_same(file)
            tables = tables_of(file, self.cases)
            return {"file": path} | (self._imported(file, tables) if self.commit else self._previewed(file, tables))
        except Refused as refusal:
            return {"file": path, "refused_file": {"code": refusal.code, "sentence": refusal.sentence}}

    def _refuse_same(self, file: Read) -> None:
        if file.sha256 in self.hashes:
            raise Refused("same_file", _("This very file is named twice. Leave it out once."))
        self.hashes.add(file.sha256)
        refuse_same_file(self.campaign, file.sha256, by=self.by)

    def _previewed(self, file: Read, tables: list[tuple[Table, Sorted]]) -> Answer:
        """Without a transaction: nothing is written, so nobody has to wait until it is read."""
        answer, resource = self._through_the_resource(file, tables)
        if not answer["refused"] and not answer["question"]:
            self._remember(file, resource)
        return answer

    def _imported(self, file: Read, tables: list[tuple[Table, Sorted]]) -> Answer:
        """Read without a transaction, for that takes long, and then taken in within one."""
        before = told_so_far(self.campaign, user=self.by)
        answer, resource = self._through_the_resource(file, tables)
        return self._taken_in(file, tables, answer, resource, before)

    @transaction.atomic
    def _taken_in(
        self, file: Read, tables: list[tuple[Table, Sorted]], answer: Answer, resource: ReturnResource, before: object
    ) -> Answer:
        locked(Campaign.objects.all(), self.campaign.pk, "campaign")
        refuse_same_file(self.campaign, file.sha256, by=self.by)  # it may have come while this one was read
        if told_so_far(self.campaign, user=self.by) != before:  # something else has come: compare with that as well
            answer, resource = self._through_the_resource(file, tables)
        resource.take_in()
        return answer | _what_became_of_it(answer, resource)

    def _through_the_resource(self, file: Read, tables: list[tuple[Table, Sorted]]) -> tuple[Answer, ReturnResource]:
        resource = ReturnResource(self.campaign, file, cases=self.cases, date_order=self.date_order, by=self.by)
        resource.in_this_call, resource.others, resource.report = self.earlier, self.others, self.report
        dataset = _dataset(tables, self.cases)
        # Not as a dry run: that would hold a transaction, and with it everybody else who writes, until all is read.
        result = resource.import_data(dataset, dry_run=False, use_transactions=False, raise_errors=False)
        _raise_unexpected(result)
        answer = answer_of(dataset, result, tables)
        resource.stated, self.whole = answer["total_stated"], sum_of(tables)
        return answer, resource

    def _remember(self, file: Read, resource: ReturnResource) -> None:
        self.earlier.add(replace(reading.as_told(), file_name=file.name) for reading in resource.readings)


def import_file(path: str, *, campaign: Campaign, by: User, date_order: str | None = None) -> Answer:
    """Import one file, and answer as the preview does, with `imported`: the return's number, or None.

    The answer has `file`, `rows`, `ready`, `look`, `refused`, `already_told`, `messages`, `countries`, `total_stated`,
    `total_agrees`, `question`, `problems`; or `file` and `refused_file` where the file cannot be read. What is not
    imported says why in `not_imported`. Refused: `not_permitted`.
    """
    return Session(campaign, by, commit=True, date_order=date_order or "").answer(path)


def answers(
    paths: Iterable[str], *, campaign: Campaign, by: User, commit: bool = False, date_order: str | None = None
) -> list[Answer]:
    """Preview or import several files, one after the other, each whole or not at all. Refused: `not_permitted`."""
    session = Session(campaign, by, commit=commit, date_order=date_order or "")
    return [session.answer(path) for path in paths]


def tables_of(file: Read, cases: Casebook) -> list[tuple[Table, Sorted]]:
    """Refused: `only_formulas`, `no_table`, `no_rows`."""
    tables = without_summaries([table for sheet in visible(file.sheets) for table in tables_in(sheet, cases)])
    found = [(table, rows) for table in tables if (rows := sorted_rows(table)).entries]
    if found:
        return found
    if any(sheet.has_formulas for sheet in file.sheets):
        raise Refused(
            "only_formulas",
            _("This sheet holds formulas whose results were not saved. Copy the values into it, or save it as CSV."),
        )
    if not any(sheet.rows for sheet in file.sheets):
        raise Refused("empty_file", _("This file is empty. Send the file with the table in it."))
    if tables:
        raise Refused("no_rows", _("There is a header here and nothing under it. Send the file with its rows."))
    raise Refused(
        "no_table",
        _("No table was found here. Put one row above the figures that names the columns, as “Country” and “How many”."),
    )


def _dataset(tables: list[tuple[Table, Sorted]], cases: Casebook) -> tablib.Dataset:
    rows = [row for table, found in tables for entry in found.entries for row in flat_rows(table, entry, cases)]
    return dataset_of(rows)


def _raise_unexpected(result: Result) -> None:
    """A refusal of the action stays one; anything else is a mistake of ours and must not pass for one of the file."""
    for error in [*result.base_errors, *(error for row in result.rows for error in row.errors)]:
        raise error.error


def _what_became_of_it(answer: Answer, resource: ReturnResource) -> Answer:
    if resource.imported:
        return {"imported": resource.imported.pk}
    if answer["refused"]:
        sentence = _("Rows of this file are refused, so nothing of it was imported. Correct them, send it again.")
        why = ("rows_refused", sentence)
    elif answer["question"]:
        sentence = _("Say how this file writes its dates, with --date-order dmy or mdy. Nothing was imported.")
        why = ("date_order", sentence)
    else:
        sentence = _("Other returns have told every row of this file, so there was nothing to import.")
        why = ("nothing_new", sentence)
    return {"imported": None, "not_imported": {"code": why[0], "sentence": why[1]}}
