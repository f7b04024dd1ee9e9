"""What takes place, as calendars and other sites are told it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from gazette.model.moment import Moment

EPOCH = date(2020, 1, 1)
"""Sequences are counted from it, in days."""


@dataclass(frozen=True, kw_only=True, repr=False)
class Occasion:
    """One thing of the frise; every address is absolute."""

    id: str
    """UUID made of its identity: it survives a move, a new title and a renamed file."""
    title: str
    """As written: its state is told apart."""
    start: Moment
    end: Moment | None
    """Its last day, or its last instant."""
    place: str
    schools: tuple[tuple[str, str], ...]
    """UAI and name of each school concerned; (): all of them."""
    lanes: tuple[tuple[str, str], ...]
    """Name and title of each fil whose lane shows it."""
    nature: str
    """``evenement``, ``fenetre``, ``echeance``, ``outil``."""
    state: str
    """``prevu``, ``deplace``, ``annule``."""
    summary: str
    url: str
    """Of the page that tells more, or of its place on the frise."""
    link: str
    """Of the form to fill in, or ""."""
    audience: str
    """Name of the most open edition that shows it."""
    modified: datetime
    sources: tuple[tuple[str, str], ...] = ()
    """Name of each school whose dépêche announces it, and web address of the original or ""."""
    reminders: tuple[int, ...] = ()
    """Days before it at which a calendar rings."""

    @property
    def sequence(self) -> int:
        """Return the days from 2020-01-01 to the last change (RFC 5545 § 3.8.7.4: it only grows)."""
        return max((self.modified.date() - EPOCH).days, 0)

    @cached_property
    def digest(self) -> str:
        """Return a short text that changes with the occasion."""
        told = [getattr(self, name) for name in type(self).__dataclass_fields__]
        return blake2b(repr(told).encode("utf-8", "replace"), digest_size=16).hexdigest()

    def __repr__(self) -> str:
        """Return a short text: an occasion stands in the digests of many calendars."""
        return f"Occasion({self.digest})"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a calendar of one edition holds."""

    id: str
    title: str
    description: str
    home: str
    """Address of the page it follows."""
    address: str
    """Its own."""
    edition: str
    circonscription: str
    """Its stable identifier."""
    occasions: tuple[Occasion, ...]
    """By date."""
    is_ent: bool = False
    """Made for the ENT's calendar: in UTC, every event with a start and an end."""
    is_alone: bool = False
    """One event with all its dates, to be taken once: nobody subscribes to it."""
