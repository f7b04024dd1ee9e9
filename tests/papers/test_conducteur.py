"""Tests of conducteur.py: what a team reads on Monday morning."""

from datetime import datetime, timedelta

import pytest

from gazette.model.moment import PARIS
from gazette.papers.conducteur import conducteur, lines, sheet
from tests.read.test_history import commit, git
from tests.samples import NOW, Site
from tests.test_cli import call

HEAD = "auteur: cpc\nresume: Un texte.\n---\nTexte.\n"


def parts(site: Site, now: datetime = NOW) -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Return the answers by question, the first two by rank."""
    found = conducteur(site.newsroom(), site.read(now), site.content, now)
    names = ("semaine", "ensuite", "temps", "relire", "depeches", "manque", "fiches", "autorisations")
    return {name: part.rows for name, part in zip(names, found, strict=True)}


def test_the_two_weeks_to_come_are_told_by_day_and_hour(site: Site):
    """What appears, is planned, takes place, is due and leaves; what is cancelled does not."""
    site.write("actualites/2026-11-25-a.md", f"---\ntitre: Demain\ndate: 2026-11-25 14:30\nstatut: publie\n{HEAD}")
    site.write("actualites/2026-11-26-b.md", f"---\ntitre: Pas prêt\ndate: 2026-11-26\nstatut: relecture\n{HEAD}")
    site.write("actualites/2026-11-01-c.md", f"---\ntitre: Idée\ndate: 2026-11-01\nprevu: 2026-12-03\n{HEAD}")
    site.write(
        "actualites/2026-11-02-d.md",
        f"---\ntitre: Passage\ndate: 2026-11-02\nstatut: publie\nexpire: 2026-11-27\n"
        f"evenements: [{{titre: Annulé, debut: 2026-11-24, etat: annule}}]\n{HEAD}",
    )
    found = parts(site)
    told = [(when, what) for when, what, _ in found["semaine"]]
    assert ("mercredi 25 novembre, 14:30", "paraît : Demain") in told
    assert ("jeudi 26 novembre", "doit paraître, est encore en « relecture » : Pas prêt") in told
    assert ("vendredi 27 novembre", "dernier jour en ligne : Passage") in told
    assert not any("Annulé" in what for _, what in told)
    assert any(what.startswith("a lieu : ") for _, what in told)
    assert ("jeudi 3 décembre", "prévu : Idée") in [row[:2] for row in found["ensuite"]]
    assert any(what.startswith("échéance : ") for _, what, _ in found["ensuite"])


def test_a_draft_of_a_day_to_come_is_told_once(site: Site):
    """Its day and the one it is planned for are the same news; another day is another."""
    for day, planned in (("2026-12-03", "2026-12-03"), ("2026-12-02", "2026-12-04")):
        site.write(f"actualites/{day}-e{day}.md", f"---\ntitre: Du {day}\ndate: {day}\nprevu: {planned}\n{HEAD}")
    told = [row[:2] for row in parts(site)["ensuite"] if "Du 2026" in row[1]]
    expected = [
        ("mercredi 2 décembre", "doit paraître, est encore en « brouillon » : Du 2026-12-02"),
        ("jeudi 3 décembre", "doit paraître, est encore en « brouillon » : Du 2026-12-03"),
        ("vendredi 4 décembre", "prévu : Du 2026-12-02"),
    ]
    assert expected == told


def test_what_waits_for_an_approval_tells_since_when_and_of_whom(site: Site):
    """The oldest first; drafts are their author's own."""
    for day, status in (("2026-11-10", "relecture"), ("2026-11-20", "relecture"), ("2026-11-21", "brouillon")):
        site.write(f"directeurs/{day}-x{day}.md", f"---\ntitre: Note du {day}\ndate: {day}\nstatut: {status}\n{HEAD}")
    found = [row for row in parts(site)["relire"] if row[1].startswith("Note")]
    expected = [
        ("depuis 13 jours, par L’IEN", "Note du 2026-11-10", "directeurs/2026-11-10-x2026-11-10.md"),
        ("depuis 3 jours, par L’IEN", "Note du 2026-11-20", "directeurs/2026-11-20-x2026-11-20.md"),
    ]
    assert expected == found


def test_a_text_is_in_review_since_its_first_day_there(site: Site):
    """Correcting a word does not make it young again, going back to its author does; what git does not know is new."""
    path = "directeurs/2026-11-02-note.md"
    text = f"---\ntitre: Une note\ndate: 2026-11-02\nstatut: brouillon\n{HEAD}"
    git(site.content, "init", "-q")
    steps = [("02", "brouillon"), ("04", "relecture"), ("06", "brouillon"), ("10", "relecture"), ("20", "relecture")]
    for day, status in steps:
        site.write(path, text.replace("brouillon", status) + day)
        commit(site.content, f"2026-11-{day}T10:00:00+01:00")
    site.write("directeurs/2026-11-21-b.md", text.replace("brouillon", "relecture").replace("-02", "-21"))
    found = [row[0] for row in parts(site)["relire"] if row[2] in {path, "directeurs/2026-11-21-b.md"}]
    assert ["depuis 13 jours, par L’IEN", "depuis 2 jours, par L’IEN"] == found


def test_the_next_change_that_time_brings_is_told(site: Site):
    """An hour that a text waits for, else midnight."""
    assert "mardi 24 novembre, 00:00" == parts(site)["temps"][0][0]
    site.write("actualites/2026-11-23-a.md", f"---\ntitre: Ce soir\ndate: 2026-11-23 17:30\nstatut: publie\n{HEAD}")
    assert ("lundi 23 novembre, 17:30", "parution de 1 texte") == parts(site)["temps"][0][:2]


def test_depeches_that_wait_are_counted_by_school(site: Site):
    """In the newsdesk's folder, whatever they hold, under the name that people say."""
    school = next(e.title for e in site.read().entries if e.name == "0869001S")
    for name in ("2026-11-02-b", "2026-11-01-a"):
        site.write(f"depeches/attente/0869001S/{name}.md", "---\n---\n")
    row = (school, "2 en attente, la première : 2026-11-01-a.md", "depeches/attente/0869001S/")
    assert (row,) == parts(site)["depeches"]


def test_weeks_without_a_tool_and_silent_fils_are_told(site: Site):
    """A planned sheet is enough; holidays ask for none."""
    assert "semaine du lundi 23 novembre" in [row[0] for row in parts(site)["manque"]]
    source = (site.content / "outils/2026-11-13-mur-de-craie.md").read_text("utf-8")
    for day in ("2026-11-26", "2026-12-04"):
        site.write(f"outils/{day}-x{day}.md", source.replace("2026-11-13", day))
    assert not [row for row in parts(site)["manque"] if row[0].startswith("semaine")]
    later = parts(site, datetime(2027, 1, 25, tzinfo=PARIS))["manque"]
    assert ("Projets", "rien depuis le jeudi 19 novembre 2026", "projets/") in later


def test_sheets_to_check_and_authorisations_that_end_are_told(site: Site):
    """A year for a sheet, thirty days for an authorisation."""
    now = datetime(2027, 12, 1, tzinfo=PARIS)
    assert [row for row in parts(site, now)["fiches"] if row[2] == "outils/2026-11-13-mur-de-craie.md"]
    assert () == parts(site)["fiches"]
    ends = min(a.end for a in site.read().authorisations.values())
    before = datetime(ends.year, ends.month, ends.day, tzinfo=PARIS) - timedelta(days=30)
    assert 1 <= len(parts(site, before)["autorisations"])
    assert () == parts(site, before - timedelta(days=1))["autorisations"]


def test_on_a_week_end_it_tells_the_week_to_come(site: Site):
    """Who looks on Sunday prepares Monday."""
    sunday = datetime(2026, 11, 22, 10, tzinfo=PARIS)
    found = conducteur(site.newsroom(), site.read(sunday), site.content, sunday)
    assert ("D'ici au dimanche 29 novembre", "Ensuite, jusqu'au dimanche 6 décembre") == (
        found[0].title,
        found[1].title,
    )


def test_in_the_preview_each_text_leads_to_its_page(site: Site):
    """On paper nothing does: no preview would answer."""
    site.change("actualites/2026-09-15-fluence.md", "statut: publie", "statut: relecture")
    found = conducteur(site.newsroom(), site.read(), site.content, NOW)
    address = "/_apercu/texte/actualites/2026-09-15-fluence"
    shown = sheet(site.newsroom(), found, NOW, "/_apercu/texte/")
    assert (True, False) == (f'<a href="{address}">Fluence' in shown, "<a " in sheet(site.newsroom(), found, NOW))


@pytest.mark.parametrize("words", ["<b>gras</b>", "Deux & trois"])
def test_a_title_is_no_markup_on_paper(site: Site, words: str):
    """The page is for a browser, the lines for a terminal."""
    site.write("actualites/2026-11-26-x.md", f"---\ntitre: '{words}'\ndate: 2026-11-26\nstatut: publie\n{HEAD}")
    found = conducteur(site.newsroom(), site.read(), site.content, NOW)
    assert any(words in line for line in lines(found))
    assert words not in sheet(site.newsroom(), found, NOW)


def test_the_verb_tells_it_and_prints_it(site: Site):
    """Outside of what is published."""
    code, out, err = call(site, "conducteur", "--imprimer", "plan.html")
    assert (0, "", True) == (code, err, out.startswith("D’ICI AU DIMANCHE 29 NOVEMBRE\n"))
    assert "Équipe seulement" in (site.content.parent / "plan.html").read_text("utf-8")
    assert 2 == call(site, "conducteur", "--imprimer", "output/public/plan.html")[0]
