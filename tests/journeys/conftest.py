"""The demo, as its readers meet it: built on given days with the real theme, and served."""

import shutil
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from gazette.build import build
from gazette.model.moment import PARIS
from gazette.order import Order, Report
from gazette.pool import Pool
from tests.disk import made_once
from tests.plain import files
from tests.samples import ROOT, TOKEN_SECRET

EDITIONS = ("public", "enseignants", "directeurs")


DAY = "2027-03-10"
"""A day of class, on which most tests read the demo."""


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
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("GAZETTE_CONTENU", str(content))
                patch.setattr("gazette.press.faces.is_installed", lambda: False)  # tests of faces look at its pictures
                report = build(order, pool=self.pool)
            self.built[day] = report, files(self.output)
        return self.built[day]


@pytest.fixture(scope="session")
def printed_demo(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Path:
    """Give the folder where the demo of a day of class is printed, once for all workers."""
    return made_once(tmp_path_factory, "demo-du-jour", lambda folder: Demo(folder / "output", pool).at(DAY))


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory, pool: Pool, printed_demo: Path) -> Demo:
    """Give the demo, built for as many days as tests ask for; what a day of class printed is remembered."""
    folder = tmp_path_factory.mktemp("demo")
    shutil.copytree(printed_demo, folder, dirs_exist_ok=True)
    return Demo(folder / "output", pool)


class Quiet(SimpleHTTPRequestHandler):
    """Serves files as any web server does, and keeps the terminal for failures."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="session")
def served_files(printed_demo: Path) -> Path:
    """Give the folder of the three editions of a day of class."""
    return printed_demo / "output"


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
