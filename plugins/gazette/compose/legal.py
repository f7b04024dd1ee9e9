"""Mentions légales, données personnelles, accessibilité: what the law asks every edition to tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gazette.compose.views.frame import Link, PageHead
from gazette.compose.views.legal import LegalView
from gazette.compose.weeks import latest
from gazette.model.rgaa import THEMES
from gazette.model.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.compose.desk import Desk

PAGES = (
    ("mentions-legales", "Mentions légales", "Qui publie ce site, qui l’héberge, et ce qu’on peut en réutiliser."),
    ("donnees-personnelles", "Données personnelles", "Ce que ce site fait des données personnelles, et vos droits."),
    ("accessibilite", "Accessibilité", "Déclaration d’accessibilité de ce site."),
)


def legal(desk: Desk) -> Iterator[Sheet]:
    """Yield the three pages."""
    sample = (
        Link("Accueil", ""),
        *(Link(f.title, f"{f.name}/") for f in desk.fils),
        Link("Frise", "frise/"),
        Link("Échéances", "echeances/"),
        *(Link("La semaine", week.href) for week in (latest(desk),) if week),
        Link("Écoles", "ecoles/"),
        Link("S’abonner", "fils/"),
        *(Link(title, f"{name}/") for name, title, _ in PAGES),
        Link("Plan du site", "plan-du-site/"),
    )
    for name, title, description in PAGES:
        head = PageHead(title, description, f"{name}/", name)
        pages = sample if name == "accessibilite" else ()
        themes = THEMES if name == "accessibilite" else ()
        yield Sheet(f"{name}/index.html", "html", LegalView(head, name, title, desk.newsroom.legal, pages, themes))
