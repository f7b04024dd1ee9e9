"""Moderating on a terminal: each answer, what is told of it, and the exit code."""

from collections.abc import Callable
from pathlib import Path

import pytest

from gazette.cli import main
from gazette.inquiry import inspect
from gazette.newsdesk.difference import difference
from gazette.newsdesk.queue import queue
from gazette.read.registers import decisions
from gazette.terminal.moderation import in_colour
from tests.newsdesk.waiting import depeche, git, put, repository, tree, with_picture
from tests.samples import CONTENT, Site

PHOTO = (CONTENT / "actualites" / "2026-11-18-affiche" / "carte.jpg").read_bytes()
STANDS = "depeches/0869001S/2026-11-20-jardin.md"
Say = Callable[..., tuple[int, str]]


@pytest.fixture
def say(site: Site, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Say:
    """Return what a call of ``moderer`` ends with: its code, and what it printed."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        monkeypatch.setenv(name, "/dev/null")
    monkeypatch.setenv("GAZETTE_QUARANTAINE", str(site.content.parent / "quarantaine"))

    def call(*words: str) -> tuple[int, str]:
        places = ("--contenu", str(site.content), "--sortie", str(site.output), "--jour", "2026-11-23 12:00")
        with pytest.raises(SystemExit) as ended:
            main(["gazette", "moderer", *words, *places])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out + captured.err

    return call


def answers(monkeypatch: pytest.MonkeyPatch, *told: str) -> None:
    """Answer each question in turn, then close the terminal."""
    left = list(told)

    def ask(_: str) -> str:
        if not left:
            raise EOFError
        return left.pop(0)

    monkeypatch.setattr("builtins.input", ask)


def test_a_line_each_its_id_first(site: Site, say: Say):
    """New or changed, with how many pictures."""
    put(site, with_picture())
    (item,) = queue(site.content)
    line = f"{item.id} · 2026-11-21 · 0869001S · nouvelle · 1 image(s) · Un jardin partagé\n"
    assert (0, line) == say("--liste")


def test_a_correction_is_made_again_on_demand(site: Site, say: Say, tmp_path: Path):
    """The new version says that the text on line was corrected; accepted with ``--reprendre``, it is again."""
    body = "Nous avons semé.\n\nAvec Zoé.\n\nPuis arrosé."
    put(site, depeche(body=body))
    (first,) = queue(site.content)
    (tmp_path / "t.md").write_text(first.text.replace("Avec Zoé", "Ensemble"), "utf-8")
    assert 0 == say("--accepter", first.id, "--texte", str(tmp_path / "t.md"))[0]
    put(site, depeche(body=body.replace("arrosé", "paillé")))
    (second,) = queue(site.content)
    code, told = say("--accepter", second.id, "--reprendre")
    stands = (site.content / STANDS).read_text("utf-8")
    assert (0, True, True, False) == (code, "Ensemble" in stands, "paillé" in stands, "Zoé" in stands)
    put(site, depeche(body=body.replace("Avec Zoé", "Avec Zoé et Max")))
    (third,) = queue(site.content)
    refused, told = say("--accepter", third.id, "--reprendre")
    assert (2, True) == (refused, "ne s’y refait pas seule" in told)
    code, told = say("--accepter", third.id)
    assert (0, True) == (code, "corrigé en : Ensemble." in told)


def test_who_signs_is_said(site: Site, say: Say, monkeypatch: pytest.MonkeyPatch):
    """Each answer tells its role; a committer whom no role knows, that the team signs, and why."""
    put(site, *(depeche(f"2026-11-20-article-{n}", f"Texte {n}.", id=str(n)) for n in range(3)))
    repository(site.content, "autre@commits.example")
    first, second, _ = queue(site.content)
    unknown = say("--refuser", first.id, "--motif", "x")[1]
    known = say("--refuser", second.id, "--motif", "x", "--role", "ien")[1]
    assert (True, True) == (
        "(equipe), car votre adresse git n’est celle d’aucun rôle" in unknown,
        "(ien). Enreg" in known,
    )
    assert ["equipe", "ien"] == [d.role for d in decisions(site.content)]
    answers(monkeypatch, "q")
    assert "Vous répondez en tant que « L’équipe de circonscription » (equipe), car votre" in say()[1]


def test_a_flood_is_refused_at_once(site: Site, say: Say):
    """One school's all, for one reason, in one commit; another's waits on, and its picture is kept."""
    put(site, *(depeche(f"2026-11-20-article-{n}", f"Texte {n}.", id=str(n)) for n in range(30)))
    put(site, with_picture(name="2026-11-20-a", id="a"), with_picture(uai="0869002T", id="b"))
    repository(site.content)
    assert (2, True) == ((done := say("--refuser-tout", "0869001S"))[0], "un refus se motive" in done[1])
    code, told = say("--refuser-tout", "0869001S", "--motif", "Publicité")
    kept = [item.uai for item in queue(site.content)]
    assert (0, True, ["0869002T"]) == (code, "31 dépêche(s)" in told and "Enregistrée dans git" in told, kept)
    log = git(site.content, "log", "--format=%B", "-1")
    assert ("Refuse 31 dépêches de 0869001S", 31) == (log.splitlines()[0], len(decisions(site.content)))
    assert (2, True) == (len(git(site.content, "log", "--format=%h").split()), "Gazette-Motif: Publicité" in log)
    assert (site.content.parent / "quarantaine" / "0a1b.jpg").is_file()
    assert (2, True) == ((done := say("--refuser-tout", "0869001S", "--motif", "x"))[0], "rien n’attend" in done[1])


def test_a_reason_is_asked_for_where_somebody_may_answer(site: Site, say: Say, monkeypatch: pytest.MonkeyPatch):
    """With what is about to be refused; an empty answer refuses nothing."""
    put(site, depeche(id="1"), depeche("2026-11-20-b", "Autre.", id="2"))
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    answers(monkeypatch, "")
    assert (2, 2) == (say("--refuser-tout", "0869001S")[0], len(queue(site.content)))
    answers(monkeypatch, "Publicité")
    code, told = say("--refuser-tout", "0869001S")
    assert (0, True, []) == (code, "2026-11-21 · Un jardin partagé" in told, queue(site.content))


def test_accepted_by_its_id(site: Site, say: Say):
    """With what was left out of it."""
    put(site, with_picture())
    (item,) = queue(site.content)
    code, out = say("--accepter", item.id, "--role", "cpc")
    assert (0, True, True) == (code, "sans 1 image(s)" in out, STANDS in tree(site.content))


def test_what_the_gate_would_refuse_is_not_accepted(site: Site, say: Say):
    """A private telephone number, for one; a correction passes."""
    item = depeche(body="Appelez Mme Durand au 06 39 98 10 88.")
    put(site, item)
    (waits,) = queue(site.content)
    code, out = say("--accepter", waits.id)
    assert (1, True, False) == (code, "refusé ·" in out and "06 39" not in out, STANDS in tree(site.content))
    corrected = site.write("../corrige.md", item.text().replace("Appelez Mme Durand au 06 39 98 10 88.", "Écrivez."))
    code, _ = say("--accepter", waits.id, "--texte", str(corrected))
    assert (0, True) == (code, STANDS in tree(site.content))


def test_refused_by_its_id(site: Site, say: Say):
    """With a reason, without which it waits on."""
    put(site, depeche())
    (item,) = queue(site.content)
    codes = [say("--refuser", item.id)[0], say("--refuser", item.id, "--motif", "Hors sujet")[0]]
    assert ([2, 0], (0, "Rien n’attend.\n")) == (codes, say("--liste"))


@pytest.mark.parametrize(
    "words",
    [
        ("--accepter", "0000000000"),
        ("--accepter", "a", "--refuser", "b"),
        ("--texte", "a.md"),
        ("--liste", "--role", "roi"),
        ("--accepter", "ID", "--personnes", "a.jpg"),
        ("--accepter", "ID", "--personnes", "absente.jpg=aucune"),
        ("--accepter", "ID", "--personnes", "0a1b.jpg=personne"),
    ],
)
def test_a_call_that_cannot_be_is_refused(site: Site, say: Say, words: tuple[str, ...]):
    """Nothing moves."""
    put(site, with_picture())
    (item,) = queue(site.content)
    before = tree(site.content)
    code, _ = say(*(item.id if word == "ID" else word for word in words))
    assert (2, before) == (code, tree(site.content))


def test_one_after_the_other(site: Site, say: Say, monkeypatch: pytest.MonkeyPatch):
    """Accepted with a picture, refused after a reason was missed, passed."""
    put(site, depeche("2026-11-20-a", id="1", seen="2026-11-20", body="Première."))
    put(site, depeche("2026-11-20-b", id="2"), depeche("2026-11-20-c", id="3", seen="2026-11-22", body="Troisième."))
    answers(monkeypatch, "t", "a", "r", "", "r", "Doublon", "p")
    code, out = say()
    left = [item.name for item in queue(site.content)]
    assert (0, True, ["2026-11-20-c"]) == (code, "Rien d’autre n’attend." in out, left)


def test_a_terminal_that_closes_answers_nothing(site: Site, say: Say, monkeypatch: pytest.MonkeyPatch):
    """What waits, waits on."""
    put(site, depeche())
    answers(monkeypatch, "x")
    code, _ = say()
    assert (0, 1) == (code, len(queue(site.content)))


def test_corrected_in_an_editor(site: Site, say: Say, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Whatever the editor left is accepted."""
    put(site, depeche())
    editor = tmp_path / "editeur"
    editor.write_text('#!/bin/sh\nsed -i s/fèves/pois/ "$1"\n')
    editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    answers(monkeypatch, "c")
    code, _ = say()
    assert (0, True) == (code, "pois" in tree(site.content)[STANDS].decode())


def test_a_difference_is_read_with_and_without_colours():
    """Marks say what colours would."""
    (line,) = difference("Deux fèves.", "Deux pois.")
    plain, coloured = (in_colour(line, is_plain=p) for p in (True, False))
    assert ("Deux [-fèves-]{+pois+}.", True) == (plain, "\033[31mfèves\033[0m" in coloured)


def test_where_texts_are_approved_by_their_digests_accepting_is_approving(site: Site, say: Say):
    """By who may approve there, as git knows them; by nobody else; a later change of a letter undoes it."""
    site.change("circonscription.yml", "    genre: actualite\n", "    genre: actualite\n    approbation: empreinte\n")
    put(site, with_picture())
    (item,) = queue(site.content)
    words = ("--accepter", item.id, "--personnes", "0a1b.jpg=aucune")
    (site.content.parent / "quarantaine" / "0a1b.jpg").write_bytes(PHOTO)
    assert (1, True) == ((told := say(*words, "--role", "cpc"))[0], "[RGPD-05]" in told[1])
    repository(site.content, "cpc@commits.example")
    assert 1 == say(*words, "--role", "erun")[0]
    code, out = say(*words)
    path = f"{STANDS.removesuffix('.md')}/index.md"
    assert (0, True) == (code, "validation: {par: cpc, le: 2026-11-23" in tree(site.content)[path].decode()), out
    assert [] == [f.code for f in inspect(site.order()).findings if f.place.file == path and f.code == "RGPD-05"]
    site.change(path, "Puis arrosé", "Puis récolté")
    assert ["RGPD-05"] == [f.code for f in inspect(site.order()).findings if f.place.file == path]


def test_what_was_said_of_a_picture_is_told_when_it_comes_again(site: Site, say: Say):
    """A word of the text changed, the picture did not: without the same answer again it would go."""
    put(site, with_picture())
    (first,) = queue(site.content)
    (site.content.parent / "quarantaine" / "0a1b.jpg").write_bytes(PHOTO)
    say("--accepter", first.id, "--personnes", "0a1b.jpg=aucune")
    put(site, with_picture(summary="Les semis du cycle 3."))
    (second,) = queue(site.content)
    told = "Image en ligne, la même : redites qui y paraît (« 0a1b.jpg=aucune »), sinon elle ne paraît plus."
    assert told in say("--accepter", second.id)[1]
