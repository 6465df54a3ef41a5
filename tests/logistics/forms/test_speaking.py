"""Every form of every package says in our own sentences what is wrong with a value, and what to do."""

import importlib
import inspect
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core import validators
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy

from logistics.forms import recording, speaking, taking_over
from logistics.forms.acts_of import Recounting, Reversal
from logistics.forms.batches import PileLines
from logistics.forms.collections import CountedLines
from logistics.forms.deliveries import Known, Raise
from logistics.forms.shipments import Plan
from logistics.forms.signing import NewPassword, SignIn
from logistics.models import Campaign, Case, Delivery, Hub, Shipment, User
from logistics.registry import LabelSet
from tests import factories
from tests.architecture.test_imports import ALL, ROOT

pytestmark = pytest.mark.django_db
NONSENSE = ("", "x", "-1", "99999999999999999999", "1e9", "2026-02-31", "\0", "x" * 30_000)
CODE = "B4J8X1TC9Q0M"


def form_classes() -> list[type[forms.BaseForm]]:
    names = [str(path.relative_to(ROOT).with_suffix("")).replace("/", ".") for path in ALL]
    modules = [importlib.import_module(name) for name in names if ".forms" in name and not name.endswith("__init__")]
    found = {each for module in modules for _name, each in inspect.getmembers(module, inspect.isclass)}
    ours = [each for each in found if issubclass(each, forms.Form) and each.__module__ in {m.__name__ for m in modules}]
    return sorted(ours, key=lambda each: each.__qualname__)


def asked(kind: type[forms.BaseForm]) -> dict[str, Any]:
    """What each form is made with, by the name of the argument; a new name fails here and is given an example."""
    names = {name for each in kind.__mro__ if each.__module__.split(".")[0] != "django" and "__init__" in vars(each) for name in keywords(each)}
    examples = examples_for(kind)
    return {name: examples[name] for name in names}


def keywords(kind: type) -> list[str]:
    parameters = inspect.signature(vars(kind)["__init__"]).parameters.values()
    return [each.name for each in parameters if each.kind == each.KEYWORD_ONLY and each.default is each.empty]


def examples_for(kind: type[forms.BaseForm]) -> dict[str, Any]:
    held = recording.With(CODE, CODE, "letter", "solidarity", {"field": 25})
    bundles = [held] if kind is recording.Deliver else [(CODE, "of Hakan")]
    return {
        "people": User.objects.all(), "hubs": [("north", "North"), ("south", "South")] if "Coming" in kind.__name__ else Hub.objects.all(),
        "known": {}.values() if kind.__name__ in ("PileLine", "InHand") else {}, "limit": 100, "case": Case(pk=1),
        "campaign": Campaign(pk=1), "by": factories.make_user("coordinator"), "besides": set(), "bundles": bundles,
        "flags": {CODE: object()}, "offered": [(CODE, "25 letters")], "rows": [Known(CODE, CODE, "close", 25, "letter")] if kind is Raise else [(CODE, "25 letters")],
        "deliveries": Delivery.objects.all(), "places": [("field.3", "with you"), ("transit.4", "on the way")],
        "ends": [("hub:north", "North")], "found": LabelSet(CODE, (CODE,), "en"), "campaigns": [], "countries": [],
        "starts": [("field.3", "with you"), ("deferred.1", "kept")], "most": 3, "workers": User.objects.all(), "beside": {}, "is_empty": True,
        "shipments": Shipment.objects.all(), "bags": [taking_over.ExpectedBag(CODE, CODE, "A-1")],
        "expected": [taking_over.Expected(CODE, CODE, CODE, "letter", 25, "HY")], "first": lambda _codes: {}, "languages": [],
    }  # fmt: skip


def made(kind: type[forms.BaseForm], data: Any, files: Any = None) -> forms.BaseForm:
    if issubclass(kind, NewPassword):
        return kind(factories.make_user(), data)
    if issubclass(kind, SignIn):
        return kind(None, data)
    return kind(data, files=files, **asked(kind)) if "Asked" not in kind.__name__ else kind(data, **asked(kind))


def djangos() -> re.Pattern[str]:
    """Whatever Django's own fields, validators and forms can say."""
    kinds = [*vars(forms.fields).values(), *vars(forms.models).values(), *vars(auth_forms).values()]
    both = ("default_error_messages", "error_messages")
    told = [each for kind in kinds for name in both for each in dict(getattr(kind, name, None) or {}).values()]
    told += [each.message for each in vars(validators).values() if inspect.isclass(each) and hasattr(each, "message")]
    told += [forms.fields.CharField(max_length=9).validators[0].message, *forms.BaseFormSet.default_error_messages.values()]
    told += [each.get_error_message() for each in (MinimumLengthValidator(), CommonPasswordValidator())]
    told += ["Null characters are not allowed.", "This password is", "The password is too similar", "This field", "Ensure "]
    patterns = {pattern(str(each)) for each in told}
    return re.compile("|".join(each for each in patterns if len(each) > 8))


def pattern(sentence: str) -> str:
    return ".+".join(re.escape(part) for part in re.split(r"%\(\w+\)[sd]", sentence) if part.strip())


def answers(kind: type[forms.BaseForm]) -> Iterator[str]:
    """Everything that a form says to nothing, and to nonsense in each of its fields, as one value and as a list."""
    names = list(made(kind, {}).fields)
    files = MultiValueDict({name: [SimpleUploadedFile("x" * 300, b"")] for name in names})
    for value in NONSENSE:
        form = made(kind, MultiValueDict({name: [value, value] for name in names}), files if value else None)
        yield from (text for errors in form.errors.values() for text in errors)


@pytest.mark.parametrize("kind", form_classes(), ids=lambda kind: kind.__qualname__)
def test_a_form_says_in_our_own_sentences_what_cannot_be(kind):
    said = set(answers(kind))

    assert [text for text in said if djangos().search(text)] == []
    assert not kind.base_fields or issubclass(kind, speaking.Speaking)


def test_lines_that_are_lost_or_too_many_are_told_in_our_own_sentences():
    for kind in (PileLines, CountedLines):
        for data in ({}, {"form-TOTAL_FORMS": "4000", "form-INITIAL_FORMS": "0"}):
            told = kind(data, form_kwargs={"known": {}}).non_form_errors()
            assert told and not djangos().search(" ".join(told))


class Plain(forms.Form):
    many = forms.IntegerField(max_value=10)


def test_a_sentence_of_djangos_would_be_found():
    for typed in ({}, {"many": "x"}, {"many": "11"}):
        assert djangos().search(" ".join(Plain(typed).errors["many"]))


class Spoken(speaking.Speaking, Plain):
    many = forms.IntegerField(label=gettext_lazy("Pieces"), max_value=20_000, min_value=1)
    own = forms.CharField(error_messages={"required": "Say it."})


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "There is no number at “Pieces”. Write it in digits."),
        ("many", "That is no whole number. Write it in digits: 25."),
        ("0", "That is too small a number. Write 1 or more."),
        ("20001", "That is too large a number. Write 20,000 or less."),
    ],
)
def test_a_number_that_cannot_be_is_told_with_its_limit_grouped(typed, sentence):
    form = Spoken({"many": typed})
    assert form.errors == {"many": [sentence], "own": ["Say it."]}
    form.full_clean()
    assert form.errors["own"] == ["Say it."]


def test_what_nobody_types_is_told_as_lost_and_not_by_its_name():
    class Keyed(speaking.Speaking, forms.Form):
        key = forms.UUIDField(widget=forms.HiddenInput)

    assert Keyed({}).errors == Keyed({"key": "x"}).errors == {"key": [str(speaking.LOST)]}


OF_STAYING_EMPTY = re.compile(r"\b(if|where it is another|left empty|leave it empty)\b", re.IGNORECASE)


@pytest.mark.parametrize("kind", [each for each in form_classes() if each.base_fields], ids=lambda kind: kind.__qualname__)
def test_a_field_is_told_once_when_it_may_stay_empty(kind):
    marked = [each for each in made(kind, {}).fields.values() if not each.required and not getattr(each, "depends", False)]
    told = [f"{each.label} {each.help_text}" for each in marked if not isinstance(each.widget, forms.HiddenInput)]
    by_themselves = {"Number on it, if it is another "}  # beside the seal, where no mark stands
    assert {words for words in told if OF_STAYING_EMPTY.search(words)} <= by_themselves


def test_the_mark_beside_an_optional_field_is_one_wording():
    field = Marked({})["note"]
    told = render_to_string("parts/_field.html", {"field": field})
    assert "may stay empty" in told
    speaking.depends(field.field)
    assert "may stay empty" not in render_to_string("parts/_field.html", {"field": field})


class Marked(speaking.Speaking, forms.Form):
    note = forms.CharField(required=False)


def test_where_it_helps_a_field_says_by_its_own_name_what_to_do():
    for kind, name, sentence in (
        (Plan, "from_hub", "Choose the hub that it leaves from."), (Recounting, "found", "Write how many you count; 0 where none is there."),
        (Reversal, "reason", "Say why it is taken back."),
    ):  # fmt: skip
        assert made(kind, {}).errors[name] == [sentence]
