"""The days of an event: one, or those of a weekly one that have class."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.compose.school_time import is_school_day
from gazette.model.moment import DAYS, school_year

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry, Event

WEEK = dt.timedelta(days=7)


def occurrences(event: Event, zone: str) -> Iterator[Event]:
    """Yield the event, or each week of a weekly one that has class."""
    if not event.repeat_day or not event.repeat_until:
        yield event
        return
    day, until = _first(event, zone), last_repeat(event, zone)
    span = event.end.day - event.start.day if event.end else dt.timedelta()
    while day <= until:
        if _has_class(event, day, zone):
            end = replace(event.end, day=day + span) if event.end else None
            yield replace(event, id=f"{event.id}/{day}", start=replace(event.start, day=day), end=end)
        day += WEEK


def last_repeat(event: Event, zone: str) -> dt.date:
    """Return the day until which a weekly event comes back: no further than the school year in which it begins."""
    assert event.repeat_until  # noqa: S101  # weekly events have one
    return min(event.repeat_until, dt.date(school_year(_first(event, zone)) + 1, 7, 31))


def _first(event: Event, zone: str) -> dt.date:
    """Return its first day of class within a year, or else its first day."""
    rank = DAYS.index(event.repeat_day)
    first = event.start.day + dt.timedelta(days=(rank - event.start.day.weekday()) % 7)
    return next((day for day in (first + WEEK * n for n in range(53)) if _has_class(event, day, zone)), first)


def _has_class(event: Event, day: dt.date, zone: str) -> bool:
    """Tell whether there is class that day; that week, for what is known to be off class: a choir on Saturdays."""
    if not event.is_off_class:
        return is_school_day(day, zone)
    monday = day - dt.timedelta(days=day.weekday())
    return any(is_school_day(monday + dt.timedelta(days=n), zone) for n in range(5))


def precedence(entry: Entry) -> tuple[int, bool, str]:
    """Return the order in which entries tell what they announce under one identity."""
    return entry.audience.rank, entry.provenance is not None, entry.path
