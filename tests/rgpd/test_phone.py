"""Tests of rgpd/phone.py: no mobile, no telephone of a home."""

import pytest

from gazette.rgpd.passage import Passage
from gazette.rgpd.phone import phone


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Appelez le 06 12 34 56 78.", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("06.12.34.56.78", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("+33 6 12 34 56 78", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("0033612345678", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("+33 (0)6 12 34 56 78", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("0 6 1 2 3 4 5 6 7 8", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("liste_0612345678.pdf", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("zéro six douze trente-quatre cinquante-six soixante-dix-huit", ["R32 téléphone portable écrit en lettres"]),
        ("06 douze 34, cinquante-six et 78", ["R32 téléphone portable écrit en lettres"]),
        ("plus trente-trois sept un deux trois quatre cinq six sept huit", ["R32 téléphone portable écrit en lettres"]),
        ("O6 I2 34 56 78", ["R32 téléphone portable écrit avec des lettres"]),
        ("Mon tél. : 06, 12, 34, 56, 78", ["R32 téléphone portable 06 •• •• •• 78"]),
        ("Chez la grand-mère : 05 99 00 00 12", ["R32 téléphone d'un domicile 05 •• •• •• 12"]),
        ("Mon numéro belge : +32 470 12 34 56", ["R32 téléphone portable étranger 32 •• •• •• 56"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """Whatever its spelling, masked."""
    assert told == [f"{datum.rule} {datum.what}" for datum in phone(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "École du Moulin : 05 99 00 00 12",
        "le 06/07 et le 07/07",
        "dossier 06-2027-0199",
        "EAN 9780612345678",
        "06,12 – 34,56 – 78,90",
        "| 06 | 12 | 34 | 56 | 78 |",
        "Ambassade : +32 2 548 87 11",
        "tél. 06 XX XX XX XX",
        "Zéro, un, deux, trois, quatre, cinq, six, sept, huit.",
        "sept, six, cinq, quatre, trois, deux, un, zéro !",
        "La table de 6 : 06, 12, 18, 24, 30",
        "Six sept huit, cueillir des cerises",
        "Dossier O7-2026-0148",
    ],
)
def test_what_it_leaves(text: str):
    """A function, a date, a reference, a code."""
    assert [] == list(phone(Passage(text)))
