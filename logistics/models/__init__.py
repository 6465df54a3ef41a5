from logistics.models.background import Work
from logistics.models.bundles import Batch, Bundle, Label
from logistics.models.campaigns import Campaign, PublishedFigure
from logistics.models.cases import (
    Case,
    CaseName,
    Consent,
    ConsentWaiver,
    Flag,
    Hub,
    Recipient,
    Rule,
    Situation,
)
from logistics.models.collections import Collection, Return, Tally
from logistics.models.deliveries import Confirmation, Delivery, ErasedWords, RecipientWords
from logistics.models.guarding import Misses
from logistics.models.journey import Act, Entry, Holding, Place
from logistics.models.oversight import AuditRow, Discrepancy
from logistics.models.people import Assignment, Role, User
from logistics.models.shipments import Shipment

__all__ = [
    "Act",
    "Assignment",
    "AuditRow",
    "Batch",
    "Bundle",
    "Campaign",
    "Case",
    "CaseName",
    "Collection",
    "Confirmation",
    "Consent",
    "ConsentWaiver",
    "Delivery",
    "Discrepancy",
    "Entry",
    "ErasedWords",
    "Flag",
    "Holding",
    "Hub",
    "Label",
    "Misses",
    "Place",
    "PublishedFigure",
    "Recipient",
    "RecipientWords",
    "Return",
    "Role",
    "Rule",
    "Shipment",
    "Situation",
    "Tally",
    "User",
    "Work",
]
