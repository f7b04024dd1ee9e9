"""Tests of model/sheet.py: a sheet's digest says when to print it again."""

from gazette.model.sheet import Sheet
from tests.samples import sample_entry


def test_a_digest_follows_the_view_and_the_form():
    """The same view in the same form is the same bytes; where it goes is the manifest's concern."""
    sheets = [
        Sheet("a.html", "html", (sample_entry(), "x")),
        Sheet("b.html", "html", (sample_entry(), "x"), ("pages/a.md",)),
        Sheet("a.html", "html", (sample_entry(digest="e2"), "x")),
        Sheet("a.html", "text", (sample_entry(), "x")),
    ]
    first, moved, changed, other = (sheet.digest for sheet in sheets)
    assert (first, 3) == (moved, len({first, changed, other}))
