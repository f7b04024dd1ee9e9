"""What a proof reads again, and what it need not: a verdict holds for files, not for what may lead to them."""

from dataclasses import replace
from pathlib import Path

import pytest

from gazette.model.body import Body
from gazette.proof import evidence
from tests.proof.paper import faults, noise, printed
from tests.samples import Shelf, sample_entry

PAGES = {"a.html": '<a href="b.html#x">b</a>', "b.html": '<p id="x">b</p>', "c.html": "<p>Un mot de la fin</p>"}
SECRET = "Le conseil secret se tient mardi à huit heures dans la salle du fond"


@pytest.fixture(autouse=True)
def _fragments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask of these fragments nothing of what a whole page owes (``test_structure.py``)."""
    monkeypatch.setattr(evidence, "misbuilt", lambda *_: "")


def codes(
    folder: Path, memo: Shelf, pages: dict[str, str], *, written: bool = False, **facts: object
) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what a proof of the pages finds, and the paths it reads; ``written``: they show texts of people."""
    paper = printed(folder, **pages)
    if written:
        files = {path: replace(row, sources=("actualites/a.md",)) for path, row in paper.manifest.files.items()}
        paper = replace(paper, manifest=replace(paper.manifest, files=files))
    found = faults(paper, memo, **facts)
    return [(f.code, f.place.file) for f in found], paper.read


def test_what_was_proofed_is_not_read_again(tmp_path: Path):
    """Neither a page nor a row of what is known of one."""
    memo = Shelf()
    first = codes(tmp_path, memo, PAGES)
    assert (([], sorted(PAGES)), ([], [])) == (first, codes(tmp_path, memo, PAGES))


def test_of_an_edit_the_page_alone_is_read(tmp_path: Path):
    """Once, for every proof."""
    memo = Shelf()
    codes(tmp_path, memo, PAGES)
    assert ([], ["c.html"]) == codes(tmp_path, memo, PAGES | {"c.html": '<a href="b.html#x">c</a>'})


@pytest.mark.parametrize("change", [{"b.html": "<p>b</p>"}, {"b.html": None}])
def test_who_leads_to_what_is_no_more_is_found(tmp_path: Path, change: dict[str, str | None]):
    """A page that did not change is at fault when the anchor or the page it leads to has gone."""
    memo = Shelf()
    codes(tmp_path, memo, PAGES)
    after = {path: text for path, text in (PAGES | change).items() if text is not None}
    assert [("EPR-01", "public/a.html")] == codes(tmp_path, memo, after)[0]


def test_a_fault_is_told_until_it_is_mended(tmp_path: Path):
    """Nothing is believed of a proof that found one."""
    memo, broken = Shelf(), PAGES | {"c.html": '<a href="d.html">d</a>'}
    told = [codes(tmp_path, memo, pages)[0] for pages in (PAGES, broken, broken, PAGES)]
    assert [[], [("EPR-01", "public/c.html")], [("EPR-01", "public/c.html")], []] == told


def test_what_is_noted_of_a_page_is_told_again_without_reading_any(tmp_path: Path):
    """A text that weighs too much costs nobody a reading: not even its own, until it changes or goes."""
    memo, heavy = Shelf(), noise(110_000)
    pages = PAGES | {"long.html": f'<p id="x">{heavy}</p>', "d.html": '<a href="long.html#x">d</a>'}
    first, again = (codes(tmp_path, memo, pages, written=True) for _ in range(2))
    edited = codes(tmp_path, memo, pages | {"c.html": "<p>c</p>"}, written=True)
    lighter = codes(tmp_path, memo, pages | {"long.html": '<p id="x">l</p>'}, written=True)
    codes(tmp_path, memo, pages, written=True)
    gone = codes(tmp_path, memo, pages | {"long.html": "<p>l</p>"}, written=True)
    note = [("EPR-08", "public/long.html")]
    assert (note, set(pages), (note, []), (note, ["c.html"])) == (first[0], set(first[1]), again, edited)
    assert ([], {"long.html", "c.html"}, [("EPR-01", "public/d.html")]) == (lighter[0], set(lighter[1]), gone[0])


def test_words_hidden_since_are_sought_in_pages_that_did_not_change(tmp_path: Path):
    """A text printed while all might read it, then restricted, and quoted by a page that nobody touched."""
    memo, pages = Shelf(), PAGES | {"c.html": f"<p>{SECRET}</p>"}
    entry = sample_entry(body=Body(text=SECRET), path="directeurs/c.md", folder="directeurs", name="c")
    first = codes(tmp_path, memo, pages, shown=[entry])[0]
    assert ([], [("EPR-03", "public/c.html")]) == (first, codes(tmp_path, memo, pages, hidden=[entry])[0])


def test_a_page_of_other_bytes_is_read_whatever_its_name(tmp_path: Path):
    """Two pages that change places are both read: what they ask for depends on where they stand."""
    memo = Shelf()
    codes(tmp_path, memo, PAGES)
    swapped = PAGES | {"a.html": PAGES["b.html"], "b.html": PAGES["a.html"]}
    found, read = codes(tmp_path, memo, swapped)
    assert ([("EPR-01", "public/b.html")], {"a.html", "b.html"}) == (found, set(read))
