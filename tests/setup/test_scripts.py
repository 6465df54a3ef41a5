"""bin/demo and bin/test say what is missing, and stop, where they cannot help themselves."""

import os
import shutil
import socket
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEBIAN = "ID=debian\nVERSION_ID=12\n"


def run(script: str, *arguments: str, path: str | None = None, **environ: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [shutil.which("bash"), str(ROOT / script), *arguments],
        env={"PATH": path or os.environ["PATH"], **environ},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def bare(tmp_path) -> Path:
    """A copy of the scripts alone, so that nothing they might do touches this folder."""
    shutil.copytree(ROOT / "bin", tmp_path / "bin")
    return tmp_path


def run_bare(folder: Path, script: str, *arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    return run(str(folder / script), *arguments, **environ)


def os_release(folder: Path, text: str) -> str:
    (folder / "os-release").write_text(text)
    return str(folder / "os-release")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ID=fedora\nVERSION_ID=43\n", "fedora 43"),
        ('ID=debian\nVERSION_ID="11"\n', "debian 11"),
        ('ID=ubuntu\nVERSION_ID="22.04"\n', "ubuntu 22.04"),
        ("ID=debian\n", "debian without a version"),
        ("", "unknown without a version"),
    ],
)
def test_on_an_unknown_system_the_demo_says_what_to_install(bare, text, name):
    answer = run_bare(bare, "bin/demo", "--no-serve", LIGHTPOST_OS_RELEASE=os_release(bare, text))

    assert answer.returncode == 3
    assert answer.stderr.startswith(f"This system ({name}) is not one that this script can install packages on.\n")
    for needed in ("Python 3.11, 3.12 or 3.13", "Pango", "HarfBuzz", "Noto fonts"):
        assert needed in answer.stderr
    assert "PostgreSQL" not in answer.stderr
    assert not (bare / ".venv").exists()


def test_on_an_unknown_system_the_tests_ask_for_postgresql_as_well(bare):
    answer = run_bare(bare, "bin/test", LIGHTPOST_OS_RELEASE=os_release(bare, "ID=fedora\n"))

    assert answer.returncode == 3
    assert "the PostgreSQL server" in answer.stderr


def test_a_system_file_that_is_not_there_is_an_unknown_system(bare):
    answer = run_bare(bare, "bin/demo", "--no-serve", LIGHTPOST_OS_RELEASE=str(bare / "nothing"))

    assert answer.returncode == 3
    assert "This system (unknown) is not one" in answer.stderr


def tools(folder: Path, *names: str) -> Path:
    """A folder with these programs and no others, to be the PATH."""
    programs = folder / "programs"
    programs.mkdir()
    for name in names:
        (programs / name).symlink_to(shutil.which(name))
    return programs


def fake(programs: Path, name: str, script: str) -> None:
    (programs / name).write_text(f"#!{shutil.which('bash')}\n{script}\n")
    (programs / name).chmod(0o755)


BARE_TOOLS = ("bash", "dirname", "sort", "tail", "ls", "mktemp", "rm", "env", "cat")


@pytest.mark.parametrize("version", ["3.10", "3.14"])
def test_a_python_of_the_wrong_age_is_named(bare, version):
    programs = tools(bare, *BARE_TOOLS)
    fake(programs, "apt-get", "exit 1")
    fake(programs, "python3", f'[ "$1" = --version ] && echo "Python {version}.1" || exit 1')

    answer = run_bare(
        bare, "bin/demo", "--no-serve", path=str(programs), LIGHTPOST_OS_RELEASE=os_release(bare, DEBIAN)
    )

    assert answer.returncode == 5
    assert answer.stderr.startswith(f"Lightpost needs Python 3.11, 3.12 or 3.13; here is Python {version}.1.\n")


def test_without_root_or_sudo_the_missing_packages_are_named(bare):
    programs = tools(bare, *BARE_TOOLS)
    fake(programs, "id", "echo 1000")
    fake(programs, "apt-get", "exit 1")
    fake(programs, "dpkg-query", "exit 1")
    fake(programs, "python3", "exit 0")

    answer = run_bare(
        bare, "bin/demo", "--no-serve", path=str(programs), LIGHTPOST_OS_RELEASE=os_release(bare, DEBIAN)
    )

    assert answer.returncode == 4
    assert "neither root nor sudo" in answer.stderr
    assert "apt-get install --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0" in answer.stderr


def test_only_what_is_missing_is_installed(bare):
    programs = tools(bare, *BARE_TOOLS)
    fake(programs, "id", "echo 1000")
    fake(programs, "apt-get", "exit 1")
    fake(programs, "dpkg-query", '[[ "$*" == *pango* || "$*" == *fonts* ]] && printf installed || exit 1')
    fake(programs, "python3", "exit 0")

    answer = run_bare(
        bare, "bin/demo", "--no-serve", path=str(programs), LIGHTPOST_OS_RELEASE=os_release(bare, DEBIAN)
    )

    assert answer.stderr.splitlines()[-1].endswith("--no-install-recommends libharfbuzz-subset0")


@pytest.mark.parametrize(
    ("script", "system", "browser", "wanted"),
    [
        ("bin/test", DEBIAN, "", True),
        ("bin/test", "ID=debian\nVERSION_ID=13\n", "", True),
        ("bin/test", 'ID=ubuntu\nVERSION_ID="24.04"\n', "", False),
        ("bin/demo", DEBIAN, "", False),
        ("bin/test", DEBIAN, "exec /usr/lib/chromium/chromium", False),
        ("bin/test", DEBIAN, "exec /snap/bin/chromium", True),
    ],
)
def test_a_browser_is_installed_for_the_tests_where_debian_has_it(bare, script, system, browser, wanted):
    programs = tools(bare, *BARE_TOOLS, "readlink", "head", "grep")
    fake(programs, "id", "echo 1000")
    fake(programs, "apt-get", "exit 1")
    fake(programs, "dpkg-query", "exit 1")
    fake(programs, "python3", "exit 0")
    if browser:
        fake(programs, "chromium", browser)

    aside = ["--no-serve"] if script == "bin/demo" else []  # whether its port is free is another matter
    answer = run_bare(bare, script, *aside, path=str(programs), LIGHTPOST_OS_RELEASE=os_release(bare, system))

    assert answer.returncode == 4
    assert (" chromium" in answer.stderr.splitlines()[-1]) == wanted
    assert (" libatomic1" in answer.stderr.splitlines()[-1]) == (script == "bin/test" and "debian" in system.lower())


@pytest.mark.parametrize(("browser", "told"), [("", True), ("exec snap run chromium", True), ("exec chromium", False)])
def test_tests_that_were_not_run_are_named(bare, browser, told):
    programs = tools(bare, *BARE_TOOLS, "readlink", "head", "grep", "find")
    (bare / "tests" / "browser" / "story").mkdir(parents=True)
    (bare / "tests" / "browser" / "story" / "test_the_story.py").touch()
    if browser:
        fake(programs, "chromium-browser", browser)
    command = [shutil.which("bash"), "-c", f". {bare}/bin/_setup.sh; tell_what_was_not_run"]
    said = subprocess.run(command, env={"PATH": str(programs)}, capture_output=True, text=True, check=True).stdout

    assert ("NOT RUN: the tests in a browser." in said) == told
    assert ("tests/browser/story/test_the_story.py" in said) == told
    assert bool(said) == told
    assert "\ntell_what_was_not_run\n" in (ROOT / "bin" / "test").read_text()


def test_packages_that_cannot_be_installed_are_named(bare):
    programs = tools(bare, *BARE_TOOLS)
    fake(programs, "id", "echo 0")
    fake(programs, "apt-get", 'echo "E: no network"; exit 100')
    fake(programs, "dpkg-query", '[[ "$*" == *mono ]] && exit 1 || printf installed')
    fake(programs, "python3", "exit 0")

    answer = run_bare(
        bare, "bin/demo", "--no-serve", path=str(programs), LIGHTPOST_OS_RELEASE=os_release(bare, DEBIAN)
    )

    assert answer.returncode == 4
    assert answer.stderr.splitlines() == [
        "E: no network",
        "The packages could not be installed. By hand: apt-get install --no-install-recommends fonts-noto-mono",
    ]


@pytest.mark.parametrize("arguments", [["--port"], ["--port", "0"], ["--port", "65536"], ["--port=http"], ["--prot"]])
def test_an_option_that_cannot_be_meant_is_refused_before_anything_is_done(bare, arguments):
    answer = run_bare(bare, "bin/demo", *arguments)

    assert answer.returncode == 2
    assert answer.stdout == "" and answer.stderr.count("\n") == 1
    assert "for example: bin/demo --port 8080" in answer.stderr or "bin/demo --help" in answer.stderr


def test_a_port_that_is_taken_is_told_before_anything_is_done(bare):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        answer = run_bare(bare, "bin/demo", "--port", str(port))

    assert answer.returncode == 6
    assert answer.stderr == (
        f"Port {port} is taken: something else listens there. Try: bin/demo --port {port % 65535 + 1}\n"
    )


def test_help_names_every_option(bare):
    answer = run_bare(bare, "bin/demo", "--help")

    assert answer.returncode == 0
    for option in ("--port N", "--no-serve", "--fresh", "--help", "127.0.0.1:8000"):
        assert option in answer.stdout


def test_every_script_is_bash_without_a_fault_in_it():
    for script in ("bin/demo", "bin/test", "bin/_setup.sh", ".ci/run"):
        checked = subprocess.run(["bash", "-n", ROOT / script], capture_output=True, text=True, check=False)
        assert (script, checked.returncode, checked.stderr) == (script, 0, "")


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-test.txt"])
def test_a_lock_pins_everything_by_hash_and_names_no_registry(lock):
    lines = (ROOT / lock).read_text().splitlines()
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]

    assert len(packages) > 20
    assert all("==" in line and line.endswith("\\") for line in packages)
    assert not [line for line in lines if "http" in line or "index" in line]


def test_the_tests_run_on_the_versions_that_the_demo_runs_on():
    def pins(lock: str) -> set[str]:
        return {line for line in (ROOT / lock).read_text().splitlines() if "==" in line}

    assert pins("requirements.txt") <= pins("requirements-test.txt")


def test_the_demo_runs_a_worker_beside_the_server_and_stops_both(bare):
    """The server of this test ends as soon as there is a worker; the worker would stay for ever."""
    for name in ("requirements.txt", ".venv/installed-requirements.txt"):
        (bare / name).parent.mkdir(exist_ok=True)
        (bare / name).write_text("the same lock")
    (bare / ".venv/bin").mkdir()
    programs = bare / "programs"
    programs.mkdir()
    fake(programs, "curl", "exit 0")
    until_there_is_a_worker = "until [ -s worker.pid ]; do read -t 0.05 <> <(:) || true; done"
    fake(
        bare / ".venv/bin",
        "python",
        f'case "$*" in *gunicorn*) {until_there_is_a_worker} ;; '
        "*db_worker*) echo $$ > new.pid; mv new.pid worker.pid; exec tail -f /dev/null ;; esac",
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]

    path = f"{programs}:{os.environ['PATH']}"
    answer = run_bare(bare, "bin/demo", "--port", str(port), path=path, LIGHTPOST_SYSTEM="ready")

    assert (answer.returncode, answer.stderr) == (0, "")
    with pytest.raises(ProcessLookupError):
        os.kill(int((bare / "worker.pid").read_text()), 0)
