"""Who may do what, as data. Asked in the action itself and not only in the page."""

from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from logistics.errors import Refused

MAILROOM = "mailroom"
TRANSLATOR = "translator"
CASE_WORKER = "case_worker"
CASE_TEAM = "case_team"
COORDINATOR = "coordinator"
AUDITOR = "auditor"
OPERATOR = "operator"

ROLES = [
    (MAILROOM, gettext_lazy("Mailroom volunteer")),
    (TRANSLATOR, gettext_lazy("Translator")),
    (CASE_WORKER, gettext_lazy("Case worker")),
    (CASE_TEAM, gettext_lazy("Case team")),
    (COORDINATOR, gettext_lazy("Coordinator")),
    (AUDITOR, gettext_lazy("Auditor")),
    (OPERATOR, gettext_lazy("Operator of the machine")),
]

# Roles whose compartment is the cases they are assigned to, one by one.
ROLES_BY_CASE = frozenset({TRANSLATOR, CASE_WORKER, CASE_TEAM})

MAY: dict[str, frozenset[str]] = {
    "logistics.edit_campaign": frozenset({COORDINATOR, OPERATOR}),
    "logistics.add_case": frozenset({COORDINATOR, CASE_TEAM, OPERATOR}),
    "logistics.edit_case": frozenset({CASE_TEAM, OPERATOR}),
    "logistics.record_consent": frozenset({CASE_TEAM}),
    "logistics.import_return": frozenset({COORDINATOR, OPERATOR}),
    "logistics.edit_collection": frozenset({COORDINATOR, OPERATOR}),
    "logistics.edit_hub": frozenset({COORDINATOR, OPERATOR}),
    "logistics.edit_people": frozenset({COORDINATOR, OPERATOR}),
    "logistics.receive_batch": frozenset({MAILROOM}),
    "logistics.count_bundle": frozenset({MAILROOM}),
    "logistics.recount_bundle": frozenset({MAILROOM, CASE_WORKER}),
    "logistics.screen_bundle": frozenset({MAILROOM}),
    "logistics.withhold": frozenset({MAILROOM}),
    "logistics.release": frozenset({MAILROOM, CASE_TEAM}),
    "logistics.split_bundle": frozenset({MAILROOM}),
    "logistics.plan_shipment": frozenset({CASE_TEAM, MAILROOM}),
    "logistics.record_delivery": frozenset({CASE_WORKER}),
    "logistics.keep_words": frozenset({CASE_WORKER}),
    "logistics.erase_words": frozenset({CASE_WORKER, CASE_TEAM}),
    "logistics.raise_evidence": frozenset({CASE_WORKER, CASE_TEAM}),
    "logistics.take_back": frozenset({MAILROOM}),
    "logistics.declare_lost": frozenset({CASE_TEAM}),
    "logistics.destroy": frozenset({CASE_TEAM, MAILROOM}),
    "logistics.confirm_delivery": frozenset({CASE_TEAM}),
    "logistics.close_discrepancy": frozenset({CASE_TEAM, MAILROOM, COORDINATOR}),
    "logistics.decide_flag": frozenset({CASE_TEAM}),
    "logistics.replace_label": frozenset({MAILROOM}),
    "logistics.print_document": frozenset({MAILROOM, CASE_WORKER, CASE_TEAM, OPERATOR}),
    "logistics.print_labels": frozenset({MAILROOM, OPERATOR}),
    "mailbags.pack": frozenset({MAILROOM}),
    "mailbags.seal": frozenset({MAILROOM}),
    "mailbags.dispatch": frozenset({MAILROOM}),
    "mailbags.arrive": frozenset({MAILROOM, CASE_WORKER}),
    "translations.write_summary": frozenset({TRANSLATOR}),
    "translations.approve_summary": frozenset({TRANSLATOR}),
    "translations.waive_summary": frozenset({CASE_TEAM}),
}


class Person(Protocol):
    """Anybody who asks: `roles` are those that hold today."""

    is_active: bool

    @property
    def roles(self) -> frozenset[str]: ...


def may(by: Person, permission: str) -> bool:
    """Whether one of this person's roles allows it. A permission that is not in MAY is a mistake in the code."""
    return bool(by.is_active and by.roles & MAY[permission])


def require(by: Person, permission: str) -> None:
    """Refuse (`not_permitted`) unless one of this person's roles allows it."""
    if not may(by, permission):
        raise Refused("not_permitted", _("Your role does not do this. Ask a coordinator who does, or to be given the role."))
