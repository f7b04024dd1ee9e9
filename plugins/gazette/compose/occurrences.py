"""The days of an event: one, or those of a weekly one that have class."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from gazette.compose.school_time import is_school_day
from gazette.model.moment import DAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from gazette.model.entry import Entry, Event

REPEATS = 60
"""Occurrences of a weekly event at most: a school year and some."""


def occurrences(event: Event, zone: str) -> Iterator[Event]:
    """Yield the event, or each week of a weekly one that has class."""
    if not event.repeat_day or not event.repeat_until:
        yield event
        return
    day = event.start.day + dt.timedelta(days=(DAYS.index(event.repeat_day) - event.start.day.weekday()) % 7)
    for _ in range(REPEATS):
        if day > event.repeat_until:
            return
        if is_school_day(day, zone):
            end = replace(event.end, day=day) if event.end else None
            yield replace(event, id=f"{event.id}/{day}", start=replace(event.start, day=day), end=end)
        day += dt.timedelta(days=7)


def precedence(entry: Entry) -> tuple[int, bool, str]:
    """Return the order in which entries tell what they announce under one identity."""
    return entry.audience.rank, entry.provenance is not None, entry.path
