"""Tests of rgpd/cells.py: no table names people across two columns."""

import pytest

from gazette.rgpd.cells import cells
from gazette.rgpd.passage import Passage

TOLD = ["R36 prénoms et noms dans deux colonnes d'un tableau"]


@pytest.mark.parametrize(
    "text",
    [
        "| Emma | Dupont |\n|---|---|\n| Lucas | Martin |",
        "| Dupont | Emma |\n| Moreau | Zoé |\n| Marchandeau | Lucas |",
        "Emma,Dupont,12\nZoé,Le Goff,13",
        "Emma\tDA ROCHA\nZoé\tMarchandeau",
        "Dupont | Emma | CM1",
        "|Emma|Le Goff|CM1|",
        "Emma | Dupont |\n\nLucas | Moreau |",
        "| Équipe A | Équipe B |\n|---|---|\n| Garnier | Lina |\n| Moreau | Kévin |",
        "| Garnier | Lina |",
        "| Prénom | Nom |\n| Emma | Dupont |\n| Lucas | Moreau |",
    ],
)
def test_what_it_finds(text: str):
    """In any order, with headers or without, in Markdown or CSV, as pages tell tables; one row that tells a class."""
    assert TOLD == [f"{datum.rule} {datum.what}" for datum in cells(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "| Emma | Plantes |\n| Lucas | Tableau |\n| Zoé | Distribution |",
        "| Prénom | Métier |\n| Emma | Facteur |\n| Lucas | Messager |",
        "| Équipe | Prénom |\n| Renards | Emma |\n| Loups | Lucas |",
        "| Lundi | Emma |\n| Mardi | Lucas |",
        "| Emma | Lucas |\n| Zoé | Nathan |",
        "| Mimosa | Rose |\n| Marin | Olive |",
        "| École | Effectif |\n| Les Hirondelles | 24 |",
        "Emma, Lucas, Zoé",
    ],
)
def test_what_it_leaves(text: str):
    """Who does what by first name, pairs of pupils, days, flowers."""
    assert [] == list(cells(Passage(text)))
