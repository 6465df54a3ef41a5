"""Fetching and locking what an action will change. What one may not see is refused as if it never was."""

from collections.abc import Iterable
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from logistics.actions.things import thing
from logistics.errors import Refused
from logistics.models import Bundle, Hub, User
from logistics.permissions import may
from logistics.queries import scope


Row = TypeVar("Row", bound=Model)


def locked_bundles(bundles: Iterable[Bundle], *, by: User) -> list[Bundle]:
    """These bundles as they are now, locked in the order of their key, answered in the order given.

    Refused: `nothing_in_it` for none, `named_twice`, `unknown_bundle` where one is not there for this person.
    """
    keys = [bundle.pk for bundle in bundles]
    if not keys:
        raise Refused("nothing_in_it", _("No bundle was named. Scan or choose at least one, then tell it again."))
    if len(set(keys)) != len(keys):
        raise Refused("named_twice", _("One bundle is named twice. Take it off the list once, then tell it again."))
    found = {bundle.pk: bundle for bundle in _locked(scope.bundles(by), keys)}
    if len(found) != len(keys):
        raise Refused("unknown_bundle", _("There is no such bundle here. Look at the code on the label again."))
    return [found[key] for key in keys]


def locked_bundle(bundle: Bundle, *, by: User) -> Bundle:
    """One bundle as it is now, locked. Refused: `unknown_bundle`."""
    return locked_bundles([bundle], by=by)[0]


def _locked(seen: QuerySet[Bundle], keys: list[int]) -> QuerySet[Bundle]:
    rows = seen.filter(pk__in=keys).select_related("label", "hub", "case__campaign")
    return rows.select_for_update(of=("self",)).order_by("pk")


def locked(rows: QuerySet[Row], key: int, what: str) -> Row:
    """One row as it is now, locked. Refused: `unknown_<what>` where it is not among `rows`."""
    found = rows.filter(pk=key).select_for_update(of=("self",)).first()
    if found is None:
        sentence = _("There is no such %(thing)s here. Look again at its code or number.")
        raise Refused(f"unknown_{what}", sentence % {"thing": thing(what)})
    return found


def require_at(by: User, hub: Hub) -> None:
    """Refused: `not_your_hub` unless this person works in the mailroom of this hub."""
    if hub.pk not in by.hub_ids:
        raise Refused("not_your_hub", _("That is done by somebody who works in this mailroom. Ask the hub."))


def require_second(by: User, second: User | None, permission: str) -> None:
    """Refused: `second_person_needed`, `same_person`, or `second_person_may_not`."""
    if second is None:
        raise Refused("second_person_needed", _("Two people do this together. Say who the second person is."))
    if second.pk == by.pk:
        raise Refused("same_person", _("The second person is another than the first. Ask somebody else to be it."))
    if not may(second, permission):
        raise Refused("second_person_may_not", _("The second person's role does not do this. Ask somebody whose does."))
