"""Tests of read/kinds.py: what only the circonscription can tell of an entry; in doubt it is refused, never opened."""

from datetime import date, time

import pytest

from gazette.model.entry import Ecole, Entry, Evenement, InfoDirection, Outil, Projet, Step
from gazette.model.moment import Moment
from tests.samples import Site

FLUENCE = "actualites/2026-09-15-fluence.md"
EXPOSITION = "projets/2026-11-05-exposition.md"
TOOL = "outils/2026-11-13-mur-de-craie.md"
SCHOOL = "ecoles/0869001S.md"
EVENT = "evenements/2026-11-24-cross-des-ecoles.md"
NOTE = "directeurs/2026-11-23-effectifs.md"


def entries(site: Site) -> dict[str, Entry]:
    """Return what is read, by path."""
    return {entry.path: entry for entry in site.read().entries}


@pytest.mark.parametrize(
    ("path", "before", "after", "told"),
    [
        (FLUENCE, "auteur: cpc", "auteur: Mme Durand", ("LEC-14", 5, 9, "auteur : ni un rôle ni un code d'école")),
        (FLUENCE, "auteur: cpc", "auteur: CPC", ("LEC-14", 5, 9, "auteur : ni un rôle ni un code d'école")),
        (FLUENCE, "auteur: cpc", "auteur: 0869001T", ("LEC-14", 5, 9, "auteur : ni un rôle ni un code d'école")),
        (
            FLUENCE,
            "auteur: cpc",
            "auteur: cpc\nedition: direction",
            ("LEC-13", 6, 10, "édition inconnue « direction »"),
        ),
        (FLUENCE, "auteur: cpc", "auteur: cpc\nedition: PUBLIC", ("LEC-13", 6, 10, "édition inconnue « PUBLIC »")),
        (EXPOSITION, "fin: 2027-03-26", "fin: 2026-03-26", ("LEC-17", 8, 35, "la fin est avant le début")),
        (EXPOSITION, "fin: 2026-11-27 18:00", "fin: 2026-11-27 16:00", ("LEC-17", 14, 10, "la fin est avant le début")),
        (EXPOSITION, "fin: 2026-11-27 18:00", "fin: 2026-11-26", ("LEC-17", 14, 10, "la fin est avant le début")),
        (EVENT, "fin: 2026-11-24 16:00", "fin: 2026-11-23", ("LEC-17", 8, 6, "la fin est avant le début")),
        (FLUENCE, "auteur: cpc", "auteur: cpc\nexpire: 2026-09-14", ("LEC-17", 6, 9, "expire avant de paraître")),
        (
            "directeurs/2026-09-02-evaluations.md",
            "fin: 2026-09-18",
            "fin: 2026-09-06",
            ("LEC-17", 10, 50, "la fin est avant le début"),
        ),
        (
            SCHOOL,
            "uai: 0869001S",
            "uai: 0869003U",
            ("LEC-36", 2, 6, "le nom du fichier n'est pas le code UAI de l'école"),
        ),
        (
            FLUENCE,
            "auteur: cpc",
            "auteur: cpc\nimages: [{fichier: ../../registres/cle.yml}]",
            ("LEC-18", 6, 10, "image hors du dossier de l'article"),
        ),
        (
            EXPOSITION,
            "duree: 3 min",
            "apercu: panneau.png",
            ("LEC-18", 32, 13, "vidéo 1 : image non déclarée « panneau.png »"),
        ),
        (
            FLUENCE,
            "auteur: cpc",
            "auteur: cpc\nimages: [{fichier: /etc/passwd}]",
            ("LEC-18", 6, 10, "image hors du dossier de l'article"),
        ),
    ],
)
def test_what_cannot_be_is_refused(site: Site, path: str, before: str, after: str, told: tuple[str, int, int, str]):
    """The entry stays out, and the others do not notice."""
    others = set(entries(site)) - {path}
    site.change(path, before, after)
    reading = site.read()
    found = [
        (f.code, f.place.line, f.place.column, f.message)
        for f in reading.findings
        if f.place.file == path and f.severity.label == "refus"
    ]
    assert ([told], others) == (found, {entry.path for entry in reading.entries})


def test_a_linked_picture_outside_is_refused(site: Site):
    """A symbolic link beside the text shows no other file."""
    (site.content / "actualites/2026-11-18-affiche/dessin.png").unlink()
    (site.content / "actualites/2026-11-18-affiche/dessin.png").symlink_to("/etc/passwd")
    assert ["LEC-18"] == [f.code for f in site.findings("actualites/2026-11-18-affiche/index.md")]


def test_a_missing_picture_is_left_to_the_gate(site: Site):
    """Reading tells that there are no bytes; the gate refuses."""
    (site.content / "actualites/2026-11-18-affiche/dessin.png").unlink()
    images = entries(site)["actualites/2026-11-18-affiche/index.md"].images
    assert [("dessin.png", ""), ("carte.jpg", 64)] == [(i.file, len(i.digest) or "") for i in images]


def test_the_audience_is_the_floor_of_the_fil_by_default(site: Site):
    """Directors' notes are theirs without a word; what says otherwise is heard, and judged by the gate."""
    site.change("directeurs/2026-09-07-elections.md", "auteur: ien", "auteur: ien\nedition: public")
    read = entries(site)
    paths = (NOTE, "directeurs/2026-09-07-elections.md", FLUENCE, "actualites/2026-11-16-rased.md", SCHOOL)
    assert ["directeurs", "public", "public", "enseignants", "public"] == [read[path].audience.name for path in paths]


def test_an_unknown_fil_is_told_and_left_out(site: Site):
    """``aussi_dans`` shows the entry elsewhere: a slip there costs no entry."""
    site.change(EXPOSITION, "aussi_dans: [actualites]", "aussi_dans: [actualité, actualites]")
    finding = site.findings(EXPOSITION)[0]
    assert (("actualites",), "LEC-16", "note", "vouliez-vous dire « actualites » ?") == (
        entries(site)[EXPOSITION].also_in,
        finding.code,
        finding.severity.label,
        finding.remedy,
    )


@pytest.mark.parametrize(
    "name", ["page", "index", "depuis", "cycle-2", "niveau-6e", "niveau-ce1", "ecole-0869001s", "2026-2027"]
)
def test_names_of_pages_of_lists_are_reserved(site: Site, name: str):
    """An entry there would be printed over a list."""
    path = f"actualites/2026-11-02-{name}.md"
    site.write(path, "---\ntitre: T\ndate: 2026-11-02\nresume: R\n---\n")
    assert ["LEC-35"] == [f.code for f in site.findings(path)]


@pytest.mark.parametrize("name", ["cycle-2-lire", "niveau-sonore", "ecole-a-velo", "annee-2026-2027", "depuis-1981"])
def test_a_name_that_begins_like_a_list_s_is_free(site: Site, name: str):
    """Only the lists' own addresses are taken."""
    path = f"actualites/2026-11-02-{name}.md"
    site.write(path, "---\ntitre: T\ndate: 2026-11-02\nresume: R\nstatut: publie\nauteur: cpc\n---\n")
    assert [] == [f.code for f in site.findings(path)]


@pytest.mark.parametrize("name", ["frise", "fils", "theme", "actualites", "enseignants", "mentions-legales"])
def test_a_free_page_takes_no_address_of_ours(site: Site, name: str):
    """The first segments of the site's own addresses are not for pages."""
    site.write(f"pages/{name}.md", "---\ntitre: T\n---\n")
    assert ["LEC-35"] == [f.code for f in site.findings(f"pages/{name}.md")]


def test_a_tool_takes_no_cycle_s_address(site: Site):
    """``/outils/cycle-2/`` lists tools."""
    text = (site.content / TOOL).read_text("utf-8")
    site.write("outils/2026-11-20-cycle-2.md", text)
    assert ["LEC-35"] == [f.code for f in site.findings("outils/2026-11-20-cycle-2.md")]


def test_a_school_of_another_department_is_refused(site: Site):
    """The code tells the department (rule R34)."""
    site.write("ecoles/0442953W.md", "---\nuai: 0442953W\nnom: N\ncommune: C\n---\n")
    assert ["LEC-37"] == [f.code for f in site.findings("ecoles/0442953W.md")]


def test_events_have_an_identity(site: Site):
    """Their own, else their entry's and their rank."""
    site.change(EXPOSITION, "    id: visite-familles\n", "")
    read = entries(site)
    ids = [event.id for path in (EXPOSITION, EVENT) for event in read[path].events]
    assert [
        "vernissage",
        "projets/2026-11-05-exposition/2",
        "atelier",
        "evenements/2026-11-24-cross-des-ecoles",
    ] == ids


@pytest.mark.parametrize("key", ["images", "sons", "fichiers", "videos"])
def test_an_event_tells_that_it_shows_no_file(site: Site, key: str):
    """It has no page of its own: what it declares is told, neither decoded nor printed; and the line says where."""
    row = "{url: 'https://tubes.example/v', titre: Cross, sous_titres: oui}" if key == "videos" else "{fichier: f.png}"
    site.write("evenements/f.png", b"x")
    site.change(EVENT, "fin: 2026-11-24 16:00", f"fin: 2026-11-24 16:00\n{key}: [{row}]")
    reading = site.read()
    entry = next(e for e in reading.entries if e.path == EVENT)
    told = [f.place.line for f in reading.findings if f.code == "LEC-27" and key in f.message]
    assert ([9], (), ()) == (told, entry.media, entry.videos)


def test_a_project_keeps_its_states_period_and_repetition(site: Site):
    """Moved, cancelled, weekly: all reach the model."""
    projet = entries(site)[EXPOSITION]
    assert isinstance(projet, Projet)
    assert (["deplace", "annule", "prevu"], ("mardi", date(2026, 12, 15)), date(2027, 3, 26)) == (
        [event.state for event in projet.events],
        (projet.events[2].repeat_day, projet.events[2].repeat_until),
        projet.period and projet.period.end.day,
    )


def test_a_deadline_may_have_its_hour_apart(site: Site):
    """``date`` and ``heure`` make one moment."""
    assert [Moment(date(2026, 11, 30), time(18))] == [d.due for d in entries(site)[EXPOSITION].deadlines]


def test_each_kind_keeps_its_own_keys(site: Site):
    """A sample of what each table hands to the model."""
    read = entries(site)
    tool, school, event, note = read[TOOL], read[SCHOOL], read[EVENT], read[NOTE]
    assert isinstance(tool, Outil)
    assert isinstance(school, Ecole)
    assert isinstance(event, Evenement)
    assert isinstance(note, InfoDirection)
    assert (
        ((2, 3), ("1.1", "2.2"), False, False, "a_demander", 8),
        ("0869001S", "ouverte", 3, 61, "46.80", "ONE", "RPI des Deux Rives (les CM vont à l’autre école)", True),
        (("projets",), "stade de Sourcelle", ("0869001S",)),
        ("NS n° 3", date(2026, 12, 4)),
    ) == (
        (tool.cycles, tool.skills, tool.is_offline, tool.has_pupil_account, tool.registry, tool.number),
        (
            school.name,
            school.state,
            school.classes,
            school.pupils,
            school.latitude,
            school.ent and school.ent.solution,
            school.rpi,
            school.is_fictitious,
        ),
        (event.lanes, event.events[0].place, event.events[0].schools),
        (note.note_number, note.pinned_until),
    )


def test_every_key_has_its_place(site: Site):
    """Findings of later stages point into the file."""
    affiche = entries(site)["actualites/2026-11-18-affiche/index.md"]
    assert [(2, 8), (7, 1), (1, 1)] == [
        (p.line, p.column) for p in (affiche.place("titre"), affiche.place("images"), affiche.place("edition"))
    ]


@pytest.mark.parametrize(
    ("former", "codes"),
    [
        ("actualites/ancien-nom", []),
        ("actualites/cycle-2-lire", []),
        ("actualites/cycle-2", ["LEC-26"]),
        ("/outils/cycle-3/", ["LEC-26"]),
        ("actualites/depuis/2026-S46", ["LEC-26"]),
        ("actualites/2026-2027/periode-1", ["LEC-26"]),
        ("actualites", ["LEC-26"]),
    ],
)
def test_a_former_address_is_none_of_the_lists(site: Site, former: str, codes: list[str]):
    """It would lead away from what readers choose in a fil."""
    site.change(FLUENCE, "auteur: cpc", f"auteur: cpc\nanciennes_adresses: [{former}]")
    assert codes == [f.code for f in site.findings(FLUENCE)]


SHEET = """---
titre: Un mur
date: 2026-11-13
statut: publie
resume: Un mur de consignes.
outil: Mur
editeur: Une association
url: https://mur.example/
cycles: [2]
competences_crcn: ["2.2"]
compte_eleve: non
verifie_le: 2026-11-13
images:
  - {{fichier: ouvrir.png, alt: Un bouton vert, personnes: aucune}}
etapes:
  - Choisir un titre.
  - texte: Ouvrir le mur.
    image: {image}
---
"""


def test_a_step_may_show_a_picture_that_the_sheet_declares(site: Site):
    """A line of text alone is a step too; a picture that is not declared costs the sheet, at its line."""
    site.write("outils/2026-11-13-neuf/ouvrir.png", b"png")
    site.write("outils/2026-11-13-neuf/index.md", SHEET.format(image="ouvrir.png"))
    entry = next(e for e in site.read().entries if e.name == "neuf")
    assert (Step("Choisir un titre."), Step("Ouvrir le mur.", "ouvrir.png")) == entry.steps
    site.write("outils/2026-11-13-neuf/index.md", SHEET.format(image="ouvir.png"))
    found = site.findings("outils/2026-11-13-neuf/index.md")
    assert [("LEC-18", 18)] == [(f.code, f.place.line) for f in found]
    assert "ouvrir.png" in found[0].remedy


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Dessin.PNG", "dessin.png"),
        ("dessin.jpg", "dessin.png"),
        ("desin.png", "dessin.png"),
        ("carte.webp", "carte.jpg"),
    ],
)
def test_a_missing_picture_leads_to_the_file_that_was_meant(site: Site, typed: str, near: str):
    """The name that stands beside the text is told, and forgotten once it is right."""
    path = "actualites/2026-11-18-affiche/index.md"
    text = (site.content / path).read_text("utf-8")
    right = near in text
    site.write(path, text.replace(near, typed))
    found = [e for e in site.read().entries if e.path == path]
    assert right
    assert [near] == [i.near for e in found for i in e.images if i.file == typed]
