"""The demo, as its readers meet it: built on given days with the real theme, and served."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazette.build import Order, Report, build
from gazette.model.moment import PARIS
from gazette.pool import Pool
from tests.plain import files
from tests.samples import ROOT, TOKEN_SECRET

EDITIONS = ("public", "enseignants", "directeurs")


@dataclass
class Demo:
    """The demo circonscription in print, one day after the other."""

    output: Path
    pool: Pool
    built: dict[str, tuple[Report, dict[str, bytes]]] = field(default_factory=dict)

    def at(self, day: str) -> tuple[Report, dict[str, bytes]]:
        """Return what a build of that day tells, and every file it prints, by path."""
        if day not in self.built:
            now = datetime.fromisoformat(day).replace(hour=23, minute=59, tzinfo=PARIS)
            content, settings = ROOT / "content", ROOT / "pelicanconf.py"
            secret = {"token_secret": TOKEN_SECRET.encode()}
            order = Order(content=content, output=self.output, settings=settings, now=now, **secret)
            report = build(order, pool=self.pool)
            self.built[day] = report, files(self.output)
        return self.built[day]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Iterator[Demo]:
    """Give the demo, built for as many days as tests ask for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GAZETTE_CONTENU", str(ROOT / "content"))
        yield Demo(tmp_path_factory.mktemp("demo") / "output", pool)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files as any web server does, and keeps the terminal for failures."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served_files(tmp_path_factory: pytest.TempPathFactory, demo: Demo) -> Path:
    """Give the folder of the three editions of a day of class."""
    root = tmp_path_factory.mktemp("served")
    for path, data in demo.at("2027-03-10")[1].items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)
    return root


@pytest.fixture(scope="session")
def served(served_files: Path) -> Iterator[dict[str, str]]:
    """Serve those editions, each at an address of its own; give the addresses by name."""
    root = served_files
    servers = {
        name: ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(root / name))) for name in EDITIONS
    }
    for server in servers.values():
        threading.Thread(target=server.serve_forever, daemon=True).start()
    yield {name: f"http://127.0.0.1:{server.server_port}/" for name, server in servers.items()}
    for server in servers.values():
        server.shutdown()
        server.server_close()
