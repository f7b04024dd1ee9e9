"""Days and hours of the school, in legal time of mainland France."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a day and an hour, in Europe/Paris."""

    day: date
    hour: time | None = None
    """None: the whole day."""

    @property
    def instant(self) -> datetime:
        """Return the aware instant; a whole day starts at 00:00."""
        return datetime.combine(self.day, self.hour or time(), tzinfo=PARIS)

    def is_after(self, now: datetime) -> bool:
        """Tell whether it begins after an instant, told in Europe/Paris: mostly its day tells it, at less cost."""
        today = now.date()
        return self.day > today or (self.day == today and self.instant > now)

    @property
    def on_clocks(self) -> Moment:
        """Return what clocks show then: at 2:30 on the last Sunday of March they show 3:30."""
        if self.hour is None:
            return self
        shown = self.instant.astimezone(UTC).astimezone(PARIS)
        return Moment(shown.date(), shown.time())

    @property
    def sort_key(self) -> tuple[date, bool, time]:
        """Return the order of a day's programme: whole days first, then by hour."""
        return (self.day, self.hour is not None, self.hour or time())

    @property
    def iso(self) -> str:
        """Return the text of ``<time datetime>``: ``2026-11-18`` or ``2026-11-18T09:00``."""
        return self.day.isoformat() if self.hour is None else f"{self.day}T{self.hour:%H:%M}"


def school_year(day: date) -> int:
    """Return the year in which the school year of ``day`` began; it turns on 1 August."""
    return day.year if day.month >= 8 else day.year - 1  # noqa: PLR2004  # August


def school_year_label(year: int) -> str:
    """Return ``2026-2027`` for 2026."""
    return f"{year}-{year + 1}"
