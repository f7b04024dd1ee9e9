"""Tests of rgpd/first_names.py: children's names of today, their parents', and words that are names too."""

import pytest

from gazette.rgpd.first_names import PLACES_TOO, WORDS_TOO, first_names, folded, is_first_name


@pytest.mark.parametrize("name", "Aaliyah Lyam Soan Inès Timéo Naïm Thierry Mohamed-Amine Jean-Baptiste".split())
def test_names_of_every_origin_and_age(name: str):
    """The library's list, our elders', and compounds of both."""
    assert is_first_name(folded(name))


@pytest.mark.parametrize("word", "classe lundi-matin jean-des-pres marie-curie le".split())
def test_words_are_no_names(word: str):
    """A compound is a name when each of its parts is."""
    assert not is_first_name(word)


def test_the_library_s_lists_are_there():
    """An empty list would silently find nobody."""
    assert len(first_names()) > 3000


def test_places_are_words():
    """What names nobody even before a capital names nobody alone."""
    assert set() == PLACES_TOO - WORDS_TOO


def test_folding_keeps_positions():
    """Sign for sign, so that what is found in the folded text stands there in the text."""
    text = "ÉCOLE İstanbul ﬁn œuvre Ǆ ß"
    assert (len(text), "ecole") == (len(folded(text)), folded(text)[:5])
