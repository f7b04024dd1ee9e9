"""Tests of write/draft.py: a new entry is dated, valid, and waits for its author."""

from datetime import date

import pytest

from gazette.errors import ConfigurationError
from gazette.write.draft import write_draft
from tests.samples import Site

DAY = date(2026, 11, 23)


def draft(site: Site, kind: str, title: str = "L'été : « à lire » & jouer") -> str:
    """Write a draft and return its path in the content folder."""
    return write_draft(site.content, site.newsroom(), kind, title, DAY).relative_to(site.content).as_posix()


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        ("actualites", "actualites/2026-11-23-l-ete-a-lire-jouer.md"),
        ("actualite", "actualites/2026-11-23-l-ete-a-lire-jouer.md"),
        ("projets", "projets/2026-11-23-l-ete-a-lire-jouer.md"),
        ("directeurs", "directeurs/2026-11-23-l-ete-a-lire-jouer.md"),
        ("info_direction", "directeurs/2026-11-23-l-ete-a-lire-jouer.md"),
        ("outils", "outils/2026-11-23-l-ete-a-lire-jouer.md"),
        ("evenements", "evenements/2026-11-23-l-ete-a-lire-jouer.md"),
        ("pages", "pages/l-ete-a-lire-jouer.md"),
    ],
)
def test_a_draft_of_each_kind_waits_for_its_words_alone(site: Site, kind: str, path: str):
    """Every model is valid as it is written, with the title as typed, and nobody sees it yet."""
    written = draft(site, kind)
    reading = site.read()
    entry = next(e for e in reading.entries if e.path == written)
    assert (path, {("LEC-47", "note")}, "L'été : « à lire » & jouer", "brouillon") == (
        written,
        {(f.code, f.severity.label) for f in reading.findings},
        entry.title,
        entry.status,
    )
    assert 1 == len(reading.findings)  # which tells every line


def test_the_remark_on_a_draft_tells_every_line_that_is_not_its_author_s(site: Site):
    """Once, where the first stands."""
    path = draft(site, "actualites")
    lines = (site.content / path).read_text("utf-8").split("\n")
    (told,) = site.findings(path)
    rows = [rank for rank, line in enumerate(lines, 1) if line.startswith(("## Une partie", "- avec des tirets"))]
    assert [True, True] == [f"{row}" in told.message.rpartition("comme aux lignes ")[2] for row in rows]
    assert "À écrire." in lines[told.place.line - 1]


@pytest.mark.parametrize("kind", ["actualites", "projets", "directeurs", "outils", "evenements", "pages"])
def test_a_model_published_as_it_is_is_refused_until_its_words_are_gone(site: Site, kind: str):
    """Whoever only turned brouillon into publie learns every line that is not theirs."""
    path = draft(site, kind)
    full = site.content / path
    text = full.read_text("utf-8").replace("statut: brouillon", "statut: publie")
    full.write_text(text, "utf-8")
    found = [f for f in site.findings(path) if f.code == "LEC-47"]
    assert {"refus"} == {f.severity.label for f in found}
    assert path not in {e.path for e in site.read().entries}
    own = {"Ouvrir l'outil.": "Lire.", "Nom de l'outil": "Craie", "Qui le fait": "Nous", "exemple.fr": "craie.example"}
    for words, mine in own.items():
        text = text.replace(words, mine)
    head, _, _ = text.replace("À écrire.", "Un défi.").partition("\nLe texte commence ici.")
    full.write_text(f"{head}\nNotre texte.\n", "utf-8")
    assert [] == [f.line() for f in site.findings(path)]


@pytest.mark.parametrize("kind", ["actualites", "projets", "directeurs", "outils", "evenements", "pages"])
def test_its_comments_are_valid_when_they_are_uncommented(site: Site, kind: str):
    """What a model proposes is never a mistake."""
    path = draft(site, kind)
    full = site.content / path
    _, head, body = full.read_text("utf-8").split("---\n", 2)
    lines = [line.removeprefix("# ") if line.startswith("# ") else line for line in head.split("\n")]
    full.write_text("---\n" + "\n".join(lines) + "---\n" + body, "utf-8")
    assert [] == [f.line() for f in site.findings(path) if f.severity.label != "note"]


@pytest.mark.parametrize(
    "title", ["'Simple'", 'Un "double"', "Deux-points: fin", "# dièse", "- tiret", "{a}", "12", "non", "é" * 290]
)
def test_any_title_is_quoted_as_it_needs(site: Site, title: str):
    """YAML has no say in what a title may be."""
    path = draft(site, "actualites", title)
    assert [title] == [e.title for e in site.read().entries if e.path == path]


def test_an_existing_file_is_never_touched(site: Site):
    """The same title twice is refused, and the first text stays."""
    path = draft(site, "actualites", "Un titre")
    (site.content / path).write_text("à moi", "utf-8")
    with pytest.raises(ConfigurationError, match="existe déjà"):
        draft(site, "actualites", "Un titre")
    assert "à moi" == (site.content / path).read_text("utf-8")


@pytest.mark.parametrize(
    ("kind", "title", "message"),
    [
        ("actualités", "T", "genre inconnu « actualités » ; vouliez-vous dire « actualites » ?"),
        (
            "zzz",
            "T",
            "genre inconnu « zzz » ; choisissez parmi : actualites, projets, directeurs, outils, evenements, pages",
        ),
        ("../pages", "T", "genre inconnu « ../pages »"),
        ("actualites", "!!!", "donnez un titre avec au moins une lettre ou un chiffre"),
    ],
)
def test_what_cannot_be_a_draft_is_told(site: Site, kind: str, title: str, message: str):
    """With the kind that was meant."""
    with pytest.raises(ConfigurationError) as caught:
        draft(site, kind, title)
    assert message == str(caught.value)[: len(message)]


def test_a_title_stays_in_its_folder(site: Site):
    """Whatever it holds, the file is beside the others."""
    assert "actualites/2026-11-23-etc-passwd.md" == draft(site, "actualites", "../../etc/passwd")


@pytest.mark.parametrize(
    ("kind", "title"),
    [("actualites", "Cycle 2"), ("outils", "Niveau CP"), ("projets", "2026-2027"), ("pages", "Frise")],
)
def test_a_title_that_makes_a_reserved_address_is_told_at_once(site: Site, kind: str, title: str):
    """Rather than by a refusal, once the text is written."""
    with pytest.raises(ConfigurationError, match="est réservée"):
        draft(site, kind, title)
