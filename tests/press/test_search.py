"""The engine's files: the same bytes each time, only a touched year again, gone with what is withdrawn."""

import gzip
import json
from pathlib import Path

import pytest

from gazette.errors import PressError
from gazette.model.search import Record, SearchIndex
from gazette.press.search import prepared, print_index
from tests.compose.newsstand import article
from tests.plain import digests, print_plain
from tests.samples import Site

YEAR = "public/recherche/moteur/2026-2027/"


def record(name: str, **facts: object) -> Record:
    """Return the record of an article."""
    entry = article(name, **facts)
    return Record(
        f"actualites/{name}/", entry, f"{entry.title} · {entry.body.text}", ("actualites",), (2,), (), "2026-11-02", ""
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’école d'aujourd’hui", "‿l’ école ‿d' aujourd’hui"),
        ("Jusqu’à lundi, qu’il", "‿Jusqu’ ‿à lundi, ‿qu’ ‿il"),
        ("Œuvre, cœur, curriculum vitæ", "Oeuvre, coeur, curriculum vitae"),
        ("prud’homme, presqu’île, O’Brien", "prud’homme, presqu’île, O’Brien"),
        ("Pour la classe de CE2 A, 3 séances", "‿Pour ‿la classe ‿de CE2 ‿A, 3 séances"),
    ],
)
def test_french_is_prepared(text: str, expected: str):
    """Elided words are parted, ligatures written out, empty words hidden; other apostrophes stay."""
    assert expected == prepared(text)


def test_an_index_is_the_same_three_times(tmp_path: Path):
    """Forty records, each with facets: every byte."""
    view = SearchIndex(tuple(record(f"n{n:02}") for n in range(40)), is_first=True)
    made = []
    for name in "abc":
        print_index(view, tmp_path / name)
        made.append(digests(tmp_path / name))
    assert ([made[0]] * 3, True) == (made, len(made[0]) > 40)


def test_only_the_first_index_brings_the_engine(tmp_path: Path):
    """The others are merged into it."""
    for is_first in (True, False):
        print_index(SearchIndex((record("a"),), is_first=is_first), tmp_path / str(is_first))
    names = [{f.name for f in (tmp_path / str(b)).iterdir()} for b in (True, False)]
    assert {"pagefind.js", "pagefind-worker.js", "wasm.fr.pagefind"} == names[0] - names[1]


def test_each_file_tells_the_content_it_shows(tmp_path: Path):
    """A fragment is of one entry: a withdrawal seeks its very bytes."""
    made = print_index(SearchIndex((record("a"), record("b")), is_first=False), tmp_path)
    fragments = sorted(sources for path, sources in made.items() if path.startswith("fragment/"))
    assert [("actualites/a.md",), ("actualites/b.md",)] == fragments
    assert ("actualites/a.md", "actualites/b.md") == made["facettes.json"]


def test_what_narrows_a_search_stands_beside_the_index(tmp_path: Path):
    """Fils, cycles and schools, by what the engine calls an entry."""
    made = print_index(SearchIndex((record("a"),), is_first=False), tmp_path)
    facets = json.loads((tmp_path / "facettes.json").read_text("utf-8"))
    fragment = next(Path(path).stem for path in made if path.startswith("fragment/"))
    assert {fragment: [["actualites"], [2], []]} == facets


def test_an_engine_that_does_not_start_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """And one that dies: neither leaves half an index."""
    for program in (tmp_path / "absent", Path("/bin/false")):
        monkeypatch.setattr("gazette.press.search.get_executable", lambda program=program: program)
        with pytest.raises(PressError, match="moteur de recherche"):
            print_index(SearchIndex((record("a"),), is_first=True), tmp_path / "index")


def test_a_change_indexes_its_own_year_again_and_no_other(site: Site):
    """Incremental equals fresh."""
    print_plain(site, has_search=True)
    stamps = {f: f.stat().st_mtime_ns for f in site.output.glob("*/recherche/moteur/*/pagefind-entry.json")}
    site.change("actualites/2026-09-15-fluence.md", "titre: ", "titre: Nouvelle ")
    print_plain(site, has_search=True)
    again = {f.parent.name for f, stamp in stamps.items() if f.stat().st_mtime_ns != stamp}
    before = digests(site.output)
    print_plain(site, has_search=True, is_fresh=True)
    assert ({"2026-2027"}, {"2026-2027", "hors-annee"}, before) == (
        again,
        {f.parent.name for f in stamps},
        digests(site.output),
    )


def test_an_index_that_lost_a_file_is_made_again(site: Site):
    """Whole: its files go together."""
    print_plain(site, has_search=True)
    before = digests(site.output)
    next(site.output.glob(f"{YEAR}fragment/*")).unlink()
    print_plain(site, has_search=True)
    assert before == digests(site.output)


def test_what_is_withdrawn_is_in_no_index_any_more(site: Site):
    """Nor is the fragment it stood in."""
    print_plain(site, has_search=True)
    site.content.joinpath("actualites/2026-09-15-fluence.md").unlink()
    print_plain(site, has_search=True)
    texts = [gzip.decompress(f.read_bytes()).decode() for f in site.output.rglob("*.pf_fragment")]
    assert (True, []) == (bool(texts), [text for text in texts if "actualites/fluence/" in text])


def test_without_search_no_index_is_left(site: Site):
    """``--sans-recherche`` after a build with it."""
    print_plain(site, has_search=True)
    print_plain(site)
    assert [] == [path for path in digests(site.output) if "/moteur/" in path]
