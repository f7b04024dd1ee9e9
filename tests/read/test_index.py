"""Tests of read/index.py: a text whose file did not change is not opened, and any change of it is seen."""

import os
import time
from pathlib import Path

import pytest

from gazette.read import index as module
from gazette.read.index import Held, Index
from tests.samples import Shelf, Site

NOW = time.time_ns


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ten seconds pass after whatever is written."""
    monkeypatch.setattr(time, "time_ns", lambda: NOW() + 10_000_000_000)


def looked_at(file: Path, memo: Shelf) -> Held:
    """Ask what the file holds as a reading does."""
    index = Index(memo)
    held = index.held("a.md", file)
    index.keep()
    return held


@pytest.mark.usefixtures("settled")
def test_a_file_that_did_not_change_is_not_opened(tmp_path: Path):
    """Its digests are those of its bytes all the same."""
    file, memo = tmp_path / "a.md", Shelf()
    file.write_bytes(b"un")
    first, second = looked_at(file, memo), looked_at(file, memo)
    assert (Held.of(b"un"), None, first.sha256, first.blob) == (first, second.kept, second.sha256, second.blob)


@pytest.mark.usefixtures("settled")
@pytest.mark.parametrize("data", [b"deux", b"UN"])
def test_a_file_that_changed_is_read(tmp_path: Path, data: bytes):
    """Even when its size and its date are what they were: the system tells when it changed."""
    file, memo = tmp_path / "a.md", Shelf()
    file.write_bytes(b"un")
    looked_at(file, memo)
    before = file.stat()
    while file.stat().st_ctime_ns == before.st_ctime_ns:  # a step of the system's clock
        file.write_bytes(data)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (Held.of(data), None) == (looked_at(file, memo), looked_at(file, memo).kept)


def test_a_file_that_was_just_written_is_read_again(tmp_path: Path):
    """A second change within a step of the clock would leave the same times."""
    file, memo = tmp_path / "a.md", Shelf()
    file.write_bytes(b"un")
    assert (b"un", b"un", {}) == (looked_at(file, memo).kept, looked_at(file, memo).kept, memo)


@pytest.mark.usefixtures("settled")
def test_an_edit_opens_its_file_alone(site: Site, monkeypatch: pytest.MonkeyPatch):
    """And nothing is kept of a file that is gone."""
    memo, opened = Shelf(), []
    site.read(memo=memo)
    gone = "actualites/2026-11-17-a-finir.md"
    (site.content / gone).unlink()
    site.change("actualites/2026-09-15-fluence.md", "110", "112")
    read = Index.read
    monkeypatch.setattr(Index, "read", lambda self, path, file: opened.append(path) or read(self, path, file))
    text = next(e for e in site.read(memo=memo).entries if e.name == "fluence").body.html
    expected = ["actualites/2026-09-15-fluence.md"], True, False
    assert expected == (
        [p for p in opened if p.startswith("actualites/2026-09")],
        "112" in text,
        gone in memo[module.ROW],
    )


@pytest.mark.usefixtures("settled")
def test_another_circonscription_has_files_read_that_did_not_change(site: Site):
    """What was remembered of them is not theirs any more: the same entries are made, by the same bytes."""
    memo = Shelf()
    before = {e.path: e.source for e in site.read(memo=memo).entries}
    for key in [key for key in memo if key.startswith(("entree:", "texte:"))]:
        del memo[key]
    assert before == {e.path: e.source for e in site.read(memo=memo).entries}
