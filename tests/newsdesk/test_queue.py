"""What waits, oldest first."""

from gazette.newsdesk.queue import queue
from tests.newsdesk.waiting import depeche, put, somebody
from tests.samples import Site


def test_the_oldest_comes_first(site: Site):
    """By the day it was first seen."""
    put(site, depeche("b", id="2", seen="2026-11-19"), depeche("a", id="1"), depeche("c", id="3", seen="2026-11-20"))
    assert ["b", "c", "a"] == [item.name for item in queue(site.content)]


def test_an_id_is_that_of_this_very_text(site: Site):
    """An answer to what was read is none to what came since."""
    put(site, depeche())
    (before,) = queue(site.content)
    put(site, depeche(body="Autre chose."))
    (after,) = queue(site.content)
    assert (10, True) == (len(before.id), before.id != after.id)


def test_what_stands_on_line_is_found_by_its_source(site: Site):
    """Even when its file was renamed since."""
    put(site, depeche())
    who = somebody(site.content)
    who.accept(who.items()[0], {})
    (site.content / "depeches/0869001S/2026-11-20-jardin.md").rename(site.content / "depeches/0869001S/2026-11-20-b.md")
    put(site, depeche(body="Nous avons semé des pois."))
    (item,) = queue(site.content)
    assert ("depeches/0869001S/2026-11-20-b.md", "depeches/0869001S/2026-11-20-b") == (item.standing, item.target)


def test_links_and_other_folders_are_not_looked_at(site: Site):
    """A link could lead anywhere, and a folder that is no school's is nobody's."""
    put(site, depeche())
    school = site.content / "depeches/attente/0869001S"
    (school / "lien.md").symlink_to("/etc/hostname")
    (school.parent / "0869002T").symlink_to(school)
    site.write("depeches/attente/.en-cours/nouveau/index.md", "---\n---\n")
    site.write("depeches/attente/ailleurs/a.md", "---\n---\n")
    assert ["2026-11-20-jardin"] == [item.name for item in queue(site.content)]
