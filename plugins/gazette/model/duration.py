"""How French says from when to when: hours, midnight, the last day that a reader understands."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import TYPE_CHECKING

from gazette.model.typography import NO_BREAK

if TYPE_CHECKING:
    from collections.abc import Callable

    from gazette.model.moment import Moment


def hour_fr(hour: time | None) -> str:
    """Return « 9 h », « 13 h 30 », or "" without an hour."""
    if hour is None:
        return ""
    return f"{hour.hour}{NO_BREAK}h" + (f"{NO_BREAK}{hour.minute:02}" if hour.minute else "")


def last_day(start: Moment, end: Moment | None) -> date:
    """Return the day on which it is over: what ends at midnight is of that evening."""
    if end is None or end.day <= start.day:
        return start.day
    return end.day - timedelta(days=1) if start.hour and end.hour == time() else end.day


def last_hour_fr(start: Moment, end: Moment) -> str:
    """Return the hour at which it is over, « minuit » for the one that ends the last day."""
    return "minuit" if last_day(start, end) < end.day else hour_fr(end.hour)


def timed_days_fr(start: Moment, end: Moment, named: Callable[[date], str]) -> str:
    """Return « du samedi 24 octobre, 22 h, au lundi 26 octobre, 8 h », each day as ``named`` says it."""
    last, hour = named(last_day(start, end)), last_hour_fr(start, end)
    return f"du {named(start.day)}, {hour_fr(start.hour)}, au {last}" + (f", {hour}" if hour else "")
