"""An edition as a whole: what it prints, what it takes in from more open ones, and what it never tells."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gazette.compose.stage import PAGES, edition_key
from gazette.model.entry import Entry
from gazette.model.level import LEVELS
from gazette.model.media import Measure
from tests.compose.newsstand import (
    NAMES,
    SECRET,
    UAI,
    article,
    at,
    audience,
    deadline,
    desk,
    edition,
    event,
    happening,
    linked,
    page,
    school,
    sheets,
    tool,
    view,
    window,
)
from tests.samples import NOW, sample_image, sample_newsroom

RANKS = {name: rank for rank, name in enumerate(NAMES)}


def prints(name: str, entries: list, entry_path: str) -> list[str]:
    """Return the pages of an edition that show the entry whole."""
    return [
        path
        for path, sheet in sheets(name, entries).items()
        if sheet.form == "html" and getattr(sheet.view, "entry", None) and sheet.view.entry.path == entry_path
    ]


@pytest.mark.parametrize("own", NAMES)
def test_an_entry_is_printed_once_in_the_edition_of_its_audience(own: str):
    """The page of an entry stands in one edition only."""
    entries = [article("une", audience=own), article("autre")]
    found = {name: prints(name, entries, "actualites/une.md") for name in NAMES}
    expected = {name: ["actualites/une/index.html"] if name == own else [] for name in NAMES}
    assert expected == found


def test_a_more_restricted_list_takes_in_the_more_open_ones_and_links_across():
    """The directors' list holds everything; only what they alone read has a relative link."""
    entries = [article(name[:4], audience=name, date=f"2026-11-0{RANKS[name] + 1}") for name in NAMES]
    cards = view("directeurs", "actualites/index.html", entries).cards
    expected = [
        "actualites/dire/",
        "https://enseignants.sourcelle.example/actualites/ense/",
        "https://sourcelle.example/actualites/publ/",
    ]
    assert expected == [card.href for card in cards]


def test_a_card_says_who_may_read_when_not_everybody_may():
    """Only what is restricted carries its audience."""
    entries = [article(name[:4], audience=name, date=f"2026-11-0{RANKS[name] + 1}") for name in NAMES]
    cards = view("directeurs", "actualites/index.html", entries).cards
    assert ["Directeurs", "Enseignants", ""] == [card.audience for card in cards]


def test_feeds_of_a_more_restricted_edition_take_in_the_more_open_ones():
    """Items link to where each entry is printed."""
    entries = [article(name[:4], audience=name, date=f"2026-11-0{RANKS[name] + 1}") for name in NAMES]
    found = {name: [item.url for item in view(name, "fils/tout.xml", entries).items] for name in NAMES}
    urls = [
        "https://directeurs.sourcelle.example/actualites/dire/",
        "https://enseignants.sourcelle.example/actualites/ense/",
        "https://sourcelle.example/actualites/publ/",
    ]
    assert {"public": urls[2:], "enseignants": urls[1:], "directeurs": urls} == found


def test_frise_and_deadlines_of_a_more_restricted_edition_take_in_the_more_open_ones():
    """What happens and what is due is told to everybody who may read it, with an absolute link."""
    entries = [
        article(
            name[:4],
            audience=name,
            events=(event(f"x-{name}", "2026-11-24"),),
            deadlines=(deadline(f"Rendre {name}", "2026-11-25"),),
        )
        for name in NAMES
    ]
    found = {}
    for name in NAMES:
        periods = view(name, "frise/index.html", entries).periods
        on_frise = {h.href for p in periods for m in p.months for d in m.days for h in d.happenings}
        due = {d.href for g in view(name, "echeances/index.html", entries).groups for d in g.items}
        found[name] = (on_frise, due)
    hrefs = ["actualites/{}/", "https://enseignants.sourcelle.example/actualites/{}/"]
    public = "https://sourcelle.example/actualites/publ/"
    expected = {
        "public": {hrefs[0].format("publ")},
        "enseignants": {hrefs[0].format("ense"), public},
        "directeurs": {hrefs[0].format("dire"), hrefs[1].format("ense"), public},
    }
    assert {name: (both, both) for name, both in expected.items()} == found


def test_the_map_of_a_more_restricted_edition_takes_in_the_more_open_ones():
    """The plan du site links across."""
    entries = [article(name[:4], audience=name) for name in NAMES]
    groups = dict(view("enseignants", "plan-du-site/index.html", entries).groups)
    found = {link.href for link in groups["Actualités pédagogiques"]}
    assert {"actualites/ense/", "https://sourcelle.example/actualites/publ/"} == found


def test_a_restricted_fil_has_no_page_nor_feed_in_a_more_open_edition():
    """The directors' fil exists for directors only, even when it is empty."""
    found = {name: sorted(p for p in sheets(name, []) if "directeurs" in p) for name in NAMES}
    own = [
        "directeurs/index.html",
        "fils/directeurs.atom",
        "fils/directeurs.json",
        "fils/directeurs.xml",
        "frise/2026-2027/directeurs/index.html",
        "frise/directeurs-ent.ics",
        "frise/directeurs.ics",
    ]
    assert {"public": [], "enseignants": [], "directeurs": own} == found


def test_every_address_of_the_contract_is_composed():
    """The addresses that these kinds need are there (contract, section 4)."""
    entries = [
        article("une"),
        *(article(f"n{rank}", date=f"2026-10-{rank:02}") for rank in range(1, 25)),
        tool("mur", cycles=(2, 3)),
        school(),
        page("la-circonscription"),
    ]
    expected = {
        *("index.html", "actualites/index.html", "actualites/page/2/index.html", "actualites/une/index.html"),
        *("outils/index.html", "outils/mur/index.html", "outils/cycle-2/index.html", "outils/cycle-3/index.html"),
        *("frise/index.html", "frise/2026-2027/index.html", "frise/2026-2027/actualites/index.html"),
        *("echeances/index.html", "ecoles/index.html", f"ecoles/{UAI}/index.html", "fils/index.html"),
        *("fils/actualites.xml", "fils/actualites.atom", "fils/actualites.json", "fils/tout.xml", "fils/outils.xml"),
        *("plan-du-site/index.html", "mentions-legales/index.html", "donnees-personnelles/index.html"),
        *("accessibilite/index.html", "404.html", "sitemap.xml", "robots.txt", ".well-known/gazette.json"),
        "la-circonscription/index.html",
    }
    assert set() == expected - set(sheets("public", entries))


def test_sheets_come_in_order_of_path():
    """The order of composition does not show."""
    paths = [sheet.path for sheet in edition("public", [article("b"), article("a")]).sheets]
    assert sorted(paths) == paths


def test_the_order_of_entries_does_not_show():
    """Two readings in another order make the same sheets."""
    entries = [article(n, date="2026-11-02", deadlines=(deadline("Rendre", "2026-11-30"),)) for n in "abc"]
    assert marks_of("public", entries) == marks_of("public", entries[::-1])


def test_media_names_differ_between_editions_and_say_nothing_of_the_file():
    """The same picture has another name in each edition, whatever its file is called."""
    measures = {"i1": Measure(500, 300)}

    def media(name: str, file: str) -> set[str]:
        image = sample_image(file=file, path=f"actualites/{file}")
        made = edition(name, [article("une", images=(image,))], measures=measures)
        return {s.path for s in made.sheets if s.form == "image"}

    names = [media(name, "dessin.png") for name in NAMES]
    assert (4, 12, names) == (
        len(names[0]),
        len(set().union(*names)),
        [media(name, "emma-dupont-ce2.png") for name in NAMES],
    )


def test_the_key_of_an_edition_does_not_change():
    """Addresses of media on line stay what they are from version to version."""
    expected = "a56e6b14"  # as OpenSSL's HKDF says too
    assert expected == edition_key(SECRET, "public").hex()[:8]


def test_an_edition_key_depends_on_the_secret_and_on_the_edition():
    """Who holds a picture cannot tell where it is printed."""
    keys = {edition_key(secret, name) for secret in (SECRET, bytes(32)) for name in NAMES}
    assert 6 == len(keys)


def test_everybody_sees_the_other_editions_but_nothing_of_what_they_hold():
    """The masthead links to the roots of the editions."""
    links = edition("public", []).site.editions
    expected = [
        ("Tout public", "", True),
        ("Enseignants", "https://enseignants.sourcelle.example/", False),
        ("Directeurs", "https://directeurs.sourcelle.example/", False),
    ]
    assert expected == [(link.title, link.href, link.is_current) for link in links]


# Oracle O1: non-interference, over random small sites.

WORDS = st.sampled_from(["lecture", "maths", "cross", "chorale", "sortie"])
DAYS = st.dates(at("2026-09-01").date(), at("2027-07-01").date()).map(str)
TARGETS = st.lists(
    st.sampled_from(["a0.md", "a1.md", "a2.md", "../outils/a3.md", "../pages/a4.md", "../directeurs/a5.md"]), max_size=3
)


@st.composite
def random_entry(draw: st.DrawFn, rank: int):
    """Draw an entry of any kind, for any audience, that points to others."""
    kind = draw(st.sampled_from(["actualites", "projets", "directeurs", "outils", "pages", "ecoles", "evenements"]))
    name, own = f"a{rank}", "directeurs" if kind == "directeurs" else draw(st.sampled_from(NAMES))
    body = linked(name, *draw(TARGETS))
    facts = {
        "audience": own,
        "body": body,
        "title": f"{draw(WORDS)} {rank}",
        "schools": draw(st.sampled_from([(), (UAI,)])),
    }
    if kind == "ecoles":
        return school(UAI, path=f"ecoles/{name}.md", **facts) if rank % 2 else school("0869002T", **facts)
    if kind == "evenements":
        return happening(name, draw(DAYS), **facts)
    if kind == "pages":
        return page(name, **facts)
    facts |= {
        "date": draw(DAYS),
        "tools": tuple(draw(st.lists(st.sampled_from(["a1", "a3"]), max_size=1))),
        "also_in": tuple(draw(st.lists(st.sampled_from(["actualites", "projets", "directeurs"]), max_size=1))),
        "deadlines": tuple(deadline("Rendre", draw(DAYS)) for _ in range(draw(st.integers(0, 1)))),
        "windows": tuple(window("Saisir", "2026-11-20", draw(DAYS)) for _ in range(draw(st.integers(0, 1)))),
        "events": tuple(event(f"{name}/{n}", draw(DAYS)) for n in range(draw(st.integers(0, 1)))),
        "images": (sample_image(digest=f"i{rank % 3}", path=f"{kind}/{rank}.png"),) if draw(st.booleans()) else (),
        "pinned_until": at("2026-12-01").date() if draw(st.booleans()) else None,
        "keywords": (draw(WORDS),),
        "levels": tuple(draw(st.lists(st.sampled_from(LEVELS), max_size=3, unique=True))),
        "author": draw(st.sampled_from(["cpc", UAI, "0869002T"])),
        "former_addresses": (f"/{kind}/ancien-{rank}/",) if draw(st.booleans()) else (),
    }
    return (
        tool(name, cycles=(draw(st.integers(1, 4)),), **facts)
        if kind == "outils"
        else article(name, folder=kind, **facts)
    )


SITES = (
    st.integers(0, 12)
    .flatmap(lambda count: st.tuples(*(random_entry(rank) for rank in range(count))))
    .map(lambda entries: tuple({entry.id: entry for entry in entries}.values()))  # as reading has it
)


def marks_of(name: str, entries: list[Entry]) -> set[tuple[str, str]]:
    """Return what an edition prints, as the press compares it."""
    made = edition(name, entries, measures={f"i{n}": Measure(500 + n, 300) for n in range(3)})
    return {(sheet.path, sheet.digest) for sheet in made.sheets} | {("site", repr(made.site))}


@settings(max_examples=settings().max_examples * 4)
@given(SITES)
def test_nothing_restricted_changes_a_more_open_edition(entries: list[Entry]):
    """Oracle O1: an edition composed of everything is the edition composed of what its audience may read."""
    for name in NAMES:
        here = audience(name)
        readable = [e for e in entries if here.may_read(e.audience)]
        assert marks_of(name, readable) == marks_of(name, entries)


@given(SITES)
def test_a_path_that_is_composed_twice_is_composed_the_same(entries: list[Entry]):
    """No sheet takes the place of another (a picture shown by two entries is composed twice)."""
    here = replace(desk("directeurs", entries), measures={f"i{n}": Measure(500 + n, 300) for n in range(3)})
    found: dict[str, set[str]] = {}
    for sheet in (sheet for pages in PAGES for sheet in pages(here)):
        found.setdefault(sheet.path, set()).add((sheet.form, getattr(sheet.view, "digest", "") or sheet.digest))
    assert {} == {path: made for path, made in found.items() if len(made) > 1}


@given(SITES, st.integers(0, 400))
def test_any_day_can_be_composed(entries: list[Entry], days: int):
    """No day of the year, past the official dates included, breaks an edition."""
    made = edition("directeurs", entries, NOW + timedelta(days=days * 5), {f"i{n}": Measure(9, 9) for n in range(3)})
    assert sample_newsroom() == made.newsroom
