"""Tests of rgpd/pupil_named.py: no pupil named in full."""

import pytest

from gazette.rgpd.passage import Passage
from gazette.rgpd.pupil_named import pupil_named


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Inès Sorel a gagné.", ["R20 personne nommée en entier (I… S…)"]),
        ("LOUANE DA ROCHA", ["R20 personne nommée en entier (L… D… R…)"]),
        ("Noé K., 7 ans", ["R20 personne nommée en entier (N… K…)"]),
        ("| Sorel, Inès | CP |", ["R20 personne nommée en entier (S… I…)"]),
        ("SOREL;Emma;CM2", ["R20 personne nommée en entier (S… E…)"]),
        ("Rose Sorel (CM1)", ["R20 personne nommée en entier (R… S…)"]),
        ("Merci à Oksana Sorel !", ["R20 personne nommée en entier (O… S…)"]),
        ("emma_sorel_ce2.jpg", ["R20 nom de fichier, ou ancienne adresse, qui nomme quelqu'un"]),
        ("M. et Mme Sorel, parents d'Emma", ["R20 élève nommé par ses parents"]),
        ("Emma, fille de Mme Sorel", ["R20 élève nommé par ses parents"]),
        ("le dessin d’emma sorel, élève de CM1", ["R20 personne nommée en entier (E… S…)"]),
        ("PoemeEmmaLeGoff.mp3", ["R20 nom de fichier, ou ancienne adresse, qui nomme quelqu'un"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """First name and surname or initial, in any order, in file names too."""
    assert told == [
        f"{datum.rule} {datum.what}" for datum in pupil_named(Passage(text), frozenset({"camille fontanelle-demay"}))
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Merci à Emma, Noé et Lina.",
        "Victor Hugo et Rosa Parks",
        "l’école Anne Frank, rue Marie Curie",
        "Directrice de l’école : Nadège Sorel",
        "Claire Sorel, conseillère pédagogique",
        "Nadège Sorel\nDirectrice de l’école",
        "ecole_jules_ferry_facade.jpg",
        "emma_dessin_ce2.jpg",
        "Henri IV à cheval",
        "Emma\nTiméo",
        "Camille  Fontanelle-Demay",
        "France Télévisions",
        "la maman d'Emma, les parents d'élèves",
        "à la claire fontaine, en CM1",
        "rose rouge, CE1",
        "Le maire, M. Alain Durand, a remis les écharpes.",
        "Samuel Paty et Dominique Bernard",
        "| Album | Auteur |\n|---|---|\n| Verte | Jeanne Garnier |",
    ],
)
def test_what_it_leaves(text: str):
    """A first name alone, celebrities, places, functions, the name the law prints."""
    assert [] == list(pupil_named(Passage(text), frozenset({"camille fontanelle-demay"})))
