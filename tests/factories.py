"""Plain factories. Rows of campaigns, cases and people are made directly; bundles only through the actions."""

import itertools
from datetime import date

from logistics.models import (
    Assignment,
    Campaign,
    Case,
    CaseName,
    Collection,
    Consent,
    Hub,
    Recipient,
    Role,
    Tally,
    User,
)
from logistics.words import CaseKind, ConsentPurpose, Kind, Precision, Purpose

_number = itertools.count(1)


def make_campaign(slug: str = "", **fields: object) -> Campaign:
    slug = slug or f"campaign-{next(_number)}"
    defaults = {"name": f"Campaign {slug}", "opens": date(2024, 12, 1), "closes": date(2024, 12, 20)}
    return Campaign.objects.create(slug=slug, **defaults | fields)


def make_user(role: str = "", *, hub: Hub | None = None, cases: list[Case] | None = None, name: str = "") -> User:
    user = User.objects.create_user(name or f"{role or 'stranger'}-{next(_number)}")
    if role:
        Role.objects.create(user=user, role=role, hub=hub)
    for case in cases or []:
        Assignment.objects.create(user=user, case=case, given_by=user)
    return User.objects.get(pk=user.pk)


def make_hub(code: str = "", **fields: object) -> Hub:
    code = code or f"hub-{next(_number)}"
    return Hub.objects.create(code=code, name=f"Hub {code}", **fields)


def make_case(
    campaign: Campaign | None = None, code: str = "", *, people: int = 1, consent: bool = True, names: list[str] = (),
    **fields: object,
) -> Case:  # fmt: skip
    campaign = campaign or make_campaign()
    code = code or f"C{next(_number)}"
    defaults = {"kind": CaseKind.PERSON, "public_name": f"Person {code}", "people": people, "languages": ["en"]}
    case = Case.objects.create(campaign=campaign, code=code, **defaults | fields)
    CaseName.objects.bulk_create([CaseName(case=case, name=name) for name in names])
    for number in range(1, people + 1):
        recipient = Recipient.objects.create(case=case, number=number)
        if consent:
            make_consent(recipient)
    return case


def make_consent(recipient: Recipient, purpose: str = ConsentPurpose.RECEIVE) -> Consent:
    return Consent.objects.create(
        recipient=recipient, purpose=purpose, given_on=date(2030, 1, 1), recorded_by=make_user("case_team")
    )


def make_collection(
    campaign: Campaign, *, country: str = "NO", lines: list[tuple[list[Case], str, str, int]] = (), **fields: object
) -> Collection:
    """`lines`: cases, kind, purpose, count."""
    defaults = {"day": date(2024, 12, 10), "precision": Precision.DAY}
    collection = Collection.objects.create(campaign=campaign, country=country, **defaults | fields)
    for cases, kind, purpose, count in lines:
        tally = Tally.objects.create(collection=collection, kind=kind, purpose=purpose, count=count)
        tally.cases.set(cases)
    return collection


def make_solidarity_collection(case: Case, *, letters: int = 0, cards: int = 0, country: str = "NO") -> Collection:
    counts = ((Kind.LETTER, letters), (Kind.CARD, cards))
    lines = [([case], kind, Purpose.SOLIDARITY, count) for kind, count in counts if count]
    return make_collection(case.campaign, country=country, lines=lines)


def give_role(user: User, role: str, hub: Hub | None = None) -> Role:
    return Role.objects.create(user=user, role=role, hub=hub)
