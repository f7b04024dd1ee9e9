"""Search, and every title of a year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.frame import Link, PageHead


@dataclass(frozen=True, slots=True)
class SearchView:
    """``recherche.html``."""

    head: PageHead
    template: str
    has_engine: bool
    """False: titles only (``--sans-recherche``)."""
    years: tuple[Link, ...]
    """Pages of titles; ``detail`` is how many they hold, and the engine's index has the same last segment."""
    fils: tuple[Link, ...]
    """What to narrow to; ``href`` is the name that records bear."""
    cycles: tuple[int, ...]
    schools: tuple[tuple[str, str], ...]
    """Name and UAI."""
    stop_words: str
    """Words that are not looked for."""


@dataclass(frozen=True, slots=True)
class TitlesView:
    """``titres.html``: every title of a school year, by its first letter."""

    head: PageHead
    template: str
    title: str
    count: int
    letters: tuple[tuple[str, tuple[Link, ...]], ...]
    """``detail`` is the day, ISO 8601, or ""."""
