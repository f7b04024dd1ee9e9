"""The home page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.cards import Due, Happening, Lane, SchoolTime
    from gazette.compose.views.frame import Link, PageHead
    from gazette.compose.views.outils import ToolCard


@dataclass(frozen=True, slots=True)
class HomeView:
    """``accueil.html``."""

    head: PageHead
    template: str
    time: SchoolTime
    due: tuple[Due, ...]
    lanes: tuple[Lane, ...]
    tool: ToolCard | None
    next: tuple[Happening, ...]
    week: Link | None
    """The current week's page, or the last one's; None before the first."""
