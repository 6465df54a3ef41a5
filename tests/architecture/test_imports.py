"""The import law of the design, read from the source: who may import whom."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
APPS = ("logistics", "mailbags", "translations")
NAMES_ALL_APPS = {"logistics/settings.py", "logistics/urls.py", "logistics/wsgi.py"}

LAYERS = [
    {"errors", "permissions", "codes", "registry", "steps", "words", "chain", "loopback", "logs"},
    {"models"},
    {"queries"},
    {"actions"},
    {"documents", "reports", "resources", "checks", "templatetags"},
    {"demo"},
    {"forms"},
    {"views", "admin", "management", "api", "authentication", "middleware"},
    {"urls"},
]
LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
OUTSIDE_THE_LAYERS = {"settings", "wsgi", "apps", "migrations", "__init__"}


def sources(app: str) -> list[Path]:
    return [path for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]


def imports(path: Path) -> set[str]:
    """All modules that a file imports, also within functions."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            found.add(node.module or "")
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def layer(path: Path) -> str:
    return path.relative_to(ROOT).parts[1].removesuffix(".py")


ALL = [path for app in APPS for path in sources(app)]


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_file_imports_only_from_the_layers_above_its_own(path):
    mine = layer(path)
    if mine in OUTSIDE_THE_LAYERS:
        return
    assert mine in LEVEL, f"{mine} is in no layer of the law"
    app = path.relative_to(ROOT).parts[0]
    for module in imports(path):
        owner, _, rest = module.partition(".")
        theirs = rest.partition(".")[0]
        if owner == app and theirs in LEVEL and theirs != mine:
            assert LEVEL[theirs] < LEVEL[mine] or mine in LAYERS[0] and theirs in LAYERS[0], module


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_apps_import_only_downwards(path):
    app = path.relative_to(ROOT).parts[0]
    if str(path.relative_to(ROOT)) in NAMES_ALL_APPS:
        return
    forbidden = {"logistics": {"mailbags", "translations"}, "mailbags": {"translations"}, "translations": {"mailbags"}}
    assert not {module.partition(".")[0] for module in imports(path)} & forbidden[app]


def test_only_one_file_imports_weasyprint():
    importers = [str(path.relative_to(ROOT)) for path in ALL if any(m.startswith("weasyprint") for m in imports(path))]
    assert importers == ["logistics/documents/pdf.py"]


def test_only_one_function_writes_acts_entries_and_holdings():
    """`Entry(`, `Act(`, `Holding(` and their managers' writing methods stand in recording.py alone."""
    writers = set()
    for path in ALL:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call):
                called = ast.unparse(node.func)
                if called in {"Entry", "Act", "Holding"} or _writes(called):
                    writers.add(str(path.relative_to(ROOT)))
    assert writers == {"logistics/actions/recording.py"}


def _writes(called: str) -> bool:
    verbs = ("create", "bulk_create", "get_or_create", "update_or_create", "bulk_update")
    return any(called == f"{model}.objects.{verb}" for model in ("Entry", "Act", "Holding") for verb in verbs)


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_and_no_function_is_too_long(path):
    text = path.read_text()
    assert len(text.splitlines()) <= 400
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name


def test_nothing_is_called_a_utility():
    names = {path.name for path in ALL} | {part for path in ALL for part in path.parts}
    assert not names & {"utils.py", "helpers.py", "common", "common.py", "signals.py"}
