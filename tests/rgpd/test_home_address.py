"""Tests of rgpd/home_address.py: no address of a home."""

import pytest

from gazette.rgpd.home_address import home_address
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Chez M. et Mme Sorel, 14 rue des Tilleuls", ["R32 adresse d'un domicile « •• rue … »"]),
        ("| Noé Sorel | 2 rue du Puits |", ["R32 adresse d'un domicile « •• rue … »"]),
        ("L’élève habite 4 allée des Pins.", ["R32 adresse d'un domicile « •• rue … »"]),
        ("bail_sorel_11-rue-du-lac.pdf", ["R32 adresse d'un domicile « •• rue … »"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """Tied to a family or to somebody named."""
    assert told == [f"{datum.rule} {datum.what}" for datum in home_address(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Mairie, 1 place de la République",
        "École du Moulin, 3 rue des Écoles",
        "La rue des Lilas est fermée.",
        "Salle des fêtes, 2 rue du 8-Mai-1945",
        "M. Sorel, directeur, école du Moulin, 3 rue des Écoles",
    ],
)
def test_what_it_leaves(text: str):
    """A public place, a street without a number, a closed road."""
    assert [] == list(home_address(Passage(text)))
