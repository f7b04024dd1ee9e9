"""What every test may ask for."""

import gc
import importlib
import os
import pkgutil
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

import gazette
from gazette.build import build
from gazette.pool import Pool, _Worker
from gazette.press.faces import Eyes
from gazette.read import READER
from gazette.state import state_folder
from tests.browser import FLAGS, chromium
from tests.disk import MEMORY, made_once
from tests.plain import print_plain
from tests.samples import CONTENT, Site, copied_site

for name in ("GITLAB_CI", "GITHUB_ACTIONS"):  # a test that wants a forge says so
    os.environ.pop(name, None)
if MEMORY:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", MEMORY)  # what ``tmp_path`` stands in
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # hundreds of processes import the same modules
sys.dont_write_bytecode = False
gc.set_threshold(50_000, 20, 100)  # thousands of tests live here: going through them again took a tenth of the time

settings.register_profile("ordinaire", max_examples=25, deadline=None, derandomize=True)
settings.register_profile("complet", max_examples=500, deadline=None)
settings.load_profile("complet" if os.environ.get("GAZETTE_COMPLET") else "ordinaire")


LONGEST = "journeys publish tests withdrawal write press newsdesk preview web rgpd".split()
"""Folders whose modules take longest, which workers begin with: at the end, none waits for another."""


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest."""
    ranks = {name: rank for rank, name in enumerate(LONGEST)}
    items.sort(key=lambda item: ranks.get(item.path.parent.name, len(ranks)))


def pytest_collection_finish() -> None:
    """Import the whole program first: Hypothesis draws constants from what is imported, so that order changed draws."""
    for module in pkgutil.walk_packages(gazette.__path__, "gazette."):
        importlib.import_module(module.name)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Give a test module its headless Chromium; each test opens its own context in it.

    Not for the whole session: while it is open this thread has a running event loop, and ``asyncio.run`` refuses.
    """
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=list(FLAGS))
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def pool() -> Iterator[Pool]:
    """Give all tests of a run the same workers: starting them costs more than most tests."""
    with Pool(READER) as workers:
        yield workers


_idle: defaultdict[str, list[_Worker]] = defaultdict(list)
"""Workers that no pool of this process has now, by module: they remember nothing of what they answered."""


@pytest.fixture(autouse=True)
def _lent(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lend workers from test to test: a thousand starts were a tenth of the time. Tests of pools start their own."""
    if "own_workers" in request.fixturenames:
        return

    def begun(module: str) -> _Worker:
        try:
            return _idle[module].pop()
        except IndexError:
            return _Worker(module)

    def close(pool: Pool) -> None:
        while not pool.idle.empty():
            _idle[pool.module].append(pool.idle.get())

    monkeypatch.setattr("gazette.pool._Worker", begun)
    monkeypatch.setattr(Pool, "close", close)


def pytest_sessionfinish() -> None:
    """End those that nobody needs any more."""
    for worker in (one for workers in _idle.values() for one in workers):
        worker.end()


@pytest.fixture
def own_workers() -> None:
    """Start and end workers in this test as a command does."""


@pytest.fixture(autouse=True)
def _unseeing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Build as on a machine without the extra ``photos``, but for the tests that look for faces: it takes a second."""
    if "seeing" not in request.fixturenames and "eyes" not in request.fixturenames:
        monkeypatch.setattr("gazette.press.faces.is_installed", lambda: False)


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no build of a test fork: other tests have the other cores, and a process of all the tests is long to copy.

    What forked hands answer has tests of its own; commands that tests start, and the demo that all share, fork.
    """
    monkeypatch.setattr("gazette.hands.cores", lambda: 1)


@pytest.fixture
def seeing() -> None:
    """Look for faces in this test, through the real model."""


@pytest.fixture(scope="session")
def eyes() -> Iterator[Eyes]:
    """Look through the real model, which requirements-test.lock installs."""
    with Eyes() as opened:
        yield opened


@pytest.fixture(scope="session")
def remembered(tmp_path_factory: pytest.TempPathFactory, pool: Pool) -> Path:
    """Give what builds of ``tests/site`` remember of its texts, pictures, faces and pages: no test reads them again."""

    def print_twice(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("GAZETTE_CONTENU", str(shutil.copytree(CONTENT, folder / "content")))
            first = Site(folder / "content", folder / "output", pool)
            build(first.order(), pool=pool)
            print_plain(first)

    return state_folder(made_once(tmp_path_factory, "souvenirs", print_twice) / "output")


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pool: Pool, remembered: Path) -> Site:
    """Give a test its own copy of ``tests/site``, a small complete circonscription, as its own project, unprinted."""
    copied = copied_site(tmp_path, remembered, pool)
    monkeypatch.setenv("GAZETTE_CONTENU", str(copied.content))  # what pelicanconf.py reads
    return copied
