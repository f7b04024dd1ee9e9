"""An authorisation to show pupils' pictures, voices or works; it names no pupil (rule R18)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Authorisation:
    """A record of ``registres/autorisations/``."""

    id: str
    start: date
    end: date
    """Last day."""
    supports: tuple[str, ...]
    """Names of the editions it covers."""
    rights: tuple[str, ...] = ()
    """What it is for (``types``): image, voix, production."""
    signed: date | None = None
    """Day the last of its forms was signed, where it is told."""
