"""Tests of rgpd/web_address.py: nobody is named by an address of another site, nor by an account."""

import pytest

from gazette.rgpd.passage import Passage
from gazette.rgpd.web_address import web_address

SITE = "R20 adresse d'un autre site qui nomme quelqu'un (E… D…)"
ACCOUNT = "R20 compte ou identifiant qui nomme quelqu'un"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("https://padlet.com/emma.dupont/mur", SITE),
        ("<https://site.example/eleves/emma-dupont.html>", SITE),
        ("[son blog](https://emma-dupont.blogspot.com/)", SITE),
        ("https://site.example/?eleve=Emma+Dupont", SITE),
        ("https://site.example/?q=%45mma%20Dupont", SITE),
        ("www.facebook.com/emma.drugeonval", SITE),
        ("Suivez @emma.drugeonval", ACCOUNT),
        ("identifiant : emma_dupont86", ACCOUNT),
    ],
)
def test_what_it_finds(text: str, told: str):
    """In its host, its path or what it asks, escaped or not; on a shared site, whatever the surname."""
    assert [told] == [f"{datum.rule} {datum.what}" for datum in web_address(Passage(text))]


@pytest.mark.parametrize(
    "text",
    [
        "https://www.ecoledesloisirs.fr/auteur/anais-vaugelade",
        "L’illustratrice a son site : https://www.anais-martin.example/",
        "https://fr.wikipedia.org/wiki/Marie_Curie",
        "https://ecole-anne-frank.ac-poitiers.fr/",
        "https://site.example/victor-hugo",
        "https://site.example/emma-dessine-un-arbre",
        "https://digipad.app/p/123456/abcdef",
        "Voir emma.fr, ou le compte @ecole.numerique.",
        "emma.dupont@gmail.com",
        "photos/emma.dupont.jpg",
    ],
)
def test_what_it_leaves(text: str):
    """Authors, those whose function is told, the dead, schools, words; boxes and files have rules of their own."""
    assert [] == list(web_address(Passage(text)))
