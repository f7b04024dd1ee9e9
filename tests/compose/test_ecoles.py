"""Tests of ecoles.py: the directory, and what a school's page gathers."""

from dataclasses import replace

from gazette.model.entry import Projet
from tests.compose.newsstand import UAI, article, event, happening, moment, school, sheets, view

PAGE = f"ecoles/{UAI}/index.html"


def test_schools_are_numbered_as_the_map_numbers_them():
    """By town, then by name; a service has no number, and a school without a place is counted."""
    entries = [
        school("0869002T", town="Ardenne", latitude="46.6", longitude="-6.4"),
        school(UAI, town="Sourcelle", latitude="46.7", longitude="-6.5"),
        school("0869003U", town="Sourcelle"),
        school("0869010B", levels=(), classes=None),
    ]
    found = view("public", "ecoles/index.html", entries)
    listed = [(c.number, c.entry.uai) for _, own in found.towns for c in own]
    assert [(1, "0869002T"), (2, UAI), (3, "0869003U")] == listed
    assert [(1, "Ardenne"), (2, "Sourcelle")] == [(p.number, p.town) for p in found.map.places]
    assert (1, [0]) == (found.unplaced, [c.number for c in found.services])


def test_a_directory_without_places_has_no_map():
    """The list stands alone."""
    assert view("public", "ecoles/index.html", [school(UAI)]).map is None


def test_a_school_gathers_what_names_it_and_what_it_signed():
    """Projects apart; another school's are not there."""
    entries = [
        school(UAI),
        school("0869002T"),
        article("nommee", schools=(UAI,)),
        article("signee", author=UAI),
        article("ailleurs", schools=("0869002T",)),
        article("projet", kind=Projet, folder="projets", schools=(UAI, "0869002T")),
    ]
    found = view("public", PAGE, entries).school
    names = {"actualites/nommee/", "actualites/signee/"}
    assert (names, ["projets/projet/"]) == ({c.href for c in found.entries}, [c.href for c in found.projects])


def test_a_school_sees_its_own_dates_to_come():
    """What has begun is apart, what is past is past; what names nobody is everybody's, and stands on the frise."""
    dates = happening("hier", "2026-11-20"), happening("bientot", "2026-12-04"), happening("cours", "2026-11-20")
    named = [replace(h, events=tuple(replace(e, schools=(UAI,)) for e in h.events)) for h in dates]
    named[2] = replace(named[2], events=tuple(replace(e, end=moment("2026-12-01")) for e in named[2].events))
    others = [happening("partout", "2026-12-05"), replace(article("x"), events=(event("x", "2026-12-06"),))]
    found = view("public", PAGE, [school(UAI), *named, *others]).school
    assert (["Titre cours"], ["Titre bientot"]) == ([h.title for h in found.current], [h.title for h in found.next])


def test_a_school_links_to_pages_that_stand():
    """Its slice of the frise is linked only where something of the year names it."""
    entries = [school(UAI), article("une", schools=(UAI,))]
    hrefs = [link.href for link in view("public", PAGE, entries).school.links]
    named = happening("fete", "2026-12-04")
    named = replace(named, events=tuple(replace(e, schools=(UAI,)) for e in named.events))
    more = [link.href for link in view("public", PAGE, [*entries, named]).school.links]
    slice_ = f"frise/2026-2027/ecole-{UAI.lower()}/"
    paths = set(sheets("public", [*entries, named]))
    assert (False, True, True) == (slice_ in hrefs, slice_ in more, f"{slice_}index.html" in paths)
    own = [h.removeprefix("https://sourcelle.example/") for h in more if h.startswith("https:")]
    assert set(own) <= paths


def test_what_a_public_school_gathers_holds_nothing_restricted():
    """Its page is printed in the public edition."""
    entries = [school(UAI), article("secrete", audience="directeurs", folder="directeurs", schools=(UAI,))]
    found = view("public", PAGE, entries).school
    assert ((), (), ()) == (found.entries, found.current, found.next)
