"""Tests of write/circonscription.py: a repository that builds at once, beside another, from one engine."""

import os
import shutil
import stat
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from gazette.errors import ConfigurationError
from gazette.read import newsroom
from gazette.terminal import circonscription as terminal
from gazette.write.circonscription import QUESTIONS, answers, begin, checked
from gazette.write.editor import files
from tests.samples import ROOT

ANSWERS = Path(__file__).with_name("reponses.yml")
DAY = date(2026, 11, 23)
UNSAID = {
    "circonscription.yml": {
        'adresse: ""': "adresse: 1, place de la Mairie",
        'telephone: ""': "telephone: 05 49 00 00 00",
        'dpd: ""': "dpd: dpd@ac-bois-joli.example",
    },
    "registres/traitements.yml": {"conservation: ''": "conservation: Six mois"},
}
"""What its team completes before the first publication."""


def made(folder: Path, **facts: str) -> Path:
    """Begin a circonscription in a folder."""
    begin(folder, answers(ANSWERS) | facts, "gazette-circonscription==0.1.0", DAY)
    return folder


def gazette(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Call this engine from a circonscription's own folder."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("GAZETTE")}
    return subprocess.run(
        [sys.executable, "-P", "-X", "utf8", "-m", "gazette.cli", *words],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(ROOT / "plugins")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


def test_it_passes_its_checks_and_builds_at_once(tmp_path: Path):
    """What is left to complete is noted, nothing is refused, and the first text waits as a draft."""
    folder = made(tmp_path / "bois-joli")
    found, built = gazette(folder, "controler"), gazette(folder, "construire")
    assert (0, 0) == (found.returncode, built.returncode), found.stdout + found.stderr + built.stderr
    assert "0 refus, 0 arrêt(s) ; 1 texte(s) en attente" in found.stdout
    assert {"public", "enseignants", "directeurs"} == {p.name for p in (folder / "output").iterdir()}
    home = (folder / "output" / "public" / "index.html").read_text("utf-8")
    assert "Circonscription de Bois-Joli" in home
    guides = [f"guide-{name}" for name in ("de-l-erun", "de-l-inspecteur", "des-auteurs", "des-directeurs")]
    places = (*(f"directeurs/{name}" for name in guides), "public/publier-en-regle")
    pages = [folder / "output" / place / "index.html" for place in places]
    assert [] == [page for page in pages if not page.is_file()]
    assert [] == [page for page in pages if "valbrune" in page.read_text("utf-8").lower()]
    assert not any((folder / "output/public" / name).exists() for name in guides)
    assert "ien.bois-joli@ac-bois-joli.example" in pages[-1].read_text("utf-8")


def test_it_is_not_published_before_its_legal_notice_is_whole(tmp_path: Path):
    """What the law asks and twelve questions did not."""
    done = gazette(made(tmp_path / "bois-joli"), "publier", "--cible", "local", "--vers", str(tmp_path / "live"))
    assert (1, True, False) == (
        done.returncode,
        "mention légale manquante" in done.stdout,
        (tmp_path / "live").exists(),
    )


def completed(folder: Path) -> Path:
    """Say what the law asks and twelve questions did not: two files, as the README tells."""
    for name, facts in UNSAID.items():
        path = folder / "content" / name
        text = path.read_text("utf-8")
        for before, after in facts.items():
            assert before in text
            text = text.replace(before, after)
        path.write_text(text, "utf-8")
    return folder


def published(folder: Path) -> dict[str, bytes]:
    """Publish a circonscription beside its repository, and return what is on line."""
    live = folder.with_name(f"{folder.name}-en-ligne")
    done = gazette(folder, "publier", "--cible", "local", "--vers", str(live))
    assert 0 == done.returncode, done.stdout + done.stderr
    return on_line(live)


def on_line(live: Path) -> dict[str, bytes]:
    """Return what readers are served, by path."""
    editions = ("public", "enseignants", "directeurs")
    return {
        f"{name}/{p.relative_to(live / name).as_posix()}": p.read_bytes()
        for name in editions
        for p in (live / name).rglob("*")
        if p.is_file()
    }


def test_two_live_side_by_side_on_one_engine(tmp_path: Path):
    """Both are published, and neither knows of the other: other names, other keys, other identities."""
    one = completed(made(tmp_path / "un"))
    two = completed(made(tmp_path / "deux", nom="Rives", ent="l’ENT des Rives"))
    first, second = published(one), published(two)
    assert first == on_line(tmp_path / "un-en-ligne")
    assert {"public/index.html", "enseignants/index.html", "directeurs/fils/directeurs.xml"} <= first.keys()
    read = [newsroom(folder / "content") for folder in (one, two)]
    assert ["bois-joli", "rives"] == [n.identifier for n in read]
    keys = {(folder / "content/registres/cle.yml").read_text("utf-8") for folder in (one, two)}
    assert 2 == len(keys)
    assert [(True, False), (False, True)] == [
        tuple(
            name in b"".join(live.values()) for name in (b"Circonscription de Bois-Joli", b"Circonscription de Rives")
        )
        for live in (first, second)
    ]


def test_an_editor_helps_at_once(tmp_path: Path):
    """Keys, choices and the check as a task: what Gazette's own repository has."""
    folder = made(tmp_path / "bois-joli") / ".vscode"
    assert files() == {p.relative_to(folder).as_posix(): p.read_text("utf-8") for p in folder.rglob("*.*")}


def test_it_depends_on_one_version_told_on_one_line(tmp_path: Path):
    """Changed there, all of it changes; nothing of the program is copied in."""
    folder = made(tmp_path / "bois-joli")
    assert "gazette-circonscription==0.1.0\n" == (folder / "requirements.txt").read_text("utf-8")
    assert [] == [p for p in folder.rglob("*.py") if p.name not in {"pelicanconf.py", "publishconf.py"}]
    assert (folder / "gazette").stat().st_mode & stat.S_IXUSR
    assert 0 == subprocess.run(["sh", "-n", str(folder / "gazette")], check=False).returncode


def test_any_name_is_written_as_it_is(tmp_path: Path):
    """Quotes, colons and hashes are words."""
    name = "L’Isle : « d'Été » # 2"
    found = newsroom(made(tmp_path / "x", nom=name) / "content")
    assert (name, f"Circonscription de {name}") == (found.name, found.title)


def test_a_folder_that_holds_something_is_not_touched(tmp_path: Path):
    """An empty one will do."""
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "note.txt").write_text("à garder")
    with pytest.raises(ConfigurationError, match="n'est pas un dossier vide"):
        made(tmp_path / "plein")
    (tmp_path / "vide").mkdir()
    made(tmp_path / "vide")
    assert ["note.txt"] == [p.name for p in (tmp_path / "plein").iterdir()]


def test_cut_short_nothing_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Ctrl+C while it writes."""

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("gazette.write.circonscription.newsroom", interrupted)
    with pytest.raises(KeyboardInterrupt):
        made(tmp_path / "bois-joli")
    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("zone: B", "zone: D", "Zone de vacances"),
        ("nom: Bois-Joli", "", "sans réponse"),
        ("https://bois-joli.example/", "http://bois-joli.example/", "par exemple « https://"),
        ("zone: B", "zone: B\nzon: C", "question inconnue « zon »"),
        ("zone: B", "zone: [B", "reponses.yml:"),
        ("ien.bois-joli@", "ien bois-joli@", "Adresse de fonction"),
    ],
)
def test_an_answer_that_cannot_be_is_told_with_an_example(tmp_path: Path, before: str, after: str, told: str):
    """Before anything is written."""
    text = ANSWERS.read_text("utf-8")
    assert before in text
    (tmp_path / "reponses.yml").write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises(ConfigurationError, match=told):
        answers(tmp_path / "reponses.yml")


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("departement", "86", "086"),
        ("departement", "2a", "620"),
        ("departement", "974", "974"),
        ("zone", "Zone a", "A"),
        ("courriel", "IEN.86@AC-Poitiers.fr", "ien.86@ac-poitiers.fr"),
        ("public", "Valbrune.exemple.fr", "https://valbrune.exemple.fr/"),
    ],
)
def test_an_answer_is_taken_as_it_was_meant(key: str, typed: str, meant: str):
    """Capitals, an address as it is said, a department as it is on a number plate."""
    assert meant == checked(next(q for q in QUESTIONS if q.key == key), typed)


@pytest.mark.parametrize(
    ("key", "typed", "told"),
    [
        ("departement", " ", "departement : sans réponse"),
        ("departement", "96", "departement : « 96 »"),
        ("public", "Le site", "public : « Le site »"),
    ],
)
def test_a_wrong_answer_is_told_as_it_was_typed(key: str, typed: str, told: str):
    """And nothing typed is no « 000 »."""
    with pytest.raises(ConfigurationError, match=told):
        checked(next(q for q in QUESTIONS if q.key == key), typed)


@pytest.mark.parametrize("code", ["760", "000", "96", "13000"])
def test_no_department_has_such_a_code(code: str):
    """Its schools' codes would all be refused afterwards."""
    with pytest.raises(ConfigurationError, match="Code du département"):
        checked(next(q for q in QUESTIONS if q.key == "departement"), code)


def test_twelve_questions_are_asked_until_answered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """A wrong answer is told at once."""
    replies = iter(["", *(answers(ANSWERS)[q.key] for q in QUESTIONS)])
    monkeypatch.setattr("builtins.input", lambda _: next(replies))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    assert (12, answers(ANSWERS)) == (len(QUESTIONS), terminal.ask(tmp_path / "reponses.yml"))
    assert "nom : sans réponse" in capsys.readouterr().out


def test_its_own_launcher_installs_the_version_it_names(tmp_path: Path):
    """A wheel of this very tree, its locked dependencies, and the first check: as on a fresh machine."""
    subprocess.run(
        [shutil.which("python3") or sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", tmp_path, ROOT],
        check=True,
    )
    wheel = next(tmp_path.glob("*.whl"))
    folder = tmp_path / "bois-joli"
    begin(folder, answers(ANSWERS), f"gazette-circonscription @ {wheel.as_uri()}", DAY)
    done = subprocess.run([folder / "gazette", "controler"], cwd=folder, capture_output=True, text=True, check=False)
    assert (0, True) == (done.returncode, "0 refus" in done.stdout), done.stderr


@pytest.mark.parametrize(
    ("address", "line", "is_told"),
    [
        (
            "https://forge.example/gazette.git",
            "gazette-circonscription @ git+https://forge.example/gazette.git@abc",
            False,
        ),
        ("file:///srv/gazette", "git+file:///srv/gazette@abc#egg=gazette-circonscription", True),
    ],
)
def test_a_line_that_this_machine_alone_can_install_is_told(
    address: str, line: str, is_told: bool, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    """Colleagues and continuous integration would find nothing there; and pip before 24 reads it."""
    monkeypatch.setattr(terminal, "origin", lambda _: (address, "abc"))
    assert line == terminal.pinned()
    terminal.tell_begun("bois-joli", ("a",), line)
    assert is_told == ("prend Gazette sur cet ordinateur" in capsys.readouterr().out)
