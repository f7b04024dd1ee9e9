"""Tests of read/links.py: a link that leads nowhere is told to its author."""

import pytest

from tests.samples import Site

PATH = "actualites/2026-09-15-fluence.md"


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("../projets/2026-11-05-expo.md", "lien vers un fichier absent « ../projets/2026-11-05-expo.md »"),
        ("../../../etc/passwd.md", "lien vers un fichier absent « ../../../etc/passwd.md »"),
        ("#passer", "lien vers une partie absente « #passer »"),
        ("plan.pdf", "lien vers un fichier qui n'est pas imprimé « plan.pdf »"),
    ],
)
def test_a_dead_link_is_a_note_on_its_line(site: Site, link: str, message: str):
    """The entry is printed, the words without the link."""
    site.change(PATH, "Le détail", f"[Le détail]({link})")
    found = [(f.code, f.severity.label, f.place.line, f.message) for f in site.findings(PATH)]
    assert [("LEC-24", "note", 21, message)] == found


@pytest.mark.parametrize(
    "link",
    [
        "../projets/2026-11-05-exposition.md",
        "2026-11-18-affiche/index.md",
        "2026-11-18-affiche.md",
        "#passer-le-test",
        "../ecoles/0869001S.md#contact",
        "2026-11-17-a-finir.md",
        "https://eduscol.example/",
        "/mentions-legales/",
    ],
)
def test_a_link_to_what_was_written_is_alive(site: Site, link: str):
    """Files, folders, drafts too (their day will come), parts of the text and addresses."""
    site.change(PATH, "Le détail", f"[Le détail]({link})")
    assert [] == site.findings(PATH)


@pytest.mark.parametrize(
    ("link", "remedy"),
    [
        ("2026-11-05-exposition.md", "écrivez ../projets/2026-11-05-exposition.md"),
        ("../actualites/0869001S.md", "écrivez ../ecoles/0869001S.md"),
        ("../2026-11-18-affiche/index.md", "écrivez 2026-11-18-affiche/index.md"),
        ("jamais-ecrit.md", "corrigez le chemin : il part du dossier de ce fichier"),
    ],
)
def test_a_link_that_looks_in_the_wrong_folder_is_told_the_right_one(site: Site, link: str, remedy: str):
    """Where one text alone has the name."""
    site.change(PATH, "Le détail", f"[Le détail]({link})")
    assert [remedy] == [f.remedy for f in site.findings(PATH)]
