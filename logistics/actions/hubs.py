"""Hubs: places with a mailroom."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.exceptions import ValidationError
from django.db import transaction

from logistics.actions.auditing import note
from logistics.actions.locking import locked
from logistics.errors import Refused
from logistics.models import Hub, User
from logistics.permissions import require


@transaction.atomic
def add_hub(
    code: str, *, name: str, country: str = "", time_zone: str = "UTC", language: str = "en", by: User
) -> Hub:
    """A new mailroom. `time_zone` by its IANA name. Refused: `not_permitted`, `bad_hub_code`, `hub_code_taken`,
    `unknown_time_zone`."""
    require(by, "logistics.edit_hub")
    try:
        ZoneInfo(time_zone)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        raise Refused("unknown_time_zone", f"There is no time zone {time_zone}. Give one as Europe/Oslo.") from fault
    if Hub.objects.filter(code=code).exists():
        raise Refused("hub_code_taken", f"There is a hub {code} already. Choose another code.")
    hub = Hub(code=code, name=name, country=country, time_zone=time_zone, language=language)
    try:
        hub.full_clean()
    except ValidationError as fault:
        raise Refused("bad_hub_code", f"That hub cannot be added: {' '.join(fault.messages)}") from fault
    hub.save()
    note(by, "hub_added", hub.code)
    return hub


@transaction.atomic
def close_hub(hub: Hub, *, by: User) -> Hub:
    """Nothing new is received there or sent there any more. Refused: `not_permitted`, `unknown_hub`, `hub_closed`."""
    require(by, "logistics.edit_hub")
    found = locked(Hub.objects.all(), hub.pk, "hub")
    if not found.is_open:
        raise Refused("hub_closed", "This hub is closed already.")
    found.is_open = False
    found.save(update_fields=["is_open"])
    note(by, "hub_closed", found.code)
    return found
