"""A school year drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.newsroom import Fil


@dataclass(frozen=True, slots=True)
class Track:
    """A fil in the overview of a year."""

    fil: Fil | None
    """None: what no fil announces."""
    row: int
    """Its first row, counted from the top of the overview."""
    rows: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A happening in the overview."""

    id: str
    """Anchor of the happening."""
    title: str
    start: date
    end: date
    """Where it ends in the drawing."""
    nature: str
    state: str
    track: int
    """Rank of its track."""
    row: int
    """Counted from the top of the overview."""
    first: date
    """Its own first day, which may be of the year before."""
    last: date
    """Its own last day, which may be of the year after."""


@dataclass(frozen=True, slots=True)
class Band:
    """Holidays in the overview."""

    title: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Overview:
    """A school year drawn: the happenings of its list, in the same order."""

    start: date
    end: date
    months: tuple[date, ...]
    """Their first days."""
    bands: tuple[Band, ...]
    tracks: tuple[Track, ...]
    marks: tuple[Mark, ...]

    @property
    def days(self) -> int:
        """Return how many days it is wide."""
        return (self.end - self.start).days + 1

    @property
    def rows(self) -> int:
        """Return how many rows it is high."""
        return sum(track.rows for track in self.tracks)
