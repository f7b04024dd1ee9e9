"""The pages that the law asks for, and the plan du site."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.frame import Link, PageHead
    from gazette.model.newsroom import LegalNotice
    from gazette.model.rgaa import Theme


@dataclass(frozen=True, slots=True)
class LegalView:
    """``mentions-legales.html``, ``donnees-personnelles.html``, ``accessibilite.html``."""

    head: PageHead
    template: str
    title: str
    legal: LegalNotice
    pages: tuple[Link, ...]
    """Pages of each kind, for the accessibility sample."""
    themes: tuple[Theme, ...] = ()
    """Of RGAA, with what is tested of each and what a person must still check."""


@dataclass(frozen=True, slots=True)
class MapView:
    """``plan-du-site.html``."""

    head: PageHead
    template: str
    groups: tuple[tuple[str, tuple[Link, ...]], ...]
