"""What is sought from run to run: remembered entry by entry, innocent only while somebody shown says it too."""

from pathlib import Path

import pytest

from gazette.model.body import Body
from gazette.model.entry import Entry
from tests.proof.paper import leak, sought
from tests.proof.test_rereading import PAGES, SECRET, codes
from tests.samples import Shelf, sample_entry

HIDDEN = sample_entry(body=Body(text=SECRET), path="directeurs/c.md", folder="directeurs", name="c", digest="c")
WITNESS = sample_entry(summary=SECRET, path="actualites/w.md", name="w", digest="w")
OTHER = sample_entry(summary=f"On le sait : {SECRET}", path="actualites/o.md", name="o", digest="o")
SILENT = sample_entry(summary="Rien.", path="actualites/w.md", name="w", digest="w2")
QUOTING = PAGES | {"c.html": f"<p>{SECRET}</p>"}


def test_what_is_kept_finds_the_same():
    """What the memo gives back is what was made, and nothing is new in it."""
    memo = Shelf()
    first = sought([HIDDEN], [WITNESS], memo=memo)
    digest = first.keep()
    second = sought([HIDDEN], [WITNESS], memo=memo)
    assert (first.canaries.said, {}, digest, digest) == (
        second.canaries.said,
        second.added.said,
        second.former_digest,
        second.keep(),
    )


def test_words_hidden_since_are_sought_alone():
    """What a page was proofed for is not sought twice; what is hidden no more is not sought at all."""
    memo, more = Shelf(), sample_entry(body=Body(text=SECRET[::-1]), path="directeurs/d.md", name="d", digest="d")
    for entries, expected in (([HIDDEN], {HIDDEN.path}), ([HIDDEN, more], {more.path}), ([more], set())):
        known = sought(entries, memo=memo)
        known.keep()
        assert expected == set(known.added.said.values())


@pytest.mark.parametrize(
    ("after", "expected"),
    [([WITNESS], []), ([OTHER], []), ([SILENT, OTHER], []), ([SILENT], ["public/c.html"]), ([], ["public/c.html"])],
    ids=["stays", "another says it", "falls silent, another says it", "falls silent", "goes"],
)
def test_words_are_innocent_while_somebody_shown_says_them(tmp_path: Path, after: list[Entry], expected: list[str]):
    """A page that nobody touched quotes a restricted text that a shown entry quoted too."""
    memo = Shelf()
    first = codes(tmp_path, memo, QUOTING, hidden=[HIDDEN], shown=[WITNESS])[0]
    then = codes(tmp_path, memo, QUOTING, hidden=[HIDDEN], shown=after)[0]
    assert ([], [("EPR-03", path) for path in expected]) == (first, then)


def test_a_frame_that_falls_silent_is_a_witness_lost():
    """What the theme said is no more than what a page says."""
    memo = Shelf()
    known = sought([HIDDEN], frame=SECRET, memo=memo)
    told = leak(known, SECRET)
    known.keep()
    after = sought([HIDDEN], frame="Rien.", memo=memo)
    assert (("", ""), HIDDEN.path) == (told, leak(after, SECRET)[0])
    assert set(after.canaries.said) > set(after.added.said) > set()


def test_two_who_say_the_same_are_told_as_one():
    """Of two hidden entries, the last names the fault, whatever was remembered of the first."""
    memo, twin = Shelf(), sample_entry(body=Body(text=SECRET), path="directeurs/t.md", name="t", digest="t")
    sought([HIDDEN], memo=memo).keep()
    again, fresh = sought([HIDDEN, twin], memo=memo), sought([HIDDEN, twin])
    assert twin.path == leak(again, SECRET)[0] == leak(fresh, SECRET)[0]
