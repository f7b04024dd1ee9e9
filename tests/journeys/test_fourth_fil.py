"""A circonscription adds a fil: a few lines in its file, a folder, and everything follows in each edition."""

import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from gazette.build import build
from gazette.model.finding import Severity
from gazette.model.moment import PARIS
from gazette.order import Order
from gazette.pool import Pool
from gazette.state import state_folder
from tests.journeys.conftest import EDITIONS
from tests.plain import files
from tests.samples import ROOT, recall

NOW = datetime(2027, 3, 10, 23, 59, tzinfo=PARIS)
FIL = """\
  langues:
    titre: Langues vivantes et cultures
    titre_court: Langues
    description: Comptines, correspondances et assistants, de la petite section au CM2.
    genre: actualite
    plancher: {floor}
    couleur: marine
    icone: globe
    sigle: LV
    approuve_par: [ien, erun]
    contact: langues.valbrune@ac-valbrune.example

"""
ENTRY = """\
---
titre: Une semaine pour écouter l'anglais
date: 2027-03-01
statut: publie
auteur: cpc
resume: Cinq comptines et une affiche.
niveaux: [CP]
ecoles: [0869001S]
evenements:
  - {titre: Matinée des langues, debut: 2027-03-25, id: matinee-des-langues}
---

Écouter d'abord.
"""
EVENT = """\
---
titre: Journée des langues
date: 2027-03-01
debut: 2027-03-26
fils: [langues]
statut: publie
auteur: cpc
resume: Chaque école choisit la sienne.
---
"""


@pytest.fixture
def printed(
    tmp_path: Path, pool: Pool, printed_demo: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], dict[str, bytes]]:
    """Print the demo with a fourth fil of a floor, and give every file; what its pictures give is remembered."""
    recall(state_folder(printed_demo / "output"), tmp_path / "output")
    return lambda floor: with_fourth_fil(tmp_path, pool, monkeypatch, floor)


def with_fourth_fil(tmp_path: Path, pool: Pool, monkeypatch: pytest.MonkeyPatch, floor: str) -> dict[str, bytes]:
    """Return every file of the demo with a fourth fil of that floor; the gate has nothing to say of it."""
    content = Path(shutil.copytree(ROOT / "content", tmp_path / "content"))
    told = content / "circonscription.yml"
    text = told.read_text("utf-8")
    assert 1 == text.count("\n  directeurs:\n")
    told.write_text(text.replace("\n  directeurs:\n", "\n" + FIL.format(floor=floor) + "  directeurs:\n"), "utf-8")
    (content / "langues").mkdir()
    (content / "langues" / "2027-03-01-ecouter-l-anglais.md").write_text(ENTRY, "utf-8")
    (content / "evenements" / "2027-03-26-journee-des-langues.md").write_text(EVENT, "utf-8")
    monkeypatch.setenv("GAZETTE_CONTENU", str(content))
    order = Order(content=content, output=tmp_path / "output", settings=ROOT / "pelicanconf.py", now=NOW)
    report = build(order, pool=pool)
    assert [] == [f.line() for f in report.findings if f.severity > Severity.NOTE]
    return files(tmp_path / "output")


PLACES = {
    "index.html": (
        'href="langues/"',
        'id="fil-langues"',
        'class="fil couleur-marine"',
        "M3.3 12h17.4M12 3.3",
        "Langues vivantes",
    ),
    "langues/index.html": (
        "Langues vivantes et cultures",
        "couleur-marine",
        "M3.3 12h17.4M12 3.3",
        "Comptines, correspondances et assistants",
        "mailto:langues.valbrune@ac-valbrune.example",
        "l’IEN ou l’ERUN",
        "ecouter-l-anglais/",
    ),
    "langues/cycle-2/index.html": ("ecouter-l-anglais/",),
    "langues/niveau-cp/index.html": ("ecouter-l-anglais/",),
    "langues/ecole-0869001s/index.html": ("ecouter-l-anglais/",),
    "langues/2026-2027/index.html": ("ecouter-l-anglais/",),
    "langues/2026-2027/periode-4/index.html": ("ecouter-l-anglais/",),
    "langues/depuis/2027-S09/index.html": ("ecouter-l-anglais/",),
    "fils/langues.xml": ("Langues vivantes et cultures", "ecouter-l-anglais/"),
    "fils/langues.atom": ("Langues vivantes et cultures", "ecouter-l-anglais/"),
    "fils/langues.json": ("Langues vivantes et cultures", "ecouter-l-anglais/"),
    "fils/tout.xml": ("ecouter-l-anglais/",),
    "fils/index.opml": ("fils/langues.atom",),
    "fils/index.html": (
        "fils/langues.atom",
        "couleur-marine",
        "Langues vivantes et cultures",
        "langues.valbrune@ac-valbrune.example",
    ),
    "frise/index.html": ("2026-2027/langues/", "Matinée des langues", "couleur-marine"),
    "frise/2026-2027/langues/index.html": ("Matinée des langues", "Journée des langues"),
    "plan-du-site/index.html": ('href="../langues/"', "Une semaine pour écouter l’anglais"),
    "404.html": ('href="/langues/"',),
    "sitemap.xml": ("/langues/</loc>", "/langues/niveau-cp/</loc>", "/frise/2026-2027/langues/</loc>"),
    ".well-known/gazette.json": ("fils/langues.json",),
    "ecoles/index.html": ('href="../langues/"',),
}
"""Where a reader, a program or a search engine meets the fil, and by what it is known there."""


def missing(made: dict[str, bytes], edition: str) -> list[tuple[str, str]]:
    """Return the places where the fil is not met."""
    page = {path: made.get(f"{edition}/{path}", b"").decode() for path in PLACES}
    return [(path, word) for path, words in PLACES.items() for word in words if word not in page[path]]


def test_a_fourth_fil_is_everywhere_in_each_edition(printed: Callable[[str], dict[str, bytes]]):
    """Its own entry stands in the most open one, and the others link across."""
    made = printed("public")
    pages = [e for e in EDITIONS if f"{e}/langues/ecouter-l-anglais/index.html" in made]
    assert (["public"], {}) == (pages, {e: lost for e in EDITIONS if (lost := missing(made, e))})


def test_a_restricted_fourth_fil_is_nowhere_else(printed: Callable[[str], dict[str, bytes]]):
    """With teachers as its floor: everywhere for teachers and directors, not a word of it for the public."""
    made = printed("enseignants")
    named = re.compile(rb"Langues vivantes|ecouter-l-anglais|Cinq comptines|>LV<|[\"/]langues[/.]|langues\.valbrune")
    public = {p: data for p, data in made.items() if p.startswith("public/")}
    told = [p for p, data in public.items() if "/langues" in p or named.search(data)]
    assert ({}, []) == ({e: lost for e in EDITIONS[1:] if (lost := missing(made, e))}, told)
