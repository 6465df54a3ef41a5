"""A server of the demonstration for one test worker: its own copy of the data, on a free port of this machine alone."""

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEY = "a-key-for-the-browser-tests-only-and-for-nothing-else-at-all"
PASSWORD = "lightpost-demo"  # of every demo login (logistics/demo/cast.py)
PATIENCE = 60  # seconds until a server that has not answered is given up


@dataclass(frozen=True)
class Site:
    """`address` has no slash at its end; `database` is the SQLite file that this server alone writes."""

    address: str
    database: Path

    def rows(self, query: str, *values: object) -> list[tuple]:
        """What the database holds, read beside the server."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            return connection.execute(query, values).fetchall()


def environment(database: Path, files: Path, port: int = 0, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LIGHTPOST_", "DJANGO_"))}
    files.mkdir(parents=True, exist_ok=True)
    return kept | {
        "LIGHTPOST_DEMO": "1",
        "LIGHTPOST_SECRET_KEY": KEY,
        "LIGHTPOST_HOSTS": "127.0.0.1",
        "LIGHTPOST_FILES": str(files),
        "LIGHTPOST_BIND": f"127.0.0.1:{port}",
        "DATABASE_URL": f"sqlite:///{database}",
        "PYTHONUTF8": "1",
    } | more


def made_once(folder: Path, name: str = "demo", *commands: list[str]) -> Path:
    """The database `name` in a folder that all workers of this run share, made by whoever comes first."""
    done = folder / f"{name}.db"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not done.exists():
            begun = folder / f"{name}-begun.db"
            for command in commands or (["migrate", "-v", "0"], ["demo"]):
                manage(command, environment(begun, folder / f"{name}-files"))
            settle(begun)
            begun.rename(done)
    return done


def settle(database: Path) -> None:
    """Everything into the one file, so that it can be copied."""
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def manage(arguments: list[str], environ: dict[str, str]) -> str:
    ran = subprocess.run(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environ, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, f"manage.py {' '.join(arguments)}: {ran.stdout}{ran.stderr}"
    return ran.stdout


@contextmanager
def serving(database: Path, folder: Path, **environ: str) -> Iterator[Site]:
    """A server over a copy of `database`, kept in `folder`, with more environment where it is given."""
    folder.mkdir(parents=True, exist_ok=True)
    own = folder / "site.db"
    shutil.copyfile(database, own)
    port = free_port()
    said = folder / "server.log"
    with said.open("w") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread"]
            + ["--threads", "4", "--log-level", "warning", "--no-control-socket", "logistics.wsgi"],
            cwd=ROOT,
            env=environment(own, folder / "files", port, **environ),
            stdout=log,
            stderr=subprocess.STDOUT,
        )
    try:
        wait_for(server, f"http://127.0.0.1:{port}", said)
        yield Site(f"http://127.0.0.1:{port}", own)
    finally:
        server.terminate()
        server.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        return held.getsockname()[1]


def wait_for(server: subprocess.Popen, address: str, said: Path) -> None:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    until = time.monotonic() + PATIENCE
    while True:
        assert server.poll() is None and time.monotonic() < until, f"The server did not start: {said.read_text()}"
        try:
            opener.open(f"{address}/sign-in/", timeout=5).close()
            return
        except urllib.error.HTTPError as error:
            raise AssertionError(f"The server answers {error.code}: {said.read_text()}") from error
        except OSError:
            time.sleep(0.1)
