"""What a proof reads again, and what it need not: a verdict holds for files, not for what may lead to them."""

from pathlib import Path

import pytest

from gazette.model.body import Body
from gazette.proof import evidence
from tests.proof.paper import faults, printed
from tests.samples import Shelf, sample_entry

PAGES = {"a.html": '<a href="b.html#x">b</a>', "b.html": '<p id="x">b</p>', "c.html": "<p>Un mot de la fin</p>"}
SECRET = "Le conseil secret se tient mardi à huit heures dans la salle du fond"


@pytest.fixture(autouse=True)
def _fragments(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ask of these fragments nothing of what a whole page owes (``test_structure.py``)."""
    monkeypatch.setattr(evidence, "misbuilt", lambda *_: "")


def codes(folder: Path, memo: Shelf, pages: dict[str, str], **facts: object) -> tuple[list[tuple[str, str]], list[str]]:
    """Return what a proof of the pages finds, and the paths it reads."""
    paper = printed(folder, **pages)
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
