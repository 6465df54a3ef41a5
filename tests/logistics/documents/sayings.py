"""What each kind of document must say in the language that is active, as rows of sayings that follow each other."""

import re
from collections.abc import Iterator

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from logistics import codes
from logistics.documents import words
from logistics.documents.confirmation import FATES, GRADES, NOT_COUNTED, OUTCOMES, PURPOSES
from logistics.queries.confirmation_facts import ConfirmationFacts, Pieces, content_hash
from mailbags.documents import delivery_form
from mailbags.queries.delivery_facts import Sheet
from mailbags.queries.packing_facts import PackingFacts

Row = list[str]


def of_confirmation(facts: ConfirmationFacts) -> Iterator[Row]:
    yield [_("Delivery confirmation")]
    yield [str(PURPOSES[facts.purpose])]
    yield [facts.campaign]
    yield [words.total(facts.delivered)]
    yield from _sentence(facts)
    yield [_("What became of every piece")]
    for outcome in facts.outcomes:
        if outcome.pieces.together or outcome.what in {"unconfirmed", "on_the_way"}:
            yield [str(OUTCOMES[outcome.what]), *_figures(outcome.pieces)]
    yield [_("Counted in the mailroom"), *_figures(facts.counted)]
    for grade, label in GRADES.items():
        yield [str(label), words.figure(facts.grades[grade])]
    yield [_("Delivered"), words.figure(facts.delivered)]
    yield [_("Not confirmed, not delivered"), words.figure(facts.unconfirmed)]
    for origin in facts.origins:
        yield [words.country(origin.country), *_figures(origin.pieces)]
    yield [words.other_countries(facts.others.countries), *_figures(facts.others.pieces)]
    yield [pgettext("narrow column", "Letters"), pgettext("narrow column", "Cards"), pgettext("narrow column", "Together")]
    yield [_("Countries with fewer than ten letters or fewer than ten cards are given together, so that no writer can be singled out.")]
    yield from _fates(facts)
    yield [_(
        "The case worker attests that these pieces were handed over as stated here. Every figure is a sum over the recorded "
        "journey of the pieces. Neither signature nor photograph was asked for: either could harm the recipient."
    )]  # fmt: skip
    yield [_("Attested by")]
    yield [_("The case worker for this case")]
    yield from ([code] for code in facts.attested_by)
    yield [words.day(facts.issued_on)]
    yield [_("Deliveries"), codes.grouped(facts.deliveries[0])]
    yield [_("Replaces")]
    yield [codes.grouped(facts.replaces.number)]
    said = _('<span class="code">%(code)s</span> of %(day)s') % {"code": "|", "day": words.day(facts.replaces.issued_on)}
    yield from ([each.strip()] for each in re.sub("<[^>]*>", "", f"{said}: {words.reason(facts.replaces.reason)}").split("|") if each)
    yield [_("Replaced by"), _("none at the time of printing")]
    yield [_("Not counted"), str(NOT_COUNTED[facts.purpose])]
    digits = content_hash(facts)
    yield [_("Content"), "SHA-256 " + " ".join(digits[at : at + 8] for at in range(0, 64, 8))]
    yield from _foot()


def _figures(pieces: Pieces) -> Row:
    return [words.figure(pieces.letters), words.figure(pieces.cards), words.figure(pieces.together)]


def _sentence(facts: ConfirmationFacts) -> Iterator[Row]:
    """Before the name, the name, and after it."""
    name = '<strong><bdi class="name">%(name)s</bdi></strong>'
    one, many = f"letter or card for {name} was delivered in %(months)s.", f"letters and cards for {name} were delivered in %(months)s."
    said = ngettext(one, many, facts.delivered) % {"name": "|", "months": words.months(facts.months)}
    yield from ([each] for each in re.sub("<[^>]*>", "", said).split("|") if each.strip(" .،,"))
    yield [facts.case_name]
    written = ngettext("Written in %(countries_in_words)s country.", "Written in %(countries_in_words)s countries.", facts.countries)
    yield [written % {"countries_in_words": words.total(facts.countries)}]


def _fates(facts: ConfirmationFacts) -> Iterator[Row]:
    for outcome in facts.outcomes:
        if outcome.what not in FATES or not outcome.pieces.together:
            continue
        yield [words.total(outcome.pieces.together), str(FATES[outcome.what])]
        pattern = _("%(reason)s: %(n)s.") if len(outcome.reasons) > 1 else _("%(reason)s.")
        for each in outcome.reasons:
            yield [pattern % {"reason": capfirst(words.reason(each.reason)), "n": words.total(each.pieces)}]
    yield [_("They are kept in the mailroom.")]
    yield [_("Not found by %(day)s.") % {"day": words.day(facts.issued_on)}]


def of_letter(facts: ConfirmationFacts) -> Iterator[Row]:
    letters, cards = 859, 3344
    pieces = [ngettext("%(n)s letter", "%(n)s letters", letters), ngettext("%(n)s card", "%(n)s cards", cards)]
    names = sorted((words.country(origin.country) for origin in facts.origins), key=words.rank)
    written = ngettext("Written in %(n)s country: %(names)s.", "Written in %(n)s countries: %(names)s.", facts.countries)
    yield [_("For you"), facts.case_name]
    yield [_("This is what has come for you: %(pieces)s, %(total)s in all.") % {
        "pieces": words.listed([pieces[0] % {"n": words.total(letters)}, pieces[1] % {"n": words.total(cards)}]),
        "total": words.total(letters + cards),
    }]  # fmt: skip
    yield [written % {
        "n": words.total(facts.countries), "names": words.listed([*names, words.other_countries(facts.others.countries)])
    }]  # fmt: skip
    yield [_("Those who wrote were thinking of you. You need not answer.")]
    yield [codes.grouped(facts.number)]
    yield from _foot()


def of_packing_list(facts: PackingFacts) -> Iterator[Row]:
    (case,) = facts.lists
    letters, cards = (sum(each.pieces for each in case.bundles if each.kind == kind) for kind in ("letter", "card"))
    count = len(case.bundles)
    yield [_("Packing list")]
    yield [case.name]
    for label, number in ((_("Bundles"), count), (_("Letters"), letters), (_("Cards"), cards), (_("Pieces together"), letters + cards)):
        yield [label, words.figure(number)]
    yield [_("No."), _("Bundle"), _("Written in"), _("Letters"), _("Cards"), _("Found")]
    for each in case.bundles:
        yield [codes.grouped(each.code), words.country(each.country), words.figure(each.pieces)]
    bundles = ngettext("%(n)s bundle", "%(n)s bundles", count) % {"n": words.total(count)}
    yield [bundles, words.figure(letters), words.figure(cards)]
    day = {"day": words.day(facts.packed_on)}
    yield [_("Counted one by one on %(day)s by the mailroom.") % day]
    yield [_("Packed and sealed before a witness on %(day)s.") % day]
    yield [_("Every bundle has an approved summary in %(languages)s.") % {"languages": words.language("tr")}]
    yield [_(
        "Tick what you find. If something is missing, left over or damaged, write it beside the line. Nothing here is "
        "changed: the difference is recorded."
    )]  # fmt: skip
    yield [codes.grouped(facts.code)]
    yield from _foot()


def of_delivery_form(sheet: Sheet, number: str) -> Iterator[Row]:
    yield [_("Delivery form")]
    yield [_("For one handover, where there is no phone. Destroy it once it has been typed in.")]
    yield [_("What did you hand over?"), _(
        "Tick a bundle that went whole. Else write how many pieces went which way; what you give no number for stays with you."
    )]  # fmt: skip
    yield [_("Bundle"), _("Pieces"), _("All"), _("Handed over"), _("Refused"), _("Seized"), _("Kept for release"), _("Go back")]
    for code, pieces in sheet.bundles:
        yield [codes.grouped(code), words.figure(pieces)]
    yield [_("Who took them?"), _("One box. No name.")]
    yield from ([each] for each in (*delivery_form.handed(), *delivery_form.not_handed(), _("Or nobody took them:")))
    yield [_("Why, where they were not handed over"), _("One box.")]
    yield from ([capfirst(each)] for each in delivery_form.reasons())
    yield [_("When")]
    yield from ([each] for each in (_("Day"), _("Month"), _("Year")))
    yield [_("Filled in by"), _("Your code, not your name.")]
    yield [_("Their words"), _("Only if they wish; in their own words, and no names.")]
    yield from ([each] for each in delivery_form.consents())
    yield [_("No signature. No photograph. Either could harm the recipient. Leave empty whatever is not safe to write.")]
    yield [codes.grouped(number)]
    yield from _foot()


def _foot() -> Iterator[Row]:
    yield [_("Constructed for demonstration")]
    if _("Delivered") != "Delivered":
        yield [_("Translation not yet checked by a native reader")]
    numbered = _("Page %(page)s of %(pages)s") % {"page": "|1|", "pages": "|1|"}
    yield [each.strip() for each in numbered.split("|") if each.strip()]
