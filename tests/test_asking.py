"""What a command asks of a person at a terminal, and how one leaves: by a real terminal (pty)."""

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.samples import ROOT, Site

SECONDS, SILENCES = 2.0, 30
"""Of silence, and how many such before a command is given up."""
INTERRUPTION = b"\x03"


def typed(folder: Path, words: list[str], answers: list[tuple[str, bytes]]) -> tuple[int, str]:
    """Call the command at a terminal, answer each question once it stands there; return its code and the screen."""
    child, screen = pty.fork()
    if not child:
        os.chdir(folder)
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # a shell ignores it for what it starts in the background
        os.environ["PYTHONPATH"] = str(ROOT / "plugins")
        os.execv(sys.executable, [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", *words])  # noqa: S606  # a terminal of its own
    seen, asked, last, silences = "", list(answers), b"", 0
    while silences < SILENCES:
        if not select.select([screen], [], [], SECONDS)[0]:
            silences += 1
            if last == INTERRUPTION:  # it came before the question was listened to: a person presses it again
                os.write(screen, last)
            continue
        try:
            data = os.read(screen, 4096)
        except OSError:  # Linux: the other end is closed
            break
        seen += data.decode("utf-8", "replace")
        if asked and asked[0][0] in seen.rpartition("\n")[2]:
            last = asked.pop(0)[1]
            os.write(screen, last)
    os.close(screen)
    assert [] == asked, seen
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), seen.replace("\r", "")


def test_a_verb_asks_for_the_words_that_it_cannot_do_without(site: Site):
    """One by one, an empty answer again; what was typed on the command line is not asked."""
    words = ["nouveau", "actualites", "--sans-ouvrir", "--contenu", str(site.content), "--jour", "2026-11-23"]
    code, seen = typed(site.content.parent, words, [("TITRE (", b"\n"), ("TITRE (", "Le ver à soie\n".encode())])
    assert (0, True) == (code, (site.content / "actualites/2026-11-23-le-ver-a-soie.md").is_file()), seen


@pytest.mark.parametrize("key", [b"\x04", INTERRUPTION])
def test_who_leaves_the_first_question_leaves_nothing_behind(tmp_path: Path, key: bytes):
    """By Ctrl-D as by Ctrl-C: a word, no traceback, nothing written."""
    code, seen = typed(tmp_path, ["circonscription", "neuve"], [("1/12", key)])
    assert (130, True, False) == (code, "Interrompu." in seen, "Traceback" in seen), seen
    assert [] == list(tmp_path.iterdir())


def test_who_leaves_in_the_middle_finds_the_answers_again(tmp_path: Path):
    """They are kept in a file that is named; the same command asks what is left, and takes slips as they were meant."""
    words = ["circonscription", "neuve", "--gazette", "gazette-circonscription==0.1.0", "--jour", "2026-11-23"]
    given = [("1/12", b"Bois-Joli\n"), ("2/12", b"86\n"), ("3/12", INTERRUPTION)]
    code, seen = typed(tmp_path, words, given)
    assert (130, ["neuve.reponses.yml"]) == (code, [p.name for p in tmp_path.iterdir()]), seen
    assert "2 réponse(s) gardée(s) dans neuve.reponses.yml" in seen
    assert "lu comme « 086 »" in seen
    rest = [b"Poitiers", b"zone a", b"valbrune.exemple.fr", b"https://e.exemple.fr/", b"https://d.exemple.fr/", b"ENT"]
    rest += [b"IEN.86@ac-poitiers.fr", b"DSDEN", b"Camille Exemple", b"Rectorat"]
    asked = [(f"{rank}/12", answer + b"\n") for rank, answer in enumerate(rest, 3)]
    code, seen = typed(tmp_path, words, asked)
    assert (0, ["neuve"]) == (code, [p.name for p in tmp_path.iterdir()]), seen
    assert "2 réponse(s) reprise(s)" in seen
    written = (tmp_path / "neuve/content/circonscription.yml").read_text("utf-8")
    for kept in ("Bois-Joli", "086", "https://valbrune.exemple.fr/", "ien.86@ac-poitiers.fr"):
        assert kept in written


@pytest.mark.parametrize(
    ("name", "value", "is_bold"), [("NO_COLOR", "", True), ("NO_COLOR", "1", False), ("TERM", "dumb", False)]
)
def test_help_is_bold_where_severities_are_coloured(
    site: Site, monkeypatch: pytest.MonkeyPatch, name: str, value: str, is_bold: bool
):
    """An empty NO_COLOR asks for nothing; a terminal that shows no colour has words alone."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv(name, value)
    code, seen = typed(site.content.parent, ["--aide"], [])
    assert (0, is_bold) == (code, "\033[1m" in seen)


@pytest.mark.parametrize(("variable", "is_coloured"), [("", True), ("NO_COLOR", False)])
def test_severities_are_coloured_on_a_terminal_that_wants_it(
    site: Site, monkeypatch: pytest.MonkeyPatch, variable: str, is_coloured: bool
):
    """A refusal is red at a terminal; NO_COLOR is respected, and what is no terminal has words alone."""
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    if variable:
        monkeypatch.setenv(variable, "1")
    site.write("actualites/2026-11-02-x.md", "---\ntitre: X\ndate: demain\nresume: R\n---\n")
    words = ["controler", "--contenu", str(site.content), "--jour", "2026-11-23"]
    code, seen = typed(site.content.parent, words, [])
    assert (1, is_coloured, True) == (code, "\033[31mrefusé\033[0m" in seen, "refusé" in seen), seen
    piped = subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", *words],
        cwd=site.content.parent,
        env=os.environ | {"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        check=False,
    )
    assert b"\033" not in piped.stdout
    assert b"LEC-02" in piped.stdout


def test_a_reader_that_leaves_early_is_no_fault():
    """« ./gazette --aide | head -1 »: no traceback once the pipe is closed, and the code of SIGPIPE."""
    source, target = os.pipe()
    os.close(source)
    words = [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", "--aide"]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "plugins")}
    done = subprocess.run(words, stdout=target, stderr=subprocess.PIPE, env=environment, check=False)
    os.close(target)
    assert (141, b"") == (done.returncode, done.stderr)
