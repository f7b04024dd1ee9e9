"""Tests of rgpd/class_list.py: no list of a class."""

import pytest

from gazette.rgpd.class_list import class_list
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Groupe A : Emma, Timéo, Inès, Noé, Lina, Gabriel, Jade, Naïm", ["R21 liste de 8 prénoms"]),
        ("élèves : lucas, mathis, sarah, yanis, chloe, aya, tom, lilou", ["R21 liste de 8 prénoms"]),
        ("1. Emma\n2. Timéo\n3. Inès\n4. Noé\n5. Lina\n6. Gabriel\n7. Jade\n8. Naïm", ["R21 liste de 8 prénoms"]),
        ("Emma 🌟 Timéo 🌟 Inès 🌟 Noé 🌟 Lina 🌟 Gabriel 🌟 Jade 🌟 Naïm", ["R21 liste de 8 prénoms"]),
        ("Emma · Timéo · Inès · Noé · Lina · Gabriel · Jade · Naïm", ["R21 liste de 8 prénoms"]),
        ("Bravo à Emma, Timéo, Inès, Noé et Lina.", ["R20 5 prénoms d'affilée"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """Eight first names together; five to seven are a warning."""
    assert told == [f"{datum.rule} {datum.what}" for datum in class_list(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Merci à Emma, Noé et Lina.",
        "rose, violette, capucine, marguerite, iris, jacinthe, églantine, anémone",
        "Mercure, Vénus, Terre, Mars, Jupiter, Saturne, Uranus, Neptune",
        "Le conte d’Emma, Timéo, Inès, Noé et Lina",
    ],
)
def test_what_it_leaves(text: str):
    """Flowers, planets, three names, the heroes of a tale."""
    assert [] == list(class_list(Passage(text)))
