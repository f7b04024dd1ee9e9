"""Tests of rgpd/identifier.py: no number that stands for a person."""

import pytest

from gazette.rgpd.identifier import identifier
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("NIR 1 91 01 2A 704 033 31", ["R35 numéro de sécurité sociale 19 •• •• •• •• •• 31"]),
        ("n° sécu : 2840123456784", ["R35 numéro de sécurité sociale 28 •• •• •• •• 84"]),
        ("INE 0107707144H", ["R20 identifiant national d'élève (INE) 01 •• •• •• 4H"]),
        ("936727170DN", ["R20 identifiant national d'élève (INE) 93 •• •• •• DN"]),
        ("RIB FR76 8467 4661 8196 1194 7824 679 merci", ["R36 coordonnées bancaires FR•• •••• ••••"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """Its check digits are right, or the text says what it is."""
    assert told == [f"{datum.rule} {datum.what}" for datum in identifier(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "code-barres 2840123456784",
        "SIRET 219 900 016 00018",
        "0107707144A",
        "facture_2026110914A.pdf",
        "FR76 1234 5678 9012 3456 7890 123",
        "UAI 0869001S",
        "Colis 8L 0044 5127 3391 8 en relais",
    ],
)
def test_what_it_leaves(text: str):
    """Numbers of things, with other check digits."""
    assert [] == list(identifier(Passage(text)))
