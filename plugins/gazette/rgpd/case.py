"""What a rule may know besides the entry, and what it may answer."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gazette.model.register import Register

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date, datetime

    from gazette.model.authorisation import Authorisation
    from gazette.model.entry import Entry
    from gazette.model.finding import Finding
    from gazette.model.media import Look, Measure, Medium
    from gazette.model.memo import Memo
    from gazette.model.newsroom import Newsroom
    from gazette.model.processing import Processing


@dataclass(frozen=True, slots=True)
class Case:
    """The circumstances of one build."""

    newsroom: Newsroom
    now: datetime
    """Aware, Europe/Paris."""
    measures: Mapping[str, Measure]
    """What decoding each medium told, by SHA-256 of its file."""
    authorisations: Mapping[str, Authorisation] = field(default_factory=dict)
    looks: Mapping[str, Look] = field(default_factory=dict)
    """What looking for faces told, by SHA-256 of the file; a picture nobody looked at is not there."""
    register: Register = field(default_factory=Register)
    """What was withdrawn."""
    processings: tuple[Processing, ...] = ()
    """The register of processings."""
    memo: Memo | None = None
    """What scanning found."""
    scans: Mapping[str, str] = field(default_factory=dict)
    """What scanning each text told, as the memo keeps it, by the entry's digest; what is not there is scanned."""
    is_production: bool = False
    """``publier``: what the law asks of the site is then required."""

    def authorised(self, entry: Entry) -> Iterator[tuple[Medium, Authorisation]]:
        """Yield what pupils are in, or made, of an entry, with the authorisation that each names."""
        for medium in entry.works:
            known = self.authorisations.get(medium.authorisation)
            if known and medium.is_of_pupils:
                yield medium, known

    def is_in_force(self, known: Authorisation) -> bool:
        """Tell whether the day of the build is one that an authorisation covers."""
        return known.start <= self.today <= known.end

    @property
    def today(self) -> date:
        """Return the day of the build."""
        return self.now.date()


@dataclass(frozen=True, slots=True)
class Hold:
    """The entry is not for readers now, through no fault: a draft, a date to come, a date gone."""

    reason: str
    """In French, for the preview's banner."""
    may_preview: bool = True
    is_over: bool = False
    """It was on line, and its time is past."""
    is_to_come: bool = False
    """It goes on line by itself, on its day: what is wrong with it is told before."""
    finding: Finding | None = None
    """Told when the entry stays out though its author means it to be on line."""


@dataclass(frozen=True, slots=True)
class Withhold:
    """One medium stays out, the entry stays; a text that stays out takes its page with it."""

    medium: Medium
    finding: Finding
