"""Killed at any step, or with a full disk: nothing is lost nor doubled, and the next run says what it mended."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gazette.model.decision import REGISTER
from tests.newsdesk.dying import answer, states
from tests.newsdesk.waiting import depeche, git, put, repository, with_picture
from tests.samples import ROOT, Site

STRUCK = ROOT / "tests" / "newsdesk" / "dying.py"


@pytest.fixture
def waiting(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project, in git, where a text, one with a picture and two to refuse wait."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    put(site, depeche("2026-11-20-texte", id="1"), with_picture(name="2026-11-20-image", id="2", seen="2026-11-22"))
    for n in (3, 4):
        put(site, depeche(f"2026-11-20-{n}-refuse", id=str(n), body=f"Autre {n}.", seen="2026-11-23"))
    repository(site.content)
    project = tmp_path / "projets" / "origine"
    shutil.copytree(tmp_path, project, symlinks=True, ignore=shutil.ignore_patterns("projets"))
    return project


def swept(project: Path, how: str) -> list[dict[str, object]]:
    """Return what became of each strike."""
    places = os.pathsep.join((str(ROOT / "plugins"), str(ROOT)))
    done = subprocess.run(
        [sys.executable, str(STRUCK), str(project), how],
        env=os.environ | {"PYTHONPATH": places},
        capture_output=True,
        text=True,
        check=False,
    )
    assert "" == done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.mark.parametrize("how", ["kill", "full"])
def test_struck_at_any_step_nothing_is_lost_nor_doubled(waiting: Path, how: str):
    """Once the answer is given again, everything is as if nothing had happened (oracle O7)."""
    untroubled = waiting.with_name("calme")
    shutil.copytree(waiting, untroubled, symlinks=True)
    answer(untroubled / "content")
    expected = states(untroubled / "content")
    told = swept(waiting, how)
    wrong = [one["rank"] for one in told if one["files"] != expected]
    mended = [one for one in told if one["mended"]]
    assert ([], [], True, True) == (
        wrong,
        [one["rank"] for one in told if one["again"]],
        len(told) > 30,
        len(mended) > 5,
    )


def test_what_was_left_is_in_git_too(waiting: Path):
    """The next run commits what a killed one had decided."""
    content = waiting / "content"
    answer(content)
    log = git(content, "log", "--format=%s")
    assert (3, "") == (log.count("0869001S"), git(content, "status", "--porcelain", "--", "depeches", REGISTER))
