"""After any fault the next run gives what an untroubled one would have (O7); one source harms no other (O3)."""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gazette.errors import GazetteError
from tests.newsdesk.misbehaving import Peer, misbehaving
from tests.newsdesk.newsroom import OTHER, UAI, Newsdesk, entry, rss
from tests.samples import ROOT

DYING = """
import os, sys, signal
from pathlib import Path
sys.path[:0] = [{plugins!r}, {root!r}]
from tests.newsdesk.newsroom import OTHER, Newsdesk
count = 0
def dying(event, facts):
    global count
    is_change = event in ("os.rename", "os.remove", "os.mkdir") or (event == "open" and facts[2] & os.O_CREAT)
    if is_change and str(facts[0]).startswith({folder!r}):
        count += 1
        if count == {step}:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(dying)
desk = Newsdesk(Path({folder!r}))
desk.declare("rss", {url!r})
desk.declare("rss", {url!r} + "?suivie", OTHER, is_trusted=True)
desk.run()
"""


@pytest.fixture(scope="module")
def peer() -> Iterator[Peer]:
    """Give the module its server."""
    with misbehaving() as served:
        yield served


def test_a_run_killed_anywhere_is_finished_by_the_next(tmp_path: Path, peer: Peer):
    """Kill -9 at changes of the disk (each, in full): nothing lost, nothing doubled, no litter, the same bytes."""
    url = peer.serve_feed("/f", rss(entry(1), entry(2), entry(3)), '"v1"')
    trusted = peer.serve_feed("/f?suivie", rss(entry(4), entry(5)), '"v1"')
    whole = Newsdesk(tmp_path / "entier")
    whole.declare("rss", url)
    whole.declare("rss", trusted, OTHER, is_trusted=True)
    whole.run()
    deaths = 0
    for step in range(1, 80, 1 if "GAZETTE_COMPLET" in os.environ else 5):
        folder = tmp_path / str(step)
        facts = {"plugins": str(ROOT / "plugins"), "root": str(ROOT), "folder": str(folder), "step": step, "url": url}
        done = subprocess.run([sys.executable, "-c", DYING.format(**facts)], check=False, capture_output=True)
        if done.returncode == 0:
            break
        assert -signal.SIGKILL == done.returncode, done.stderr.decode()
        deaths += 1
        desk = Newsdesk(folder)
        desk.declare("rss", url)
        desk.declare("rss", trusted, OTHER, is_trusted=True)
        desk.run()
        assert whole.tree() == desk.tree()
        shutil.rmtree(folder)
    assert deaths > 4


def test_a_full_disk_loses_nothing(tmp_path: Path, peer: Peer, monkeypatch: pytest.MonkeyPatch):
    """The disk refuses at each write in turn: one French error, then the same bytes as if it had not."""
    url = peer.serve_feed("/g", rss(entry(1), entry(2), entry(3)), '"v1"')
    whole = Newsdesk(tmp_path / "entier")
    whole.declare("rss", url)
    whole.run()
    real, refused = os.fsync, 0
    for step in range(1, 10):
        desk = Newsdesk(tmp_path / str(step))
        desk.declare("rss", url)
        count = iter(range(1, 100))

        def full(descriptor: int, count: Iterator[int] = count, step: int = step) -> None:
            if next(count) >= step:
                raise OSError(28, "No space left on device")
            real(descriptor)

        with monkeypatch.context() as patch:
            patch.setattr("os.fsync", full)
            try:
                desk.run()
            except GazetteError:
                refused += 1
        desk.run()
        assert whole.tree() == desk.tree()
    assert refused > 3


FEEDS = st.one_of(
    st.binary(max_size=300),
    st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60), st.text(max_size=20)), max_size=5).map(
        lambda rows: rss(*(f"<item><title>{t}</title><guid>{g}</guid><link>{x}</link></item>" for t, x, g in rows))
    ),
    st.just(rss(entry(1, title="Volé"), entry(2, guid="tag:1"))),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(FEEDS)
def test_one_hostile_source_changes_nothing_of_another_school(
    tmp_path_factory: pytest.TempPathFactory, peer: Peer, body: bytes
):
    """O3: whatever a source answers, the dépêches of the other school are the same bytes."""
    good = peer.serve_feed("/bon", rss(entry(1), entry(2)))
    hostile = peer.serve_feed("/hostile", body)
    alone, beside = (Newsdesk(tmp_path_factory.mktemp("o3")) for _ in range(2))
    for desk in (alone, beside):
        desk.declare("rss", good)
    beside.declare("rss", hostile, OTHER)
    alone.run()
    beside.run()
    others = {path: text for path, text in beside.files().items() if UAI in path}
    assert (alone.files(), True) == (others, all(UAI in p or OTHER in p for p in beside.files()))
