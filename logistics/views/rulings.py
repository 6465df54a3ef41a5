"""What a case team decides: consents, waivers, rules, situations, and what becomes of flagged bundles."""

from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from logistics import codes, permissions
from logistics.actions import consents, rules, situations
from logistics.forms.cases import ConsentForm, Decision, RuleEnd, RuleForm, SituationForm, Sure, Waiver
from logistics.models import Case, Flag, Holding, Rule
from logistics.queries.standing import holdings_of
from logistics.queries.timeline import where
from logistics.queries.waiting import flags_waiting
from logistics.views.answering import attempt, said
from logistics.views.cases import address_of, form_page, in_charge
from logistics.views.handles import handle
from logistics.views.opening import fetch, page


def _answer(
    request: HttpRequest, case: Case, form: Any, title: str, button: str, sentence: str, act: Callable[[dict[str, Any]], Any],
    answer: str = "",
) -> HttpResponse:  # fmt: skip
    """Ask, call the one action, and go back to what is known of the case."""
    if form.is_valid() and attempt(form, act, form.cleaned_data):
        return said(request, sentence, "case-about", case.campaign.slug, case.code)
    return form_page(request, form, title, button, address_of(case, "case-about"), case.shown_name, answer=answer)


@page(permissions.CASE_TEAM)
def consent_record(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A recipient agreed to something on a day."""
    case = in_charge(request, slug, code)

    def act(told: dict[str, Any]) -> Any:
        return consents.record_consent(told["recipient"], purpose=told["purpose"], given_on=told["day"], by=request.user)

    form = ConsentForm(request.POST or None, case=case, initial=_named(request))
    return _answer(request, case, form, _("Record a consent"), _("Record that they agreed"), _("The consent is recorded."), act)


@page(permissions.CASE_TEAM)
def consent_take_back(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A recipient wants no more of it."""
    case = in_charge(request, slug, code)

    def act(told: dict[str, Any]) -> Any:
        return consents.take_back_consent(told["recipient"], purpose=told["purpose"], on=told["day"], by=request.user)

    form = ConsentForm(request.POST or None, case=case, initial=_named(request))
    answer = _("From then on nothing new goes out that rests on it.")
    return _answer(
        request, case, form, _("Take a consent back"), _("Record that they want no more"), _("The consent is taken back."), act, answer
    )


def _named(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("recipient", "purpose") if name in request.GET}


@page(permissions.CASE_TEAM)
def consent_waive(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Mail may go out although nobody could be asked."""
    case = in_charge(request, slug, code)

    def act(told: dict[str, Any]) -> Any:
        return consents.waive_consent(case, reason=told["reason"], on=told["day"], by=request.user)

    form = Waiver(request.POST or None)
    return _answer(
        request, case, form, _("Waive the consent"), _("Let mail go out without a consent"), _("The consent is waived."), act
    )


@page(permissions.CASE_TEAM)
def waiver_end(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """From now on a consent is needed again."""
    case = in_charge(request, slug, code)
    form = Sure(request.POST if request.method == "POST" else None)
    answer = _("From then on nothing goes out until a recipient has agreed.")
    return _answer(
        request, case, form, _("End the waiver"), _("Ask for a consent again"), _("The waiver is ended."),
        lambda told: consents.end_waiver(case, by=request.user), answer,
    )  # fmt: skip


@page(permissions.CASE_TEAM)
def rule_add(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A new do or don't for writing to this case."""
    case = in_charge(request, slug, code)
    return _answer(
        request, case, RuleForm(request.POST or None), _("Record a rule"), _("Record the rule"), _("The rule is recorded."),
        lambda told: rules.record_rule(case, by=request.user, **told),
    )  # fmt: skip


def _rule(case: Case, number: int) -> Rule:
    """The latest version of a rule."""
    return fetch(Rule.objects.filter(case=case).order_by("-version"), number=number)


@page(permissions.CASE_TEAM)
def rule_change(request: HttpRequest, slug: str, code: str, number: int) -> HttpResponse:
    """The next version of a rule; the earlier ones stay."""
    case = in_charge(request, slug, code)
    rule = _rule(case, number)
    form = RuleForm(request.POST or None, initial={name: getattr(rule, name) for name in RuleForm.base_fields})
    answer = _("The version before stays readable.")
    return _answer(
        request, case, form, _("Change rule %(number)s") % {"number": number}, _("Record the new version"),
        _("The new version holds."), lambda told: rules.record_rule(case, replaces=rule, by=request.user, **told), answer,
    )  # fmt: skip


@page(permissions.CASE_TEAM)
def rule_end(request: HttpRequest, slug: str, code: str, number: int) -> HttpResponse:
    """A rule holds until a day."""
    case = in_charge(request, slug, code)
    rule = _rule(case, number)
    return _answer(
        request, case, RuleEnd(request.POST or None), _("End rule %(number)s") % {"number": number}, _("End the rule"),
        _("The rule has a last day."), lambda told: rules.end_rule(rule, on=told["day"], by=request.user), rule.text,
    )  # fmt: skip


@page(permissions.CASE_TEAM)
def situation_record(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """A dated fact about a recipient; what is on its way waits until it is decided on."""
    case = in_charge(request, slug, code)
    answer = _("Every bundle that is on its way then waits until you have said what becomes of it.")
    return _answer(
        request, case, SituationForm(request.POST or None, case=case), _("Record what happened"), _("Record it"),
        _("It is recorded. Decide next on what was on its way."),
        lambda told: situations.record_situation(case, by=request.user, **told), answer,
    )  # fmt: skip


@page(permissions.CASE_TEAM)
def case_flags(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """What becomes of the bundles that were on their way when something changed."""
    case = in_charge(request, slug, code)
    waiting = list(flags_waiting(request.user).filter(situation__case=case).select_related("bundle__label", "situation").order_by("pk"))
    held = holdings_of([flag.bundle for flag in waiting])
    flags = {handle("flag", flag.pk): flag for flag in Flag.objects.filter(situation__case=case)}
    offered = [(handle("flag", flag.pk), _flagged(flag, held[flag.bundle_id])) for flag in waiting]
    form = Decision(request.POST or None, flags=flags, offered=offered)
    if form.is_valid():
        chosen = form.cleaned_data["bundles"]
        if attempt(form, situations.decide_flags, chosen, decision=form.cleaned_data["decision"], by=request.user):
            sentence = ngettext("It is decided for %(n)s bundle.", "It is decided for %(n)s bundles.", len(chosen))
            return said(request, sentence % {"n": number_format(len(chosen), force_grouping=True)}, "case", slug, code)
    answer = _("They go on as planned, stay where they are, or are called back.") if waiting else _NONE_WAITS
    button = _("Decide on these bundles") if waiting or request.method == "POST" else ""
    return form_page(request, form, _("Decide on what was on its way"), button, address_of(case), case.shown_name, answer=answer)


_NONE_WAITS = gettext_lazy("No bundle of this case waits for a decision. They appear here when a situation is recorded.")


def _flagged(flag: Flag, held: Iterable[Holding]) -> str:
    """A bundle, where its pieces are, and what happened."""
    what = f"{flag.situation.get_what_display()}, {date_format(flag.situation.day, 'j F Y')}"
    places = [f"{where(row.place)}: {number_format(row.pieces, force_grouping=True)}" for row in held]
    return " · ".join([codes.grouped(flag.bundle.label.code), *places, what])
