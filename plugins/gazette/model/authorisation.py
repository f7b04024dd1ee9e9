"""An authorisation to show pupils' pictures, voices or works; it names no pupil (rule R18)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

SOON = 30
"""Days before its end from which an authorisation is told."""


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
    place: str = ""
    """Where pupils were photographed or recorded."""
    dates: tuple[str, ...] = ()
    """When, as the form says it."""
    purpose: str = ""
    territory: str = ""
    """Where it may be shown, e.g. « monde entier (Internet) »."""
    is_free: bool | None = None
    """Granted without payment."""
    contact: str = ""
    """Whom to write to, to withdraw it."""
    projects: tuple[str, ...] = ()
    """Identities or names of the entries it was signed for."""
    pupils: int | None = None
    """How many can be recognised."""
    forms: int | None = None
    """How many forms the school keeps."""
    holders: int | None = None
    """Holders of parental authority who signed each form."""
    reason: str = ""
    """Why one alone signed."""
    pupil_agreed: bool | None = None
    outlives_year: bool = False
    """It says that what it covers stays on line after the school year."""
    source: str = field(default="", repr=False, compare=False)
    """The whole file: it must name nobody."""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the keys, among the nine an authorisation is made of (rule R12), that say nothing."""
        told = {
            "types": self.rights,
            "lieu": self.place,
            "dates": self.dates,
            "finalite": self.purpose,
            "supports": self.supports,
            "territoire": self.territory,
            "fin": self.end,
            "gratuit": self.is_free,
            "contact_retrait": self.contact,
        }
        return tuple(key for key, value in told.items() if not value)
