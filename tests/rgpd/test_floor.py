"""Tests of rgpd/floor.py: nothing of a fil is printed for a more open audience than its floor."""

import pytest

from gazette.rgpd.case import Case
from gazette.rgpd.floor import floor
from tests.samples import NOW, sample_entry, sample_newsroom


@pytest.mark.parametrize(
    ("folder", "audience", "codes"),
    [
        ("directeurs", "public", ["RGPD-06"]),
        ("directeurs", "enseignants", ["RGPD-06"]),
        ("directeurs", "directeurs", []),
        ("actualites", "public", []),
        ("actualites", "directeurs", []),
        ("pages", "public", []),
    ],
)
def test_an_entry_may_restrict_but_not_open(folder: str, audience: str, codes: list[str]):
    """What a directors' fil holds stays with the directors, whatever an entry says."""
    entry = sample_entry(folder=folder, audience=audience)
    assert codes == [f.code for f in floor(entry, Case(sample_newsroom(), NOW, {}))]
