"""What a packing list says of a bag: what lies in it now or, once it has left, what lay in it when it was sealed last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from logistics import registry, steps
from logistics.errors import Refused
from logistics.models import Entry, Label, User
from logistics.queries import scope
from logistics.queries.standing import standing_entries, steps_of
from logistics.steps import Step
from logistics.words import TranslationPolicy
from mailbags.models import Content, Mailbag, Seal
from mailbags.queries.bags import bags, seal_on
from mailbags.queries.packing_facts import CaseList, PackedBundle, PackingFacts


def packed_codes(user: User) -> list[str]:
    """The codes of the bags in which something lies or lay, as their labels are now, in order."""
    packed = bags(user).filter(Exists(Content.objects.filter(bag=OuterRef("pk"))))
    return sorted(newest(bag.label).code for bag in packed.select_related("label__replaced_by"))


def newest(label: Label) -> Label:
    """The label that is on the thing now."""
    while label.replaced_by is not None:
        label = label.replaced_by
    return label


def bag_of(code: str, user: User) -> Mailbag:
    """The bag with this code on its label, now or once. Refused: `unknown_mailbag`."""
    label = Label.objects.filter(code=code).first()
    while label and (older := Label.objects.filter(replaced_by=label).first()):
        label = older
    bag = bags(user).filter(label=label).select_related("label__replaced_by", "shipment").first() if label else None
    if bag is None:
        raise Refused("unknown_mailbag", _("There is no mailbag with this code here. Look at the code again."))
    return bag


def facts(bag: Mailbag, user: User) -> PackingFacts:
    """One list for each case in the bag, by its code. Refused: `bag_empty`. A constant number of queries."""
    seal = Seal.objects.filter(bag=bag, act__isnull=False).last() if bag.shipment.is_dispatched else seal_on(bag)
    lying = list(_lying(bag, seal).filter(bundle__in=scope.bundles(user).values("pk")))
    if not lying:
        raise Refused("bag_empty", _("There is nothing in this bag. Pack it first, then print its list."))
    packed = _packed(lying)
    cases = sorted({content.bundle.case for content in lying}, key=lambda case: (case.campaign.slug, case.code))
    return PackingFacts(
        code=newest(bag.label).code,
        is_constructed=any(case.campaign.is_constructed for case in cases),
        packed_on=max(content.put_in.day for content in lying),
        sealed_on=seal.applied_on if seal else None,
        is_witnessed=bool(seal and seal.witness_id),
        lists=tuple(
            CaseList(
                name=case.shown_name,
                needs_summaries=case.translation_policy != TranslationPolicy.NOT_NEEDED,
                bundles=tuple(packed[content.bundle_id] for content in lying if content.bundle.case_id == case.pk),
                languages=tuple(case.languages),
            )
            for case in cases
        ),
    )


def _lying(bag: Mailbag, seal: Seal | None) -> QuerySet[Content]:
    rows = Content.objects.filter(bag=bag).select_related("bundle__label__replaced_by", "bundle__case__campaign", "put_in")
    if seal is None or not bag.shipment.is_dispatched:
        return rows.filter(taken_out=None).order_by("pk")
    still = Q(taken_out=None) | Q(taken_out__gt=seal.act_id)
    return rows.filter(still, put_in__lt=seal.act_id).order_by("pk")


def _packed(lying: list[Content]) -> dict[int, PackedBundle]:
    """By the bundle's key. The pieces are those of the act that put it in."""
    bundles = [content.bundle for content in lying]
    pieces, counted = _pieces(lying), _counted(lying)
    done, languages = steps_of(bundles), _languages([bundle.pk for bundle in bundles])
    return {
        bundle.pk: PackedBundle(
            code=newest(bundle.label).code,
            country=bundle.country,
            kind=bundle.kind,
            pieces=pieces[bundle.pk],
            counted_on=counted.get(bundle.pk),
            is_summarised=Step.SUMMARISED in done[bundle.pk],
            summary_languages=languages.get(bundle.pk, ()) if Step.SUMMARISED in done[bundle.pk] else (),
            is_waived=Step.WAIVED in done[bundle.pk],
        )
        for bundle in bundles
    }


def _pieces(lying: Iterable[Content]) -> dict[int, int]:
    put_in = {(content.put_in_id, content.bundle_id) for content in lying}
    rows = Entry.objects.filter(act__in={act for act, _ in put_in}, to_place__kind=steps.BAG).order_by()
    pieces: dict[int, int] = defaultdict(int)
    for act, bundle, number in rows.values_list("act", "bundle", "pieces"):
        if (act, bundle) in put_in:
            pieces[bundle] += number
    return pieces


def _counted(lying: Iterable[Content]) -> dict[int, date]:
    """The last day on which each bundle was counted before it was packed: whatever came over the border was."""
    put_in = {content.bundle_id: content.put_in_id for content in lying}
    over_the_border = Q(step=Step.RECOUNTED) | ~Q(from_border="")
    rows = standing_entries().filter(over_the_border, bundle__in=put_in).order_by("bundle", "sequence")
    days = rows.values_list("bundle", "act", "day")
    return {bundle: day for bundle, act, day in days if act < put_in[bundle]}


def _languages(bundles: list[int]) -> Mapping[int, tuple[str, ...]]:
    """In which languages there are approved summaries, from whoever keeps them."""
    found: dict[int, tuple[str, ...]] = {}
    for find in registry.summary_languages:
        found |= find(bundles)
    return found
