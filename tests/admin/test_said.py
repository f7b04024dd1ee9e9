"""Tests of admin/said.py: a finding by its field, as whoever fills a form in knows it."""

import pytest

from gazette.admin.said import field_at, in_words, said
from gazette.model.finding import Finding, Place, Severity
from tests.samples import Site

TEXT = """---
titre: Un marché
date: 2026-11-18
images:
  - fichier: dessin.png
    alt: Un triangle
  - fichier: autre.png
    personnes: aucune
statut: publie
---

Le texte.

Sa suite.
"""
FIELDS = {1: "", 2: "Titre", 5: "Images 1", 6: "Images 1, texte alternatif", 8: "Images 2, personnes"}
FIELDS |= {9: "Statut", 12: "Texte", 14: "Texte"}


@pytest.mark.parametrize(("line", "field"), FIELDS.items())
def test_a_line_is_told_by_its_field(line: int, field: str):
    """By the label that the form shows."""
    assert field == field_at(TEXT, line)


def test_a_file_without_front_matter_has_no_field():
    """It is the whole of it."""
    assert "" == field_at("Bonjour.\n\nLa suite.\n", 3)


def test_a_finding_is_told_whole(site: Site):
    """Its text, its field, what is wrong and what to do."""
    site.write("actualites/marche.md", TEXT)
    finding = Finding("X-1", Severity.NOTE, Place("actualites/marche.md", 6, 3), "trop court", "décrivez l’image")
    told = {"fichier": "actualites/marche.md", "champ": "Images 1, texte alternatif"}
    assert told | {"message": "trop court", "remede": "décrivez l’image"} == said(finding, site.content)


def test_what_is_gone_since_is_told_all_the_same(site: Site):
    """A file removed while findings are told."""
    finding = Finding("X-1", Severity.NOTE, Place("actualites/partie.md", 6), "trop court", "décrivez")
    told = said(finding, site.content)
    assert ("", "trop court") == (told["champ"], told["message"])


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        (
            "écrivez personnes: aucune, non_identifiables, adultes ou eleves",
            "écrivez « Personnes » : personne, non reconnaissables, adultes ou élèves",
        ),
        ("retirez la ligne edition:, ou déplacez l'article", "retirez la ligne « Édition », ou déplacez l'article"),
        ("indiquez autorisation: et son numéro", "indiquez « Autorisation » et son numéro"),
        ("écrivez date: 2026-10-06", "écrivez « Date » : 2026-10-06"),
        ("écrivez statut: publie ; puis etat: annule", "écrivez « Statut » : publié ; puis « État » : annulé"),
        (
            "ajoutez-la à images: avec fichier, alt et personnes",
            "ajoutez-la à « Images » avec fichier, alt et personnes",
        ),
        ("écrivez alt: ce que l'image montre", "écrivez « Texte alternatif » : ce que l'image montre"),
        ("écrivez https://… ; regles: reste, aucune aussi", "écrivez https://… ; regles: reste, aucune aussi"),
    ],
)
def test_keys_are_told_as_the_form_shows_them(told: str, shown: str):
    """Its choices too; words that are no key stay as they are."""
    assert shown == in_words(told)
