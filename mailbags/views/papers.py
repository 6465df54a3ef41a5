"""The papers of a mailbag and of a shipment: packing list, bag list, letter bill, delivery form."""

from collections.abc import Iterator

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from logistics import codes, permissions
from logistics.errors import Refused
from logistics.models import Shipment, User
from logistics.queries.finding import newest
from logistics.registry import Paper
from logistics.views.opening import page
from logistics.views.papers import hand_out
from logistics.views.tongues import tongues
from mailbags.queries import delivery_facts, shipment_facts
from mailbags.queries.labels import has_labels
from mailbags.views.bags import fetch_bag

READ = ("GET", "HEAD")


@page(permissions.MAILROOM, methods=READ)
def packing_list(request: HttpRequest, code: str) -> HttpResponse:
    """What lies in a bag, for each case. Inside; never outside."""
    found = fetch_bag(request, code)
    return hand_out(request, "packing-list", newest(found.label).code, found.contents.count())


def of_shipment(user: User, shipment: Shipment) -> Iterator[Paper]:
    """What this person may print for a shipment. At most three queries."""
    number = shipment.number
    if user.roles & {permissions.MAILROOM, permissions.CASE_WORKER} and number in shipment_facts.numbers(user, shipment):
        yield Paper(_("Letter bill"), _("What each bag holds, to be checked on taking over"), reverse("mailbags:letter-bill", args=[number]))
        if user.holds(permissions.MAILROOM):
            bags = reverse("mailbags:shipment-bag-list", args=[number])
            yield Paper(_("Bag list"), _("Goes outside: codes, counts and weight only"), bags)
            if shipment.from_hub_id in user.hub_ids and has_labels(shipment):
                labels = reverse("labels-print", args=[number])
                yield Paper(_("Labels of its mailbags"), _("On sheets of 24, from any free cell"), labels, is_page=True)
    if user.roles & {permissions.MAILROOM, permissions.CASE_WORKER} and number in delivery_facts.numbers(user, shipment):
        form = reverse("mailbags:delivery-form", args=[number])
        yield Paper(_("Delivery form"), _("To be filled by hand where there is no phone"), form, languages=tongues())


@page(permissions.MAILROOM, methods=READ)
def bag_list(request: HttpRequest, code: str) -> HttpResponse:
    """One bag by its code, counts and weight. Outside."""
    return hand_out(request, "bag-list", newest(fetch_bag(request, code).label).code)


@page(permissions.MAILROOM, methods=READ)
def shipment_bag_list(request: HttpRequest, number: str) -> HttpResponse:
    """All bags of a shipment by code, counts and weight. Outside."""
    return hand_out(request, "bag-list", codes.normalise(number))


@page(permissions.MAILROOM, permissions.CASE_WORKER, methods=READ)
def letter_bill(request: HttpRequest, number: str) -> HttpResponse:
    """What a shipment holds, to be checked on taking over. Outside."""
    number = codes.normalise(number)
    try:
        facts = shipment_facts.facts(shipment_facts.shipment_of(number, request.user))
    except Refused as refusal:
        raise Http404 from refusal
    return hand_out(request, "letter-bill", number, sum(len(bag.bundles) for bag in facts.bags))


@page(permissions.MAILROOM, permissions.CASE_WORKER, methods=READ)
def delivery_form(request: HttpRequest, number: str) -> HttpResponse:
    """To be filled by hand where there is no phone."""
    return hand_out(request, "delivery-form", codes.normalise(number))
