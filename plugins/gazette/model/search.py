"""What the search engine of an edition is given: a record an entry, an index a school year."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.entry import Entry


STOP_WORDS = (
    "le la les un une des de du au aux et ou où en par pour sur dans avec sans son sa ses ce cet cette ces qui que "
    "quoi dont il elle on nous vous ils elles ne pas plus se si est sont qu jusqu lorsqu puisqu quoiqu"
)
"""What says nothing of a text, as any single letter: never looked for."""


@dataclass(frozen=True, slots=True)
class Record:
    """An entry as readers find it."""

    href: str
    """Relative to the edition's root, or absolute when another edition prints it."""
    entry: Entry
    text: str = field(repr=False)
    """Every word it is found by, its title first; the entry's digest stands for it in the digest of a view."""
    fils: tuple[str, ...]
    """What it may be narrowed to, its own first: fils, ``ecoles``, ``pages``, ``evenements``; or nothing."""
    cycles: tuple[int, ...]
    """Empty: it is for all of them."""
    schools: tuple[str, ...]
    """UAIs."""
    day: str
    """ISO 8601; "": it has none."""
    audience: str
    """Title of its audience when not everybody may read it, or ""."""


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """The entries of a school year, or those without a date."""

    records: tuple[Record, ...]
    """By path of the entry: the engine's files depend on the order."""
    is_first: bool
    """It brings the engine itself, which the others are merged into."""
