"""Tests of rgpd/same_title.py: two texts that nothing would tell apart."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.stage import clear
from tests.samples import NOW, sample_entry, sample_newsroom


@pytest.mark.parametrize(
    ("title", "expected"),
    [("Le cross  des écoles", ["actualites/b.md"]), ("LE CROSS DES ÉCOLES", ["actualites/b.md"]), ("Le cross", [])],
)
def test_a_title_given_twice_is_told_at_the_second(title: str, expected: list[str]):
    """A note; case and spaces make no other title."""
    entries = [
        sample_entry(path="actualites/a.md", id="a", title="Le cross des écoles"),
        sample_entry(path="actualites/b.md", id="b", title=title),
    ]
    told = clear(entries, Case(sample_newsroom(), NOW, {}))
    found = [f for f in told.findings if f.code == "RGPD-43"]
    assert (expected, 2) == ([f.place.file for f in found if f.severity.label == "note"], len(told.cleared))
