"""The page of an entry: its pictures, its neighbours, what concerns it."""

from dataclasses import replace

import pytest

from gazette.model.body import Body, Reference
from gazette.model.entry import Entry, Projet
from gazette.model.media import Measure
from tests.compose.newsstand import (
    NAMES,
    UAI,
    article,
    at,
    deadline,
    edition,
    event,
    page,
    school,
    sheets,
    view,
    window,
)
from tests.samples import sample_image


def test_neighbours_are_those_of_the_fil_as_its_readers_see_it():
    """The restricted one between them is skipped by the public page."""
    entries = [
        article("un", date="2026-11-01"),
        article("reserve", date="2026-11-02", audience="enseignants"),
        article("deux", date="2026-11-03"),
        article("defi", date="2026-11-02", folder="projets"),
    ]
    found = view("public", "actualites/un/index.html", entries)
    assert (None, "actualites/deux/") == (found.previous, found.next.href)


def test_an_entry_tells_what_is_over():
    """A deadline and a date of yesterday, the time of a project that ended; today is not over."""
    found = []
    for day in ("2026-11-22", "2026-11-23"):
        period = window("Le projet", "2026-11-02", day)
        told = article(
            "une", kind=Projet, events=(event("fete", day),), deadlines=(deadline("Rendre", day),), period=period
        )
        shown = view("public", "actualites/une/index.html", [told])
        found.append(([d.is_over for d in shown.due], [h.is_over for h in shown.happenings], shown.is_over))
    assert [([True], [True], True), ([False], [False], False)] == found


def test_a_school_tells_what_concerns_it():
    """Newest first, and nothing that its readers may not see."""
    entries = [
        school(),
        article("un", date="2026-11-01", schools=(UAI,)),
        article("deux", date="2026-11-03", schools=(UAI,)),
        article("reserve", schools=(UAI,), audience="enseignants"),
        article("autre"),
    ]
    told = view("public", f"ecoles/{UAI}/index.html", entries).school.entries
    assert ["actualites/deux/", "actualites/un/"] == [card.href for card in told]


def test_an_entry_links_to_the_schools_it_concerns():
    """Those of the directory."""
    found = view("public", "actualites/une/index.html", [school(), article("une", schools=(UAI, "0869002T"))]).schools
    assert [(f"École {UAI}", f"ecoles/{UAI}/")] == [(link.title, link.href) for link in found]


def test_pictures_of_the_text_stand_in_it_and_the_others_after():
    """A picture that the text places is not shown twice."""
    placed, rest = sample_image(), sample_image(file="b.png", path="actualites/b.png", digest="i2")
    body = Body('<p><img src="gazette:0"></p>', "b", (Reference("image", "dessin.png"),))
    made = edition(
        "public",
        [article("une", images=(placed, rest), body=body)],
        measures={d: Measure(90, 60) for d in ("i1", "i2")},
    )
    found = next(s.view for s in made.sheets if s.path == "actualites/une/index.html")
    assert ([placed], [rest]) == ([p.image for p in found.pictures], [p.image for p in found.gallery])


def test_a_withheld_picture_leaves_the_text():
    """The gate took it from the entry: the text that places it shows nothing there."""
    body = Body('<p><img src="gazette:0"></p>', "b", (Reference("image", "dessin.png"),))
    found = view("public", "actualites/une/index.html", [article("une", body=body)])
    assert ((None,), ()) == (found.pictures, found.gallery)


def test_a_picture_is_printed_in_widths_that_do_not_enlarge_it():
    """480, 960 and 1600 pixels at most, and never more than its own width."""

    def widths(width: int) -> list[int]:
        made = edition("public", [article("une", images=(sample_image(),))], measures={"i1": Measure(width, 10)})
        return sorted({s.view.width for s in made.sheets if s.form == "image"})

    assert [[1], [480], [480, 500], [480, 960, 1600]] == [widths(w) for w in (1, 480, 500, 4000)]


def test_a_more_restricted_edition_prints_its_own_copies_of_what_its_feeds_show():
    """Its feeds do not send readers to another edition for a picture."""
    entries = [article("une", images=(sample_image(),))]
    made = edition("directeurs", entries, measures={"i1": Measure(100, 50)})
    printed = {s.path for s in made.sheets if s.form == "image"}
    item = next(s.view for s in made.sheets if s.path == "fils/tout.atom").items[0]
    shown = {href for p in item.gallery for href, _ in (*p.webp, *p.jpeg)}
    assert {f"https://directeurs.sourcelle.example/{p}" for p in printed} == shown


def test_one_picture_in_two_entries_is_printed_once():
    """Its name comes from what it is."""
    images = [sample_image(), sample_image(path="actualites/copie.png", alt="Autre")]
    entries = [article(f"n{n}", images=(i,)) for n, i in enumerate(images)]
    made = edition("public", entries, measures={"i1": Measure(100, 50)})
    assert 2 == sum(s.form == "image" for s in made.sheets)


def test_only_what_is_printed_of_an_entry_changes_its_page():
    """A page tells no day, so that it is not printed again tomorrow."""
    entries = [article("une"), page("guide"), school()]
    paths = ("actualites/une/index.html", "guide/index.html", f"ecoles/{UAI}/index.html")
    found = [
        {s.path: s.digest for s in edition("public", entries, at(d)).sheets if s.path in paths}
        for d in ("2026-11-23", "2027-03-01")
    ]
    assert found[0] == found[1]


def test_a_withdrawn_field_changes_the_page():
    """The digest of a page follows its entry."""
    entry = article("une")
    found = {view_digest(e) for e in (entry, replace(entry, digest="autre"))}
    assert 2 == len(found)


def view_digest(entry: Entry) -> str:
    """Return the digest of an entry's page."""
    return next(s.digest for s in edition("public", [entry]).sheets if s.path == "actualites/une/index.html")


def test_a_former_address_leads_to_the_entry():
    """A page stands there, which no map nor sitemap tells."""
    made = sheets("public", [article("une", former_addresses=("/actualites/vieux/", "vieux"))])
    found = {path: made[path].view.href for path in ("actualites/vieux/index.html", "vieux/index.html")}
    listed = "vieux" in repr(made["sitemap.xml"].view) or "vieux" in repr(made["plan-du-site/index.html"].view)
    assert (dict.fromkeys(found, "actualites/une/"), False) == (found, listed)


def test_a_former_address_never_takes_the_place_of_a_page():
    """An entry that says it was the home page, or another entry, moves neither."""
    entries = [article("une", former_addresses=("", "/", "frise", "actualites/deux", "fils")), article("deux")]
    made = sheets("public", entries)
    paths = ("index.html", "frise/index.html", "actualites/deux/index.html", "fils/index.html")
    assert [] == [path for path in paths if made[path].view.template == "deplacee"]


@pytest.mark.parametrize(
    "former", ["../x", "/../x/", "a/../../x", "a//b", ".well-known/x", "é", "a/b/c/d/e", "https://x/"]
)
def test_a_former_address_stays_within_the_edition(former: str):
    """What is no address of ours is not printed."""
    made = sheets("public", [article("une", former_addresses=(former,))])
    assert [] == [path for path, sheet in made.items() if getattr(sheet.view, "template", "") == "deplacee"]


def test_a_former_address_of_a_restricted_entry_is_told_in_its_edition_only():
    """Nothing of it in a more open one."""
    entries = [article("une", audience="enseignants", former_addresses=("actualites/vieux",))]
    found = {name: [p for p in sheets(name, entries) if "vieux" in p] for name in NAMES}
    assert {"public": [], "enseignants": ["actualites/vieux/index.html"], "directeurs": []} == found
