"""A week of class."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.cards import Due, Lane
    from gazette.compose.views.frame import Link, PageHead
    from gazette.compose.views.outils import ToolCard


@dataclass(frozen=True, slots=True)
class WeekView:
    """``semaine.html``: a week of class; nothing in it depends on the day once the week is over."""

    head: PageHead
    template: str
    label: str
    """« Semaine 47 »."""
    is_current: bool
    """It goes on: more may come."""
    has_holidays: bool
    """Some of it was published in the holidays before."""
    lanes: tuple[Lane, ...]
    """What was published, by fil; the week's tool apart."""
    tool: ToolCard | None
    due_title: str
    """« À faire la semaine suivante »."""
    due: tuple[Due, ...]
    previous: Link | None
    next: Link | None
