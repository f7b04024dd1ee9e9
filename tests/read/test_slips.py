"""Tests of read/slips.py: what can only mean one thing is read as it was meant, and said; any doubt stays a fault."""

import pytest

from gazette.read.schema import TABLES
from gazette.read.slips import mend
from tests.samples import Site

GOOD = "---\ntitre: Un texte\ndate: 2026-11-02\nstatut: publie\nresume: R.\n---\n\nTexte.\n"
PATH = "actualites/2026-11-02-essai.md"


@pytest.mark.parametrize(
    ("key", "typed", "meant"),
    [
        ("date", "6 octobre 2026", "2026-10-06"),
        ("date", "mardi 6 octobre 2026", "2026-10-06"),
        ("date", "le 1er septembre 2026", "2026-09-01"),
        ("date", "6\u00a0Août\u202f2026", "2026-08-06"),
        ("date", "6 oct. 2026", "2026-10-06"),
        ("date", "6 nov 2026", "2026-11-06"),
        ("date", "6 févr. 2026", "2026-02-06"),
        ("date", "6 juil. 2026", "2026-07-06"),
        ("date", "06/10/2026", "2026-10-06"),
        ("date", "2026/10/6", "2026-10-06"),
        ("date", "2026-1-6", "2026-01-06"),
        ("date", "6 octobre 2026 à 14 h 30", "2026-10-06 14:30"),
        ("date", "2026-10-06 8h", "2026-10-06 08:00"),
        ("prevu", "6 octobre 2026", "2026-10-06"),
        ("statut", "Publié", "publie"),
        ("niveaux", ["cm1", "CM2"], ["CM1", "CM2"]),
        ("niveaux", "CM1-CM2", ["CM1", "CM2"]),
        ("niveaux", "CM1/CM2", ["CM1", "CM2"]),
        ("niveaux", "cm1 et cm2", ["CM1", "CM2"]),
        ("niveaux", ["CP", "CM1-CM2"], ["CP", "CM1", "CM2"]),
        ("niveaux", "CP-CE1-CE2", ["CP", "CE1", "CE2"]),
        ("niveaux", "du CP au CE2", ["CP", "CE1", "CE2"]),
        ("niveaux", "de la GS au CP", ["GS", "CP"]),
        ("niveaux", "CE2 à CM2", ["CE2", "CM1", "CM2"]),
        ("niveaux", "cycle 3", ["CM1", "CM2", "6e"]),
        ("ecoles", ["0869001s"], ["0869001S"]),
        ("ecoles", "0869001s", "0869001S"),
        ("ecoles", "0869001s ; 0869002T", ["0869001S", "0869002T"]),
        ("mots_cles", "lecture ; l’oral; CP", ["lecture", "l’oral", "CP"]),
        ("mots_cles", ["lecture; fluence", "CP"], ["lecture", "fluence", "CP"]),
    ],
)
def test_a_slip_with_one_meaning_is_read_as_meant(key: str, typed: object, meant: object):
    """Dates in words, accents, capitals and hard spaces cost nothing."""
    values, _, slips = mend({key: typed}, {}, TABLES["actualite"])
    assert ({key: meant}, 1) == (values, len(slips))


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("date", "2026-10-06"),
        ("date", "2026-10-06 14:30"),
        ("date", "2026-10-06 14h30"),
        ("date", "6/10/26"),
        ("date", "6 octobre"),
        ("date", "6 novem 2026"),
        ("date", "lundi 6 octobre 2026"),
        ("date", "31 février 2026"),
        ("date", "13/13/2026"),
        ("date", "6 octobre 2026 25h"),
        ("prevu", "6 octobre 2026 à 14 h"),
        ("statut", "publier"),
        ("Edition", "directeurs"),
        ("titre", "Mardi 6 octobre 2026"),
        ("niveaux", "CP, CE1"),
        ("niveaux", "CM3/CM4"),
        ("niveaux", "du CM2 au CP"),
        ("titre", "CM1-CM2"),
        ("ecoles", "0869001a"),
    ],
)
def test_what_is_right_or_in_doubt_is_left_alone(key: str, value: str):
    """A weekday that is another, two digits of a year, who may read: only the author knows."""
    assert ({key: value}, []) == (mend({key: value}, {}, TABLES["actualite"])[0::2])


def test_a_mended_text_is_printed_and_its_slips_are_said(site: Site):
    """Capitals, accents, a hard space after a colon and « Oui » are read as meant, each told at its line."""
    site.write(
        PATH,
        "---\nTitre: Un texte\nDate : mardi 3 novembre 2026\nstatut: Publié\nrésumé:\u00a0R.\n"
        "evenements:\n  - {Début: 5/11/2026, titre: T, hors_classe: OUI, id: t}\n---\n\nTexte.\n",
    )
    reading = site.read()
    entry = next(e for e in reading.entries if e.path == PATH)
    found = [(f.place.line, f.code, f.severity.label) for f in reading.findings if f.place.file == PATH]
    assert ("Un texte", "2026-11-03", "publie", "R.", "2026-11-05", True) == (
        entry.title,
        f"{entry.date.day}",
        entry.status,
        entry.summary,
        f"{entry.events[0].start.day}",
        entry.events[0].is_off_class,
    )
    assert [(line, "LEC-29", "note") for line in (2, 3, 3, 4, 5, 5, 7, 7, 7)] == found


def test_a_fault_in_what_was_renamed_stands_at_its_line(site: Site):
    """A key read as meant keeps the place where it was typed."""
    site.write(PATH, GOOD.replace("date: 2026-11-02", "Date: 31/02/2026"))
    assert [(3, "LEC-02"), (3, "LEC-29")] == sorted((f.place.line, f.code) for f in site.findings(PATH))


def test_a_space_that_nobody_sees_is_named(site: Site):
    """« titre » read as « titre » told nothing: the two looked the same."""
    site.write(PATH, "---\ntitre\u00a0: Un\ndate: 2026-11-02\nstatut: brouillon\nresume: R.\n---\nTexte.\n")
    (found,) = site.findings(PATH)
    assert ("LEC-29", 2, "espace insécable contre « titre », lue comme rien") == (
        found.code,
        found.place.line,
        found.message,
    )
