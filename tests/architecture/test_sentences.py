"""Whatever is refused is said in the language of the page: a sentence that gettext does not know is never translated."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from logistics import permissions
from logistics.actions.things import THINGS
from logistics.views import trail
from logistics.words import CaseStatus, ConsentPurpose, FlagDecision, SituationWhat
from tests.architecture.test_imports import ALL, ROOT

COMMAND_LINE_ONLY = (
    "logistics/demo/", "logistics/management/", "logistics/resources/campaign_files/", "logistics/reports/head.py",
)  # fmt: skip
"""Who runs a command reads English, as the documentation of the commands is."""
GETTEXT = {"_", "gettext", "gettext_lazy", "pgettext", "ngettext", "npgettext"}
NAMES = (ast.Name, ast.Attribute, ast.Subscript)
"""What has a name was translated where it got it, and is looked at there."""
TWO_WORDS = re.compile(r"[^\W\d_]{2,} [^\W\d_]{2,}")
MARKUP = re.compile(r"<[^>]*>")
OF_PAGES = re.compile(r"\w+/(views|forms|templatetags)\b")


def sources() -> list[Path]:
    return [path for path in ALL if not str(path.relative_to(ROOT)).startswith(COMMAND_LINE_ONLY)]


def calls(node: ast.AST, *names: str) -> Iterator[ast.Call]:
    return (each for each in ast.walk(node) if isinstance(each, ast.Call) and ast.unparse(each.func) in names)


def is_translated(sentence: ast.expr) -> bool:
    """Whether it is a call of gettext, with values put into it or not, or of a function that words it, or has a name."""
    if isinstance(sentence, ast.BinOp) and isinstance(sentence.op, ast.Mod):
        return is_translated(sentence.left)
    if isinstance(sentence, ast.IfExp):
        return is_translated(sentence.body) and is_translated(sentence.orelse)
    return isinstance(sentence, NAMES) or isinstance(sentence, ast.Call) and isinstance(sentence.func, ast.Name)


def untranslated(tree: ast.AST) -> list[str]:
    """Sentences that are refused with, or given the name `sentence`, and that nobody can translate."""
    refused = [call.args[1] for call in calls(tree, "Refused", "Unreadable") if len(call.args) > 1]
    named = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Assign) and any(ast.unparse(target) == "sentence" for target in node.targets)
    ]
    return [ast.unparse(each) for each in (*refused, *named) if not is_translated(each)]


def in_english_only(tree: ast.AST) -> list[str]:
    """Texts of two words and more outside gettext; what is split into codes, and what says the promise, is none."""
    if isinstance(tree, ast.Call) and ast.unparse(tree.func) in GETTEXT:
        return []
    if isinstance(tree, ast.Expr) and isinstance(tree.value, ast.Constant) or isinstance(tree, ast.Attribute) and tree.attr == "split":
        return []
    found = [text for child in ast.iter_child_nodes(tree) for text in in_english_only(child)]
    if isinstance(tree, ast.Constant) and isinstance(tree.value, str) and TWO_WORDS.search(MARKUP.sub("", tree.value)):
        found.append(tree.value)
    return found


def composed(tree: ast.AST) -> list[str]:
    """What gettext is asked for although it is another text each time: it is in no catalogue."""
    asked = [argument for call in calls(tree, *GETTEXT) for argument in call.args[:2]]
    return [ast.unparse(each) for each in asked if isinstance(each, ast.JoinedStr | ast.BinOp)]


def shadowed(tree: ast.AST) -> list[str]:
    """Functions that translate with `_` and also throw something away under that name."""
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    return [
        function.name
        for function in functions
        if any(calls(function, "_"))
        and any(isinstance(n, ast.Name) and n.id == "_" and isinstance(n.ctx, ast.Store) for n in ast.walk(function))
    ]


@pytest.mark.parametrize("path", sources(), ids=lambda path: str(path.relative_to(ROOT)))
def test_every_refusal_can_be_translated(path):
    tree = ast.parse(path.read_text())

    assert untranslated(tree) == []
    assert composed(tree) == []
    assert shadowed(tree) == []


@pytest.mark.parametrize("path", [path for path in ALL if OF_PAGES.match(str(path.relative_to(ROOT)))], ids=lambda path: str(path.relative_to(ROOT)))
def test_a_page_says_nothing_that_cannot_be_translated(path):
    assert in_english_only(ast.parse(path.read_text())) == []


def test_what_is_not_found_or_not_saved_has_a_word_that_can_be_translated():
    asked = {
        call.args[at].value
        for path in sources()
        for name, at in (("locked", 2), ("clean", 1))
        for call in calls(ast.parse(path.read_text()), name)
        if len(call.args) > at and isinstance(call.args[at], ast.Constant)
    }
    assert asked == set(THINGS)


def test_every_word_of_the_audit_trail_can_be_translated():
    noted = [call.args[1] for path in ALL for call in calls(ast.parse(path.read_text()), "note", "auditing.note")]
    plain = {word.value for word in noted if isinstance(word, ast.Constant)}
    begun = {ast.unparse(word.values[0]).strip("'") for word in noted if isinstance(word, ast.JoinedStr)}

    assert plain < set(trail.WORDS)
    assert {word.removesuffix(":") for word in begun} - {"case_"} < set(trail.WORDS)
    assert {f"case_{status}" for status in CaseStatus.values} < set(trail.WORDS)
    details = set(dict(permissions.ROLES))
    details |= {*ConsentPurpose.values, *SituationWhat.values, *FlagDecision.values}
    assert details <= set(trail.DETAILS)


@pytest.mark.parametrize(
    "sentence",
    ['"No such bag."', 'f"No bag {code}."', '"No bag " + code', '" ".join(parts)', '"No bag %s." % code'],
)
def test_a_sentence_of_english_only_would_be_found(sentence):
    assert len(untranslated(ast.parse(f'raise Refused("unknown_bag", {sentence})'))) == 1
    assert len(untranslated(ast.parse(f"sentence = {sentence}"))) == 1


@pytest.mark.parametrize("sentence", ['_("No bag.")', '_("No bag %(code)s.") % {"code": code}', "sentence % values", "told"])
def test_a_sentence_that_is_translated_passes(sentence):
    assert untranslated(ast.parse(f'raise Refused("unknown_bag", {sentence})')) == []


def test_a_text_in_english_only_would_be_found():
    page = 'def show():\n    """What it is."""\n    return say(f"{n} of them", _("All is well."), "a b".split(), "code")'
    assert in_english_only(ast.parse(page)) == [" of them"]
    assert in_english_only(ast.parse(page.replace(" of", " out of"))) == [" out of them"]


def test_a_composed_text_and_a_shadowed_name_would_be_found():
    assert len(composed(ast.parse('_(f"No bag {code}.")\nngettext("a", f"{n} b", n)'))) == 2
    assert shadowed(ast.parse('def refuse():\n    slug, _, code = parts\n    return _("No bag.")')) == ["refuse"]


QUANTITIES = {"n", "before", "there", "wanted", "limit", "most", "pieces", "stated", "found", "all", "of", "done"}
"""What a sentence calls a number that it holds."""
GROUPING = {"figure", "grouped", "number_format", "intcomma"}
BY_ITS_NUMBER = {"case_page.py: each.recipient.number", "returns.py: line.row"}
"""Numbers that are names: a recipient, a row of a file."""


def ungrouped(path: Path, tree: ast.AST) -> list[str]:
    """Numbers that are put into sentences as they are; with `%d` they cannot even be grouped."""
    texts = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    filled = [node.right for node in ast.walk(tree) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod)]
    pairs = [pair for each in filled if isinstance(each, ast.Dict) for pair in zip(each.keys, each.values, strict=True)]
    raw = [
        f"{path.name}: {ast.unparse(value)}"
        for key, value in pairs
        if isinstance(key, ast.Constant) and key.value in QUANTITIES
        and not (isinstance(value, ast.Call) and ast.unparse(value.func) in GROUPING)
    ]  # fmt: skip
    return [each for each in raw if each not in BY_ITS_NUMBER] + [text for text in texts if re.search(r"%\(\w+\)d", text)]


OF_PAPERS = re.compile(r"\w+/documents/")
"""They group by the language of the paper."""
SPOKEN = [path for path in sources() if not OF_PAPERS.match(str(path.relative_to(ROOT)))]


@pytest.mark.parametrize("path", SPOKEN, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_number_in_a_sentence_is_grouped_as_the_reader_groups_it(path):
    assert ungrouped(path, ast.parse(path.read_text())) == []


@pytest.mark.parametrize("sentence", ['_("%(n)s people.") % {"n": people}', '_("%(n)d people.") % {"n": figure(people)}'])
def test_a_number_that_is_not_grouped_would_be_found(sentence):
    assert len(ungrouped(Path("any.py"), ast.parse(sentence))) == 1
