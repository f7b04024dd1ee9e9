"""The preview's page of components."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.cards import Card, Due, Happening, Pages
    from gazette.compose.views.echeances import DueGroup
    from gazette.compose.views.frame import Link, PageHead
    from gazette.compose.views.outils import ToolCard
    from gazette.compose.views.search import SearchView
    from gazette.model.newsroom import Fil
    from gazette.model.picture import Audio, Document, Picture, VideoCard


@dataclass(frozen=True, slots=True)
class ComponentsView:
    """``composants.html``: every component in every state."""

    head: PageHead
    template: str
    fils: tuple[Fil, ...]
    cards: tuple[tuple[str, Card], ...]
    """Each with the name of its state."""
    dues: tuple[Due, ...]
    groups: tuple[DueGroup, ...]
    question: SearchView
    happenings: tuple[Happening, ...]
    tools: tuple[ToolCard, ...]
    pages: tuple[Pages, ...]
    filters: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    """Of this edition; none: it has none."""
    sounds: tuple[Audio, ...]
    documents: tuple[Document, ...]
    videos: tuple[VideoCard, ...]
    long_word: str
    long_title: str
    columns: int
    """Of the wide table."""
