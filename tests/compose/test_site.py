"""What frames an edition, and the files that machines read."""

import json

from tests.compose.newsstand import NAMES, article, edition, happening, page, school, sheets, tool, view
from tests.samples import sample_newsroom

ENTRIES = [
    article("une"),
    article("reservee", audience="directeurs"),
    tool("mur"),
    school(),
    page("guide"),
    happening("cross", "2026-11-24"),
]


def test_the_map_lists_every_page_of_the_edition_but_pages_of_lists_and_lanes():
    """RGAA 12.3: each page one may look for has its link."""
    listed = {link.href for _, links in view("public", "plan-du-site/index.html", ENTRIES).groups for link in links}
    made = sheets("public", ENTRIES)
    printed = {p.removesuffix("index.html") for p in made if p.endswith("index.html")}
    chosen = {
        s.view.head.address
        for s in made.values()
        if getattr(s.view, "selection", "") or not getattr(s.view, "is_whole", True)
    }
    missing = {p for p in printed - listed - chosen if not p.startswith("frise/20")}
    assert ({"plan-du-site/"}, set()) == (missing, listed - printed)


def test_the_sitemap_lists_what_stands_in_this_edition():
    """Every indexed page, and none of another edition."""
    for name in NAMES:
        made = sheets(name, ENTRIES)
        root = edition(name, []).audience.address
        views = [s.view for s in made.values() if s.form == "html"]
        pages = {root + v.head.address for v in views if v.head.is_indexed}
        assert pages == {address for address, _ in made["sitemap.xml"].view.pages}


def test_what_is_new_since_a_week_is_not_indexed():
    """Its address goes some weeks later, and titles by letter tell nothing new; every other page is in the sitemap."""
    made = {p: s.view for p, s in sheets("public", ENTRIES).items() if p.endswith("index.html")}
    unlisted = {p for p, v in made.items() if not v.head.is_indexed}
    titles = {p for p, v in made.items() if v.template == "titres"}
    assert {p for p in made if "/depuis/" in p} | titles == unlisted


def test_the_sitemap_tells_when_an_entry_changed_and_nothing_of_pages_made_each_day():
    """``lastmod`` is told where it is known."""
    days = dict(view("public", "sitemap.xml", ENTRIES).pages)
    root = "https://sourcelle.example/"
    assert ["2026-11-23", ""] == [days[root + p] for p in ("actualites/une/", "frise/")]


def test_robots_may_read_the_public_edition_only():
    """A restricted edition asks not to be indexed, and names nothing."""
    found = {name: view(name, "robots.txt", ENTRIES).text for name in NAMES}
    restricted = "User-agent: *\nDisallow: /\n"
    public = "User-agent: *\nAllow: /\n\nSitemap: https://sourcelle.example/sitemap.xml\n"
    assert {"public": public, "enseignants": restricted, "directeurs": restricted} == found


def test_the_well_known_file_tells_the_edition_and_its_fils():
    """Another Gazette reads it."""
    found = json.loads(view("enseignants", ".well-known/gazette.json", ENTRIES).text)
    root = "https://enseignants.sourcelle.example/"
    fils = {name: f"{root}fils/{name}.json" for name in ("actualites", "projets", "outils")}
    expected = {
        "format": 1,
        "circonscription": "sourcelle",
        "titre": "Circonscription de Sourcelle",
        "edition": "enseignants",
        "adresse": root,
        "fils": fils,
        "frise": f"{root}frise/frise.json",
        "licence": sample_newsroom().legal.licence,
    }
    assert expected == found


def test_the_footer_holds_what_the_law_asks():
    """Map, legal notice, personal data, accessibility with its state (rule R1)."""
    links = {link.href: link.title for link in edition("public", []).site.footer}
    expected = {
        "plan-du-site/": "Plan du site",
        "mentions-legales/": "Mentions légales",
        "donnees-personnelles/": "Données personnelles",
        "accessibilite/": "Accessibilité : non conforme",
    }
    assert expected == {href: title for href, title in links.items() if href != "fils/"}


def test_the_menu_holds_the_fils_of_the_audience():
    """The directors' fil is in the directors' menu."""
    found = {name: [link.href for link in edition(name, []).site.menu] for name in NAMES}
    common, rest = ["actualites/", "projets/"], ["outils/", "frise/", "echeances/", "ecoles/"]
    expected = {name: [*common, *rest] for name in NAMES} | {"directeurs": [*common, "directeurs/", *rest]}
    assert expected == found


def test_the_page_not_found_is_not_indexed():
    """It stands in no sitemap."""
    assert False is view("public", "404.html", []).head.is_indexed


def test_the_directory_parts_schools_from_services():
    """A service has no class; a closed school without class stands apart too."""
    entries = [school(), school("0869002T", town="Alleaume"), school("0869010B", levels=(), classes=None)]
    found = view("public", "ecoles/index.html", entries)
    expected = ([("Alleaume", ["0869002T"]), ("Sourcelle", ["0869001S"])], ["0869010B"])
    assert expected == ([(t, [c.entry.uai for c in g]) for t, g in found.towns], [c.entry.uai for c in found.services])
