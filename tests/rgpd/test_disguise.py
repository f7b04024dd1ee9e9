"""Tests of rgpd/disguise.py: a name is one however it is written."""

import pytest

from gazette.rgpd.disguise import disguised, is_glued
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    "text",
    [
        "KévinMoreau", "Kévin_Moreau", "Kévin/Moreau", "Kévin / Moreau", "Kévin – Moreau", "bravo à kévin moreau !",
        "K. Moreau (CM2)", "K.Moreau, élève de CE1", "le prix de T. Garnier, CP",
    ],
)  # fmt: skip
def test_what_it_finds(text: str):
    """Once."""
    assert 1 == len(list(disguised(Passage(text))))


@pytest.mark.parametrize(
    "text",
    [
        "JeanMoulin", "Jean / Moulin", "JavaScript", "OpenOffice", "Léa / Paul", "une claire fontaine",
        "emma a douze billes", "la pierre blanche", "J. Verne (CM1)", "M. Moreau, CM2", "Mme K. Moreau, CE2",
        "la directrice K. Moreau, CM2",
        "P. Picasso, CE1", "N. Moreau", "École Louise-Michel / Garnier",
    ],
)  # fmt: skip
def test_what_it_leaves(text: str):
    """Celebrities, adults in a function, words."""
    assert [] == list(disguised(Passage(text)))


@pytest.mark.parametrize(
    ("word", "expected"),
    [("emmadupont", True), ("kevinmoreau", True), ("marionnette", False), ("victorhugo", False), ("affiche", False),
     ("annulation", False), ("bibliotheque", False), ("leonardo", False), ("planning", False)],
)  # fmt: skip
def test_a_file_s_word_that_holds_two_names(word: str, expected: bool):
    """Both known, one after the other."""
    assert expected is is_glued(word)
