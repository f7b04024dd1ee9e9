"""The pages of a fil."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.cards import Card, Choice, Pages
    from gazette.compose.views.frame import PageHead
    from gazette.model.newsroom import Fil


@dataclass(frozen=True, slots=True)
class ListView:
    """``fil.html``: one page of a fil's list, or of a selection of it."""

    head: PageHead
    template: str
    fil: Fil
    approvers: tuple[str, ...]
    """Who may approve, as functions: « L’IEN »."""
    selection: str
    """« cycle 2 », or "" for the whole fil."""
    count: int
    """Entries of all its pages."""
    cards: tuple[Card, ...]
    pages: Pages
    choices: tuple[Choice, ...]
    """On the first page only: the others lead to it."""
