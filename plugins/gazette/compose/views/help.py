"""Whom to ask for help."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gazette.compose.views.frame import Link, PageHead


@dataclass(frozen=True, slots=True)
class HelpView:
    """``aide.html``: whom to ask, with the subject already written."""

    head: PageHead
    template: str
    referent: str
    """A function: « L’ERUN »."""
    contact: str
    subjects: tuple[tuple[str, str], ...]
    """What one may ask, and the subject of the message."""
    tools: tuple[Link, ...]
    """``detail`` is the tool's name."""
