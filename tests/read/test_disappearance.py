"""Events that were on line and are announced no more: told, for agendas still show them."""

import pytest

from gazette.model.finding import Finding
from tests.read.test_history import commit, git
from tests.samples import Site

PATH = "evenements/2026-11-02-cross.md"
HEAD = "---\ntitre: {}\ndate: 2026-10-01\nstatut: {}\nauteur: cpc\nresume: R.\n"
CROSS = HEAD + "debut: {}\n{}---\n"
NEWS = "actualites/2026-10-01-une.md"
ROWS = ("  - {titre: Cross, debut: 2026-12-01, id: cross}\n", "  - {titre: Chorale, debut: 2026-12-08, id: chant}\n")
TWO = f"evenements:\n{''.join(ROWS)}"


@pytest.fixture
def repository(site: Site) -> Site:
    """Give a copied circonscription in git, with an event of its own and an entry that announces two."""
    git(site.content.parent, "init", "--quiet", "--initial-branch", "main")
    site.write(PATH, CROSS.format("Cross", "publie", "2026-12-01", ""))
    site.write(NEWS, HEAD.format("Une", "publie") + TWO + "---\n")
    commit(site.content.parent, "2026-10-02T10:00:00+02:00")
    return site


def told(site: Site, day: str = "2026-10-20T10:00:00+02:00") -> list[Finding]:
    """Record what was done, and return what is told of it."""
    commit(site.content.parent, day)
    return [f for f in site.read().findings if f.code == "AGD-10"]


def test_an_event_whose_file_is_gone_is_told_by_its_identity(repository: Site):
    """Not by its title, which may name somebody; once, however often the folder is read."""
    (repository.content / PATH).unlink()
    (found,) = told(repository)
    assert (PATH, "note") == (found.place.file, found.severity.label)
    assert "« evenements/2026-11-02-cross » du 2026-12-01" in found.message
    assert "etat: annule" in found.remedy
    assert "annoncé puis effacé : s’il avait paru" in found.message  # what was refused never was on line
    assert [found] == [f for f in repository.read().findings if f.code == "AGD-10"]


def test_an_event_taken_out_of_its_entry_is_told(repository: Site):
    """The one that stays is not."""
    repository.change(NEWS, ROWS[0], "")
    assert ["cross"] == [f.message.split(" »")[0].split("« ")[1] for f in told(repository)]


def test_an_entry_that_is_a_draft_again_takes_its_events_away(repository: Site):
    """Readers see it no more."""
    repository.change(NEWS, "publie", "brouillon")
    assert 2 == len(told(repository))


def test_what_is_cancelled_moved_or_announced_elsewhere_is_not_told(repository: Site):
    """Agendas follow it by its id."""
    repository.change(NEWS, "2026-12-01, id: cross", "2026-12-03, etat: deplace, id: cross")
    repository.change(NEWS, "id: chant", "etat: annule, id: chant")
    (repository.content / PATH).unlink()
    same = CROSS.format("Cross", "publie", "2026-12-01", "id: evenements/2026-11-02-cross\n")
    repository.write("evenements/2026-12-01-cross-de-secteur.md", same)
    assert [] == told(repository)


def test_what_was_told_cancelled_may_go(repository: Site):
    """Its last version on line said so: agendas know."""
    repository.change(PATH, "debut:", "etat: annule\ndebut:")
    commit(repository.content.parent, "2026-10-10T10:00:00+02:00")
    (repository.content / PATH).unlink()
    assert [] == told(repository)


def test_an_event_that_is_given_its_id_is_the_same(repository: Site):
    """As the note on events without one asks; a title or a day is enough to know it."""
    bare = TWO.replace(", id: cross", "").replace(", id: chant", "")
    repository.write(NEWS, HEAD.format("Une", "publie") + bare + "---\n")
    commit(repository.content.parent, "2026-10-10T10:00:00+02:00")
    moved = TWO.replace("2026-12-08", "2026-12-15").replace("titre: Cross", "titre: Grand cross")
    repository.write(NEWS, HEAD.format("Une", "publie") + moved + "---\n")
    assert [] == told(repository)
    repository.write(NEWS, HEAD.format("Une", "publie") + "---\n")
    assert ["chant", "cross"] == sorted(f.remedy.rpartition(" ")[2] for f in told(repository))


@pytest.mark.parametrize(
    ("before", "after"),
    [("publie", "brouillon"), ("2026-10-01", "2026-10-15"), ("2026-12-01", "2026-11-02"), ("debut: ", "debut: le ")],
    ids=["a draft", "scheduled", "over", "unreadable"],
)
def test_what_no_agenda_holds_is_not_told(site: Site, before: str, after: str):
    """It never was on line, or it took place."""
    git(site.content.parent, "init", "--quiet", "--initial-branch", "main")
    site.write(PATH, CROSS.format("Cross", "publie", "2026-12-01", "").replace(before, after))
    commit(site.content.parent, "2026-10-02T10:00:00+02:00")
    (site.content / PATH).unlink()
    assert [] == told(site, "2026-10-03T10:00:00+02:00")


def test_what_left_before_the_school_year_is_not_told(repository: Site):
    """Agendas of last year are."""
    git(repository.content.parent, "rm", "--quiet", "--", f"content/{PATH}")
    assert [] == told(repository, "2026-07-30T10:00:00+02:00")


def test_what_was_withdrawn_is_not_asked_for_again(repository: Site):
    """A register says that it must not come back; the other event is told."""
    (repository.content / PATH).unlink()
    (repository.content / NEWS).unlink()
    repository.write(
        "registres/retraits.yml",
        "retraits:\n  - {id: RET-2026-001, jour: 2026-10-20, motif: demande, edition: public,"
        " entree: evenements/2026-11-02-cross}\n",
    )
    assert ["chant", "cross"] == sorted(f.remedy.rpartition(" ")[2] for f in told(repository))


def test_a_file_that_cannot_be_read_may_still_hold_it(repository: Site):
    """Its own fault is told, and nothing is guessed."""
    repository.change(PATH, "titre: Cross", "titre: [")
    assert [] == told(repository)
