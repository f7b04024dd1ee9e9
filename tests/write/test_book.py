"""« nouveau cahier » and « nouveau contribution »: drafts that read without a fault."""

from collections.abc import Callable

import pytest

from gazette.cli import main
from gazette.model.cahier import Cahier, Contribution
from gazette.model.finding import Severity
from tests import shelf
from tests.samples import NOW, Site

GIVEN = ("--cahier", "le-jardin", "--ecole", "0869001S")


Say = Callable[..., tuple[int, str, str]]


@pytest.fixture
def say(site: Site, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Say:
    """Return what a call ends with, typed at the root of the circonscription."""
    monkeypatch.chdir(site.content.parent)
    place = ("--contenu", "content", "--sortie", "output", "--jour", "2026-11-23 12:00")

    def call(*words: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(["gazette", *words, *place])
        captured = capsys.readouterr()
        return int(ended.value.code or 0), captured.out, captured.err

    return call


def read(site: Site, path: str) -> tuple[Cahier | Contribution, list[str]]:
    """Return the entry at a path, and what is wrong with it."""
    reading = site.read()
    entry = next(e for e in reading.entries if e.path == path)
    assert isinstance(entry, Cahier | Contribution)
    return entry, [f.code for f in reading.findings if f.place.file == path and f.severity > Severity.NOTE]


def test_a_new_book_is_a_valid_draft(site: Site, say: Say):
    """Open from its day on, for ten weeks; its title keeps its apostrophes."""
    code, out, err = say("nouveau", "cahier", "L'herbier d'hiver")
    book, told = read(site, "cahiers/l-herbier-d-hiver/index.md")
    assert (0, "content/cahiers/l-herbier-d-hiver/index.md\n", "") == (code, out, err)
    assert isinstance(book, Cahier)
    assert ("L'herbier d'hiver", "brouillon", NOW.date(), 70, []) == (
        book.title,
        book.status,
        book.opens,
        (book.closes - book.opens).days,
        told,
    )


def test_a_class_gives_a_page_then_another(site: Site, say: Say):
    """The first signs the contribution, the next stands beside it, named by its title."""
    shelf.plant(site)
    first = say("nouveau", "contribution", "Le ver", *GIVEN, "--classe", "CE1 : bleu")
    second = say("nouveau", "contribution", "Le ver, la suite", *GIVEN, "--classe", "CE1 : bleu")
    folder = "cahiers/le-jardin/contributions/0869001S-ce1-bleu"
    page, told = read(site, f"{folder}/index.md")
    assert [(0, f"content/{folder}/index.md\n", ""), (0, f"content/{folder}/le-ver-la-suite.md\n", "")] == [
        first,
        second,
    ]
    assert isinstance(page, Contribution)
    assert ("le-jardin", "0869001S", "CE1 : bleu", "brouillon", True, []) == (
        page.cahier,
        page.school,
        page.class_name,
        page.status,
        page.is_pupil_work,
        told,
    )
    assert 0 == say("controler")[0]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("cahier", "Le jardin"), "existe déjà"),
        (("cahier", "…"), "au moins une lettre"),
        (("cahier", "a" * 400), "raccourcissez-le"),
        (("contribution", "Le ver", "--cahier", "le-jardi", "--ecole", "0869001S"), "vouliez-vous dire « le-jardin »"),
        (("contribution", "Le ver", "--cahier", "../../x", "--ecole", "0869001S"), "aucun cahier"),
        (("contribution", "Le ver", "--cahier", "le-jardin", "--ecole", "0869001X"), "code UAI"),
        (("actualite", "Le ver", "--classe", "CM2"), "vont avec « nouveau contribution »"),
    ],
)
def test_what_cannot_be_is_told_and_writes_nothing(site: Site, say: Say, words: tuple[str, ...], told: str):
    """Exit code 2, with what to do; no file more."""
    shelf.plant(site)
    before = sorted(site.content.rglob("*"))
    code, _, err = say("nouveau", *words)
    assert (2, True, before) == (code, told in err, sorted(site.content.rglob("*")))
