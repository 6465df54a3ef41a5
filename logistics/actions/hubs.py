"""Hubs: places with a mailroom."""

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from logistics import steps
from logistics.actions.auditing import note
from logistics.actions.cleaning import clean, save_new
from logistics.actions.locking import locked
from logistics.actions.standards import refuse_unknown_country, refuse_unknown_language, refuse_unknown_time_zone
from logistics.errors import Refused
from logistics.models import Holding, Hub, User
from logistics.permissions import require


@transaction.atomic
def add_hub(
    code: str, *, name: str, country: str = "", time_zone: str = "UTC", language: str = "en", by: User
) -> Hub:
    """A new mailroom. `time_zone` by its IANA name, `country` ISO 3166-1, `language` BCP 47.

    Refused: `not_permitted`, `unknown_time_zone`, `unknown_country`, `unknown_language`, `bad_hub`, `hub_code_taken`.
    """
    require(by, "logistics.edit_hub")
    refuse_unknown_time_zone(time_zone)
    refuse_unknown_country(country, empty=True)
    refuse_unknown_language(language)
    taken = Refused("hub_code_taken", _("There is a hub %(code)s already. Choose another code.") % {"code": code})
    hub = Hub(code=code, name=name.strip(), country=country, time_zone=time_zone, language=language)
    clean(hub, "hub")
    if Hub.objects.filter(code__iexact=code).exists():
        raise taken
    save_new(hub, taken=taken)
    note(by, "hub_added", hub.code)
    return hub


@transaction.atomic
def close_hub(hub: Hub, *, by: User) -> Hub:
    """Nothing new is received there or sent there any more.

    Refused: `not_permitted`, `unknown_hub`, `hub_closed`, `hub_not_empty` while mail is there or on the way there.
    """
    require(by, "logistics.edit_hub")
    found = locked(Hub.objects.all(), hub.pk, "hub")
    if not found.is_open:
        raise Refused("hub_closed", _("This hub is closed already. There is nothing left to do."))
    if _holds_mail(found):
        raise Refused("hub_not_empty", _("There is mail at this hub, or on the way to it. Send it on, then close the hub."))
    found.is_open = False
    found.save(update_fields=["is_open"])
    note(by, "hub_closed", found.code)
    return found


def _holds_mail(hub: Hub) -> bool:
    """Whether pieces are in its mailroom, in a bag that was made there and has not left, or on the way to it."""
    there = Q(place__hub=hub) | Q(place__kind=steps.BAG, place__label__hub=hub)
    coming = Q(place__kind=steps.TRANSIT, place__shipment__to_hub=hub)
    return Holding.objects.filter(there | coming, pieces__gt=0).exists()
