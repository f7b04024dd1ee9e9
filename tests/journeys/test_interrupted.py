"""Ctrl-C in the middle of a verb: a word, nothing half-written, and the same call again does all of it."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from gazette.cli import main
from gazette.pool import Pool
from tests.plain import digests
from tests.samples import Site, copied_site
from tests.terminal.test_importation import WXR
from tests.write.test_circonscription import ANSWERS
from tests.write.test_roster import export

STRIKES = 60 if os.environ.get("GAZETTE_COMPLET") else 4
"""Moments at which a verb is interrupted, spread over all that it writes."""
INTERRUPTED = 130
TEXT = "content/actualites/2026-09-15-fluence.md"
VERBS = {
    "construire": ("construire", "--sans-recherche"),
    "importer": ("importer", "export.xml"),
    "importer-annuaire": ("importer-annuaire", "annuaire.csv"),
    "nouveau": ("nouveau", "actualites", "Un titre", "--sans-ouvrir"),
    "dupliquer": ("dupliquer", TEXT),
    "renommer": ("renommer", TEXT, "lire-vite"),
    "valider": ("valider", TEXT),
}
AGAIN = ("construire", "importer", "importer-annuaire", "valider")
"""Those whose same call may be made again, done or not."""


class Writes:
    """What the main thread writes, renames or removes below a folder; interrupted at one of these moments."""

    def __init__(self) -> None:
        self.folder = ""
        self.count = 0
        self.at = -1
        sys.addaudithook(self)  # for good: it is told nothing while ``folder`` is empty

    def __call__(self, event: str, facts: tuple[object, ...]) -> None:
        """Count an event; raise KeyboardInterrupt when its turn has come."""
        if not self.folder or event not in {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"}:
            return
        if event == "open" and not (isinstance(facts[2], int) and facts[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)):
            return
        if str(facts[0]).startswith(self.folder):
            self.count += 1
            if self.count == self.at:
                raise KeyboardInterrupt

    @contextmanager
    def below(self, folder: Path, at: int = -1) -> Iterator[None]:
        """Count what is written below a folder, and interrupt at one of them."""
        self.folder, self.count, self.at = str(folder), 0, at
        try:
            yield
        finally:
            self.folder = ""


@pytest.fixture(scope="module")
def writes() -> Writes:
    """Give the one hook of this module."""
    return Writes()


@pytest.fixture
def place(tmp_path: Path, pool: Pool, remembered: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Site]:
    """Make copies of the small circonscription, with an export and a directory to take in, and go there."""

    def made(name: str) -> Site:
        site = copied_site(tmp_path / name, remembered, pool)
        (tmp_path / name / "export.xml").write_text(WXR, "utf-8")
        (tmp_path / name / "annuaire.csv").write_bytes(export())
        for words in (("init", "-q"), ("config", "user.email", "ien@commits.example")):
            subprocess.run(["git", *words], cwd=tmp_path / name, check=True)
        monkeypatch.setenv("GAZETTE_CONTENU", str(site.content))
        monkeypatch.chdir(tmp_path / name)
        return site

    return made


def moments(count: int) -> list[int]:
    """Return the writes at which to interrupt, spread over ``count`` of them, the last one included."""
    return sorted({1 + rank * count // STRIKES for rank in range(STRIKES)} | {count})[:count]


def served(folder: Path) -> dict[str, dict[str, str]]:
    """Return the digests of what readers reach, by edition."""
    return {edition.name: digests(edition.resolve()) for edition in folder.glob("[!.]*") if edition.is_symlink()}


PLACES = ("--contenu", "content", "--sortie", "output", "--jour", "2026-11-23 12:00")


def call(*words: str, places: tuple[str, ...] = PLACES) -> tuple[int, str]:
    """Call the program here; return its code, and all it said."""
    said = StringIO()
    with redirect_stdout(said), redirect_stderr(said), pytest.raises(SystemExit) as ended:
        main(["gazette", *words, *places])
    return int(ended.value.code or 0), said.getvalue()


@pytest.mark.parametrize("verb", VERBS)
def test_an_interrupted_verb_leaves_nothing_half_written(verb: str, place: Callable[[str], Site], writes: Writes):
    """Every file is as before or as afterwards; what may be called again then ends as if nothing had happened."""
    site = place("entier")
    before = digests(site.content)
    with writes.below(site.content.parent):
        assert 0 == call(*VERBS[verb])[0]
    count, after = writes.count, (digests(site.content), digests(site.output))
    for at in moments(count):
        site = place(f"coup-{at}")
        with writes.below(site.content.parent, at):
            code, said = call(*VERBS[verb])
        assert (INTERRUPTED, True, False) == (code, "Interrompu." in said, "Traceback" in said), (at, said)
        whole = {*before.values(), *after[0].values()}  # an entry may wait under its former name, its keys written
        assert [] == [path for path, digest in digests(site.content).items() if digest not in whole], at
        if verb in AGAIN:
            code, said = call(*VERBS[verb])
            assert (0, after) == (code, (digests(site.content), digests(site.output))), (at, said)


def test_an_interrupted_start_leaves_no_half_circonscription(place: Callable[[str], Site], writes: Writes):
    """Its folder is not there, or whole; the same call begins it anew, without what the first left aside."""
    words = ("circonscription", "neuve", "--reponses", str(ANSWERS), "--gazette", "gazette-circonscription==0.1.0")
    around = place("entier").content.parent
    before = {p.name for p in around.iterdir()}
    with writes.below(around):
        assert 0 == call(*words, places=())[0]
    count, files = writes.count, set(digests(around / "neuve"))
    for at in moments(count):
        around = place(f"coup-{at}").content.parent
        with writes.below(around, at):
            code, said = call(*words, places=())
        assert (INTERRUPTED, before) == (code, {p.name for p in around.iterdir()}), (at, said)
        code, said = call(*words, places=())
        assert (0, files) == (code, set(digests(around / "neuve"))), (at, said)


def test_an_interrupted_publication_leaves_whole_editions(place: Callable[[str], Site], writes: Writes, tmp_path: Path):
    """Each that readers reach is as before or as afterwards; the same call ends it."""
    words = ("publier", "--cible", "local", "--vers")
    place("entier")
    with writes.below(tmp_path / "www"):
        assert 0 == call(*words, str(tmp_path / "www"))[0]
    count, whole = writes.count, served(tmp_path / "www")
    assert {"directeurs", "enseignants", "public"} == set(whole)
    for at in moments(count):
        with writes.below(tmp_path / f"www-{at}", at):
            code, said = call(*words, str(tmp_path / f"www-{at}"))
        assert (INTERRUPTED, True) == (code, served(tmp_path / f"www-{at}").items() <= whole.items()), (at, said)
        code, said = call(*words, str(tmp_path / f"www-{at}"))
        assert (0, whole) == (code, served(tmp_path / f"www-{at}")), (at, said)
