"""What the search is given: records of what an audience may read, by school year."""

from gazette.compose.stage import compose
from gazette.model.cleared import Cleared
from gazette.model.entry import Entry, Page
from gazette.model.sheet import Edition
from tests.compose.newsstand import UAI, article, audience, school
from tests.samples import NOW, sample_newsroom

SECRET = bytes(32)


def edition(name: str, *entries: Entry, has_search: bool = True) -> Edition:
    """Return an edition that may be searched."""
    cleared = [Cleared(entry) for entry in entries]
    return compose(cleared, audience(name), sample_newsroom(), NOW, {}, SECRET, has_search=has_search)


def indexes(name: str, *entries: Entry) -> dict[str, list[str]]:
    """Return the titles that each index of an edition holds, by its path."""
    made = edition(name, *entries)
    return {s.path: [r.entry.title for r in s.view.records] for s in made.sheets if s.form == "index"}


def test_each_school_year_has_an_index_of_its_own():
    """And what has no date stands in another."""
    found = indexes(
        "public",
        article("a", date="2026-11-02"),
        article("b", date="2025-09-01"),
        article("c", kind=Page, folder="pages", date=None),
    )
    assert {
        "recherche/moteur/2026-2027/": ["Titre a"],
        "recherche/moteur/2025-2026/": ["Titre b"],
        "recherche/moteur/hors-annee/": ["Titre c"],
    } == found


def test_an_index_holds_nothing_that_its_audience_may_not_read():
    """The edition of the directors holds both."""
    entries = article("a"), article("b", folder="directeurs", audience="directeurs")
    found = [sum(len(v) for v in indexes(name, *entries).values()) for name in ("public", "directeurs")]
    assert [1, 2] == found


def test_no_record_names_a_fil_that_its_audience_has_not():
    """An article shown in a restricted fil too does not tell it."""
    made = edition("public", article("a", also_in=("directeurs", "projets")))
    assert [("actualites", "projets")] == [r.fils for s in made.sheets if s.form == "index" for r in s.view.records]


def test_a_record_names_the_schools_it_concerns_and_the_one_that_signs():
    """Of the directory only."""
    made = edition("public", school(UAI), article("a", author=UAI, schools=("0869009Z",)))
    records = {r.entry.name: r.schools for s in made.sheets if s.form == "index" for r in s.view.records}
    assert {UAI: (UAI,), "a": (UAI,)} == records


def test_titles_are_listed_as_in_a_dictionary():
    """Without accents, signs nor case; figures come first."""
    titles = ("Zèbre", "École", "« Amis »", "3 énigmes", "Œuvre", "ombre")
    made = edition("public", *(article(f"n{i}", title=title) for i, title in enumerate(titles)))
    view = next(s.view for s in made.sheets if s.path == "recherche/2026-2027/index.html")
    assert [
        ("0-9", ["3 énigmes"]),
        ("A", ["« Amis »"]),
        ("E", ["École"]),
        ("O", ["Œuvre", "ombre"]),
        ("Z", ["Zèbre"]),
    ] == [(letter, [link.title for link in links]) for letter, links in view.letters]


def test_without_the_engine_titles_are_still_listed():
    """``--sans-recherche`` prints no index, and the page says nothing of one."""
    made = edition("public", article("a"), has_search=False)
    paths = {s.path: s for s in made.sheets if s.path.startswith("recherche/")}
    assert ({"recherche/index.html", "recherche/2026-2027/index.html"}, False) == (
        set(paths),
        paths["recherche/index.html"].view.has_engine,
    )
