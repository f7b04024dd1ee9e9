"""Tests of rgpd/results.py: what a pupil scored is nobody's business but the family's."""

import pytest

from gazette.rgpd.passage import Passage
from gazette.rgpd.results import results

TABLE = "| Élève | Sexe | Score |\n|---|---|---|\n| Kévin | M | 12 |\n| Inès | F | 14 |"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TABLE, [False, False]),
        (TABLE.replace("Élève", "Prénom").replace("Score", "Fluence"), [False, False]),
        ("Léo a eu 4/20 en dictée, Jade 18 / 20.", [True, True]),
    ],
)
def test_what_it_finds(text: str, expected: list[bool]):
    """Each row of a table; a mark in a sentence is a note, since an exercise may hold one."""
    assert expected == [datum.is_warning for datum in results(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "| Élève | Score |\n|---|---|\n|   |   |",
        "| Élève | Rôle |\n|---|---|\n| Kévin | Le loup |",
        "| Classe | Score |\n|---|---|\n| CM1 | 12 |",
        "| Prénom | Billes |\n|---|---|\n| Paul | 12 |",
        "La moyenne de l’école est de 14/20.",
        "Léo lit un livre. La moyenne est de 14/20.",
        "Rendez-vous le 12/10 avec Léo ; Inès, née en 4/2015.",
        "Emma mange 3/4 de la tarte.",
    ],
)
def test_what_it_leaves(text: str):
    """Blank grids, parts of a play, classes, riddles, dates."""
    assert [] == list(results(Passage(text)))
