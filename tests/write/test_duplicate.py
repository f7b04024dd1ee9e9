"""Tests of write/duplicate.py: last year's entry, ready to be written for this year."""

from datetime import date

import pytest

from gazette.errors import ConfigurationError
from gazette.model.entry import Entry
from gazette.write.duplicate import Duplicate, duplicate
from tests.samples import Site

CROSS = """\
---
# Le grand cross
titre: "Le cross 2026-2027"
date: 2026-11-03          # un mardi
statut: publie
auteur: cpc
resume: Rendez-vous le 24 novembre.
id: actualites/le-cross
anciennes_adresses: [actualites/la-course/]
validation: {par: ien, le: 2026-11-02, empreinte: 'abc'}
expire: 2026-12-18
evenements:
  - titre: Cross
    debut: 2026-11-24 09:00
    fin: 2026-11-24 12:00
    etat: deplace
    id: cross-des-ecoles
echeances:
  - libelle: Inscrire les classes
    date: 2026-11-13
---
Départ le 24 novembre 2026, dossards 1 à 40.
"""


def copied(site: Site, path: str) -> tuple[Duplicate, Entry]:
    """Copy and read again."""
    entries = site.read().entries
    done = duplicate(site.content, entries, next(e for e in entries if e.path == path), site.newsroom().zone)
    return done, next(e for e in site.read().entries if e.path == done.path)


def test_dates_move_by_school_time_and_stay_where_they_were_typed(site: Site):
    """The second Tuesday of period 2 stays the second Tuesday of period 2: zone A begins it on 8 November 2027."""
    site.write("actualites/2026-11-03-cross.md", CROSS)
    done, after = copied(site, "actualites/2026-11-03-cross.md")
    assert "actualites/2027-11-09-cross-2027.md" == done.path
    assert after.date
    assert date(2027, 11, 9) == after.date.day
    event, due = after.events[0], after.deadlines[0]
    assert ("2027-11-30T09:00", "2027-11-30T12:00", "2027-11-19") == (
        event.start.iso,
        event.end.iso if event.end else "",
        due.due.iso,
    )
    text = (site.content / done.path).read_text("utf-8")
    assert "# Le grand cross" in text and "date: 2027-11-09          # un mardi" in text  # noqa: PT018


def test_the_copy_is_a_draft_of_its_own(site: Site):
    """Neither its identity, nor its addresses, nor its approval, nor its events' changes are last year's."""
    site.write("actualites/2026-11-03-cross.md", CROSS)
    done, after = copied(site, "actualites/2026-11-03-cross.md")
    found = (after.status, after.id, after.former_addresses, after.approval, after.events[0].id, after.events[0].state)
    identity = done.path.removesuffix(".md")
    assert ("brouillon", identity, (), None, f"{identity}/1", "prevu") == found


def test_what_a_text_says_of_days_is_pointed_at(site: Site):
    """A machine moves keys; sentences are reread by a person."""
    site.write("actualites/2026-11-03-cross.md", CROSS)
    done, _ = copied(site, "actualites/2026-11-03-cross.md")
    words = {words for _, words in done.dated}
    lines = (site.content / done.path).read_text("utf-8").split("\n")
    assert {"2026-2027", "24 novembre", "24 novembre 2026"} == words
    assert all(words in lines[line - 1] for line, words in done.dated)


def test_pictures_of_people_stay_with_the_year_that_authorised_them(site: Site):
    """The plan is copied, the pupils are not, and nothing is left that points at them."""
    site.change("actualites/2026-11-13-jardin/index.md", "On arrose", "![](potager.png)\n\nOn arrose")
    done, after = copied(site, "actualites/2026-11-13-jardin/index.md")
    folder = site.content / "actualites/2027-11-19-jardin-2027"
    assert {"index.md", "plan.png"} == {p.name for p in folder.iterdir()}
    assert (("actualites/2026-11-13-jardin/potager.png",), ["plan.png"]) == (
        done.left,
        [m.path.rpartition("/")[2] for m in after.media],
    )
    assert "potager" not in (folder / "index.md").read_text("utf-8")


@pytest.mark.parametrize("path", ["ecoles/0869001S.md", "pages/la-circonscription.md"])
def test_what_has_no_year_is_told(site: Site, path: str):
    """A page is the same next year."""
    with pytest.raises(ConfigurationError, match="n'a pas d'année"):
        copied(site, path)


def test_a_copy_is_made_once(site: Site):
    """The second would take the address of the first."""
    path = "actualites/2026-09-15-fluence.md"
    done, _ = copied(site, path)
    before = (site.content / done.path).read_bytes()
    with pytest.raises(ConfigurationError, match="existe déjà"):
        copied(site, path)
    assert before == (site.content / done.path).read_bytes()


@pytest.mark.parametrize("path", ["projets/2026-11-05-exposition.md", "evenements/2026-11-24-cross-des-ecoles.md"])
def test_each_kind_has_a_copy_that_is_read_without_a_fault(site: Site, path: str):
    """No refusal in a copy."""
    done, _ = copied(site, path)
    assert [] == [f.line() for f in site.findings(done.path) if f.severity.label != "note"]


def test_a_day_that_keeps_its_date_every_year_keeps_it(site: Site):
    """La laïcité is marked on the 9th of December, be it a Thursday; what is said of it still comes out by school time.

    Another text of the same day has no such date.
    """
    event = "debut: 2026-12-09\nfils: [actualites]\n"
    for name, title in (("laicite", "Journée de la laïcité"), ("gouter", "Le goûter des laitiers")):
        front = f"titre: {title}\ndate: 2026-12-01\nstatut: publie\nauteur: cpc\nresume: Venez.\n{event}"
        site.write(f"evenements/2026-12-09-{name}.md", f"---\n{front}---\nTexte.\n")
    kept, moved = (copied(site, f"evenements/2026-12-09-{name}.md")[0].moved for name in ("laicite", "gouter"))
    assert [("date", date(2027, 12, 7), False), ("debut", date(2027, 12, 9), True)] == [
        (one.key, one.after, one.is_fixed) for one in kept
    ]
    assert [("date", date(2027, 12, 7), False), ("debut", date(2027, 12, 15), False)] == [
        (one.key, one.after, one.is_fixed) for one in moved
    ]
