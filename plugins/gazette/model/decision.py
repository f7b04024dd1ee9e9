"""What was answered to a dépêche, and on what content: an approval is pinned to a digest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

ACCEPTED, REFUSED = "acceptee", "refusee"
REGISTER = "registres/decisions.yml"
AFTERWARDS = "suivie a posteriori"
"""Reason of an acceptance that nobody gave: the source is trusted, and what it says is judged once it is on line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One answer (``registres/decisions.yml``)."""

    depeche: str
    """``<UAI>/<name>``."""
    source: str
    """Address of the source, without credentials."""
    id: str
    """Identity at the source."""
    digest: str
    """Of what was judged (``Depeche.digest``)."""
    answer: str
    """acceptee or refusee."""
    day: date
    role: str
    reason: str = ""
    edited: str = ""
    """SHA-256 of the text as it was accepted, when the moderator changed it."""
    before: str = ""
    """Digests of the lines of what was changed so (``newsdesk/correction.py``)."""
    pictures: tuple[str, ...] = ()
    """Files that were accepted with whom they show."""

    @property
    def key(self) -> tuple[str, str]:
        """Return what tells the upstream item from every other."""
        return self.source, self.id
