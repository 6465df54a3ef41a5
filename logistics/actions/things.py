"""What a sentence calls a thing that cannot be found or cannot be saved, by the word in its code."""

from django.utils.translation import gettext_lazy as _

THINGS = {
    "assignment": _("assignment"), "batch": _("batch"), "campaign": _("campaign"), "case": _("case"),
    "collection": _("collection"), "confirmation": _("confirmation"), "delivery": _("delivery"),
    "discrepancy": _("discrepancy"), "explanation": _("explanation"), "figure": _("figure"), "hub": _("hub"),
    "label": _("label"), "mailbag": _("mailbag"), "name": _("name"), "person": _("person"),
    "recipient": _("recipient"), "return": _("return"), "role": _("role"), "rule": _("rule"),
    "shipment": _("shipment"), "situation": _("situation"), "summary": _("summary"), "tally": _("tally"),
    "waiver": _("waiver"), "words": _("words"),
}  # fmt: skip
"""A test looks that every word with which `locked` and `clean` are called is here."""


def thing(what: str) -> str:
    return str(THINGS[what])
