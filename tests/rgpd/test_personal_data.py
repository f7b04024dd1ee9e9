"""Tests of rgpd/personal_data.py: wherever a datum is in an entry's file, it is told at its line, and remembered."""

from dataclasses import replace

import pytest

from gazette.model.entry import Entry
from gazette.model.finding import Finding, Severity
from gazette.rgpd import personal_data as module
from gazette.rgpd.case import Case
from gazette.rgpd.personal_data import personal_data, unmarked
from tests.samples import NOW, Shelf, Site, sample_entry, sample_newsroom

CASE = Case(sample_newsroom(), NOW, {})
PLACES = {
    "title": ("titre: Inès Sorel a gagné", 2),
    "summary": ("resume: Appelez le 06 12 34 56 78", 3),
    "alt": ("images: [{fichier: a.png, alt: Portrait d’Inès Sorel, personnes: eleves}]", 4),
    "caption": ("images:\n  - fichier: a.png\n    legende: Inès Sorel", 6),
    "file": ("images: [{fichier: ines_sorel.png}]", 4),
    "transcription": ("sons:\n  - fichier: a.mp3\n    transcription: |\n      Je m’appelle Inès Sorel.", 7),
    "event": ("evenements: [{titre: Équipe éducative – Inès Sorel, debut: 2026-12-01}]", 4),
    "place": ("evenements: [{debut: 2026-12-01, lieu: 'Chez Mme Sorel, 7 rue du Four'}]", 4),
    "deadline": ("echeances:\n  - libelle: Dossier MDPH de Kelyan M.\n    date: 2026-12-01", 5),
    "body": ("---\n\nTexte.\n\nBravo à Inès Sorel !", 8),
    "table": ("---\n\n| Nom | Prénom |\n|---|---|\n| x | y |", 6),
    "marked": ("---\n\n06 **12** 34 5<!-- -->6 78", 6),
    "entity": ("---\n\n&#48;6 12 34 56 78", 6),
    "split": ("---\n\nIn*ès* <span>Sorel</span> a gagné", 6),
}


def source(addition: str) -> str:
    """Return a lawful file with a line that is not."""
    key = addition.split(":", 1)[0]
    lines = [line for line in ("titre: Essai", "resume: Un essai.") if not line.startswith(f"{key}:")]
    at = {"titre": 0, "resume": 1}.get(key, 2)
    return "\n".join(["---", *lines[:at], addition, *lines[at:]])


@pytest.mark.parametrize("where", PLACES)
def test_wherever_it_is(where: str):
    """At the right line of the file, and the entry is refused."""
    addition, line = PLACES[where]
    found = list(personal_data(sample_entry(source=source(addition)), CASE))
    assert [(line, Severity.REFUSE)] == list(dict.fromkeys((f.place.line, f.severity) for f in found))


def test_the_name_of_the_file_itself():
    """It becomes an address: it is told at the head of the file."""
    entry = sample_entry(path="actualites/2026-11-02-ines-sorel.md", source="Texte.")
    assert [("RGPD-20", 1, 1)] == [(f.code, f.place.line, f.place.column) for f in personal_data(entry, CASE)]


def test_columns():
    """The finding points at the name."""
    found = list(personal_data(sample_entry(source="a\nBravo à **Inès** Sorel"), CASE))
    assert [(2, 11)] == [(f.place.line, f.place.column) for f in found]


def test_some_first_names_are_a_note():
    """Five names in a row are told, and printed."""
    found = personal_data(sample_entry(source="Bravo à Emma, Timéo, Inès, Noé et Lina."), CASE)
    assert [("RGPD-20", Severity.NOTE)] == [(f.code, f.severity) for f in found]


def test_what_the_circonscription_says_of_itself():
    """Its director, whom the law has named, and addresses of its domains."""
    source = f"{sample_newsroom().legal.director}, et ien@ac-sourcelle.example"
    assert [] == list(personal_data(sample_entry(source=source), CASE))


def test_what_is_for_the_ent_shows_its_title_alone():
    """The text is not printed; the title is."""
    lawful = sample_entry(ent_only=True, source="---\ntitre: Essai\n---\nInès Sorel")
    named = sample_entry(ent_only=True, title="Inès Sorel", lines={"titre": (2, 1)}, source="")
    assert ([], [2]) == ([*personal_data(lawful, CASE)], [f.place.line for f in personal_data(named, CASE)])


def test_a_text_is_scanned_once(monkeypatch: pytest.MonkeyPatch):
    """The second build asks the memo; another digest or another circonscription is another question."""
    seen: list[str] = []
    scan = module.scan
    monkeypatch.setattr(module, "scan", lambda text, permitted: seen.append(text) or scan(text, permitted))
    case = Case(sample_newsroom(), NOW, {}, memo=Shelf())
    entry = sample_entry(source="Inès Sorel")

    def told(entry: Entry) -> list[Finding]:
        return list(personal_data(entry, replace(case, scans=module.scan_all([entry], case))))

    first, second = told(entry), told(entry)
    other = told(sample_entry(source="Texte.", digest="e2"))
    sources = [text.split("\n")[0] for text in seen]
    assert (first, ["Inès Sorel", "Essai", "Texte.", "Essai"], []) == (second, sources, other)


def test_unmarked_keeps_lines():
    """A comment over three lines leaves three."""
    text = "a\n<!-- b\nc -->\n&amp;&#10;*d*"
    assert (text.count("\n"), "a\n\n\n& d") == (unmarked(text).count("\n"), unmarked(text))


def test_a_site_refuses_what_was_added(site: Site):
    """Read from a real file, with its true line."""
    site.change("actualites/2026-09-15-fluence.md", "110", "110\n\nBravo à Inès Sorel.\n")
    entry = next(e for e in site.read().entries if e.path == "actualites/2026-09-15-fluence.md")
    line = entry.source[: entry.source.index("Bravo")].count("\n") + 1
    assert [line] == [f.place.line for f in personal_data(entry, CASE)]
