"""Tests of rgpd/nominative.py: no nominative table or file."""

import pytest

from gazette.rgpd.nominative import nominative
from gazette.rgpd.passage import Passage


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Nom;Prénom;Classe", ["R36 en-têtes d'un fichier nominatif d'élèves"]),
        ("| Élève | Date de naissance |", ["R36 en-têtes d'un fichier nominatif d'élèves"]),
        ("last_name;first_name", ["R36 en-têtes d'un fichier nominatif d'élèves"]),
        ("Sorel Inès;CE1;bus 4", ["R36 ligne d'un tableau nominatif d'élèves"]),
        ("liste_eleves_cm2.csv", ["R36 nom de fichier qui annonce une liste d'élèves ou un signalement"]),
        ("signalement_2027.docx", ["R36 nom de fichier qui annonce une liste d'élèves ou un signalement"]),
    ],
)
def test_what_it_finds(text: str, told: list[str]):
    """Columns that name pupils, a row about one, a telling file name."""
    assert told == [f"{datum.rule} {datum.what}" for datum in nominative(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "uai;nom;adresse;commune",
        "titre;auteur;éditeur",
        "modele_liste_eleves_vierge.pdf",
        "liste_fournitures_ce2.pdf",
        "Je soussigné(e) (nom, prénom) ………",
        "| École | Classes | ULIS |",
        "École du Moulin;CE1;bus 4",
    ],
)
def test_what_it_leaves(text: str):
    """Tables of schools and things, blank forms."""
    assert [] == list(nominative(Passage(text)))
