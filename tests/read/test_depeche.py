"""Dépêches: read as entries of their fil, signed by the school of their folder; what waits is no entry."""

import pytest

from gazette.model.depeche import Provenance
from tests.samples import Site

ACCEPTED = "depeches/0869001S/2026-11-20-jardin-partage.md"
WAITING = "depeches/attente/0869001S/2026-11-20-jardin-partage.md"
TEXT = """---
titre: Un jardin partagé
date: 2026-11-20
statut: publie
fil: actualites
auteur: ien
resume: Les semis du cycle 2.
origine:
  source: https://petit-pont.example/flux.xml
  lien: https://petit-pont.example/jardin
  id: "17"
  vu_le: 2026-11-21
  empreinte: abc
---

Nous avons semé des fèves.
"""


def test_a_depeche_is_an_entry_of_its_fil_signed_by_the_school_of_its_folder(site: Site):
    """Whoever the source said that it was."""
    site.write(ACCEPTED, TEXT)
    entry = next(e for e in site.read().entries if e.path == ACCEPTED)
    origin = Provenance(
        "https://petit-pont.example/flux.xml", "", "https://petit-pont.example/jardin", "17", "2026-11-21", "abc"
    )
    facts = ("actualite", "actualites", "0869001s-jardin-partage", "0869001S", ("0869001S",), origin, "public")
    told = (entry.kind, entry.folder, entry.name, entry.author, entry.schools, entry.provenance, entry.audience.name)
    assert facts == told


def test_a_folder_with_media_is_a_depeche_too(site: Site):
    """Its address comes from the folder."""
    site.write("depeches/0869001S/2026-11-20-jardin/index.md", TEXT)
    assert ["0869001s-jardin"] == [e.name for e in site.read().entries if e.provenance]


def test_what_waits_is_no_entry(site: Site):
    """Nor are its faults those of the content: they are told to who moderates."""
    site.write(WAITING, TEXT)
    site.write("depeches/attente/0869001S/cassee.md", "---\ntitre: [\n---\n")
    found = site.read()
    assert ([], [WAITING], []) == (
        [e.path for e in found.entries if e.provenance],
        [e.path for e in found.waiting],
        [f for f in found.findings if "depeches" in f.place.file],
    )


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("fil: actualites\n", "", "LEC-07"),
        ("fil: actualites", "fil: actualite", "LEC-16"),
        ("fil: actualites", "fil: pages", "LEC-16"),
        ("  vu_le: 2026-11-21\n", "", "LEC-07"),
        ("vu_le: 2026-11-21", "vu_le: hier", "LEC-02"),
        ("lien: https://petit-pont.example/jardin", "lien: javascript:alert(1)", "LEC-09"),
        ("  id: ", "  autre: x\n  id: ", "LEC-08"),
        ("origine:\n", "origin:\n", "LEC-07"),
    ],
)
def test_without_a_fil_or_an_origin_nothing_is_printed(site: Site, before: str, after: str, code: str):
    """Each fault is told at its place, and costs the dépêche."""
    site.write(ACCEPTED, TEXT.replace(before, after))
    found = site.read()
    assert (False, True) == (
        any(e.path == ACCEPTED for e in found.entries),
        code in [f.code for f in found.findings if f.place.file == ACCEPTED],
    )


def test_a_depeche_of_a_restricted_fil_is_for_its_floor(site: Site):
    """Without ``edition:``, as any entry of the fil; a more open one is refused by the gate."""
    site.write(ACCEPTED, TEXT.replace("fil: actualites", "fil: directeurs"))
    assert ["directeurs"] == [e.audience.name for e in site.read().entries if e.provenance]


def test_an_event_of_a_calendar_stands_on_the_frise(site: Site):
    """``fil: evenements`` is no fil, but what a calendar gives."""
    event = TEXT.replace("fil: actualites", "fil: evenements\ndebut: 2026-12-11 16:30\nfils: [projets]")
    site.write(ACCEPTED, event)
    entry = next(e for e in site.read().entries if e.provenance)
    assert ("evenement", ("projets",), ("0869001S",)) == (entry.kind, entry.lanes, entry.events[0].schools)


@pytest.mark.parametrize("folder", ["depeches/ecole", "depeches/attente/0869001T", "depeches/0869001s"])
def test_a_folder_that_is_no_school_is_told(site: Site, folder: str):
    """Nothing of it is read."""
    site.write(f"{folder}/a.md", TEXT)
    found = site.read()
    assert (0, 0, ["LEC-31"]) == (
        sum(bool(e.provenance) for e in found.entries),
        len(found.waiting),
        [f.code for f in found.findings if f.place.file == folder],
    )
