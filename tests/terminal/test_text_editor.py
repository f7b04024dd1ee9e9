"""A draft opens in the editor of whoever typed the command, and of nobody else."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError
from gazette.terminal.text_editor import edited
from tests.samples import ROOT, Site

WORDS = [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", "nouveau", "actualite", "Le ver"]
PLACE = ["--contenu", "content", "--sortie", "output", "--jour", "2026-11-23 12:00"]
DRAFT = "content/actualites/2026-11-23-le-ver.md"


def editor(folder: Path, *, code: int = 0) -> tuple[str, Path]:
    """Return a program that writes down what it was asked to open, and where."""
    path, seen = folder / "editeur", folder / "vu"
    path.write_text(f'#!/bin/sh\nprintf "%s" "$1" > {seen}\nexit {code}\n')
    path.chmod(0o755)
    return str(path), seen


def typed(site: Site, editor: str, *words: str) -> str:
    """Type the command at a terminal; return what stands on it."""
    master, slave = pty.openpty()
    facts = {k: v for k, v in os.environ.items() if k not in {"VISUAL", "DISPLAY", "WAYLAND_DISPLAY", "TERM_PROGRAM"}}
    with subprocess.Popen(
        [*WORDS, *words, *PLACE],
        cwd=site.content.parent,
        env=facts | {"PYTHONPATH": str(ROOT / "plugins"), "EDITOR": editor},
        stdin=slave,
        stdout=slave,
        stderr=slave,
    ) as process:
        os.close(slave)
        shown = b""
        try:
            while read := os.read(master, 4096):
                shown += read
        except OSError:  # the terminal is closed
            pass
        process.wait()
    os.close(master)
    return shown.decode()


@pytest.mark.parametrize(("words", "is_opened"), [((), True), (("--sans-ouvrir",), False)])
def test_a_draft_opens_for_who_typed_it(site: Site, tmp_path: Path, words: tuple[str, ...], is_opened: bool):
    """In EDITOR; its path is told first."""
    program, seen = editor(tmp_path)
    told = typed(site, program, *words)
    assert (True, is_opened) == (told.startswith(DRAFT), seen.is_file())
    if is_opened:
        assert str(site.content.parent / DRAFT) == seen.read_text()


@pytest.mark.parametrize("name", ["", "/absent/editeur"])
def test_without_an_editor_it_is_said(site: Site, name: str):
    """And the draft is there."""
    told = typed(site, name)
    assert ("Ouvrez-le dans votre éditeur" in told, True) == (True, (site.content.parent / DRAFT).is_file())


def test_what_is_no_terminal_opens_nothing(site: Site, tmp_path: Path):
    """A script reads one line: the path."""
    program, seen = editor(tmp_path)
    done = subprocess.run(
        [*WORDS, *PLACE],
        cwd=site.content.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins"), "EDITOR": program},
        capture_output=True,
        text=True,
        check=True,
    )
    assert (f"{DRAFT}\n", False) == (done.stdout, seen.exists())


def test_an_editor_that_fails_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """The correction of a dépêche is given up."""
    program, _ = editor(tmp_path, code=1)
    monkeypatch.setenv("VISUAL", program)
    with pytest.raises(ConfigurationError, match="rien n’est changé"):
        edited("Un texte.")
