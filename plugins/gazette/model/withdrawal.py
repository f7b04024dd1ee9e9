"""What was taken off line for good: an opaque identity and a day, and nothing that tells what it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from gazette.model.newsroom import Audience


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One withdrawn entry, as the register of withdrawals keeps it."""

    id: str
    """The ``urn:uuid:…`` its feed items had: made of the entry's id, which cannot be told from it."""
    day: date
    audience: Audience
    """Who could read it: a more open edition does not tell that it ever was."""
