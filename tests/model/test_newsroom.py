"""Tests of model/newsroom.py: what a circonscription finds of its own by name."""

import pytest

from tests.samples import sample_newsroom


@pytest.mark.parametrize(
    ("what", "name", "found"),
    [
        ("audience", "enseignants", "enseignants"),
        ("audience", "Enseignants", None),
        ("audience", "", None),
        ("fil", "outils", "outils"),
        ("fil", "pages", None),
        ("role", "rased", "rased"),
        ("role", "quelqu-un", None),
    ],
)
def test_what_is_declared_is_found(what: str, name: str, found: str | None):
    """By its exact name; anything else is None."""
    thing = getattr(sample_newsroom(), what)(name)
    assert found == (thing and thing.name)


def test_a_restricted_audience_reads_the_more_open_ones():
    """And never the other way."""
    public, enseignants, directeurs = sample_newsroom().audiences
    assert (True, True, True, False, False) == (
        directeurs.may_read(public),
        directeurs.may_read(enseignants),
        public.may_read(public),
        public.may_read(enseignants),
        enseignants.may_read(directeurs),
    )
