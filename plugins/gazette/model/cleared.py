"""An entry that passed the gate for its own audience."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Cleared:
    """An entry that may be printed in the edition of its audience; made by the gate alone."""

    entry: Entry
    """As it may be printed: withheld media are gone from it."""
    notice: str = ""
    """In the preview, why readers do not see it yet; "" on line."""
