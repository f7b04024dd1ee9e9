"""« renommer », « dupliquer » and « valider » as an author types them, in a repository of their own."""

import subprocess

import pytest

from tests.samples import Site
from tests.test_cli import call


@pytest.fixture
def repository(site: Site) -> Site:
    """Commit the circonscription as its inspector."""
    for words in (
        ("init", "-q"),
        ("config", "user.email", "ien@commits.example"),
        ("config", "user.name", "L’IEN"),
        ("add", "-A"),
        ("commit", "-qm", "Début"),
    ):
        subprocess.run(["git", *words], cwd=site.content.parent, check=True)
    return site


def test_a_text_is_renamed(repository: Site):
    """The path first, then what followed."""
    done = call(repository, "renommer", "content/actualites/2026-09-15-fluence.md", "Lire")
    told = "content/actualites/2026-09-15-lire.md\n  lien mis à jour dans content/actualites/2026-11-16-rased.md\n"
    assert (0, told, "") == done


def test_a_text_is_copied_for_next_year(repository: Site):
    """Named from the content folder too; what to reread is told."""
    code, out, _ = call(repository, "dupliquer", "actualites/2026-11-13-jardin")
    lines = out.splitlines()
    assert (0, "content/actualites/2027-11-19-jardin-2027/index.md") == (code, lines[0])
    assert "  date : ven. 13/11/2026 → ven. 19/11/2027" == lines[1]
    assert "  sans actualites/2026-11-13-jardin/potager.png : son autorisation valait pour cette année-là" in lines


def test_texts_are_approved_by_the_role_of_who_commits(repository: Site):
    """Several at once; the build then prints them with that approval."""
    paths = ["content/directeurs/2026-09-02-evaluations.md", "content/actualites/2026-09-15-fluence.md"]
    code, out, err = call(repository, "valider", *paths)
    after = "paraîtra pourtant : dans ce fil, c’est la fusion qui approuve"
    told = [f"{path} : approuvé par L’IEN. Toute retouche {after}." for path in paths]
    assert (0, told, "") == (code, out.splitlines(), err)
    assert [] == [f for f in repository.read().findings if f.place.file in {p.removeprefix("content/") for p in paths}]


def test_owners_are_written_at_the_root_of_the_repository(repository: Site):
    """The forge reads them there."""
    code, out, _ = call(repository, "valider", "--proprietaires")
    assert (0, "CODEOWNERS : enregistrez-le dans git.\n") == (code, out)
    assert "/content/directeurs/" in (repository.content.parent / "CODEOWNERS").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("valider",), "donnez les textes à approuver"),
        (("valider", "content/directeurs/absent.md"), "n'existe pas"),
        (("valider", "content/directeurs/2026-09-02-evaluations.md", "--role", "cpc"), "n'approuve pas le fil"),
        (("renommer", "content/ecoles/0869001S.md", "x"), "code UAI"),
        (("dupliquer", "content/pages/la-circonscription.md"), "n'a pas d'année"),
    ],
)
def test_what_cannot_be_is_told_in_a_line(repository: Site, words: tuple[str, ...], told: str):
    """Exit 2, and nothing changed."""
    code, _, err = call(repository, *words)
    status = subprocess.run(
        ["git", "status", "--porcelain", "content"],
        cwd=repository.content.parent,
        capture_output=True,
        text=True,
        check=True,
    )
    assert (2, True, "") == (code, told in err, status.stdout)
