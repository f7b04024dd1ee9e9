"""The themes of RGAA 4.1, and what programs check of them at each version: the rest asks for a person."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    """One of the thirteen themes."""

    title: str
    count: int
    """Criteria it holds."""
    tested: tuple[str, ...]
    """Criteria that axe tests, wholly or in part."""
    asked: str
    """What a person must still look at, first of all."""


THEMES = (
    Theme("Images", 9, ("1.1",), "chaque alternative dit-elle ce que l’image apporte, et rien de plus ?"),
    Theme("Cadres", 2, ("2.1", "2.2"), "rien ici : le site n’a pas de cadre"),
    Theme("Couleurs", 3, ("3.2",), "une information tient-elle à la couleur seule, sur un dessin par exemple ?"),
    Theme("Multimédia", 13, ("4.3", "4.10"), "chaque transcription dit-elle tout ce que l’on entend ?"),
    Theme("Tableaux", 8, ("5.2", "5.4", "5.7"), "le titre d’un tableau dit-il ce que l’on y lit ?"),
    Theme("Liens", 2, ("6.1", "6.2"), "chaque lien se comprend-il sans la phrase qui l’entoure ?"),
    Theme("Scripts", 5, ("7.1", "7.3"), "la frise et la recherche se suivent-elles au lecteur d’écran ?"),
    Theme("Éléments obligatoires", 10, ("8.2", "8.3", "8.4", "8.5", "8.8"), "les mots étrangers sont-ils signalés ?"),
    Theme("Structuration", 4, ("9.1", "9.2", "9.3"), "les intertitres des auteurs annoncent-ils ce qui suit ?"),
    Theme("Présentation", 14, ("10.4", "10.6", "10.8"), "tout se lit-il à 200 %, et avec un espacement plus grand ?"),
    Theme("Formulaires", 13, ("11.1", "11.2", "11.9", "11.13"), "la recherche dit-elle clairement ce qu’elle attend ?"),
    Theme("Navigation", 11, ("12.7", "12.8"), "l’ordre de lecture au clavier a-t-il du sens d’un bout à l’autre ?"),
    Theme("Consultation", 12, ("13.1", "13.8", "13.9"), "les documents à télécharger sont-ils accessibles ?"),
)
"""In the order of the référentiel."""
