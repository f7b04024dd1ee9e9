"""The same moment of the next school year: same period, same week of it, same day of the week."""

from __future__ import annotations

import datetime as dt
from functools import cache

from gazette.compose.school_time import SATURDAY, is_school_day, terms
from gazette.model.moment import school_year

WEEKS = dt.timedelta(weeks=52)
"""A year that keeps the day of the week; what is done where the calendar is not known yet."""


@cache
def next_year(day: dt.date, zone: str) -> dt.date:
    """Return the day of the next school year that stands where ``day`` stands in its own.

    A day of class falls on a day of class: the next one, where a public holiday takes its place. A public holiday
    keeps its date.
    """
    year = school_year(day)
    before, after = terms(year, zone), terms(year + 1, zone)
    rank = next((n for n, term in enumerate(before) if term.start <= day <= term.end), None)
    if rank is None or len(before) != len(after):
        return _beyond(year, day + WEEKS)
    here, there = before[rank], after[rank]
    if here.number and day.weekday() < SATURDAY and not is_school_day(day, zone):
        return day.replace(year=day.year + 1)
    if here.number:
        found = _monday(there.start, zone) + (day - _monday(here.start, zone))
        while found > there.end:
            found -= dt.timedelta(weeks=1)
    else:
        found = min(there.start + (day - here.start), there.end)
    while is_school_day(day, zone) and not is_school_day(found, zone):
        found += dt.timedelta(days=1)
    return _beyond(year, found)


def _beyond(year: int, found: dt.date) -> dt.date:
    """Return the first day after that school year, of the same day of the week: 52 weeks after August 1st is July."""
    while school_year(found) <= year:
        found += dt.timedelta(weeks=1)
    return found


def _monday(start: dt.date, zone: str) -> dt.date:
    """Return the Monday of a period's first week of class."""
    while not is_school_day(start, zone):
        start += dt.timedelta(days=1)
    return start - dt.timedelta(days=start.weekday())
