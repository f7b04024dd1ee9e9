"""Tests of rgpd/birth.py: no date of birth of somebody alive."""

import pytest

from gazette.rgpd.birth import birth
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Élève née le 4 juin 2018.", ["R20 date de naissance ••/••/••••"]),
        ("Inès est née le trois mai deux mille seize.", ["R20 date de naissance en lettres"]),
        ("DDN : 23.11.2016", ["R20 date de naissance ••/••/••••"]),
        ("Kévin (12/03/2016), Inès (le 05.06.2015).", ["R20 date ••/••/•••• collée à un prénom"] * 2),
        ("SOREL;Naïm;2017-03-12;CE2", ["R20 date de naissance ••/••/•••• dans un tableau nominatif"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """Said to be of birth, or beside a name and a level."""
    assert told == [f"{datum.rule} {datum.what}" for datum in birth(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Née le 7 novembre 1867, Marie Curie reçut deux prix Nobel.",
        "Le jardin est né le premier mars.",
        "Trois poussins sont nés le 4 juin 2026.",
        "Né d’un projet de 2021, le réseau grandit.",
        "Réunion du 12/03/2027",
        "Récit de Léo, 12/10/2026, et dessin d’Inès (octobre 2026).",
        "Notre potager est né le 12/03/2026 d’une idée.",
    ],
)
def test_what_it_leaves(text: str):
    """Past centuries, animals, projects, other dates."""
    assert [] == list(birth(Passage(text)))
