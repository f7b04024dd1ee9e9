"""A week of the year, as ISO 8601 counts them: Monday to Sunday."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from gazette.model.moment import PARIS

_LABEL = re.compile(r"(\d{4})-S(\d{2})", re.ASCII)
_YEARS = range(2000, 2101)
CLOSING = time(16)
"""On Friday: what a week tells is told then, when schools close."""


@dataclass(frozen=True, order=True, slots=True)
class Week:
    """One week; weeks compare by time."""

    year: int
    """Of the week's Thursday: 2027-01-01 is in 2026-S53."""
    number: int

    @staticmethod
    def of(day: date) -> Week:
        """Return the week of a day."""
        year, number, _ = day.isocalendar()
        return Week(year, number)

    @staticmethod
    def named(label: str) -> Week | None:
        """Return the week that ``2026-S47`` names; None when there is no such week."""
        found = _LABEL.fullmatch(label)
        if not found or int(found[1]) not in _YEARS:
            return None
        try:
            return Week.of(date.fromisocalendar(int(found[1]), int(found[2]), 1))
        except ValueError:
            return None

    @property
    def label(self) -> str:
        """Return ``2026-S47``."""
        return f"{self.year}-S{self.number:02}"

    @property
    def monday(self) -> date:
        """Return its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def friday(self) -> date:
        """Return its last day of class."""
        return self.monday + timedelta(days=4)

    @property
    def sunday(self) -> date:
        """Return its last day."""
        return self.monday + timedelta(days=6)

    @property
    def closing(self) -> datetime:
        """Return the instant at which the week is told: Friday, 16:00 in Paris."""
        return datetime.combine(self.friday, CLOSING, tzinfo=PARIS)

    @property
    def before(self) -> Week:
        """Return the week before."""
        return Week.of(self.monday - timedelta(days=7))

    @property
    def after(self) -> Week:
        """Return the week after."""
        return Week.of(self.monday + timedelta(days=7))
