"""Tests of rgpd/sensitive.py: nothing sensitive about somebody."""

import pytest

from gazette.rgpd.passage import Passage
from gazette.rgpd.sensitive import sensitive


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Le PAI de Timéo Sorel est prêt.", ["R35 information sensible près d'un nom (T… S…)"]),
        ("Timéo a un P.A.I. depuis mars.", ["R35 information sensible près d'un nom (T…)"]),
        ("Noé (asthme) garde son sac.", ["R35 information sensible près d'un nom (N…)"]),
        ("Mme Sorel est en arrêt maladie.", ["R35 information sensible près du nom d'un adulte"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """A word of health, handicap or belief near a name."""
    assert told == [f"{datum.rule} {datum.what}" for datum in sensitive(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Les PAI sont à jour avant la sortie.",
        "M. Sorel coordonne l’ULIS.",
        "Louis Braille et le handicap visuel",
        "La laïcité et les religions au cycle 3",
        "Timéo a planté un rosier.",
    ],
)
def test_what_it_leaves(text: str):
    """The words alone, an adult in a function, a celebrity."""
    assert [] == list(sensitive(Passage(text)))
