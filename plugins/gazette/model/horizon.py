"""Until when a build stays true: the next instant at which the same content would be printed otherwise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from gazette.model.moment import PARIS
from gazette.model.week import Week

if TYPE_CHECKING:
    from collections.abc import Iterable

    from gazette.model.entry import Entry

PUBLISHED = "publie"


@dataclass(frozen=True, slots=True)
class Horizon:
    """The next change that time alone brings."""

    instant: datetime
    """Aware, Europe/Paris."""
    reason: str
    """In French."""

    @property
    def stamp(self) -> str:
        """Return the instant in UTC as a number that a shell compares with that of ``date -u +%Y%m%d%H%M``."""
        return f"{self.instant.astimezone(UTC):%Y%m%d%H%M}"


def horizon(entries: Iterable[Entry], now: datetime) -> Horizon:
    """Return what time changes first: an hour that texts wait for, the week that is told, or the day.

    Pages tell the day, so midnight at the latest: last days on line, authorisations and échéances turn then.
    """
    midnight = datetime.combine(now.date() + timedelta(days=1), time(), tzinfo=PARIS)
    due = [e.date.instant for e in entries if e.status == PUBLISHED and e.date and now < e.date.instant <= midnight]
    closing = Week.of(now.date()).closing
    if due:
        first = min(due)
        count = due.count(first)
        found = Horizon(first, f"parution de {count} texte{'s' if count > 1 else ''}")
    else:
        found = Horizon(midnight, "un nouveau jour : ce qui expire, ce qui est dû, les dates du jour")
    if now < closing < found.instant:
        return Horizon(closing, "la semaine est close et se raconte")
    return found
